/** What the operations that compare a pixel with the Gaussian mean around it share: the window, and the mean by its definition. */

import { gaussianRadius, gaussianWeights } from '../kernels/gaussian-weights';
import type { SampleAt, Window } from './operation';
import type { Matrix } from './parameter';
import { squareWindow } from './square-window';

/** The window is cut off at this many sigmas unless the operation says otherwise. */
export const TRUNCATE = 4;

/** The window around the pixel in its middle. */
export function gaussianWindow(sigma: number, truncate = TRUNCATE): Window {
  return squareWindow(2 * gaussianRadius(sigma, truncate) + 1);
}

export function weightsFor(sigma: number, truncate = TRUNCATE): Float64Array {
  return gaussianWeights(sigma, gaussianRadius(sigma, truncate));
}

/** The mean, unrounded: rows, then columns. */
export function gaussianMean(sampleAt: SampleAt, weights: Float64Array): number {
  const radius = (weights.length - 1) / 2;
  let sum = 0;
  for (let y = -radius; y <= radius; y++) {
    let row = 0;
    for (let x = -radius; x <= radius; x++) row += weights[x + radius] * sampleAt(x, y);
    sum += weights[y + radius] * row;
  }
  return sum;
}

/** The weights of the whole window, of those along one of its sides. */
export function gaussianMatrix(weights: Float64Array): Matrix {
  const row = Array.from(weights);
  return row.map((down) => row.map((across) => down * across));
}
