/**
 * Measuring points as standard User Timing entries, always on. A measure starts at the time stamp of the input event and ends
 * now, when the drawing calls have returned.
 */

import type { Pixel } from '../../core/derive/pixel-story';
import type { Mark } from './timeline.svelte';

export type MeasureName =
  'burnish:open' | 'burnish:frame' | 'burnish:settled' | 'burnish:undo' | 'burnish:numbers';

/** What was drawn. */
export interface DrawnDetail {
  /** The picture was halved this many times. */
  readonly level: number;
  /** Size of the frame in pixels of that level. */
  readonly width: number;
  readonly height: number;
  readonly exact: boolean;
}

/** The browser keeps every entry for ever; observers have had them long before this many. */
const MOST_KEPT = 2_000;
let kept = 0;

/** From the mark to now. `detail`: what was drawn, or that of which the numbers are. */
export function measure(
  name: MeasureName,
  mark: Pick<Mark, 'at' | 'operation'>,
  detail: DrawnDetail | Pixel,
): void {
  if (++kept > MOST_KEPT) {
    performance.clearMeasures();
    kept = 1;
  }
  performance.measure(name, {
    start: mark.at,
    end: performance.now(),
    detail: { operation: mark.operation, ...detail },
  });
}

/** The moment of an input event on the clock of `performance.now()`. Events made by scripts may have no usable one. */
export function momentOf(event?: Event): number {
  const now = performance.now();
  return event && event.timeStamp > 0 && event.timeStamp <= now ? event.timeStamp : now;
}
