/** The weights of a window on its levels: products, and what they add up to. */

import type { WindowSum } from '../operation/account';
import type { Matrix } from '../operation/parameter';
import type { WeightedSum } from './explanation';

export type ProductSum = Pick<WeightedSum, 'weights' | 'products' | 'sum'>;

/** `levels` row by row, as many as the matrix has weights. */
export function productSum(matrix: Matrix, levels: readonly number[]): ProductSum {
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

/** The sum alone, of a window that is too large to be listed. */
export function unlistedSum(matrix: Matrix, levelAt: (x: number, y: number) => number): ProductSum {
  let sum = 0;
  matrix.forEach((row, y) => {
    row.forEach((weight, x) => {
      sum += weight * levelAt(x, y);
    });
  });
  return { weights: [], products: [], sum };
}

/** `scale`: levels to a unit of the declared offset. */
export function weightedSum(
  { divisor, offset, absolute }: WindowSum,
  sum: ProductSum,
  scale: number,
): WeightedSum {
  return { ...sum, divisor, offset: offset * scale, absolute };
}
