/**
 * Gaussian means in double precision (OPERATIONS.md 8.2): the window is the product of a column and a row of weights, so a sum
 * over it is one over rows followed by one over columns, and nothing is rounded in between. Adding in another order than the
 * definition changes the thirteenth digit, which the rounding rule forgives.
 */

import { topOf, colourChannelsOf, type Raster } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { store } from '../raster/rounding';
import { withScratch } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { sumTaps, tapsOf } from './taps';

/** How far the window reaches on each side, in pixels. */
export function gaussianRadius(sigma: number, truncate: number): number {
  return Math.floor(truncate * sigma + 0.5);
}

/** The 2·radius + 1 weights, which add up to 1. */
export function gaussianWeights(sigma: number, radius: number): Float64Array {
  // So narrow a curve may be too narrow for doubles.
  if (radius === 0) return Float64Array.of(1);
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, at) =>
    Math.exp(-((at - radius) ** 2) / (2 * sigma * sigma)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/**
 * Calls `use` for every output row with its unrounded means, all channels interleaved. Output pixel (x, y) is the mean of the
 * window whose top left is input pixel (x, y): `input` is larger than `size` by `weights.length` − 1 both ways.
 */
export function eachMeanRow(
  input: PaddedRaster,
  size: { readonly width: number; readonly height: number },
  weights: Float64Array,
  signal: Signal,
  use: (means: Float64Array, y: number) => void,
): void {
  const { data, channels } = input;
  const line = input.width * channels;
  const count = size.width * channels;
  const downwards = tapsOf(weights, (index) => index * line);
  const across = tapsOf(weights, (index) => index * channels);
  withScratch((line + count) * 8, ({ buffer, byteOffset }) => {
    const columns = new Float64Array(buffer, byteOffset, line);
    const means = new Float64Array(buffer, byteOffset + line * 8, count);
    for (let y = 0; y < size.height; y++) {
      checkpoint(signal);
      sumTaps(columns, data, y * line, downwards);
      sumTaps(means, columns, 0, across);
      use(means, y);
    }
  });
}

/**
 * Fills the colour channels of `output` with `combine(level, mean)`, stored: the level of the pixel in the middle of the window
 * and the Gaussian mean over it. Alpha is not touched.
 */
export function combineWithMean(
  input: PaddedRaster,
  output: Raster,
  weights: Float64Array,
  signal: Signal,
  combine: (level: number, mean: number) => number,
): void {
  const { channels, width, data } = output;
  const colours = colourChannelsOf(output);
  const top = topOf(output.depth);
  const radius = (weights.length - 1) / 2;
  eachMeanRow(input, output, weights, signal, (means, y) => {
    const at = y * width * channels;
    const middle = ((y + radius) * input.width + radius) * channels;
    for (let i = 0; i < means.length; i += channels) {
      for (let c = i; c < i + colours; c++) {
        data[at + c] = store(combine(input.data[middle + c], means[c]), top);
      }
    }
  });
}
