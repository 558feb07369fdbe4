/**
 * The mean over a k × k window at a cost per pixel that does not depend on k (OPERATIONS.md 8.1): one sum a column, kept up
 * to date by the row that enters and the row that leaves, and along the row a running sum of column sums.
 *
 * Sums of whole levels are whole numbers below 2^53, so they are exact; column sums (at most 999 × 65,535) fit 32 bits, and
 * so does the sum of a window unless k > 181 at 16 bit. The result is the exact rational rule floor((2S + k²) / (2k²)).
 * Over a surrounding that is no whole level (see PaddedRaster) the sums are doubles and the general rounding rule holds.
 */

import { colourChannelsOf, topOf, type Raster, type Samples } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { SNAP } from '../raster/rounding';
import { withArena, withScratch } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { fastKernels, type FastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';

/** Rows between two looks at the signal. */
const ROWS_UNASKED = 16;

/** Windows whose column sums fit 16 bits at 8 bit; and those at 16 bit whose sums fit 32. */
const NARROW = 257;
const WIDEST_FAST_16 = 181;

/** Bytes that vectors read beyond the first and the last column sum. */
const MARGIN = 64;

/**
 * Blurs the colour channels of `input` into `output`: output pixel (x, y) is the mean of the `size` × `size` pixels whose top
 * left is input pixel (x, y), so `input` is wider and higher by `size` − 1. `size` is 1 … 999. What becomes of alpha is left open.
 */
export function boxBlur(input: PaddedRaster, output: Raster, size: number, signal: Signal): void {
  const fast = fastKernels();
  if (fast !== null && blurFast(fast, input, output, size, signal)) return;
  plainBoxBlur(input, output, size, signal);
}

/** Says whether it could. */
function blurFast(
  fast: FastKernels,
  { width, data }: PaddedRaster,
  output: Raster,
  size: number,
  signal: Signal,
): boolean {
  const { channels, depth } = output;
  if (data instanceof Float64Array || (depth === 16 && size > WIDEST_FAST_16)) return false;
  const count = width * channels;
  const narrow = depth === 8 && size <= NARROW;
  const [exchange, means] = narrow
    ? [fast.boxExchange8, fast.boxMeans8]
    : depth === 8
      ? [fast.boxExchange8Wide, fast.boxMeans8Wide]
      : [fast.boxExchange16, fast.boxMeans16];
  const room = count * (narrow ? 2 : 4) + 2 * MARGIN;
  const line = count * data.BYTES_PER_ELEMENT;
  const row = output.width * channels;
  return withArena(room + line, (block) => {
    block.fill(0);
    const sums = fast.addressOf(block) + MARGIN;
    const nothing = fast.addressOf(block) + room;
    const source = { data, line: count, reach: size - 1 };
    const target = { data: output.data, line: row, overwritten: true };
    return inBands(fast, output.height, target, [source], signal, (y, rows, into, from) => {
      for (let i = 0; y === 0 && i < size - 1; i++) exchange(sums, from + i * line, nothing, count);
      for (let i = 0; i < rows; i++) {
        // The row above a band's first was taken away with the band before: it need not be there any more.
        exchange(sums, from + (i + size - 1) * line, i > 0 ? from + (i - 1) * line : nothing, count);
        means(sums, into + i * row * data.BYTES_PER_ELEMENT, output.width, channels, size);
      }
      exchange(sums, nothing, from + (rows - 1) * line, count);
    });
  });
}

/**
 * floor((2S + k²) / 2k²) = floor(S/k² + ½). With half a unit more in the numerator no quotient lies nearer to a whole number
 * than 1/(4k²), so multiplying by the rounded reciprocal cannot cross one.
 */
function shiftFor(area: number): number {
  return (area + 0.5) / (2 * area);
}

/** The same in plain TypeScript. */
export function plainBoxBlur(input: PaddedRaster, output: Raster, size: number, signal: Signal): void {
  const { data } = input;
  const count = input.width * input.channels;
  const area = size * size;
  withScratch(count * 8, ({ buffer, byteOffset }) => {
    if (data instanceof Float64Array) {
      const sums = new Float64Array(buffer, byteOffset, count);
      blurReals(sums, data, output, size, 1 / area, 0.5 + SNAP, signal);
      return;
    }
    const shift = shiftFor(area);
    const means = topOf(input.depth) * area < 2 ** 31 ? meansOfInt32 : meansOfDoubles;
    const sums = new Int32Array(buffer, byteOffset, count).fill(0);
    for (let row = 0; row < size; row++) exchangeRow(sums, data, row * count, -1);
    for (let y = 0; y < output.height; y++) {
      if (y % ROWS_UNASKED === 0) checkpoint(signal);
      if (y > 0) exchangeRow(sums, data, (y + size - 1) * count, (y - 1) * count);
      means(sums, size, 1 / area, shift, output, y * output.width * output.channels);
    }
  });
}

/** Adds the row that starts at `entering` to the column sums and takes away the one at `leaving`; −1 for none. */
function exchangeRow(sums: Int32Array, data: Samples, entering: number, leaving: number): void {
  const count = sums.length;
  if (leaving < 0) {
    for (let i = 0; i < count; i++) sums[i] = (sums[i] + data[entering + i]) | 0;
    return;
  }
  // Four at a time: half of the time of so short a body goes into the loop around it.
  const fours = count - (count % 4);
  let i = 0;
  for (; i < fours; i += 4) {
    const e = entering + i;
    const l = leaving + i;
    sums[i] = (sums[i] + ((data[e] - data[l]) | 0)) | 0;
    sums[i + 1] = (sums[i + 1] + ((data[e + 1] - data[l + 1]) | 0)) | 0;
    sums[i + 2] = (sums[i + 2] + ((data[e + 2] - data[l + 2]) | 0)) | 0;
    sums[i + 3] = (sums[i + 3] + ((data[e + 3] - data[l + 3]) | 0)) | 0;
  }
  for (; i < count; i++) sums[i] = (sums[i] + ((data[entering + i] - data[leaving + i]) | 0)) | 0;
}

/** Writes one output row, from sample index `at`: floor(sum · scale + shift) of every window of `size` column sums. */
function meansOfInt32(
  sums: Int32Array,
  size: number,
  scale: number,
  shift: number,
  output: Raster,
  at: number,
): void {
  const { data, channels, width } = output;
  const colours = colourChannelsOf(output);
  const lead = size * channels;
  for (let c = 0; c < colours; c++) {
    const end = c + (width - 1) * channels;
    let sum = 0;
    let i = c;
    for (; i < lead; i += channels) sum = (sum + sums[i]) | 0;
    for (i = c; i < end; i += channels) {
      data[at + i] = (sum * scale + shift) | 0;
      sum = (sum + ((sums[i + lead] - sums[i]) | 0)) | 0;
    }
    data[at + i] = (sum * scale + shift) | 0;
  }
}

/** The same where the sum of a window may exceed 32 bits. */
function meansOfDoubles(
  sums: Int32Array | Float64Array,
  size: number,
  scale: number,
  shift: number,
  output: Raster,
  at: number,
): void {
  const { data, channels, width } = output;
  const colours = colourChannelsOf(output);
  const lead = size * channels;
  for (let c = 0; c < colours; c++) {
    const end = c + (width - 1) * channels;
    let sum = 0;
    let i = c;
    for (; i < lead; i += channels) sum += sums[i];
    for (i = c; i < end; i += channels) {
      data[at + i] = (sum * scale + shift) | 0;
      sum += sums[i + lead] - sums[i];
    }
    data[at + i] = (sum * scale + shift) | 0;
  }
}

/** Over doubles. The noise of adding and taking away again stays below 1e-9 of a level, far below what the rounding forgives. */
function blurReals(
  sums: Float64Array,
  data: Float64Array,
  output: Raster,
  size: number,
  scale: number,
  shift: number,
  signal: Signal,
): void {
  const count = sums.fill(0).length;
  for (let y = 0; y < output.height + size - 1; y++) {
    if (y % ROWS_UNASKED === 0) checkpoint(signal);
    for (let i = 0; i < count; i++) sums[i] += data[y * count + i];
    const top = y - size + 1;
    if (top < 0) continue;
    meansOfDoubles(sums, size, scale, shift, output, top * output.width * output.channels);
    for (let i = 0; i < count; i++) sums[i] -= data[top * count + i];
  }
}
