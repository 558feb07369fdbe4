/** Files that stay in the private folder after whoever wrote them is done, until those who read them are. */

import { succeed, type Result } from '../../raster/fault';
import { Cancelled } from '../../raster/signal';
import { chunksOfFile } from '../files/open-file';
import type { KeptFile } from './codec-options';
import type { Workspace } from './workspace';

/** Has a file written under a new name and leaves it there until it is closed. What was written of one that failed is removed. */
export async function keptFile(
  workspace: Workspace,
  write: (name: string) => Promise<Result<void>>,
): Promise<Result<KeptFile>> {
  const name = workspace.name();
  const path = workspace.pathOf(name);
  const close = (): void => workspace.removeMeanwhile([name]);
  let done: Result<void> | null = null;
  try {
    done = await write(name);
    if (!done.ok) return done;
    const { size } = await workspace.stat(name);
    return succeed({ path, size, chunks: () => chunksOfFile(path), close });
  } finally {
    if (done?.ok !== true) close();
  }
}

/** The same pieces. Rejects with `Cancelled` once nobody wants them. */
export async function* whileWanted(
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  for await (const piece of pieces) {
    if (signal?.aborted === true) throw new Cancelled();
    yield piece;
  }
}
