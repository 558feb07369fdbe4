/**
 * How a transform of some length is taken apart: into factors as small as it has, or, where one of them is a large prime, into a
 * convolution whose length has only small ones. And the roots of unity, which every part of it multiplies by.
 */

/** Its factors in the order in which they are taken: fours, a two, then odd primes upward. Empty for 1. */
export function radicesOf(length: number): readonly number[] {
  const radices: number[] = [];
  let left = length;
  for (; left % 4 === 0; left /= 4) radices.push(4);
  for (; left % 2 === 0; left /= 2) radices.push(2);
  for (let prime = 3; prime * prime <= left; prime += 2) {
    for (; left % prime === 0; left /= prime) radices.push(prime);
  }
  if (left > 1) radices.push(left);
  return radices;
}

/** What a transform by its factors costs, in arbitrary units: an entry passes through every factor, a large one is slower still. */
function costOf(length: number): number {
  return length * radicesOf(length).reduce((sum, radix) => sum + (radix > 5 ? 1.1 * radix : radix), 0);
}

/** The length by which to do it as a convolution where that is cheaper (L. Bluestein 1970); null where it is not. */
export function convolutionLength(length: number): number | null {
  const own = costOf(length);
  // Nothing is gained where it has small factors only.
  if (own <= 2 * length * Math.log2(length)) return null;
  let [best, least] = [0, Infinity];
  const enough = 2 * length - 1;
  for (let fives = 1; fives < 2 * enough; fives *= 5) {
    for (let threes = fives; threes < 2 * enough; threes *= 3) {
      let size = threes;
      while (size < enough) size *= 2;
      const cost = costOf(size);
      if (cost < least) [best, least] = [size, cost];
    }
  }
  // Two transforms, and half as much again for the multiplications between them.
  return 3 * least < own ? best : null;
}

/**
 * exp(−2πi·k/n) for every k below n: real part, imaginary part. Taken from an eighth of the circle, so that each is as exact as a double
 * can be and those of quarter turns are whole numbers.
 */
export function rootsOfUnity(n: number): Float64Array {
  const roots = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    // Eighths of n, in which whole numbers stay exact.
    let eighths = 8 * k;
    const lower = eighths > 4 * n;
    if (lower) eighths = 8 * n - eighths;
    const left = eighths > 2 * n;
    if (left) eighths = 4 * n - eighths;
    const steep = eighths > n;
    if (steep) eighths = 2 * n - eighths;
    const angle = (Math.PI * eighths) / (4 * n);
    const long = eighths === n ? Math.SQRT1_2 : Math.cos(angle);
    const short = eighths === n ? Math.SQRT1_2 : Math.sin(angle);
    const [cos, sin] = steep ? [short, long] : [long, short];
    roots[2 * k] = left ? -cos : cos;
    roots[2 * k + 1] = lower ? sin : -sin;
  }
  return roots;
}
