/** What a kernel's weights add up to: what a flat picture is multiplied by before the divisor, and what `auto` divides by. */

/** What adding decimal fractions such as 0.1 may be wrong by, as a share of their sizes. */
const NOISE = 2 ** -44;

/** The sum of the weights; exactly 0 where it is 0 but for the noise of adding decimal fractions. */
export function sumOfWeights(weights: Iterable<number>): number {
  let sum = 0;
  let size = 0;
  for (const weight of weights) {
    sum += weight;
    size += Math.abs(weight);
  }
  return Math.abs(sum) <= size * NOISE ? 0 : sum;
}

/** The divisor by which the weights add up to 1; 1 where they add up to 0, which no divisor changes. */
export function normalisingDivisor(weights: Iterable<number>): number {
  const sum = sumOfWeights(weights);
  return sum === 0 ? 1 : sum;
}
