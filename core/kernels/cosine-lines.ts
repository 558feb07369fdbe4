/**
 * Type-II cosine transforms of eight real lines, X[k] = Σ x[n]·cos(π·k·(2n + 1)/(2N)), from Fourier transforms of four sequences that carry
 * two each (J. Makhoul 1980), and back. Entries k and N − k of a sequence tell its two lines apart; twice what is meant comes out, which who
 * calls makes good. What goes back is written in the order of an inverse transform (fourier.ts).
 *
 * The plane of transformed rows is kept in strips (column-strips.ts).
 */

import { ENTRY, SEQUENCES } from './fourier-passes';
import { rootsOfUnity } from './fourier-lengths';
import { stripAt } from './column-strips';

/** cos and −sin of π·k/(2N) for k up to N. */
export function cosineTurns(length: number): Float64Array {
  return rootsOfUnity(4 * length).subarray(0, 2 * (length + 1));
}

/** Puts the cosine transforms of the rows from `top` on into strips. */
export function rowsToStrips(
  from: Float64Array,
  turns: Float64Array,
  width: number,
  plane: Float64Array,
  height: number,
  top: number,
): void {
  for (let k = 0; 2 * k <= width; k++) {
    const m = k === 0 ? 0 : width - k;
    const cos = turns[2 * k];
    const sin = -turns[2 * k + 1];
    const near = k * ENTRY;
    const far = m * ENTRY;
    const one = stripAt(k >> 3, height, top) + (k & 7);
    const two = stripAt(m >> 3, height, top) + (m & 7);
    for (let lane = 0; lane < SEQUENCES; lane++) {
      const a = from[near + lane];
      const b = from[near + lane + SEQUENCES];
      const c = from[far + lane];
      const d = from[far + lane + SEQUENCES];
      const at = lane * ENTRY;
      const below = at + SEQUENCES * ENTRY;
      plane[one + at] = (a + c) * cos + (b - d) * sin;
      plane[one + below] = (b + d) * cos + (c - a) * sin;
      if (k === 0) continue;
      plane[two + at] = (a + c) * sin - (b - d) * cos;
      plane[two + below] = (b + d) * sin - (c - a) * cos;
    }
  }
}

/** Takes rows from strips, for the inverse transform. */
export function stripsToRows(
  plane: Float64Array,
  height: number,
  top: number,
  turns: Float64Array,
  width: number,
  to: Float64Array,
): void {
  for (let k = 0; 2 * k <= width; k++) {
    const m = k === 0 ? 0 : width - k;
    const cos = turns[2 * k];
    const sin = -turns[2 * k + 1];
    const near = k * ENTRY;
    const far = m * ENTRY;
    const one = stripAt(k >> 3, height, top) + (k & 7);
    const two = stripAt(m >> 3, height, top) + (m & 7);
    for (let lane = 0; lane < SEQUENCES; lane++) {
      const at = lane * ENTRY;
      const below = at + SEQUENCES * ENTRY;
      const a = plane[one + at];
      const b = plane[one + below];
      const c = k > 0 ? plane[two + at] : 0;
      const d = k > 0 ? plane[two + below] : 0;
      const firstRe = a * cos + c * sin;
      const firstIm = a * sin - c * cos;
      const secondRe = b * cos + d * sin;
      const secondIm = b * sin - d * cos;
      to[far + lane] = firstRe - secondIm;
      to[far + lane + SEQUENCES] = firstIm + secondRe;
      // Where both are one entry it is real, and both say the same.
      to[near + lane] = firstRe + secondIm;
      to[near + lane + SEQUENCES] = secondRe - firstIm;
    }
  }
}

/** Eight columns of a strip, in the order of a cosine transform. */
export function loadStrip(plane: Float64Array, start: number, order: Int32Array, to: Float64Array): void {
  for (let y = 0, from = start; y < order.length; y++, from += ENTRY) {
    const at = order[y] * ENTRY;
    for (let lane = 0; lane < ENTRY; lane++) to[at + lane] = plane[from + lane];
  }
}

/** The same back, `width` columns; what else the strip holds stays zero. */
export function storeStrip(
  from: Float64Array,
  order: Int32Array,
  plane: Float64Array,
  start: number,
  width: number,
): void {
  for (let y = 0, to = start; y < order.length; y++, to += ENTRY) {
    const at = order[y] * ENTRY;
    for (let lane = 0; lane < width; lane++) plane[to + lane] = from[at + lane];
  }
}

/**
 * Multiplies the cosine transforms of eight columns by `factors`, eight for every frequency, and writes what gives the columns back. Both
 * may be the same memory.
 */
export function multiplyCosines(
  from: Float64Array,
  turns: Float64Array,
  length: number,
  factors: Float64Array,
  to: Float64Array,
): void {
  for (let k = 0; 2 * k <= length; k++) {
    const m = k === 0 ? 0 : length - k;
    const cos = turns[2 * k];
    const sin = -turns[2 * k + 1];
    const near = k * ENTRY;
    const far = m * ENTRY;
    for (let lane = 0; lane < SEQUENCES; lane++) {
      const other = lane + SEQUENCES;
      const a = from[near + lane];
      const b = from[near + other];
      const c = from[far + lane];
      const d = from[far + other];
      const first = ((a + c) * cos + (b - d) * sin) * factors[near + lane];
      const firstFar = k > 0 ? ((a + c) * sin - (b - d) * cos) * factors[far + lane] : 0;
      const second = ((b + d) * cos + (c - a) * sin) * factors[near + other];
      const secondFar = k > 0 ? ((b + d) * sin - (c - a) * cos) * factors[far + other] : 0;
      const firstRe = first * cos + firstFar * sin;
      const firstIm = first * sin - firstFar * cos;
      const secondRe = second * cos + secondFar * sin;
      const secondIm = second * sin - secondFar * cos;
      to[far + lane] = firstRe - secondIm;
      to[far + other] = firstIm + secondRe;
      to[near + lane] = firstRe + secondIm;
      to[near + other] = secondRe - firstIm;
    }
  }
}
