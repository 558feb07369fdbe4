/**
 * What is made of a level and the Gaussian mean around it. The fast kernels know the same three (wasm/assembly/gaussian.ts), which
 * is why these formulas lie here and not with their operations.
 */

import type { Depth } from '../raster/raster';
import { topOf } from '../raster/raster';

export type MeanMix =
  /** The mean itself. */
  | { readonly kind: 'mean' }
  /** level + amount · (level − mean) where the difference is at least `least` levels. */
  | { readonly kind: 'sharpen'; readonly amount: number; readonly least: number }
  /** The same with an amount that falls from the mid-tones to nothing at black and white. */
  | { readonly kind: 'clarify'; readonly amount: number };

/** The unrounded result. */
export function mixWithMean(mix: MeanMix, level: number, mean: number, depth: Depth): number {
  if (mix.kind === 'mean') return mean;
  const difference = level - mean;
  if (mix.kind === 'sharpen') {
    return Math.abs(difference) >= mix.least ? level + mix.amount * difference : level;
  }
  const weight = 1 - Math.abs((2 * level) / topOf(depth) - 1) ** 3;
  return level + mix.amount * weight * difference;
}
