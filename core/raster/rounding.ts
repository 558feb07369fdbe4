/**
 * The one rounding rule (OPERATIONS.md 2.1): a formula is evaluated in double precision and rounded once, half up. The tiny
 * constant makes an exact half go up whatever the order in which a program added its terms.
 */

/** 2^-20, far below the distance between other representable results. */
export const SNAP = 2 ** -20;

/** The whole number that is stored if it is a level: `floor(x + 1/2 + 2^-20)`. */
export function roundHalfUp(x: number): number {
  return Math.floor(x + 0.5 + SNAP);
}

/** `clamp(floor(x + 1/2 + 2^-20), 0, top)`; NaN gives 0. */
export function store(x: number, top: number): number {
  const level = roundHalfUp(x);
  // Written so that NaN falls through to 0.
  return level > 0 ? (level < top ? level : top) : 0;
}
