/**
 * Gaussian means by the definition, for what the fast kernels leave in doubt, and how far from it their results may lie before they do.
 */

import { topOf, type Raster, type Samples } from '../raster/raster';
import { SNAP, store } from '../raster/rounding';
import type { Signal } from '../raster/signal';
import { mixWithMean, type MeanMix } from './mean-mix';
import type { FastKernels } from './wasm/fast-kernels';
import { tapTable } from './wasm/tap-table';
import { withParts, type Part } from './wasm/with-parts';

/** Samples of a row that are computed at a time, so that the columns of their windows stay in the processor's second cache. */
export const STRIP = 2040;
/** The mixes as the kernels number them. */
const KINDS = ['mean', 'sharpen', 'clarify'] as const;
/** Of a strip at most so many samples are computed by the definition one by one. */
const MOST_DOUBTFUL = 64;

interface Levels {
  readonly data: Samples;
  readonly width: number;
}

export interface Task {
  readonly fast: FastKernels;
  readonly input: Levels;
  readonly output: Raster;
  readonly weights: Float64Array;
  readonly mix: MeanMix;
  readonly signal: Signal;
}

/** A mix as the kernels are told it. */
export function wordsOf(mix: MeanMix): { kind: number; amount: number; least: number } {
  const kind = KINDS.indexOf(mix.kind);
  if (mix.kind === 'mean') return { kind, amount: 1, least: 0 };
  return { kind, amount: mix.amount, least: mix.kind === 'sharpen' ? mix.least : 0 };
}

/** How many samples of a strip are computed one by one: that costs a whole window each, together a column and a row of it. */
export function mostOneByOne(weights: Float64Array): number {
  return Math.min(MOST_DOUBTFUL, Math.max(1, Math.floor((2 * STRIP) / weights.length)));
}

/** Errors of a mean, and what mixing makes of them. */
export function boundsFor(
  mix: MeanMix,
  single: number,
  exact: number,
): { bound: number; exactBound: number } {
  if (mix.kind === 'mean') return { bound: single + SNAP, exactBound: exact + 1e-9 };
  const amount = Math.max(1, Math.abs(mix.amount));
  // Where the result is not cut off anyway, no term exceeds 512 levels; eight roundings of such terms, and of the difference.
  const rounding = 2 ** -24 * (8 * 512 + 8 * 255 * amount);
  return { bound: single * amount + rounding + SNAP, exactBound: exact * amount + 1e-9 };
}

/** The samples from `at` on of a band whose first row, output row `y`, lies at `into`: in the output itself, or in its copy in the arena. */
export function levelsAt(
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
export function settler({
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
export function write(
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
export function withRealMeans(
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
