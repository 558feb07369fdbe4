/**
 * What is made when there is nothing else to do, in the order in which it is likely to be wanted: what lies beneath the step
 * whose controls are open, so that dragging them needs little or nothing more; a coarse frame of the whole picture, which
 * zooming out uncovers; the neighbouring area, which panning uncovers. Any change aborts it.
 */

import type { Frame, Held, View } from '../../core/protocol/contract';
import type { Document, StepId } from '../../core/document/document';
import { sentLooks } from '../../core/plan/held';
import type { Result } from '../../core/raster/fault';
import { Cancelled } from '../../core/raster/signal';
import type { Size } from '../../core/raster/rectangle';
import type { Beneath, BeneathRequest } from '../../core/node/engine/render-request';
import { lookOf, type FrameShelf } from './frame-shelf';
import { coarserWhileMoving, wantedFor } from './view';

export interface HoldingParts {
  readonly beneath: (request: BeneathRequest, signal: AbortSignal) => Promise<Result<Beneath | null>>;
  readonly shelf: FrameShelf;
  readonly sendHeld: (held: Held) => void;
}

/** More pixels than this a page does not turn within a frame of the screen. */
const MOST_HELD = 2 ** 20;

/** Makes ready what lies beneath a step, and sends it where the page can go on from there. `ahead`: nobody drags it yet. */
export async function makeHeld(
  { beneath, shelf, sendHeld }: HoldingParts,
  step: StepId,
  document: Document,
  view: View,
  full: Size,
  signal: AbortSignal,
  ahead: boolean,
): Promise<void> {
  const coarser = coarserWhileMoving(view, full, MOST_HELD);
  const { level, region } = wantedFor(view, full, coarser);
  const made = await beneath({ document, level, region, step, ahead }, signal);
  if (signal.aborted) throw new Cancelled();
  // What cannot be made will be told when the step is dragged.
  if (!made.ok || made.value === null || !made.value.light) return;
  const { raster, node, whole: shape, looked } = made.value;
  const { width, height, channels, depth, data } = raster;
  const part = { x: region.x, y: region.y, width, height };
  const whole = { width: shape.width, height: shape.height };
  const key = `held-${node}-${part.x}-${part.y}-${width}-${height}`;
  const kept = { key, level, region: part, whole, full, exact: false, reported: {}, pixels: data };
  shelf.put(`${key} ${lookOf(document)}`, kept);
  const size = { level, region: part, whole, full };
  sendHeld({
    document: document.id,
    step,
    key,
    node,
    channels,
    depth,
    looked: sentLooks(looked),
    ...size,
  });
}

/** Whether a frame shows all of its picture. */
export function isWhole({ region, whole }: Pick<Frame, 'region' | 'whole'>): boolean {
  return region.width === whole.width && region.height === whole.height;
}
