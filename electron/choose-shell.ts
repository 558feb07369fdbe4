/** Which shell a start gets, and the reason that is told in one line. */

import { obtainElectron, type Search } from './electron-binary';

export type Choice =
  | { readonly shell: 'electron'; readonly binary: string; readonly reason: string }
  | { readonly shell: 'browser'; readonly reason: string }
  /** Electron was asked for and cannot be had. */
  | { readonly shell: 'none'; readonly reason: string };

export interface Wish {
  /** `--shell`; undefined for whichever can be had. */
  readonly shell: 'electron' | 'browser' | undefined;
  /** Whether a window is wanted at all. */
  readonly open: boolean;
  /** A port was asked for. */
  readonly hasPort: boolean;
  readonly hasDisplay: boolean;
  readonly search: Omit<Search, 'insist'>;
}

export async function chooseShell({ shell, open, hasPort, hasDisplay, search }: Wish): Promise<Choice> {
  if (shell === 'browser') return { shell, reason: 'as asked' };
  if (shell === undefined) {
    if (!open) return { shell: 'browser', reason: 'because no window is to be opened' };
    if (hasPort) return { shell: 'browser', reason: 'because a port was asked for' };
    if (!hasDisplay) return { shell: 'browser', reason: 'because there is no display for Electron' };
  }
  const found = await obtainElectron({ ...search, insist: shell === 'electron' });
  if (found.binary !== null) {
    return {
      shell: 'electron',
      binary: found.binary,
      reason: shell === undefined ? 'because it is installed' : 'as asked',
    };
  }
  return shell === undefined
    ? { shell: 'browser', reason: `because Electron is missing: ${found.reason}` }
    : { shell: 'none', reason: `Electron is missing: ${found.reason}` };
}
