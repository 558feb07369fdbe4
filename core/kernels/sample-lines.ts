/**
 * Rows of a channel on their way to a Fourier transform and back. Eight at a time lie side by side, as many doubles as an entry has: the first
 * four rows where the real parts of its four sequences are, the next four where the imaginary parts are. So a sequence carries two real
 * lines, which real-lines.ts tells apart again.
 */

import type { Raster } from '../raster/raster';
import { topOf } from '../raster/raster';
import { store } from '../raster/rounding';
import { ENTRY } from './fourier-passes';

/** One channel of a picture. */
export interface Channel {
  readonly raster: Raster;
  readonly channel: number;
}

/** By place in a line, the entry that it goes to: the order of the lines themselves. */
export function plainOrder(length: number): Int32Array {
  return Int32Array.from({ length }, (_, n) => n);
}

/** The order in which a Fourier transform of a line gives its cosine transform (J. Makhoul 1980): even places, then the odd ones backward. */
export function cosineOrder(length: number): Int32Array {
  return Int32Array.from({ length }, (_, n) => (n % 2 === 0 ? n / 2 : length - (n + 1) / 2));
}

/** Takes levels of the rows from `top` on; below the picture there is zero. */
export function loadRows(
  { raster, channel }: Channel,
  top: number,
  order: Int32Array,
  to: Float64Array,
): void {
  const { data, width, height, channels } = raster;
  const line = width * channels;
  const rows = Math.min(ENTRY, height - top);
  const start = top * line + channel;
  for (let x = 0; x < width; x++) {
    const at = order[x] * ENTRY;
    for (let row = 0, from = start + x * channels; row < rows; row++, from += line) to[at + row] = data[from];
    for (let row = rows; row < ENTRY; row++) to[at + row] = 0;
  }
}

/** Takes what was made of rows from `top` on, in the order of their lines. */
export type TakeRows = (from: Float64Array, order: Int32Array, top: number) => void;

/** Stores them as levels of a channel, `offset` added. */
export function storedRows(output: Channel, offset: number): TakeRows {
  return (from, order, top) => {
    storeRows(from, order, offset, output, top);
  };
}

/** Keeps those of rows `first` and on as they are, in a plane of this width, as far as it reaches. */
export function keptRows(plane: Float64Array, width: number, first: number): TakeRows {
  const end = first + plane.length / width;
  return (from, order, top) => {
    for (let row = Math.max(0, first - top); row < Math.min(ENTRY, end - top); row++) {
      const to = (top + row - first) * width;
      for (let x = 0; x < width; x++) plane[to + x] = from[order[x] * ENTRY + row];
    }
  };
}

function storeRows(
  from: Float64Array,
  order: Int32Array,
  offset: number,
  { raster, channel }: Channel,
  top: number,
): void {
  const { data, width, height, channels, depth } = raster;
  const line = width * channels;
  const rows = Math.min(ENTRY, height - top);
  const start = top * line + channel;
  const most = topOf(depth);
  for (let x = 0; x < width; x++) {
    const at = order[x] * ENTRY;
    for (let row = 0, to = start + x * channels; row < rows; row++, to += line) {
      data[to] = store(from[at + row] + offset, most);
    }
  }
}
