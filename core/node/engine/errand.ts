/**
 * What every request of the engine goes through: its pictures must be open, it has a flag in shared memory for as long as its
 * jobs are under way, and what a user can mend comes back as a value.
 */

import type { SourceId } from '../../document/document';
import type { Looked } from '../../plan/look';
import type { CutPolicy } from '../../plan/program';
import { fail, FaultError, type Result } from '../../raster/fault';
import type { Raster } from '../../raster/raster';
import { Cancelled } from '../../raster/signal';
import type { OpenFiles } from './open-files';
import type { RenderRequest } from './render-request';
import type { SharedCells } from './shared-cells';

/** What one request carries through all its jobs. */
export interface Errand {
  readonly flag: number;
  readonly priority: number;
  readonly signal: AbortSignal | undefined;
  readonly policy: CutPolicy;
  /** Rasters that its jobs may read or write: they stay until it is over, whatever becomes of pictures and cache. */
  readonly held: Raster[];
  /** Is told of what was seen on the way, job by job. */
  readonly saw?: (looked: Looked) => void;
}

/** Priorities: what somebody looks at, what the hand will want next, what somebody waits for, what may be wanted later. */
export const VISIBLE = 0;
export const NEXT = 1;
export const REST = 2;
const IDLE = 3;

export interface ErrandParts {
  readonly flags: SharedCells;
  /** An open picture; null for one that stays in its file. */
  readonly picture: (id: SourceId) => Raster | null | undefined;
  readonly letGo: (raster: Raster) => void;
  readonly files: Pick<OpenFiles, 'hold'>;
}

export async function asErrand<T>(
  { flags, picture, letGo, files }: ErrandParts,
  { document, idle }: Pick<RenderRequest, 'document' | 'idle'>,
  priority: number,
  policy: CutPolicy,
  signal: AbortSignal | undefined,
  work: (errand: Errand) => Promise<Result<T>>,
): Promise<Result<T>> {
  const held: Raster[] = [];
  for (const layer of document.layers) {
    const raster = picture(layer.source);
    if (raster === undefined) {
      return fail('not-found', `the picture of layer "${layer.name}" is not open`, 'open it again');
    }
    if (raster !== null) held.push(raster);
  }
  const letFilesGo = files.hold(Object.keys(document.sources));
  const flag = flags.take();
  const raise = (): void => flags.store(flag, 1);
  signal?.addEventListener('abort', raise);
  try {
    if (signal?.aborted === true) throw new Cancelled();
    return await work({ flag, priority: idle === true ? IDLE : priority, signal, policy, held });
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  } finally {
    signal?.removeEventListener('abort', raise);
    for (const raster of held) letGo(raster);
    letFilesGo();
    flags.giveBack(flag);
  }
}
