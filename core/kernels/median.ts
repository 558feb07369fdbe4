/**
 * The sample at a given place in the order of a k × k window (OPERATIONS.md 8.3), exactly, at a cost per pixel that grows with
 * the logarithm of k at most and does not depend on the picture, at both depths.
 *
 * A histogram of every window, kept up to date row by row, would cost 2k changes a pixel. But neighbouring windows share most
 * columns. So a block of C ≤ k output columns is halved again and again (as in B. Weiss, Fast Median and Bilateral Filtering,
 * 2006, in its limit): a node of this tree has the histogram of the columns that all windows beneath it share and its parent
 * does not hold yet. A window's histogram is the sum of the nodes above it. The columns on each floor of the tree together are
 * about C, so an output row costs about 2·log₂ C + 2k/C changes a pixel.
 *
 * Histograms count in levels of 16: the bins of one floor are the next one's groups, so that an order statistic is found in
 * 16 steps a floor, two floors at 8 bit and four at 16.
 */

import { colourChannelsOf, type Depth, type Raster, type Samples } from '../raster/raster';
import { withScratch } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';

/** Wider blocks save little and their histograms leave the processor's cache. */
const WIDEST_BLOCK = 32;

/** Where each floor of a histogram begins: 16 bins, then 256 …; and its size. */
const FLOORS: Readonly<Record<Depth, readonly number[]>> = { 8: [0, 16], 16: [0, 16, 272, 4368] };
const BINS: Readonly<Record<Depth, number>> = { 8: 272, 16: 69_904 };

/** The tree over a block of output columns. */
interface Block {
  /** Output columns. */
  readonly width: number;
  /** By node: its own columns, [from, to), counted from the block's first input column. */
  readonly columns: readonly (readonly [from: number, to: number])[];
  /** By output column: the nodes whose histograms add up to its window's. */
  readonly paths: readonly Int32Array[];
}

function blockOf(width: number, size: number): Block {
  const columns: [number, number][] = [];
  const paths: Int32Array[] = [];
  const divide = (from: number, to: number, own: [number, number], above: readonly number[]): void => {
    const path = [...above, columns.length];
    columns.push(own);
    if (to - from === 1) {
      paths.push(Int32Array.from(path));
      return;
    }
    const middle = (from + to) >> 1;
    // All windows of [from, to) hold the columns to − 1 … from + size − 1; those of a half hold some more.
    divide(from, middle, [middle - 1, to - 1], path);
    divide(middle, to, [from + size, middle + size], path);
  };
  divide(0, width, [width - 1, size], []);
  return { width, columns, paths };
}

/**
 * Fills the colour channels of `output`: its pixel (x, y) is the sample at `index` (counted from 0) of the sorted `size` × `size`
 * samples whose top left is input pixel (x, y). Alpha is not touched.
 */
export function orderStatistic(
  input: { readonly width: number; readonly data: Samples },
  output: Raster,
  size: number,
  index: number,
  signal: Signal,
): void {
  const bins = BINS[output.depth];
  const widest = Math.min(size, WIDEST_BLOCK, output.width);
  const nodes = 2 * widest - 1;
  withScratch(nodes * bins * 2, ({ buffer, byteOffset }) => {
    for (let x = 0; x < output.width; x += widest) {
      const block = blockOf(Math.min(widest, output.width - x), size);
      for (let channel = 0; channel < colourChannelsOf(output); channel++) {
        checkpoint(signal);
        const counts = new Uint16Array(buffer, byteOffset, (2 * block.width - 1) * bins).fill(0);
        sweep({ counts, bins, block, x, channel, size, index }, input, output, signal);
      }
    }
  });
}

interface Sweep {
  /** The histograms of the nodes, one after the other. */
  readonly counts: Uint16Array;
  readonly bins: number;
  readonly block: Block;
  /** First column of the block. */
  readonly x: number;
  readonly channel: number;
  readonly size: number;
  readonly index: number;
}

/** Down one block of one channel. */
function sweep(
  { counts, bins, block, x, channel, size, index }: Sweep,
  input: { readonly width: number; readonly data: Samples },
  output: Raster,
  signal: Signal,
): void {
  const { channels, depth, data, width, height } = output;
  const floors = FLOORS[depth];
  const line = input.width * channels;
  const first = x * channels + channel;
  const change = depth === 8 ? count8 : count16;
  const changeRow = (row: number, by: number): void => {
    block.columns.forEach(([from, to], node) => {
      const start = row * line + first;
      change(counts, node * bins, input.data, start + from * channels, start + to * channels, channels, by);
    });
  };
  for (let row = 0; row < size - 1; row++) changeRow(row, 1);
  for (let y = 0; y < height; y++) {
    if (y % 16 === 0) checkpoint(signal);
    changeRow(y + size - 1, 1);
    let at = (y * width + x) * channels + channel;
    for (const path of block.paths) {
      data[at] = find(counts, bins, floors, path, index);
      at += channels;
    }
    changeRow(y, -1);
  }
}

/** Counts samples `from`, `from + step` … before `to` in or out of the histogram that begins at `base`. */
function count8(
  counts: Uint16Array,
  base: number,
  data: Samples,
  from: number,
  to: number,
  step: number,
  by: number,
): void {
  for (let i = from; i < to; i += step) {
    const level = data[i];
    counts[base + (level >> 4)] += by;
    counts[base + 16 + level] += by;
  }
}

function count16(
  counts: Uint16Array,
  base: number,
  data: Samples,
  from: number,
  to: number,
  step: number,
  by: number,
): void {
  for (let i = from; i < to; i += step) {
    const level = data[i];
    counts[base + (level >> 12)] += by;
    counts[base + 16 + (level >> 8)] += by;
    counts[base + 272 + (level >> 4)] += by;
    counts[base + 4368 + level] += by;
  }
}

/** The level of the sample at `index` in the sum of the path's histograms. */
function find(
  counts: Uint16Array,
  bins: number,
  floors: readonly number[],
  path: Int32Array,
  index: number,
): number {
  let left = index;
  let bin = 0;
  for (const floor of floors) {
    for (bin *= 16; ; bin++) {
      let count = 0;
      for (let i = 0; i < path.length; i++) count += counts[path[i] * bins + floor + bin];
      if (count > left) break;
      left -= count;
    }
  }
  return bin;
}
