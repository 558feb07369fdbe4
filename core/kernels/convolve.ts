/**
 * Sums over windows of any weights (OPERATIONS.md 7.3). Whole-numbered weights, which most kernels have, are summed exactly:
 * in 32 bits where the largest possible sum fits, by rows and then columns where the window is a product of both, and 3 × 3
 * windows in one pass with the window's samples kept in registers. All else is summed in double precision in the order of the
 * definition. So every path gives the samples of the definition.
 */

import { colourChannelsOf, topOf, type Raster, type Samples } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { SNAP, store } from '../raster/rounding';
import { withScratch } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { sumTaps, sumTapsInt32, tapsOf } from './taps';
import { areWhole, factorsOf, magnitudeOf, type WindowWeights } from './window-weights';

/** From a sum to a sample: sum / divisor + offset, perhaps its absolute value, stored. */
export interface Response {
  readonly divisor: number;
  /** In levels. */
  readonly offset: number;
  readonly absolute: boolean;
}

/**
 * Fills the colour channels of `output`: its pixel (x, y) is the response to the window whose top left is input pixel
 * (x·stride, y·stride). Alpha is not touched.
 */
export function convolve(
  input: PaddedRaster,
  output: Raster,
  window: WindowWeights,
  stride: number,
  response: Response,
  signal: Signal,
): void {
  const { data, channels } = input;
  const largest = magnitudeOf(window.values) * topOf(input.depth);
  const whole = !(data instanceof Float64Array) && areWhole(window.values) && largest < 2 ** 53;
  const scale = whole ? safeReciprocal(response, largest) : null;
  const bits32 = whole && largest < 2 ** 31;

  if (bits32 && scale !== null && stride === 1 && window.rows === 3 && window.columns === 3) {
    convolve3x3(data, input.width * channels, output, window.values, scale, response.offset, signal);
    return;
  }

  // One row of sums at a time, for every input column at which a window of the output may start.
  const count = ((output.width - 1) * stride + 1) * channels;
  const line = input.width * channels;
  const factors = whole ? factorsOf(window) : null;
  const downwards = factors && tapsOf(factors.column, (index) => index * line);
  const across = factors && tapsOf(factors.row, (index) => index * channels);
  const all = tapsOf(
    window.values,
    (index) => Math.floor(index / window.columns) * line + (index % window.columns) * channels,
  );

  withScratch((count + line) * 8, ({ buffer, byteOffset }) => {
    const sums = bits32
      ? new Int32Array(buffer, byteOffset, count)
      : new Float64Array(buffer, byteOffset, count);
    const columns = bits32
      ? new Int32Array(buffer, byteOffset + count * 8, line)
      : new Float64Array(buffer, byteOffset + count * 8, line);
    for (let y = 0; y < output.height; y++) {
      checkpoint(signal);
      const at = y * stride * line;
      if (downwards && across) {
        sumRow(columns, data, at, downwards);
        sumRow(sums, columns, 0, across);
      } else {
        sumRow(sums, data, at, all);
      }
      const target = y * output.width * output.channels;
      if (scale !== null) respondFast(sums, stride, scale, response.offset, output, target);
      else respond(sums, stride, response, output, target);
    }
  });
}

function sumRow(
  sums: Int32Array | Float64Array,
  data: Samples | Int32Array | Float64Array,
  at: number,
  taps: ReturnType<typeof tapsOf>,
): void {
  if (sums instanceof Int32Array) {
    if (!(data instanceof Float64Array)) sumTapsInt32(sums, data, at, taps);
  } else if (!(data instanceof Int32Array)) {
    sumTaps(sums, data, at, taps);
  }
}

/**
 * 1 / divisor where multiplying by it gives the same samples as dividing, else null. A sum of whole numbers over a whole
 * divisor d lies no nearer than 1/(2d) to a rounding edge, or exactly on the side to which the rule rounds up; with d below
 * 2^18 both distances are far above the last bits of a double. And results must fit 32 bits, to be cut off and clamped there.
 */
