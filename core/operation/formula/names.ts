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
 */

import { levelsOf, scaleOf, topOf, type Depth } from '../../raster/raster';
import { store } from '../../raster/rounding';
import type { Parameter, ParameterValue } from '../parameter';
import { luma } from './functions';

export const FIXED_NAMES = ['r', 'u', 'R', 'G', 'B', 'A', 'Y', 'T', 'K', 'L', 'channel'] as const;
export type FixedName = (typeof FIXED_NAMES)[number];

/** The fixed names that look at the whole pixel, not only at the channel's own sample. */
export const PIXEL_NAMES: readonly FixedName[] = ['R', 'G', 'B', 'A', 'Y'];

const fixed: ReadonlySet<string> = new Set(FIXED_NAMES);

export function isFixedName(name: string): boolean {
  return fixed.has(name);
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
  return parameter.kind === 'number' || parameter.kind === 'boolean';
}

/** The number that a formula sees for a parameter's value; null where formulas cannot name it. */
export function numberFor(value: ParameterValue): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : null;
}
