/** Points of a curve as they are edited: found under the pointer, moved between their neighbours, added and taken away. */

import type { Points } from '../../core/operation/parameter';

type Point = Points[number];

/** The top of both axes. */
export const TOP = 255;

function limited(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(value)));
}

/** The index of the point within `reach` of a place, the nearest first; null where there is none. */
export function pointNear(points: Points, [x, y]: Point, reach: number): number | null {
  const distances = points.map(([px, py]) => Math.hypot(px - x, py - y));
  const nearest = distances.indexOf(Math.min(...distances));
  return distances[nearest] <= reach ? nearest : null;
}

/** The points with one of them moved, x staying between its neighbours. */
export function movedPoint(points: Points, at: number, [x, y]: Point): Points {
  const low = at === 0 ? 0 : points[at - 1][0] + 1;
  const high = at === points.length - 1 ? TOP : points[at + 1][0] - 1;
  return points.with(at, [limited(x, low, high), limited(y, 0, TOP)]);
}

/** The points with one more, and where it stands; null where there is no room between two neighbours. */
export function addedPoint(
  points: Points,
  [x, y]: Point,
): { readonly points: Points; readonly at: number } | null {
  const place = limited(x, 0, TOP);
  if (points.some(([px]) => px === place)) return null;
  const after = points.findIndex(([px]) => px > place);
  const at = after < 0 ? points.length : after;
  return { points: points.toSpliced(at, 0, [place, limited(y, 0, TOP)]), at };
}

/** The widest gap's middle, on the straight line between its ends: where a point is added without a pointer. */
export function middleOfWidestGap(points: Points): Point {
  const gaps = points.slice(1).map(([x], at) => x - points[at][0]);
  const at = gaps.indexOf(Math.max(...gaps));
  const [[x0, y0], [x1, y1]] = [points[at], points[at + 1]];
  return [Math.round((x0 + x1) / 2), Math.round((y0 + y1) / 2)];
}

/** An SVG path through these points; y grows upwards. */
export function pathThrough(points: Points): string {
  return points.map(([x, y], at) => `${at === 0 ? 'M' : 'L'}${x} ${TOP - y}`).join('');
}

/** One value a level, as points. */
export function pointsOf(values: ArrayLike<number>): Points {
  return Array.from(values, (value, x) => [x, value]);
}
