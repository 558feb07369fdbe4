/**
 * Fourier transforms of eight real lines, from those of four sequences that carry two each, and back. Of a real line's transform only the
 * frequencies up to N/2 are kept, because the others are their conjugates. They stand in strips (column-strips.ts), four columns of complex numbers
 * each: four real parts, then four imaginary ones. Twice what is meant comes out, which who calls makes good.
 */

import { ENTRY, SEQUENCES } from './fourier-passes';
import { stripAt } from './column-strips';

/** Frequencies that are kept of a line. */
export function halfOf(length: number): number {
  return (length >> 1) + 1;
}

/** Puts frequencies `first` to `end` − 1 of the rows from `top` on into strips, of which the first begins with `first`, a multiple of four. */
export function rowsToHalves(
  from: Float64Array,
  width: number,
  plane: Float64Array,
  height: number,
  top: number,
  first: number,
  end: number,
): void {
  for (let k = first; k < end; k++) {
    const near = k * ENTRY;
    const far = (k === 0 ? 0 : width - k) * ENTRY;
    const target = stripAt((k - first) >> 2, height, top) + (k & 3);
    for (let lane = 0; lane < SEQUENCES; lane++) {
      const a = from[near + lane];
      const b = from[near + lane + SEQUENCES];
      const c = from[far + lane];
      const d = from[far + lane + SEQUENCES];
      const at = target + lane * ENTRY;
      plane[at] = a + c;
      plane[at + SEQUENCES] = b - d;
      const below = at + SEQUENCES * ENTRY;
      plane[below] = b + d;
      plane[below + SEQUENCES] = c - a;
    }
  }
}

/** Takes rows from strips, in the order of an inverse transform (fourier.ts). */
export function halvesToRows(
  plane: Float64Array,
  height: number,
  top: number,
  width: number,
  to: Float64Array,
): void {
  for (let k = 0; 2 * k <= width; k++) {
    const near = k * ENTRY;
    const far = (k === 0 ? 0 : width - k) * ENTRY;
    const source = stripAt(k >> 2, height, top) + (k & 3);
    // A line's own frequency 0, and N/2, are real.
    const real = near === far ? 0 : 1;
    for (let lane = 0; lane < SEQUENCES; lane++) {
      const at = source + lane * ENTRY;
      const below = at + SEQUENCES * ENTRY;
      const re = plane[at];
      const im = plane[at + SEQUENCES] * real;
      const otherRe = plane[below];
      const otherIm = plane[below + SEQUENCES] * real;
      to[far + lane] = re - otherIm;
      to[far + lane + SEQUENCES] = im + otherRe;
      to[near + lane] = re + otherIm;
      to[near + lane + SEQUENCES] = otherRe - im;
    }
  }
}

/** Multiplies four columns by `factors`, four for every frequency, and writes what gives the columns back. Both may be the same memory. */
export function multiplyHalves(
  from: Float64Array,
  length: number,
  factors: Float64Array,
  to: Float64Array,
): void {
  for (let k = 0; 2 * k <= length; k++) {
    const m = k === 0 ? 0 : length - k;
    for (let lane = 0; lane < SEQUENCES; lane++) {
      const near = k * ENTRY + lane;
      const far = m * ENTRY + lane;
      const one = factors[k * SEQUENCES + lane];
      const two = factors[m * SEQUENCES + lane];
      const re = from[near] * one;
      const im = from[near + SEQUENCES] * one;
      const otherRe = from[far] * two;
      const otherIm = from[far + SEQUENCES] * two;
      to[far] = re;
      to[far + SEQUENCES] = im;
      to[near] = otherRe;
      to[near + SEQUENCES] = otherIm;
    }
  }
}
