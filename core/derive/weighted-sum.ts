/** The weights of a window on its levels: products, and what they add up to. */

import type { WindowSum } from '../operation/account';
import type { Matrix } from '../operation/parameter';
import type { WeightedSum } from './explanation';

export function productSum(
  matrix: Matrix,
  levels: readonly number[],
): Pick<WeightedSum, 'weights' | 'products' | 'sum'> {
  const weights: number[] = [];
  const products: number[] = [];
  let sum = 0;
  for (const row of matrix) {
    for (const weight of row) {
      const product = weight * levels[weights.length];
      weights.push(weight);
      products.push(product);
      sum += product;
    }
  }
  return { weights, products, sum };
}

export function weightedSum(declared: WindowSum, levels: readonly number[], scale: number): WeightedSum {
  const { matrix, divisor, offset, absolute } = declared;
  return { ...productSum(matrix, levels), divisor, offset: offset * scale, absolute };
}
