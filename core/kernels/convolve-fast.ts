/**
 * Windows by the fast kernels, with the arithmetic that the weights need: exact sums in 16 or in 32 bits where weights, divisor and offset
 * are whole numbers and small enough (wasm/assembly/windows.ts says when), else doubles added up in the order of the definition.
 */

import { topOf, type Raster } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { withArena } from '../raster/scratch';
import type { Signal } from '../raster/signal';
import { eachRow, type LevelInput } from './wasm/each-row';
import type { FastKernels } from './wasm/fast-kernels';
import { tapTable } from './wasm/tap-table';
import { areWhole, magnitudeOf, type Response, type WindowWeights } from './window-weights';

/** Bytes that vectors write behind the end of a row of sums. */
const MARGIN = 64;
/** Divisors up to this keep single precision exact, up to the other one double precision. */
const MOST_SINGLE = 4096;
const MOST_DOUBLE = 2 ** 18;

interface Tap {
  /** In samples behind the first of the window. */
  readonly offset: number;
  readonly weight: number;
}

function tapsOf({ columns, values }: WindowWeights, line: number, channels: number): Tap[] {
  const taps: Tap[] = [];
  values.forEach((weight, index) => {
    if (weight === 0) return;
    taps.push({ offset: Math.floor(index / columns) * line + (index % columns) * channels, weight });
  });
  return taps;
}

/** Says whether it could. */
export function convolveFast(
  fast: FastKernels,
  { data, width }: PaddedRaster,
  output: Raster,
  window: WindowWeights,
  response: Response,
  signal: Signal,
): boolean {
  if (data instanceof Float64Array) return false;
  const input: LevelInput = { data, width };
  const taps = tapsOf(window, width * output.channels, output.channels);
  // A negative divisor changes the signs of the weights.
  const divisor = Math.abs(response.divisor);
  const sign = Math.sign(response.divisor);
  const whole = areWhole(window.values) && Number.isInteger(divisor) && Number.isInteger(response.offset);
  if (whole) {
    const signed = taps.map(({ offset, weight }) => ({ offset, weight: weight * sign }));
    const largest = magnitudeOf(window.values) * topOf(output.depth);
    const task = { input, output, taps: signed, divisor, response, largest, rows: window.rows };
    if (inWords(fast, task, signal) || inLongs(fast, task, signal)) return true;
  }
  return inReals(fast, input, output, taps, window.rows, response, signal);
}

interface WholeTask {
  readonly input: LevelInput;
  readonly output: Raster;
  readonly taps: readonly Tap[];
  /** Above 0. */
  readonly divisor: number;
  readonly response: Response;
  /** No sum is larger. */
  readonly largest: number;
  readonly rows: number;
}

function inWords(
  fast: FastKernels,
  { input, output, taps, divisor, response, largest, rows }: WholeTask,
  signal: Signal,
): boolean {
  const shift = response.offset * divisor;
  if (output.depth !== 8 || largest >= 2 ** 15 || divisor > MOST_SINGLE) return false;
  if (largest + Math.abs(shift) >= (divisor === 1 ? 2 ** 15 : 2 ** 22)) return false;
  const count = output.width * output.channels;
  return withArena(taps.length * 8, (block) => {
    const table = new Int32Array(block.buffer, block.byteOffset, taps.length * 2);
    taps.forEach(({ offset, weight }, i) => table.set([offset, weight], 2 * i));
    const at = fast.addressOf(block);
    return eachRow(fast, input, output, rows - 1, signal, (into, from) => {
      fast.windowRow8(from, into, count, at, taps.length, shift, 1 / divisor, response.absolute);
    });
  });
}

function inLongs(
  fast: FastKernels,
  { input, output, taps, divisor, response, largest, rows }: WholeTask,
  signal: Signal,
): boolean {
  const { channels, depth } = output;
  const shift = response.offset * divisor;
  const weights = taps.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
  // At 16 bit levels count from the middle, which is added again at the end.
  const fits = largest + Math.abs(shift) < 2 ** 31 && (depth === 8 || weights * 2 ** 16 < 2 ** 31);
  if (!fits || divisor >= MOST_DOUBLE || taps.some(({ weight }) => Math.abs(weight) >= 2 ** 15)) return false;
  const single = depth === 8 && divisor <= MOST_SINGLE && largest + Math.abs(shift) < 2 ** 22;
  const count = output.width * channels;
  const pairs = Math.ceil(taps.length / 2);
  const bias = 2 ** 15 * taps.reduce((sum, { weight }) => sum + weight, 0);
  const room = Math.ceil((pairs * 12) / 16) * 16;
  return withArena(room + count * 4 + MARGIN, (block) => {
    const view = new DataView(block.buffer, block.byteOffset, room);
    for (let i = 0; i < 2 * pairs; i++) {
      const { offset, weight } = taps[i] ?? { offset: 0, weight: 0 };
      const at = (i >> 1) * 12;
      view.setInt32(at + (i & 1) * 4, (offset * depth) / 8, true);
      view.setInt16(at + 8 + (i & 1) * 2, weight, true);
    }
    const at = fast.addressOf(block);
    const sums = at + room;
    return eachRow(fast, input, output, rows - 1, signal, (into, from) => {
      if (depth === 8) fast.windowSums8(from, sums, count, at, pairs);
      else fast.windowSums16(from, sums, count, at, pairs, bias);
      if (single) fast.windowLevels8(sums, into, count, shift, 1 / divisor, response.absolute);
      else fast.windowLevels(sums, into, count, shift, 1 / divisor, response.absolute, depth / 8);
    });
  });
}

function inReals(
  fast: FastKernels,
  input: LevelInput,
  output: Raster,
  taps: readonly Tap[],
  windowRows: number,
  { divisor, offset, absolute }: Response,
  signal: Signal,
): boolean {
  const { channels, depth } = output;
  const count = output.width * channels;
  const table = tapTable(
    Float64Array.from(taps, ({ weight }) => weight),
    (index) => (taps[index].offset * depth) / 8,
  );
  const sumsOf = depth === 8 ? fast.realSums8 : fast.realSums16;
  const levelsOf = depth === 8 ? fast.realLevels8 : fast.realLevels16;
  return withArena(table.byteLength + count * 8 + MARGIN, (block) => {
    block.set(table);
    const at = fast.addressOf(block);
    const sums = at + table.byteLength;
    return eachRow(fast, input, output, windowRows - 1, signal, (into, from) => {
      sumsOf(from, sums, count, at, taps.length);
      levelsOf(sums, into, count, divisor, offset, absolute);
    });
  });
}
