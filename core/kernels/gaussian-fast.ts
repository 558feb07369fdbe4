/**
 * Gaussian means by the fast kernels. At 8 bit a sample is computed in single precision, again in doubles where its error bound
 * reaches a rounding edge, and by the definition where the weights, rounded to whole numbers, leave a doubt (wasm/assembly/gaussian.ts).
 * All else is added up in doubles in the order of the definition, to the same bits.
 */

import type { Raster } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { withArena } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { boundsFor, levelsAt, mostOneByOne, settler, STRIP } from './gaussian-definition';
import { withRealMeans, wordsOf, write, type Task } from './gaussian-definition';
import { mixInPairs } from './gaussian-pairs';
import { wholeWeights } from './gaussian-weights';
import type { MeanMix } from './mean-mix';
import type { FastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';
import { withParts } from './wasm/with-parts';

/** Bytes that vectors read and write behind the end of what they are given. */
const MARGIN = 64;

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
  if (output.depth !== 8) return mix16(task);
  return mixInPairs(task) || mix8(task);
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
  const { kind, amount, least } = wordsOf(mix);
  const most = mostOneByOne(weights);
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
              kind,
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
