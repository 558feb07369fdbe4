/** Kernels at random: whole weights and fractions, square and oblong, odd and even. */

import fc from 'fast-check';
import type { Matrix } from '../../core/operation/parameter';

/** Up to so many rows and columns. */
export function matrices(largest: number): fc.Arbitrary<Matrix> {
  const side = fc.integer({ min: 1, max: largest });
  const weight = fc.oneof(
    fc.integer({ min: -9, max: 9 }),
    fc.integer({ min: -40, max: 40 }).map((quarters) => quarters / 10),
  );
  return fc.tuple(side, side).chain(([rows, columns]) =>
    fc.array(fc.array(weight, { minLength: columns, maxLength: columns }), {
      minLength: rows,
      maxLength: rows,
    }),
  );
}
