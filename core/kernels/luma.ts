/** The luma of a picture: written, counted, or the largest. Each by a fast kernel where the samples lie in the pool, else plainly. */

import { luma } from '../raster/luma';
import { largestLevel, type Histogram } from '../raster/histogram';
import { colourChannelsOf, levelsOf, topOf, type Raster } from '../raster/raster';
import { wholeOf, type Rectangle } from '../raster/rectangle';
import { store } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';
import { countLevels, countRows } from './count-levels';
import type { CountRow } from './wasm/export-shapes';
import { fastKernels, type FastKernels } from './wasm/fast-kernels';

const ROWS_UNASKED = 16;

/** Writes the rounded luma of `input` into a grey raster of the same size and depth. */
export function writeLuma(input: Raster, output: Raster, signal: Signal): void {
  const { width, height } = input;
  const write = writesFast(input, output) ?? writesPlainly(input, output);
  for (let row = 0; row < height; row++) {
    if (row % ROWS_UNASKED === 0) checkpoint(signal);
    write(row * width);
  }
}

/** Writes a row of pixels from that one on. */
type WriteRow = (pixel: number) => void;

function writesFast(input: Raster, output: Raster): WriteRow | null {
  const fast = fastKernels();
  const from = fast?.addressOf(input.data) ?? -1;
  const to = fast?.addressOf(output.data) ?? -1;
  if (fast === null || from < 0 || to < 0 || colourChannelsOf(input) === 1) return null;
  const { width, channels, depth } = input;
  const sample = depth / 8;
  const kernel = depth === 8 ? fast.lumaRow8 : fast.lumaRow16;
  return (pixel) => kernel(from + pixel * channels * sample, width, channels, to + pixel * sample);
}

function writesPlainly(input: Raster, output: Raster): WriteRow {
  const { data, channels, width } = input;
  const top = topOf(input.depth);
  const grey = colourChannelsOf(input) === 1;
  return (pixel) => {
    for (let at = pixel; at < pixel + width; at++) {
      const from = at * channels;
      output.data[at] = grey ? data[from] : store(luma(data[from], data[from + 1], data[from + 2]), top);
    }
  };
}

/** How often each rounded luma occurs in `part` (in the raster's own coordinates); of a grey picture, each level. */
export function countLuma(raster: Raster, part: Rectangle = wholeOf(raster)): Histogram {
  if (colourChannelsOf(raster) === 1) return countLevels(raster, part);
  const kernel = (fast: FastKernels): CountRow => (raster.depth === 8 ? fast.countLuma8 : fast.countLuma16);
  const counts = countRows(raster, part, 0, kernel) ?? countPlainly(raster, part);
  return { levels: counts.length, count: part.width * part.height, bins: [counts] };
}

function countPlainly(raster: Raster, part: Rectangle): Float64Array {
  const { data, channels, depth } = raster;
  const top = topOf(depth);
  const counts = new Float64Array(levelsOf(depth));
  for (const { start, end } of rowsOf(raster, part)) {
    for (let at = start; at < end; at += channels)
      counts[store(luma(data[at], data[at + 1], data[at + 2]), top)]++;
  }
  return counts;
}

/** The largest unrounded luma of `part`, in levels; of a grey picture, the largest level. */
export function largestLuma(raster: Raster, part: Rectangle = wholeOf(raster)): number {
  if (colourChannelsOf(raster) === 1) return largestLevel(countLevels(raster, part).bins[0]);
  const { data, channels, depth } = raster;
  let largest = 0;
  const fast = fastKernels();
  const address = fast?.addressOf(data) ?? -1;
  const kernel = depth === 8 ? fast?.largestLuma8 : fast?.largestLuma16;
  for (const { start, end } of rowsOf(raster, part)) {
    if (kernel !== undefined && address >= 0) {
      largest = Math.max(largest, kernel(address + start * (depth / 8), part.width, channels));
      continue;
    }
    for (let at = start; at < end; at += channels)
      largest = Math.max(largest, luma(data[at], data[at + 1], data[at + 2]));
  }
  return largest;
}

/** Where the samples of each row of a part begin and end. */
function* rowsOf({ width, channels }: Raster, part: Rectangle): Generator<{ start: number; end: number }> {
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y * width + part.x) * channels;
    yield { start, end: start + part.width * channels };
  }
}
