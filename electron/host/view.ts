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

/** The interval of the level that shows `length` device pixels from picture coordinate `start`, on a grid, with a margin. */
function interval(
  start: number,
  length: number,
  zoom: number,
  factor: number,
  size: number,
  { margin, grid }: Rounding,
): readonly [number, number] {
  const first = Math.floor((start / factor - margin) / grid) * grid;
  const last = Math.ceil(((start + length / zoom) / factor + margin) / grid) * grid;
  // A view beyond the edge still gets the nearest pixel, so that every view has a frame.
  const from = Math.min(Math.max(first, 0), size - 1);
  return [from, Math.max(Math.min(last, size), from + 1)];
}

interface Rounding {
  readonly margin: number;
  readonly grid: number;
}

const WANTED: Rounding = { margin: MARGIN, grid: GRID };
/** As much more as a hand moves at once. */
const AROUND: Rounding = { margin: 4 * MARGIN, grid: GRID };
const SEEN: Rounding = { margin: 0, grid: 1 };

/** What to compute for a view of a picture of `full` size, `coarser` levels below the one that it would have. */
export function wantedFor(view: View, full: Size, coarser = 0): Wanted {
  return partFor(view, full, coarser, WANTED);
}

/** The same with the neighbouring area. */
export function aroundFor(view: View, full: Size): Wanted {
  return partFor(view, full, 0, AROUND);
}

/** What is to be seen, without a pixel more. */
export function seenBy(view: View, full: Size): Wanted {
  return partFor(view, full, 0, SEEN);
}

/** Pixels of a frame from which on it is made at half its size while the hand moves. */
const LARGE = 2 ** 18;

/** How many levels coarser a moving view is made, so that its frame comes in time. */
export function coarserWhileMoving(view: View, full: Size, large = LARGE): number {
  const { region } = wantedFor(view, full);
  return region.width * region.height > large ? 1 : 0;
}

/** The whole picture at the first level, from the view's own on, at which it is a small frame. */
export function wholeFor(view: View, full: Size): Wanted {
  for (let level = levelFor(view.zoom); ; level++) {
    const { width, height } = levelSize(full, level);
    if (width * height <= LARGE || level === DEEPEST_LEVEL)
      return { level, region: { x: 0, y: 0, width, height } };
  }
}

function partFor(view: View, full: Size, coarser: number, rounding: Rounding): Wanted {
  const level = Math.min(DEEPEST_LEVEL, levelFor(view.zoom) + coarser);
  const factor = 2 ** level;
  const size = levelSize(full, level);
  const [left, right] = interval(view.x, view.width, view.zoom, factor, size.width, rounding);
  const [top, bottom] = interval(view.y, view.height, view.zoom, factor, size.height, rounding);
  return { level, region: { x: left, y: top, width: right - left, height: bottom - top } };
}
