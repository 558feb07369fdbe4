/**
 * Gaussian means by the fast kernels. At 8 bit a sample is computed in single precision, again in doubles where its error bound
 * reaches a rounding edge, and by the definition where the weights, rounded to whole numbers, leave a doubt (wasm/assembly/gaussian.ts).
 * All else is added up in doubles in the order of the definition, to the same bits.
 */

import { topOf, type Raster, type Samples } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { SNAP, store } from '../raster/rounding';
import { withArena } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { wholeWeights } from './gaussian-weights';
import { mixWithMean, type MeanMix } from './mean-mix';
import type { FastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';
import { tapTable } from './wasm/tap-table';
import { withParts, type Part } from './wasm/with-parts';

/** Samples of a row that are computed at a time, so that the columns of their windows stay in the processor's second cache. */
const STRIP = 2048;
/** Bytes that vectors read and write behind the end of what they are given. */
const MARGIN = 64;
/** Of a strip at most so many samples are computed by the definition one by one. */
const MOST_DOUBTFUL = 64;

const KINDS = ['mean', 'sharpen', 'clarify'] as const;

interface Levels {
  readonly data: Samples;
  readonly width: number;
}

interface Task {
  readonly fast: FastKernels;
  readonly input: Levels;
  readonly output: Raster;
  readonly weights: Float64Array;
  readonly mix: MeanMix;
  readonly signal: Signal;
}

/** Says whether it could. */
export function mixFast(
  fast: FastKernels,
  { data, width }: PaddedRaster,
  output: Raster,
  weights: Float64Array,
  mix: MeanMix,
  signal: Signal,
): boolean {
  if (data instanceof Float64Array) return false;
  const task: Task = { fast, input: { data, width }, output, weights, mix, signal };
  return output.depth === 8 ? mix8(task) : mix16(task);
}

/** Errors of a mean, and what mixing makes of them. */
function boundsFor(mix: MeanMix, single: number, exact: number): { bound: number; exactBound: number } {
  if (mix.kind === 'mean') return { bound: single + SNAP, exactBound: exact + 1e-9 };
  const amount = Math.max(1, Math.abs(mix.amount));
  // Where the result is not cut off anyway, no term exceeds 512 levels; eight roundings of such terms, and of the difference.
  const rounding = 2 ** -24 * (8 * 512 + 8 * 255 * amount);
  return { bound: single * amount + rounding + SNAP, exactBound: exact * amount + 1e-9 };
}

function mix8(task: Task): boolean {
  const { fast, input, output, weights, mix, signal } = task;
  const whole = wholeWeights(weights);
  const { radius, pairs, bits, exponent } = whole;
  const { channels } = output;
  const row = output.width * channels;
  const line = input.width * channels;
  const halo = 2 * radius * channels;
  const { bound, exactBound } = boundsFor(mix, whole.singleError, whole.error);
  const [amount, least] = mix.kind === 'mean' ? [1, 0] : [mix.amount, mix.kind === 'sharpen' ? mix.least : 0];
  // One by one they cost a whole window each, together a column and a row of it.
  const most = Math.min(MOST_DOUBTFUL, Math.max(1, Math.floor((2 * STRIP) / weights.length)));
  const columns = (STRIP + halo) * 4 + MARGIN;
  const rooms = [columns, columns, columns, pairs.byteLength, (radius + 1) * 8, (radius + 1) * 4, most * 4];
  return withParts(fast, rooms, (parts) => {
    const [high, low, single, pairsPart, exactPart, tapsPart, listPart] = parts;
    new Int16Array(pairsPart.buffer, pairsPart.byteOffset, pairs.length).set(pairs);
    new Float32Array(tapsPart.buffer, tapsPart.byteOffset, radius + 1).set(weights.subarray(radius));
    const unit = 2 ** (bits - exponent);
    new Float64Array(exactPart.buffer, exactPart.byteOffset, radius + 1).set(
      weights.subarray(radius).map((weight) => weight * unit),
    );
    const list = new Int32Array(listPart.buffer, listPart.byteOffset, most);
    const settle = settler(task);
    return withRealMeans(task, (meansFrom) => {
      const source = { data: input.data, line, reach: 2 * radius };
      const target = { data: output.data, line: row, overwritten: true };
      return inBands(fast, output.height, target, [source], signal, (y, rows, into, from) => {
        for (let x = 0; x < row; x += STRIP) {
          const count = Math.min(STRIP, row - x);
          for (let i = 0; i < rows; i++) {
            const middle = from + (i + radius) * line + x;
            fast.gaussianColumns8(
              middle,
              line,
              count + halo,
              pairsPart.address,
              radius,
              high.address,
              low.address,
              single.address,
              unit,
              2 ** -exponent,
            );
            const doubtful = fast.gaussianRow8(
              single.address,
              high.address,
              low.address,
              tapsPart.address,
              exactPart.address,
              2 ** -bits,
              radius,
              channels,
              count,
              middle + radius * channels,
              into + i * row + x,
              KINDS.indexOf(mix.kind),
              amount,
              least,
              bound,
              exactBound,
              listPart.address,
              most,
            );
            if (doubtful === 0) continue;
            const levels = levelsAt(task, single, into, y, i * row + x, count);
            if (doubtful <= most) {
              for (const at of list.subarray(0, doubtful)) levels[at] = settle(x + at, y + i);
            } else {
              write(task, meansFrom(from + i * line + x, count), x, y + i, levels);
            }
          }
        }
      });
    });
  });
}

/** The samples from `at` on of a band whose first row, output row `y`, lies at `into`: in the output itself, or in its copy in the arena. */
function levelsAt(
  { fast, output }: Task,
  { buffer, byteOffset, address }: Part,
  into: number,
  y: number,
  at: number,
  count: number,
): Samples {
  const start = y * output.width * output.channels + at;
  if (fast.addressOf(output.data) >= 0) return output.data.subarray(start, start + count);
  return new Uint8Array(buffer, byteOffset + into + at - address, count);
}

/** Gives the level of sample `at` of output row `y` by the definition, added up in the order of the plain twin. */
function settler({
  input: { data, width },
  output: { channels, depth },
  weights,
  mix,
}: Task): (at: number, y: number) => number {
  const radius = (weights.length - 1) / 2;
  const line = width * channels;
  const top = topOf(depth);
  return (at, y) => {
    let mean = 0;
    for (let i = 0; i < weights.length; i++) {
      const column = y * line + at + i * channels;
      let sum = 0;
      for (let j = 0; j < weights.length; j++) sum += weights[j] * data[column + j * line];
      mean += weights[i] * sum;
    }
    const level = data[(y + radius) * line + at + radius * channels];
    return store(mixWithMean(mix, level, mean, depth), top);
  };
}

/** Writes what the mix makes of means from sample `x` of output row `y` on. */
function write(
  { input: { data, width }, output: { channels, depth }, weights, mix }: Task,
  means: Float64Array,
  x: number,
  y: number,
  levels: Samples,
): void {
  const radius = (weights.length - 1) / 2;
  const middle = (y + radius) * width * channels + radius * channels + x;
  const top = topOf(depth);
  for (let i = 0; i < levels.length; i++) {
    levels[i] = store(mixWithMean(mix, data[middle + i], means[i], depth), top);
  }
}

/** Lends a function that adds up means as the plain twin does, of at most a strip of samples; `from` is where their first window begins. */
function withRealMeans(
  { fast, input, output, weights }: Task,
  use: (meansFrom: (from: number, count: number) => Float64Array) => boolean,
): boolean {
  const { channels, depth } = output;
  const line = input.width * channels * (depth / 8);
  const halo = (weights.length - 1) * channels;
  const downwards = tapTable(weights, (index) => index * line);
  const across = tapTable(weights, (index) => index * channels * 8);
  const rooms = [downwards.byteLength, across.byteLength, (STRIP + halo) * 8, STRIP * 8];
  const sumsOf = depth === 8 ? fast.realSums8 : fast.realSums16;
  return withParts(fast, rooms, ([down, along, columns, sums]) => {
    new Uint8Array(down.buffer, down.byteOffset, downwards.length).set(downwards);
    new Uint8Array(along.buffer, along.byteOffset, across.length).set(across);
    return use((from, count) => {
      sumsOf(from, columns.address, count + halo, down.address, weights.length);
      fast.realSums(columns.address, sums.address, count, along.address, weights.length);
      return new Float64Array(sums.buffer, sums.byteOffset, count);
    });
  });
}

function mix16(task: Task): boolean {
  const { fast, input, output, weights, signal } = task;
  const line = input.width * output.channels;
  const row = output.width * output.channels;
  const source = { data: input.data, line, reach: weights.length - 1 };
  return withRealMeans(task, (meansFrom) =>
    withArena(0, (block) => {
      // The levels are written here and not by a kernel, so no output is passed.
      const none = { data: block, line: 0 };
      return inBands(fast, output.height, none, [source], signal, (first, rows, _none, from) => {
        for (let x = 0; x < row; x += STRIP) {
          checkpoint(signal);
          const count = Math.min(STRIP, row - x);
          for (let y = first; y < first + rows; y++) {
            const means = meansFrom(from + ((y - first) * line + x) * 2, count);
            write(task, means, x, y, output.data.subarray(y * row + x, y * row + x + count));
          }
        }
      });
    }),
  );
}
