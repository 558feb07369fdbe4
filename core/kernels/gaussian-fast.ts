/**
 * Gaussian means by the fast kernels. At 8 bit a sample is computed in single precision, again in doubles where its error bound
 * reaches a rounding edge, and by the definition where the weights, rounded to whole numbers, leave a doubt (wasm/assembly/gaussian.ts).
 * All else is added up in doubles in the order of the definition, to the same bits.
 */

import { colourChannelsOf, topOf, type Raster, type Samples } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { SNAP, store } from '../raster/rounding';
import { withArena } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { wholeWeights } from './gaussian-weights';
import { mixWithMean, type MeanMix } from './mean-mix';
import type { FastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';
import { tapTable } from './wasm/tap-table';

/** Samples of a row that are computed at a time, so that the columns of their windows stay in the processor's second cache. */
const STRIP = 2048;
/** Bytes that vectors read and write behind the end of what they are given. */
const MARGIN = 64;
/** Doubtful samples of a strip that are computed by the definition one by one; where there are more, the whole row is. */
const MOST_DOUBTFUL = 64;

const KINDS = ['mean', 'sharpen', 'clarify'] as const;

/** Says whether it could. */
export function mixFast(
  fast: FastKernels,
  input: PaddedRaster,
  output: Raster,
  weights: Float64Array,
  mix: MeanMix,
  signal: Signal,
): boolean {
  const { data, width } = input;
  if (data instanceof Float64Array) return false;
  return output.depth === 8
    ? mix8(fast, { data, width }, output, weights, mix, signal)
    : mixReal(fast, { data, width }, output, weights, mix, signal);
}

interface Levels {
  readonly data: Samples;
  readonly width: number;
}

/** Errors of a mean, and what mixing makes of them. */
function boundsFor(mix: MeanMix, single: number, exact: number): { bound: number; exactBound: number } {
  if (mix.kind === 'mean') return { bound: single + SNAP, exactBound: exact + 1e-9 };
  const amount = Math.max(1, Math.abs(mix.amount));
  // Where the result is not cut off anyway, no term exceeds 512 levels; eight roundings of such terms, and of the difference.
  const rounding = 2 ** -24 * (8 * 512 + 8 * 255 * amount);
  return { bound: single * amount + rounding + SNAP, exactBound: exact * amount + 1e-9 };
}

function mix8(
  fast: FastKernels,
  input: Levels,
  output: Raster,
  weights: Float64Array,
  mix: MeanMix,
  signal: Signal,
): boolean {
  const whole = wholeWeights(weights);
  const { radius, pairs, bits, exponent } = whole;
  const { channels } = output;
  const row = output.width * channels;
  const line = input.width * channels;
  const halo = 2 * radius * channels;
  const columns = (STRIP + halo) * 4 + MARGIN;
  const sizes = [columns, columns, columns, pairs.byteLength, (radius + 1) * 8, (radius + 1) * 4, MOST_DOUBTFUL * 4];
  const places = sizes.map((_, part) =>
    sizes.slice(0, part).reduce((sum, size) => sum + Math.ceil(size / 16) * 16, 0),
  );
  const { bound, exactBound } = boundsFor(mix, whole.singleError, whole.error);
  const [amount, least] = mix.kind === 'mean' ? [1, 0] : [mix.amount, mix.kind === 'sharpen' ? mix.least : 0];
  return withArena(places[places.length - 1] + MOST_DOUBTFUL * 4 + MARGIN, (block) => {
    const base = fast.addressOf(block);
    const [high, low, single, pairsAt, exactAt, tapsAt, listAt] = places.map((place) => base + place);
    const view = { buffer: block.buffer, offset: block.byteOffset - base };
    new Int16Array(view.buffer, view.offset + pairsAt, pairs.length).set(pairs);
    const taps = new Float32Array(view.buffer, view.offset + tapsAt, radius + 1);
    const exactTaps = new Float64Array(view.buffer, view.offset + exactAt, radius + 1);
    for (let i = 0; i <= radius; i++) {
      taps[i] = weights[radius + i];
      exactTaps[i] = weights[radius + i] * 2 ** (bits - exponent);
    }
    const list = new Int32Array(view.buffer, view.offset + listAt, MOST_DOUBTFUL);
    const source = { data: input.data, line, reach: 2 * radius };
    const target = { data: output.data, line: row };
    // Written when all else is: an output outside the pool is copied there band by band.
    const unsettled: number[] = [];
    const done = inBands(fast, output.height, target, [source], signal, (y, rows, into, from) => {
      for (let x = 0; x < row; x += STRIP) {
        const count = Math.min(STRIP, row - x);
        for (let i = 0; i < rows; i++) {
          const middle = from + (i + radius) * line + x;
          fast.gaussianColumns8(
            middle,
            line,
            count + halo,
            pairsAt,
            pairs.length / 4,
            high,
            low,
            single,
            2 ** (bits - exponent),
            2 ** -exponent,
          );
          const to = into + i * row + x;
          const doubtful = fast.gaussianRow8(
            single,
            high,
            low,
            tapsAt,
            exactAt,
            2 ** -bits,
            radius,
            channels,
            count,
            middle + radius * channels,
            to,
            KINDS.indexOf(mix.kind),
            amount,
            least,
            bound,
            exactBound,
            listAt,
            MOST_DOUBTFUL,
          );
          if (doubtful === 0) continue;
          if (doubtful <= MOST_DOUBTFUL) {
            for (const at of list.subarray(0, doubtful)) unsettled.push((y + i) * row + x + at);
          } else {
            for (let at = 0; at < count; at++) unsettled.push((y + i) * row + x + at);
          }
        }
      }
    });
    const settle = settler(input, weights, mix, output);
    for (const at of unsettled) output.data[at] = settle(at % row, Math.floor(at / row));
    return done;
  });
}

/** Gives the level of sample `at` of output row `y` by the definition, added up in the order of the plain twin. */
function settler(
  { data, width }: Levels,
  weights: Float64Array,
  mix: MeanMix,
  { channels, depth }: Raster,
): (at: number, y: number) => number {
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

function mixReal(
  fast: FastKernels,
  input: Levels,
  output: Raster,
  weights: Float64Array,
  mix: MeanMix,
  signal: Signal,
): boolean {
  const { channels, depth, data, width } = output;
  const radius = (weights.length - 1) / 2;
  const line = input.width * channels;
  const row = width * channels;
  const top = topOf(depth);
  const colours = colourChannelsOf(output);
  const downwards = tapTable(weights, (index) => index * line * 2);
  const across = tapTable(weights, (index) => index * channels * 8);
  const tables = downwards.byteLength + across.byteLength;
  return withArena(tables + (line + row) * 8 + 3 * MARGIN, (block) => {
    const base = fast.addressOf(block);
    block.set(downwards);
    block.set(across, downwards.byteLength);
    const columns = base + tables;
    const sums = columns + line * 8 + MARGIN;
    const means = new Float64Array(block.buffer, block.byteOffset + sums - base, row);
    const source = { data: input.data, line, reach: 2 * radius };
    // The levels are written here and not by a kernel, so no output is passed.
    return inBands(fast, output.height, { data: block, line: 0 }, [source], signal, (first, rows, _none, from) => {
      for (let y = first; y < first + rows; y++) {
        checkpoint(signal);
        fast.realSums16(from + (y - first) * line * 2, columns, line, base, weights.length);
        fast.realSums(columns, sums, row, base + downwards.byteLength, weights.length);
        const at = y * row;
        const middle = (y + radius) * line + radius * channels;
        for (let i = 0; i < row; i += channels) {
          for (let c = i; c < i + colours; c++) {
            data[at + c] = store(mixWithMean(mix, input.data[middle + c], means[c], depth), top);
          }
        }
      }
    });
  });
}
