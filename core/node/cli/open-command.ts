/**
 * `burnish [FILE…]`: what a first word is that is no command. It is the file to open, and where there is no such file, most
 * likely a misspelt command; then the nearest one is named.
 */

import { stat } from 'node:fs/promises';
import { nearestName } from '../../operation/nearest-name';
import { fail, succeed, type Result } from '../../raster/fault';
import { oneOf, wholeNumber } from './export-choices';

/** What the editor is asked to open, and where. */
export interface OpenRequest {
  readonly files: readonly string[];
  /** Undefined: whichever can be had. */
  readonly shell: 'electron' | 'browser' | undefined;
  /** Whether a window is opened. */
  readonly open: boolean;
  /** Undefined: none was asked for. 0 is any free one. */
  readonly port: number | undefined;
}

/** Opens the editor and resolves with the exit status when it has ended. */
export type OpenEditor = (request: OpenRequest) => Promise<number>;

/** As the words stand on the command line. */
export interface OpenOptions {
  readonly shell?: string;
  readonly open: boolean;
  readonly port?: string;
}

const SHELLS = ['electron', 'browser'] as const;

/** The fault is wrong usage. `commands` are the names that the first word may have meant. */
export async function openRequest(
  files: readonly string[],
  options: OpenOptions,
  commands: readonly string[],
): Promise<Result<OpenRequest>> {
  const port =
    options.port === undefined ? succeed(undefined) : wholeNumber('--port', options.port, 0, 65_535);
  if (!port.ok) return port;
  const shell = options.shell === undefined ? succeed(undefined) : oneOf('--shell', options.shell, SHELLS);
  if (!shell.ok) return shell;
  const [first] = files;
  if (first !== undefined && !(await exists(first))) {
    const nearest = nearestName(first, commands);
    const remedy = nearest === null ? 'see burnish --help' : `did you mean "${nearest}"?`;
    return fail('usage', `"${first}" is neither a command nor a file`, remedy);
  }
  return succeed({ files, shell: shell.value, open: options.open, port: port.value });
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
