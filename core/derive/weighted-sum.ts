/** The weights of a window on its levels: products, and what they add up to. */

import type { WindowSum } from '../operation/account';
import type { Matrix } from '../operation/parameter';
import type { Rectangle } from '../raster/rectangle';
import type { WeightedSum } from './explanation';

export type ProductSum = Pick<WeightedSum, 'weights' | 'products' | 'sum'>;

/** The level in a column and row of the window. */
export type LevelAt = (x: number, y: number) => number;

/** The sum of all products, row by row; of the weights and products those in `listed`. */
export function productSum(matrix: Matrix, levelAt: LevelAt, listed: Rectangle): ProductSum {
  const weights: number[] = [];
  const products: number[] = [];
  const [right, bottom] = [listed.x + listed.width, listed.y + listed.height];
  let sum = 0;
  for (const [y, row] of matrix.entries()) {
    const isListed = y >= listed.y && y < bottom;
    for (let x = 0; x < row.length; x++) {
      const product = row[x] * levelAt(x, y);
      sum += product;
      if (!isListed || x < listed.x || x >= right) continue;
      weights.push(row[x]);
      products.push(product);
    }
  }
  return { weights, products, sum };
}

/** `scale`: levels to a unit of the declared offset. */
export function weightedSum(
  { divisor, offset, absolute }: WindowSum,
  sum: ProductSum,
  scale: number,
): WeightedSum {
  return { ...sum, divisor, offset: offset * scale, absolute };
}
