/** Boxes of whole pixels as they are drawn, moved and resized by a pointer. Pure; places are in picture pixels, fractions allowed. */

import type { Rectangle, Size } from '../../core/raster/rectangle';
import type { Point } from './viewport';

/** What holding a key makes of a drag. */
export interface Held {
  /** Shift: as high as wide. */
  readonly square: boolean;
  /** Alt: the drag began in the middle. */
  readonly centred: boolean;
}

/** Which edges of a box a handle moves: −1 the left or upper one, 1 the right or lower one, 0 neither. */
export interface Handle {
  readonly across: -1 | 0 | 1;
  readonly down: -1 | 0 | 1;
}

/** All eight, corners first, because they are the ones that are meant where both are near. */
export const HANDLES: readonly Handle[] = [
  { across: -1, down: -1 },
  { across: 1, down: -1 },
  { across: -1, down: 1 },
  { across: 1, down: 1 },
  { across: 0, down: -1 },
  { across: 0, down: 1 },
  { across: -1, down: 0 },
  { across: 1, down: 0 },
];

export function handlePlace({ x, y, width, height }: Rectangle, { across, down }: Handle): Point {
  return { x: x + (width * (across + 1)) / 2, y: y + (height * (down + 1)) / 2 };
}

/**
 * The box from one place to another, on the pixels' edges that are nearest, inside the picture; null where no pixel lies between.
 * A square keeps its side, as far as the picture goes.
 */
export function boxBetween(start: Point, at: Point, size: Size, held: Held): Rectangle | null {
  const [x, right] = spanBetween(start.x, at.x, size.width, held.centred);
  const [y, lower] = spanBetween(start.y, at.y, size.height, held.centred);
  if (!held.square) return right > x && lower > y ? { x, y, width: right - x, height: lower - y } : null;
  const length = Math.min(
    Math.max(right - x, lower - y),
    room(start.x, at.x, size.width, held.centred),
    room(start.y, at.y, size.height, held.centred),
  );
  if (length === 0) return null;
  const begins = (from: number, to: number, whole: number): number =>
    held.centred ? edge(from, whole) - length / 2 : edge(from, whole) - (to < from ? length : 0);
  return {
    x: begins(start.x, at.x, size.width),
    y: begins(start.y, at.y, size.height),
    width: length,
    height: length,
  };
}

function edge(value: number, length: number): number {
  return Math.max(0, Math.min(length, Math.round(value)));
}

function spanBetween(start: number, at: number, length: number, centred: boolean): readonly [number, number] {
  const from = edge(start, length);
  const to = edge(at, length);
  if (!centred) return [Math.min(from, to), Math.max(from, to)];
  const half = Math.min(Math.abs(Math.round(at) - from), from, length - from);
  return [from - half, from + half];
}

/** How long a box that begins there may be, in the direction of the drag. */
function room(start: number, at: number, length: number, centred: boolean): number {
  const from = edge(start, length);
  if (centred) return 2 * Math.min(from, length - from);
  return at < start ? from : length - from;
}

/** The box with a handle pulled to a place; pulled past the opposite edge it turns over. Never without a pixel. */
export function boxPulled(box: Rectangle, { across, down }: Handle, at: Point, size: Size): Rectangle {
  const [x, width] = pulled(box.x, box.width, across, at.x, size.width);
  const [y, height] = pulled(box.y, box.height, down, at.y, size.height);
  return { x, y, width, height };
}

function pulled(
  start: number,
  extent: number,
  side: -1 | 0 | 1,
  at: number,
  length: number,
): readonly [number, number] {
  if (side === 0) return [start, extent];
  const still = side === 1 ? start : start + extent;
  const moving = edge(at, length);
  // Where both edges would meet, the box keeps a pixel on the side where it was.
  if (moving === still) return [side === 1 ? start : still - 1, 1];
  return [Math.min(still, moving), Math.abs(moving - still)];
}

/** What a press at a place takes hold of: a handle within reach, the inside, or nothing. */
export function grabbed(box: Rectangle, at: Point, reach: number): Handle | 'inside' | null {
  const handle = HANDLES.find((each) => {
    const place = handlePlace(box, each);
    // On a box too small for handles along its sides there are those at its corners.
    if (each.across === 0 && box.width < 3 * reach) return false;
    if (each.down === 0 && box.height < 3 * reach) return false;
    return Math.max(Math.abs(place.x - at.x), Math.abs(place.y - at.y)) <= reach;
  });
  if (handle !== undefined) return handle;
  const isInside = at.x >= box.x && at.y >= box.y && at.x <= box.x + box.width && at.y <= box.y + box.height;
  return isInside ? 'inside' : null;
}
