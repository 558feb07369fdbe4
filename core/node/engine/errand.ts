/**
 * What every request of the engine goes through: its pictures must be open, it has a flag in shared memory for as long as its
 * jobs are under way, and what a user can mend comes back as a value.
 */

import type { SourceId } from '../../document/document';
import type { CutPolicy } from '../../plan/program';
import { fail, FaultError, type Result } from '../../raster/fault';
import { Cancelled } from '../../raster/signal';
import type { AbortFlags } from './abort-flags';
import type { RenderRequest } from './render-request';

/** What one request carries through all its jobs. */
export interface Errand {
  readonly flag: number;
  readonly priority: number;
  readonly signal: AbortSignal | undefined;
  readonly policy: CutPolicy;
}

/** Priorities: what somebody looks at, what somebody waits for, what may be wanted later. */
export const VISIBLE = 0;
export const REST = 1;
const IDLE = 2;

export interface ErrandParts {
  readonly flags: AbortFlags;
  readonly hasSource: (id: SourceId) => boolean;
}

export async function asErrand<T>(
  { flags, hasSource }: ErrandParts,
  { document, idle }: Pick<RenderRequest, 'document' | 'idle'>,
  priority: number,
  policy: CutPolicy,
  signal: AbortSignal | undefined,
  work: (errand: Errand) => Promise<Result<T>>,
): Promise<Result<T>> {
  for (const layer of document.layers) {
    if (!hasSource(layer.source)) {
      return fail('not-found', `the picture of layer "${layer.name}" is not open`, 'open it again');
    }
  }
  const flag = flags.take();
  const raise = (): void => flags.raise(flag);
  signal?.addEventListener('abort', raise);
  try {
    if (signal?.aborted === true) throw new Cancelled();
    return await work({ flag, priority: idle === true ? IDLE : priority, signal, policy });
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  } finally {
    signal?.removeEventListener('abort', raise);
    flags.giveBack(flag);
  }
}
