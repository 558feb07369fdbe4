/** Texts that go to the user: to a file of a native dialog's choice, or, in the browser shell, as a download. */

import { basename } from 'node:path';
import type { Handed } from '../../core/protocol/replay-calls';
import { writeAtomically } from '../../core/node/files/atomic-write';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { NativeDialogs, TextKind } from './dialogs';
import type { Downloads } from './downloads';

const types: Readonly<Record<TextKind, string>> = {
  recipe: 'application/json',
  script: 'text/x-python; charset=utf-8',
};

export interface HandOutParts {
  readonly downloads: Downloads;
  readonly dialogs: NativeDialogs | null;
}

export async function handOut(
  { downloads, dialogs }: HandOutParts,
  name: string,
  kind: TextKind,
  text: string,
): Promise<Result<Handed>> {
  const bytes = new TextEncoder().encode(text);
  if (dialogs === null) {
    const id = downloads.add({ name, type: types[kind], bytes });
    return succeed({ name, download: `downloads/${id}` });
  }
  const target = await dialogs.chooseTextTarget(name, kind);
  if (target === null) return succeed({ name: null, download: null });
  const written = await writeAtomically(target, bytes, { overwrite: true });
  if (written.ok) return succeed({ name: basename(target), download: null });
  return fail(written.fault.code, `${basename(target)}: ${written.fault.message}`, written.fault.remedy);
}
