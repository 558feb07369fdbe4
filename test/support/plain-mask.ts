/** The levels of a mask in the plainest words of docs/masks.md, one pixel at a time, sharing nothing with core/kernels. */

import type { Mask, MaskPart } from '../../core/document/mask';
import { colourChannelsOf, topOf, type Raster } from '../../core/raster/raster';
import type { Size } from '../../core/raster/rectangle';

type Point = readonly [x: number, y: number];

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The signed distance of a point to the edge of a rectangle, positive inside. */
function toRectangle([px, py]: Point, x: number, y: number, width: number, height: number): number {
  const gaps = [px - x, x + width - px, py - y, y + height - py];
  if (gaps.every((gap) => gap >= 0)) return Math.min(...gaps);
  const dx = px - clamp(px, x, x + width);
  const dy = py - clamp(py, y, y + height);
  return -Math.sqrt(dx ** 2 + dy ** 2);
}

function toEllipse([px, py]: Point, x: number, y: number, width: number, height: number): number {
  const [a, b] = [width / 2, height / 2];
  const [u, v] = [(px - (x + a)) / a, (py - (y + b)) / b];
  const q = Math.sqrt(u ** 2 + v ** 2);
  return q === 0 ? Math.min(a, b) : ((1 - q) * q) / Math.sqrt((u / a) ** 2 + (v / b) ** 2);
}

function toSegment([px, py]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx ** 2 + dy ** 2;
  const h = length === 0 ? 0 : clamp(((px - ax) * dx + (py - ay) * dy) / length, 0, 1);
  return Math.sqrt((px - ax - h * dx) ** 2 + (py - ay - h * dy) ** 2);
}

function toPolygon(point: Point, points: readonly Point[]): number {
  const edges = points.map((from, at) => [from, points[(at + 1) % points.length]] as const);
  const [px, py] = point;
  const crossed = edges.filter(
    ([[ax, ay], [bx, by]]) => ay > py !== by > py && ((bx - ax) * (py - ay)) / (by - ay) + ax > px,
  );
  const distance = Math.min(...edges.map(([from, to]) => toSegment(point, from, to)));
  return crossed.length % 2 === 1 ? distance : -distance;
}

function shareOf(part: MaskPart, column: number, row: number, picture: Raster | undefined): number {
  if (part.shape === 'picture') {
    if (picture === undefined) throw new Error('a mask needs its picture');
    const at = (row * picture.width + column) * picture.channels;
    const [r, g, b] = picture.data.subarray(at, at + 3);
    const luma =
      colourChannelsOf(picture) === 1 ? r : Math.floor(0.299 * r + 0.587 * g + 0.114 * b + 0.5 + 2 ** -20);
    return luma / topOf(picture.depth);
  }
  const point: Point = [column + 0.5, row + 0.5];
  let distance: number;
  let reach = part.feather;
  if (part.shape === 'polygon') {
    distance = toPolygon(point, part.points);
  } else {
    const { x, y, width, height } = part;
    distance = (part.shape === 'ellipse' ? toEllipse : toRectangle)(point, x, y, width, height);
    reach = Math.min(reach, width / 2, height / 2);
  }
  const s = clamp(1 / 2 + distance / (2 * Math.max(reach, 1 / 2)), 0, 1);
  return s * s * (3 - 2 * s);
}

/** Of a picture of this size, row by row. */
export function plainMask(
  { parts, inverted }: Mask,
  { width, height }: Size,
  pictures: Readonly<Record<string, Raster>>,
): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, at) => {
    const [column, row] = [at % width, Math.floor(at / width)];
    let whole = parts[0].mode === 'add' ? 0 : 1;
    for (const part of parts) {
      const share = shareOf(part, column, row, part.shape === 'picture' ? pictures[part.source] : undefined);
      if (part.mode === 'add') whole = Math.max(whole, share);
      if (part.mode === 'subtract') whole = Math.min(whole, 1 - share);
      if (part.mode === 'intersect') whole = Math.min(whole, share);
    }
    return Math.floor(255 * (inverted ? 1 - whole : whole) + 0.5 + 2 ** -20);
  });
}