function safeReciprocal({ divisor, offset, absolute }: Response, largestSum: number): number | null {
  const whole = Number.isInteger(divisor) && Math.abs(divisor) < 2 ** 18 && Number.isInteger(offset);
  const fits = largestSum / Math.abs(divisor) + Math.abs(offset) + 1 < 2 ** 31;
  return whole && fits && !absolute ? 1 / divisor : null;
}

function respond(
  sums: Int32Array | Float64Array,
  stride: number,
  { divisor, offset, absolute }: Response,
  output: Raster,
  at: number,
): void {
  const { data, channels, width } = output;
  const top = topOf(output.depth);
  const step = stride * channels;
  for (let c = 0; c < colourChannelsOf(output); c++) {
    for (let x = 0, from = c, to = at + c; x < width; x++, from += step, to += channels) {
      const value = sums[from] / divisor + offset;
      data[to] = store(absolute ? Math.abs(value) : value, top);
    }
  }
}

function respondFast(
  sums: Int32Array | Float64Array,
  stride: number,
  scale: number,
  offset: number,
  output: Raster,
  at: number,
): void {
  const { data, channels, width } = output;
  const colours = colourChannelsOf(output);
  const top = topOf(output.depth);
  const shift = offset + 0.5 + SNAP;
  const step = stride * channels;
  for (let c = 0; c < colours; c++) {
    for (let x = 0, from = c, to = at + c; x < width; x++, from += step, to += channels) {
      data[to] = clamp((sums[from] * scale + shift) | 0, top);
    }
  }
}

function convolve3x3(
  data: Samples,
  line: number,
  output: Raster,
  weights: Float64Array,
  scale: number,
  offset: number,
  signal: Signal,
): void {
  const row = output.width * output.channels;
  for (let y = 0; y < output.height; y++) {
    checkpoint(signal);
    for (let c = 0; c < colourChannelsOf(output); c++) {
      row3x3(data, y * line + c, line, weights, scale, offset + 0.5 + SNAP, output, y * row + c);
    }
  }
}

/** One channel of one row: three samples enter the window, six stay. */
function row3x3(
  data: Samples,
  from: number,
  line: number,
  weights: Float64Array,
  scale: number,
  shift: number,
  output: Raster,
  to: number,
): void {
  const { data: target, channels, width, depth } = output;
  const top = topOf(depth);
  const [w0, w1, w2, w3, w4, w5, w6, w7, w8] = weights;
  const second = line;
  const third = 2 * line;
  let a = data[from];
  let b = data[from + channels];
  let d = data[from + second];
  let e = data[from + second + channels];
  let g = data[from + third];
  let h = data[from + third + channels];
  from += 2 * channels;
  for (const end = to + width * channels; to < end; to += channels, from += channels) {
    const c = data[from];
    const f = data[from + second];
    const i = data[from + third];
    let sum = Math.imul(w0, a);
    sum = (sum + Math.imul(w1, b)) | 0;
    sum = (sum + Math.imul(w2, c)) | 0;
    sum = (sum + Math.imul(w3, d)) | 0;
    sum = (sum + Math.imul(w4, e)) | 0;
    sum = (sum + Math.imul(w5, f)) | 0;
    sum = (sum + Math.imul(w6, g)) | 0;
    sum = (sum + Math.imul(w7, h)) | 0;
    sum = (sum + Math.imul(w8, i)) | 0;
    target[to] = clamp((sum * scale + shift) | 0, top);
    a = b;
    b = c;
    d = e;
    e = f;
    g = h;
    h = i;
  }
}

/** Into 0 … top without a branch: edge responses are as often below 0 as above, and a processor cannot guess which. */
function clamp(level: number, top: number): number {
  const above = (level & ~(level >> 31)) - top;
  return top + (above & (above >> 31));
}
