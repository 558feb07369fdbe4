/** Gaussian weights, as doubles and as the fast kernels take them. */

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
 * Weights as whole numbers, high · 2^bits + low, of which 2^exponent make 1. Both parts are below 2^15, so that a product with the sum of two
 * levels of 8 bit fits 25 bits; sums over the window fit 30.
 */
export interface WholeWeights {
  readonly radius: number;
  /** For every two rows outward, the middle one first at half its weight: two high parts, two low parts. */
  readonly pairs: Int16Array;
  readonly bits: number;
  readonly exponent: number;
  /** How far a mean of levels up to 255 with these weights can lie from the one with the true ones. */
  readonly error: number;
  /** How far it can lie from that where the sum along the row is taken in single precision. */
  readonly singleError: number;
}

const TOP = 255;

export function wholeWeights(weights: Float64Array): WholeWeights {
  const radius = (weights.length - 1) / 2;
  const outward = weights.slice(radius);
  const halved = Float64Array.from(outward, (weight, row) => (row === 0 ? weight / 2 : weight));
  const bits = Math.min(15, Math.floor(Math.log2(2 ** 30 / (weights.length * TOP))));
  const largest = halved.reduce((most, weight) => Math.max(most, weight), 0);
  const exponent = Math.min(Math.floor(Math.log2((2 ** 15 - 1) / largest)), 22) + bits;
  const whole = halved.map((weight) => Math.round(weight * 2 ** exponent));
  const pairs = new Int16Array(4 * Math.ceil(whole.length / 2));
  whole.forEach((weight, row) => {
    const at = 4 * (row >> 1) + (row & 1);
    pairs[at] = Math.floor(weight / 2 ** bits);
    pairs[at + 2] = weight % 2 ** bits;
  });
  const missing = halved.reduce(
    (sum, weight, row) => sum + 2 * Math.abs(whole[row] / 2 ** exponent - weight),
    0,
  );
  // Every addition takes half a unit in the last place of the sum so far, which is summed up from the ends inward; the weights,
  // the column sums, the sum of a pair and the product take six more at most of the whole.
  let soFar = 0;
  let rounding = 6;
  for (let row = radius; row >= 0; row--) {
    soFar += outward[row] * (row === 0 ? 1 : 2);
    rounding += soFar;
  }
  const error = TOP * missing;
  return { radius, pairs, bits, exponent, error, singleError: TOP * 2 ** -24 * rounding + error };
}
