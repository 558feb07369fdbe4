/**
 * The weights of a resampling as its fast kernel takes them at 8 bit (wasm/assembly/resample-levels.ts): down the columns as whole
 * numbers, and how far what it adds up can lie from the sums of the definition.
 */

import { SNAP } from '../raster/rounding';
import type { ResampleTaps } from './resample-taps';

const TOP = 255;
/** What a rounding in single precision takes at most, as a share. */
const SINGLE = 2 ** -24;
/** What is left to doubles: both ways of adding up, each of them wrong in the thirteenth digit. */
const DOUBLE = 1e-9;

/** Single precision has 24 binary digits, of which levels take eight at least. */
const MOST_DIGITS = 15;
/** A bound within which nothing lies. */
const NO_DOUBT = -1;

/** Weights as whole numbers, high · 2^bits + low, of which 2^exponent make 1. */
export interface WholeTaps {
  /** For every two rows of input four numbers: two high parts, two low parts. An odd last row has a partner of no weight. */
  readonly pairs: Int16Array;
  /** Where the pairs of each output row begin, in numbers. */
  readonly at: Int32Array;
  readonly bits: number;
  readonly exponent: number;
  /** How far a sum of levels up to 255 with these weights can lie from the one with the true ones. */
  readonly error: number;
}

/** The largest sum of the weights of one output sample, signs aside. */
function heaviest({ at, count, weights }: ResampleTaps): number {
  return at.reduce((most, begin, index) => {
    let sum = 0;
    for (let tap = begin; tap < begin + count[index]; tap++) sum += Math.abs(weights[tap]);
    return Math.max(most, sum);
  }, 0);
}

/** The largest of them, signs aside. */
export function largestOf(numbers: Iterable<number>): number {
  let largest = 0;
  for (const each of numbers) largest = Math.max(largest, Math.abs(each));
  return largest;
}

/** Both parts fit 16 bits, and sums of their products with levels 31. */
export function wholeTaps(down: ResampleTaps): WholeTaps {
  const { at: begins, count, weights } = down;
  const bits = Math.min(15, Math.floor(Math.log2(2 ** 30 / (largestOf(count) * TOP))));
  const highBits = Math.min(
    Math.floor(Math.log2((2 ** 15 - 1) / largestOf(weights))),
    Math.floor(Math.log2(2 ** 22 / heaviest(down))),
  );
  const exponent = highBits + bits;
  const at = new Int32Array(count.length);
  let length = 0;
  count.forEach((rows, index) => {
    at[index] = length;
    length += 4 * Math.ceil(rows / 2);
  });
  const pairs = new Int16Array(length);
  let error = 0;
  count.forEach((rows, index) => {
    let missing = 0;
    for (let row = 0; row < rows; row++) {
      const weight = weights[begins[index] + row];
      const whole = Math.round(weight * 2 ** exponent);
      const high = Math.floor(whole / 2 ** bits);
      const to = at[index] + 4 * (row >> 1) + (row & 1);
      pairs[to] = high;
      pairs[to + 2] = whole - high * 2 ** bits;
      missing += Math.abs(whole / 2 ** exponent - weight);
    }
    error = Math.max(error, TOP * missing);
  });
  return { pairs, at, bits, exponent, error };
}

export interface ResampleBounds {
  /** Added to every sum in single precision: where that is exact, as much as takes a tie up and nothing else over an edge; else 0. */
  readonly raise: number;
  /** How far a sample in single precision can lie from the definition's, and what the rounding rule adds to that. */
  readonly single: number;
  /** How far one can lie that is added up in doubles from the exact sums of columns. */
  readonly exact: number;
}

/** The least number of binary digits after the point that all weights have; null where there are very many. */
function digitsOf({ weights }: ResampleTaps): number | null {
  for (let digits = 0; digits <= MOST_DIGITS; digits++)
    if (weights.every((weight) => Number.isInteger(weight * 2 ** digits))) return digits;
  return null;
}

/** Where every number on the way has so few digits that single precision holds it: half of the last one; null elsewhere. */
function exactRaise(across: ResampleTaps, down: ResampleTaps): number | null {
  const [one, other] = [digitsOf(across), digitsOf(down)];
  if (one === null || other === null) return null;
  const raise = 2 ** -(one + other + 1);
  const largest = TOP * heaviest(across) * heaviest(down) + 1;
  return largest < 2 ** 24 * raise ? raise : null;
}

export function resampleBounds(across: ResampleTaps, down: ResampleTaps, whole: WholeTaps): ResampleBounds {
  const exact = whole.error * heaviest(across);
  // A picture enlarged to twice or four times its size is full of ties, each of which would be in doubt.
  const raise = exactRaise(across, down);
  if (raise !== null) return { raise, single: NO_DOUBT, exact: exact + DOUBLE };
  // The low parts of the weights are positive, and the high parts so much lower.
  const lows = (TOP * largestOf(down.count)) / 2 ** (whole.exponent - whole.bits);
  const column = TOP * heaviest(down) + whole.error + lows;
  // Of a column's sum both parts are rounded, and their sum; then the weight, the product, and as many sums as there are products:
  // each takes a share of all that is added up. Two more stand for the roundings of what was rounded.
  const roundings = largestOf(across.count) + 5;
  const single = column * heaviest(across) * roundings * SINGLE;
  return { raise: 0, single: (single + exact + SNAP) * (1 + 2 ** -20), exact: exact + DOUBLE };
}
