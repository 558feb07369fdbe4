import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixWithMeans, plainMixWithMeans } from '../../../core/kernels/gaussian';
import { gaussianRadius, gaussianWeights, wholeWeights } from '../../../core/kernels/gaussian-weights';
import type { MeanMix } from '../../../core/kernels/mean-mix';
import { createRaster } from '../../../core/raster/raster';
import { neverAborted } from '../../../core/raster/signal';
import { kernels, withFastKernels } from '../../support/fast-kernels';
import { expectSameColours } from '../../support/rasters';
import { expectSameTwins, inputFor, twins } from '../../support/twins';

const mixes: fc.Arbitrary<MeanMix> = fc.oneof(
  fc.constant<MeanMix>({ kind: 'mean' }),
  fc.record({
    kind: fc.constant('sharpen' as const),
    amount: fc.constantFrom(0.5, 0.8, 1, 10),
    least: fc.constantFrom(0, 0.5, 3, 257),
  }),
  fc.record({ kind: fc.constant('clarify' as const), amount: fc.constantFrom(-1, 0.4, 1) }),
);

/** Windows of 17 to 81 places are summed up in pairs, unless their error is multiplied by a large amount. */
function rowKernel(weights: Float64Array, mix: MeanMix): 'gaussianRow8' | 'gaussianStrip8' {
  const amount = mix.kind === 'mean' ? 1 : mix.amount;
  return weights.length < 17 || weights.length > 81 || amount > 4 ? 'gaussianRow8' : 'gaussianStrip8';
}

describe('Gaussian means with fast kernels', () => {
  withFastKernels();

  it('give the same levels as in plain TypeScript, alone and mixed', () => {
    fc.assert(
      fc.property(twins, mixes, fc.constantFrom(0.1, 0.4, 1, 1.7, 3, 6.3), (picture, mix, sigma) => {
        const weights = gaussianWeights(sigma, gaussianRadius(sigma, 4));
        const names = picture.depth === 8 ? [rowKernel(weights, mix)] : (['realSums'] as const);
        expectSameTwins(picture, weights.length - 1, weights.length - 1, names, {
          fast: (input, output) => mixWithMeans(input, output, weights, mix, neverAborted),
          plain: (input, output) => plainMixWithMeans(input, output, weights, mix, neverAborted),
        });
      }),
      { numRuns: 400 },
    );
  });

  it.each([20, 60])('are the same for wide windows, sigma %s', (sigma) => {
    const weights = gaussianWeights(sigma, gaussianRadius(sigma, 4));
    for (const content of ['noise', 'chequers', 'extremes'] as const) {
      const picture = { channels: 3, depth: 8, width: 40, height: 3, seed: 7, content } as const;
      const input = inputFor({ ...picture, inputInPool: false, outputInPool: false }, 8 * sigma, 8 * sigma);
      const expected = createRaster(picture);
      const output = createRaster(picture);
      plainMixWithMeans(input, expected, weights, { kind: 'mean' }, neverAborted);
      mixWithMeans(input, output, weights, { kind: 'mean' }, neverAborted);
      expectSameColours(output, expected);
    }
  });

  it('leave samples to the definition where the rounded weights cannot decide, one by one or a row at once', () => {
    const sigma = 250;
    const weights = gaussianWeights(sigma, gaussianRadius(sigma, 4));
    const fast = kernels();
    const { gaussianRow8 } = fast;
    const doubts: number[] = [];
    fast.gaussianRow8 = (...words) => {
      doubts.push(gaussianRow8(...words));
      return doubts[doubts.length - 1];
    };
    try {
      for (const width of [1, 9]) {
        const shape = { width, height: 1, channels: 1, depth: 8 } as const;
        const picture = {
          ...shape,
          seed: 1,
          content: 'chequers',
          inputInPool: false,
          outputInPool: false,
        } as const;
        const input = inputFor(picture, 8 * sigma, 8 * sigma);
        const expected = createRaster(shape);
        const output = createRaster(shape);
        plainMixWithMeans(input, expected, weights, { kind: 'mean' }, neverAborted);
        mixWithMeans(input, output, weights, { kind: 'mean' }, neverAborted);
        expectSameColours(output, expected);
      }
    } finally {
      fast.gaussianRow8 = gaussianRow8;
    }
    // All samples are in doubt; of the nine only two may be settled one by one.
    expect(doubts).toEqual([1, 3]);
  });
});

describe('weights as whole numbers', () => {
  it('stay as near to the true ones as they say, and their sums within 30 bits', () => {
    for (const [sigma, truncate] of [
      [0.1, 1],
      [0.5, 4],
      [3, 4],
      [20, 4],
      [60, 8],
      [250, 4],
      [250, 8],
    ] as const) {
      const weights = gaussianWeights(sigma, gaussianRadius(sigma, truncate));
      const { radius, pairs, bits, exponent, error } = wholeWeights(weights);
      let difference = 0;
      let highs = 0;
      let lows = 0;
      for (let row = 0; row <= radius; row++) {
        const at = 4 * (row >> 1) + (row & 1);
        const [high, low] = [pairs[at], pairs[at + 2]];
        expect(Math.min(high, low)).toBeGreaterThanOrEqual(0);
        const twice = row === 0 ? weights[radius] : 2 * weights[radius + row];
        difference += Math.abs((2 * (high * 2 ** bits + low)) / 2 ** exponent - twice);
        highs += 2 * high * 255;
        lows += 2 * low * 255;
      }
      expect(255 * difference).toBeLessThanOrEqual(error * (1 + 1e-9));
      expect(error).toBeLessThan(1e-4);
      expect(Math.max(highs, lows)).toBeLessThan(2 ** 30);
    }
  });
});
