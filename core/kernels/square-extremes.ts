/**
 * Erosion and dilation by a square, in place: columns, then rows.
 *
 * Down the columns after van Herk and Gil and Werman: the rows are cut into blocks as high as the window. A window is the end of one block and
 * the beginning of the next, so its extreme is that of two running ones, from the block's end upward and from its beginning downward:
 * three comparisons a sample, whatever the size. Along the rows neighbours lie in one vector, so there the windows are doubled instead,
 * a pass each time, on a few rows that stay in the processor's first cache.
 *
 * M. van Herk, "A fast algorithm for local minimum and maximum filters on rectangular and octagonal kernels" (1992);
 * J. Gil, M. Werman, "Computing 2-D min, median, and max filters" (1993).
 */

import { samplesOver } from '../raster/raster';
import { checkpoint, type Signal } from '../raster/signal';
import type { Field } from './field';
import type { Lower } from './wasm/export-shapes';
import type { FastKernels } from './wasm/fast-kernels';
import { withParts, type Part } from './wasm/with-parts';

/** Bytes of the three blocks of rows that are worked on, which stay in the second cache. */
const BLOCKS = 3 * 2 ** 17;
/** Bytes of a row of them, at least: shorter ones are mostly beginnings and ends. */
const NARROWEST = 256;
/** Bytes of the rows that are doubled at a time. */
const ROWS = 2 ** 14;

/** What both directions work with; `outside` is the level that is never chosen. */
interface Task {
  readonly fast: FastKernels;
  readonly field: Field;
  readonly radius: number;
  readonly choose: Lower;
  readonly outside: number;
  readonly signal: Signal;
}

/**
 * Says whether it could; where not, nothing has been changed. The field's samples must lie where the kernels reach, and all the room for
 * both directions is lent beforehand, because a field of which only the columns are done is of no use to anybody.
 */
export function squareExtremes(task: Task): boolean {
  const { fast, field, radius } = task;
  if (fast.addressOf(field.data) < 0) return false;
  const { width, height, channels, depth } = field;
  const pixel = channels * (depth / 8);
  const size = 2 * radius + 1;
  const strip = Math.min(width * pixel, Math.max(NARROWEST, Math.floor(BLOCKS / 3 / size / 64) * 64));
  const padded = (width + 2 * radius) * pixel;
  const rows = Math.max(1, Math.min(height, Math.floor(ROWS / padded)));
  const rooms = [size * strip, size * strip, size * strip, rows * padded];
  return withParts(fast, rooms, ([first, second, beginnings, lines]) => {
    downColumns(task, strip, first, second, beginnings);
    alongRows(task, rows, lines);
    return true;
  });
}

/** `strip`: bytes of a row that are worked on at a time; the parts hold a block of them each. */
function downColumns(
  { fast, field, radius, choose, outside, signal }: Task,
  strip: number,
  first: Part,
  second: Part,
  beginnings: Part,
): void {
  const { width, height, channels, depth, data } = field;
  const size = 2 * radius + 1;
  const line = width * channels * (depth / 8);
  const base = fast.addressOf(data);
  const fill = ({ buffer, byteOffset }: Part, from: number, rows: number): void => {
    const levels = samplesOver(buffer, depth, byteOffset + from * strip, (rows * strip * 8) / depth);
    levels.fill(outside);
  };
  for (let x = 0; x < line; x += strip) {
    checkpoint(signal);
    const bytes = Math.min(strip, line - x);
    /** Copies the block whose first row is `top`, which may lie partly or wholly outside. */
    const read = (into: Part, top: number): void => {
      const from = Math.min(size, Math.max(0, -top));
      const end = Math.max(from, Math.min(size, height - top));
      if (from > 0) fill(into, 0, from);
      if (end < size) fill(into, end, size - end);
      const source = base + (top + from) * line + x;
      choose(into.address + from * strip, strip, source, line, source, line, bytes, end - from);
    };
    let own = first;
    let next = second;
    read(own, -radius);
    for (let y = 0; y < height; y += size) {
      read(next, y + radius + 1);
      // Extremes of the block from each row to its end, in place from the last row upward.
      const last = own.address + (size - 1) * strip;
      choose(last - strip, -strip, last - strip, -strip, last, -strip, bytes, size - 1);
      // And of the next one's beginnings: none of its rows, one, two …
      fill(beginnings, 0, 1);
      const { address } = beginnings;
      choose(address + strip, strip, address, strip, next.address, strip, bytes, size - 1);
      const rows = Math.min(size, height - y);
      choose(base + y * line + x, line, own.address, strip, address, strip, bytes, rows);
      [own, next] = [next, own];
    }
  }
}

/** So many rows at a time, which the part holds with what lies beside the picture. */
function alongRows(
  { fast, field, radius, choose, outside, signal }: Task,
  most: number,
  { buffer, byteOffset, address }: Part,
): void {
  const { width, height, channels, depth, data } = field;
  const pixel = channels * (depth / 8);
  const size = 2 * radius + 1;
  const line = width * pixel;
  const padded = line + 2 * radius * pixel;
  const base = fast.addressOf(data);
  const levels = samplesOver(buffer, depth, byteOffset, (most * padded * 8) / depth);
  for (let y = 0; y < height; y += most) {
    checkpoint(signal);
    const rows = Math.min(most, height - y);
    const own = base + y * line;
    levels.fill(outside);
    choose(address + radius * pixel, padded, own, line, own, line, line, rows);
    // Each sample becomes the extreme of itself and what follows it: of one pixel, two, four …
    let covered = 1;
    while (2 * covered < size) {
      const bytes = padded - covered * pixel;
      choose(address, padded, address, padded, address + covered * pixel, padded, bytes, rows);
      covered *= 2;
    }
    choose(own, line, address, padded, address + (size - covered) * pixel, padded, line, rows);
  }
}
