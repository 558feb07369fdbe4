/** The transform is the one of the definition, of any length; the fast kernels give the bits of the plain ones. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transformOf } from '../../../core/kernels/fourier';
import { convolutionLength, radicesOf, rootsOfUnity } from '../../../core/kernels/fourier-lengths';
import { ENTRY, SEQUENCES } from '../../../core/kernels/fourier-passes';
import { expectFast, withFastKernels, withFullArena } from '../../support/fast-kernels';
import { noise } from '../../support/rasters';

withFastKernels();

/** Every radix, first, last and in the middle; small and large primes; products with a prime that is too large for its own pass. */
const LENGTHS = [
  ...Array.from({ length: 40 }, (_, at) => at + 1),
  ...[48, 49, 60, 64, 75, 97, 121, 125, 128, 169, 210, 243, 251, 256, 343, 360, 509, 514, 600, 608, 997],
];

/** Numbers from −1 to 1, four sequences side by side. */
function sequences(length: number, seed: number): Float64Array {
  const { data } = noise({ width: ENTRY, height: length, channels: 1, depth: 16 }, seed);
  return Float64Array.from(data, (level) => level / 32_768 - 1);
}

function transformed(given: Float64Array): Float64Array {
  const length = given.length / ENTRY;
  return transformOf(length).withLines(({ input, transform }) => {
    input.set(given);
    return transform().slice(0, given.length);
  });
}

/** Entries in the order 0, N − 1, N − 2 … 1. */
function reversed(given: Float64Array): Float64Array {
  const length = given.length / ENTRY;
  return Float64Array.from(given, (_, at) => {
    const k = Math.floor(at / ENTRY);
    return given[((length - k) % length) * ENTRY + (at % ENTRY)];
  });
}

/** Σ x[n]·exp(−2πi·kn/N), for every sequence. */
function byDefinition(given: Float64Array): Float64Array {
  const length = given.length / ENTRY;
  const angle = (turn: number): number => (-2 * Math.PI * turn) / length;
  const cos = Float64Array.from({ length }, (_, turn) => Math.cos(angle(turn)));
  const sin = Float64Array.from({ length }, (_, turn) => Math.sin(angle(turn)));
  const sums = new Float64Array(given.length);
  for (let k = 0; k < length; k++) {
    for (let n = 0; n < length; n++) {
      const turn = (k * n) % length;
      for (let lane = 0; lane < SEQUENCES; lane++) {
        const [a, b] = [given[n * ENTRY + lane], given[n * ENTRY + lane + SEQUENCES]];
        sums[k * ENTRY + lane] += a * cos[turn] - b * sin[turn];
        sums[k * ENTRY + lane + SEQUENCES] += a * sin[turn] + b * cos[turn];
      }
    }
  }
  return sums;
}

const largestDifference = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);

describe('the transform', () => {
  it.each(['plain', 'fast'])('is that of the definition on the %s kernels', (kernels) => {
    for (const length of LENGTHS) {
      const given = sequences(length, length);
      const found = kernels === 'fast' ? transformed(given) : withFullArena(() => transformed(given));
      // The definition adds up to 997 numbers, each off by some 2⁻⁵²; the transform itself is a great deal more exact.
      expect(largestDifference(found, byDefinition(given)), `length ${length}`).toBeLessThan(length * 1e-14);
    }
  });

  it('gives the same bits on the fast kernels, which do all of it', () => {
    const names = (['2', '3', '4', '5', 'Odd'] as const).map((radix) => `fourierPass${radix}` as const);
    expectFast(names, () => {
      for (const length of [...LENGTHS, 1536, 2520, 4000, 5003]) {
        const given = sequences(length, length);
        const plain = withFullArena(() => transformed(given));
        expect(new BigInt64Array(transformed(given).buffer), `length ${length}`).toEqual(
          new BigInt64Array(plain.buffer),
        );
      }
    });
  });

  it('goes back, keeps the energy, and of a shifted sequence only turns', () => {
    const random = fc.record({ length: fc.integer({ min: 1, max: 3000 }), seed: fc.nat(1000) });
    const check = ({ length, seed }: typeof random extends fc.Arbitrary<infer T> ? T : never): void => {
      const given = sequences(length, seed);
      const found = transformed(given);
      const back = reversed(transformed(found)).map((value) => value / length);
      // A few units of 2⁻⁵³ for each of some dozen passes.
      expect(largestDifference(back, given)).toBeLessThan(1e-14);
      const energy = (numbers: Float64Array): number =>
        numbers.reduce((sum, value) => sum + value * value, 0);
      expect(Math.abs(energy(found) / length / energy(given) - 1)).toBeLessThan(1e-12);
      const power = (numbers: Float64Array): Float64Array =>
        numbers.map((_, at) => {
          const re = Math.floor(at / ENTRY) * ENTRY + (at % SEQUENCES);
          return numbers[re] ** 2 + numbers[re + SEQUENCES] ** 2;
        });
      const shifted = Float64Array.from(given, (_, at) => given[(at + ENTRY) % given.length]);
      expect(largestDifference(power(transformed(shifted)), power(found)) / length).toBeLessThan(1e-11);
    };
    fc.assert(fc.property(random, check), { numRuns: 40 });
  }, 60_000);
});

describe('its parts', () => {
  it('are factors that make up the length, and lengths that are long enough and have small ones only', () => {
    for (let length = 1; length < 3000; length++) {
      expect(radicesOf(length).reduce((product, radix) => product * radix, 1)).toBe(length);
      const size = convolutionLength(length);
      if (size === null) continue;
      expect(size).toBeGreaterThanOrEqual(2 * length - 1);
      expect(Math.max(...radicesOf(size))).toBeLessThanOrEqual(5);
    }
    // No prime of four digits is done by its definition, and no length without one by a convolution.
    expect([997, 1009, 4999, 9973].filter((prime) => convolutionLength(prime) === null)).toEqual([]);
    expect([1000, 1024, 3264, 4000, 6000].filter((size) => convolutionLength(size) !== null)).toEqual([]);
  });

  it('are roots of unity, exact at quarter turns, each the conjugate of its opposite', () => {
    for (const n of [1, 2, 3, 4, 5, 7, 8, 12, 24, 997, 4096]) {
      const roots = rootsOfUnity(n);
      for (let k = 0; k < n; k++) {
        const [re, im] = [roots[2 * k], roots[2 * k + 1]];
        expect(Math.abs(re - Math.cos((2 * Math.PI * k) / n))).toBeLessThan(1e-15);
        expect(Math.abs(im + Math.sin((2 * Math.PI * k) / n))).toBeLessThan(1e-15);
        if (k > 0) expect(re === roots[2 * (n - k)] && im === -roots[2 * (n - k) + 1]).toBe(true);
        if ((4 * k) % n === 0) expect(Math.abs(re) + Math.abs(im)).toBe(1);
      }
    }
  });
});
