/**
 * A picture that is made from a file too large to be in memory takes its time. While the file is read, the rows that are there are
 * shown, as they will be, from the top down: a few times only, and each time there are twice as many, because every such frame is
 * fetched and kept like any other.
 */

import { randomUUID } from 'node:crypto';
import type { Frame } from '../../core/protocol/contract';
import type { RenderRequest } from '../../core/node/engine/render-request';
import type { Raster } from '../../core/raster/raster';
import type { Asked } from './asked-frame';
import type { FrameShelf } from './frame-shelf';
import { isWhole } from './idle-frames';

/** Milliseconds of work before anything of it is shown: what is soon there is shown once. */
const PATIENCE = 500;
/** Milliseconds between two looks at it. */
const INTERVAL = 250;

export interface GrowingParts {
  readonly shelf: FrameShelf;
  readonly send: (frame: Frame) => void;
}

/** What to do with the first rows of a frame; undefined where they are not to be shown: beneath a part of a picture lies nothing. */
export function growing(
  { request, frame, level, region, whole, full }: Asked,
  { shelf, send }: GrowingParts,
  signal: AbortSignal,
): RenderRequest['grown'] {
  if (request.idle === true || !isWhole({ region, whole })) return undefined;
  let next = performance.now() + PATIENCE;
  let shown = 0;
  return ({ data, width }: Raster, rows: number): void => {
    const now = performance.now();
    if (signal.aborted || now < next || rows < 2 * shown || rows >= region.height) return;
    next = now + INTERVAL;
    shown = rows;
    const part = { key: `rows-${randomUUID()}`, level, region: { ...region, height: rows }, whole, full };
    // These rows are written no more.
    const pixels = data.subarray(0, rows * width * 4);
    shelf.put(part.key, { ...part, exact: false, reported: {}, pixels });
    send({ ...frame, ...part, exact: false, growing: true });
  };
}
