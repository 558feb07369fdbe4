/**
 * The functions of the formula language. The interpreter calls `evaluate`; compiled code writes `javascript`, which names
 * either the same built-in or the same function of this file, so the two cannot drift apart.
 */

import { luma } from '../../raster/luma';
import { store } from '../../raster/rounding';
import { decodeSrgb, encodeSrgb } from '../../raster/srgb';

export interface FormulaFunction {
  /** Fewest and most arguments as a formula writes them. */
  readonly least: number;
  readonly most: number;
  /** How compiled code calls it. */
  readonly javascript: string;
  /** Called with the top level T as a last argument, which formulas do not write. */
  readonly takesTop?: true;
  evaluate(...given: number[]): number;
}

/** `x` held between two limits; NaN stays NaN. */
export function clamp(x: number, low: number, high: number): number {
  return x < low ? low : x > high ? high : x;
}

/** Bits common to two whole numbers below 2^31. */
export function bitAnd(a: number, b: number): number {
  return a & b;
}

/** Bits that two whole numbers modulo 2^32 do not share, as a number from 0 to 2^32 − 1. */
export function bitXor(a: number, b: number): number {
  return (a ^ b) >>> 0;
}

/**
 * A whole number modulo 2^32, scattered over 0 … 2^32 − 1 so that neighbours have nothing in common (OPERATIONS.md 12b, `h`).
 * The same on every machine, so that noise made in tiles, in workers or by a script is the same noise.
 */
export function hash(z: number): number {
  let bits = z >>> 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x7feb352d);
  bits = Math.imul(bits ^ (bits >>> 15), 0x846ca68b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** What compiled code finds by name besides `Math`. */
export const COMPILED_SCOPE = { clamp, luma, bitAnd, bitXor, hash, store, decodeSrgb, encodeSrgb } as const;

export const FUNCTIONS = {
  min: { least: 2, most: 8, javascript: 'Math.min', evaluate: Math.min },
  max: { least: 2, most: 8, javascript: 'Math.max', evaluate: Math.max },
  clamp: { least: 3, most: 3, javascript: 'clamp', evaluate: clamp },
  floor: { least: 1, most: 1, javascript: 'Math.floor', evaluate: Math.floor },
  ceil: { least: 1, most: 1, javascript: 'Math.ceil', evaluate: Math.ceil },
  abs: { least: 1, most: 1, javascript: 'Math.abs', evaluate: Math.abs },
  sqrt: { least: 1, most: 1, javascript: 'Math.sqrt', evaluate: Math.sqrt },
  exp: { least: 1, most: 1, javascript: 'Math.exp', evaluate: Math.exp },
  ln: { least: 1, most: 1, javascript: 'Math.log', evaluate: Math.log },
  log2: { least: 1, most: 1, javascript: 'Math.log2', evaluate: Math.log2 },
  sin: { least: 1, most: 1, javascript: 'Math.sin', evaluate: Math.sin },
  cos: { least: 1, most: 1, javascript: 'Math.cos', evaluate: Math.cos },
  /** The rounding rule (OPERATIONS.md 2.1), where a formula rounds in between. */
  store: { least: 1, most: 1, javascript: 'store', takesTop: true, evaluate: store },
  luma: { least: 3, most: 3, javascript: 'luma', evaluate: luma },
  bitAnd: { least: 2, most: 2, javascript: 'bitAnd', evaluate: bitAnd },
  bitXor: { least: 2, most: 2, javascript: 'bitXor', evaluate: bitXor },
  hash: { least: 1, most: 1, javascript: 'hash', evaluate: hash },
  /** The sRGB transfer functions, both on 0 … 1. */
  dec: { least: 1, most: 1, javascript: 'decodeSrgb', evaluate: decodeSrgb },
  enc: { least: 1, most: 1, javascript: 'encodeSrgb', evaluate: encodeSrgb },
} as const satisfies Record<string, FormulaFunction>;

export type FunctionName = keyof typeof FUNCTIONS;

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

export function functionNamed(name: FunctionName): FormulaFunction {
  return FUNCTIONS[name];
}
