/**
 * The names that every point formula may use. Besides these a formula may name its operation's numeric and boolean parameters
 * (booleans as 0 and 1) and the constants that the operation derives.
 *
 * | name      | meaning                                                                    |
 * |-----------|----------------------------------------------------------------------------|
 * | `r`       | the sample, in levels                                                      |
 * | `u`       | the sample on the 255 scale, r / K                                         |
 * | `R G B`   | the pixel's colour samples; all equal to r in a grey picture               |
 * | `A`       | its alpha, T in a picture without                                          |
 * | `Y`       | its rounded BT.601 luma; r in a grey picture                               |
 * | `T K L`   | top level, levels a unit of the 255 scale, number of levels                |
 * | `channel` | 0 red or grey, 1 green, 2 blue                                             |
 * | `x y`     | the pixel's column and row, from 0 at the top left                         |
 * | `W H`     | columns and rows of the whole picture                                      |
 */

import { levelsOf, scaleOf, topOf, type Depth } from '../../raster/raster';
import { store } from '../../raster/rounding';
import type { Parameter, ParameterValue } from '../parameter';
import { luma } from '../../raster/luma';
import { freeNames, type Formula } from './syntax';

export const FIXED_NAMES = ['r', 'u', 'R', 'G', 'B', 'A', 'Y', 'T', 'K', 'L', 'channel'] as const;
export type FixedName = (typeof FIXED_NAMES)[number];

/** The fixed names that look at the whole pixel, not only at the channel's own sample. */
export const PIXEL_NAMES: readonly FixedName[] = ['R', 'G', 'B', 'A', 'Y'];

/** Where the pixel lies; a formula that names it cannot be a table. */
export const PLACE_NAMES = ['x', 'y'] as const;
/** How large the picture is. */
export const SIZE_NAMES = ['W', 'H'] as const;

/** The column and row of a pixel in its picture. */
export type Place = Readonly<Record<(typeof PLACE_NAMES)[number], number>>;

const fixed: ReadonlySet<string> = new Set([...FIXED_NAMES, ...PLACE_NAMES, ...SIZE_NAMES]);

export function isFixedName(name: string): boolean {
  return fixed.has(name);
}

/** Whether a result depends on where the pixel lies. */
export function namesPlace(formula: Formula): boolean {
  const names = freeNames(formula);
  return PLACE_NAMES.some((name) => names.has(name));
}

/** Whether a formula's numbers hold for pictures of one size alone. */
export function namesSize(formula: Formula): boolean {
  const names = freeNames(formula);
  return SIZE_NAMES.some((name) => names.has(name));
}

/** The numbers behind names. */
export type Scope = Readonly<Record<string, number>>;

/** The fixed names of a picture's depth. */
export function depthScope(depth: Depth): { readonly T: number; readonly K: number; readonly L: number } {
  return { T: topOf(depth), K: scaleOf(depth), L: levelsOf(depth) };
}

/** All fixed names for one channel of a pixel, given as its stored samples (1 … 4, alpha last). */
export function pixelScope(
  pixel: readonly number[],
  channel: number,
  depth: Depth,
): Record<FixedName, number> {
  const { T, K, L } = depthScope(depth);
  const grey = pixel.length <= 2;
  const [R, G, B] = grey ? [pixel[0], pixel[0], pixel[0]] : [pixel[0], pixel[1], pixel[2]];
  const alpha = pixel.length % 2 === 0 ? pixel[pixel.length - 1] : T;
  const r = grey ? R : pixel[channel];
  return { r, u: r / K, R, G, B, A: alpha, Y: grey ? r : store(luma(R, G, B), T), T, K, L, channel };
}

/** Whether formulas can name a parameter of this kind. */
export function isNumeric(parameter: Parameter): boolean {
  return parameter.kind === 'number' || parameter.kind === 'pictureNumber' || parameter.kind === 'boolean';
}

/** The number that a formula sees for a parameter's value; null where formulas cannot name it. */
export function numberFor(value: ParameterValue): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : null;
}
