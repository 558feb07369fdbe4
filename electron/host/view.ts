/** From what a page shows to what has to be computed for it: a level, and a rectangle of that level. Pure. */

import type { View } from '../../core/protocol/contract';
import { levelSize } from '../../core/raster/pyramid';
import type { Rectangle, Size } from '../../core/raster/rectangle';

/** So that small movements show pixels that are already there. */
const MARGIN = 64;
/** Rectangles begin and end at multiples of this, so that small movements ask for the same one. */
const GRID = 64;
/** Beyond this a picture of the largest size is a few pixels. */
export const DEEPEST_LEVEL = 12;

/** Takes 0.2500000001 for a quarter: zoom factors come from divisions. */
const TOLERANCE = 1e-6;

/** How often the picture is halved for this zoom (device pixels a picture pixel): the last level not smaller than the view. */
export function levelFor(zoom: number): number {
  return Math.min(DEEPEST_LEVEL, Math.max(0, Math.floor(-Math.log2(zoom) + TOLERANCE)));
}

export interface Wanted {
  readonly level: number;
  /** In pixels of the level, inside the picture, never empty. */
  readonly region: Rectangle;
}

/** The interval of the level that shows `length` device pixels from picture coordinate `start`. */
function interval(
  start: number,
  length: number,
  zoom: number,
  factor: number,
  size: number,
): readonly [number, number] {
  const first = Math.floor((start / factor - MARGIN) / GRID) * GRID;
  const last = Math.ceil(((start + length / zoom) / factor + MARGIN) / GRID) * GRID;
  // A view beyond the edge still gets the nearest pixel, so that every view has a frame.
  const from = Math.min(Math.max(first, 0), size - 1);
  return [from, Math.max(Math.min(last, size), from + 1)];
}

/** What to compute for a view of a picture of `full` size, `coarser` levels below the one that it would have. */
export function wantedFor(view: View, full: Size, coarser = 0): Wanted {
  const level = Math.min(DEEPEST_LEVEL, levelFor(view.zoom) + coarser);
  const factor = 2 ** level;
  const size = levelSize(full, level);
  const [left, right] = interval(view.x, view.width, view.zoom, factor, size.width);
  const [top, bottom] = interval(view.y, view.height, view.zoom, factor, size.height);
  return { level, region: { x: left, y: top, width: right - left, height: bottom - top } };
}
