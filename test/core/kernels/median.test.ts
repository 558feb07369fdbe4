import fc from 'fast-check';
import { describe, it } from 'vitest';
import { orderStatistic, plainOrderStatistic } from '../../../core/kernels/median';
import type { Depth } from '../../../core/raster/raster';
import { neverAborted } from '../../../core/raster/signal';
import { withFastKernels } from '../../support/fast-kernels';
import { expectSameTwins, twins } from '../../support/twins';

function kernelFor(
  size: number,
  depth: Depth,
): 'median3x3Row8' | 'median3x3Row16' | 'median5x5Row8' | 'median5x5Row16' | 'medianRow8' {
  if (size === 3) return `median3x3Row${depth}`;
  return size === 5 ? `median5x5Row${depth}` : 'medianRow8';
}

describe('median with fast kernels', () => {
  withFastKernels();

  it('gives the same levels as in plain TypeScript for every size', () => {
    fc.assert(
      fc.property(twins, fc.constantFrom(1, 2, 3, 3, 4, 5, 5, 6, 7, 12, 25), (picture, size) => {
        const index = Math.floor((size * size) / 2);
        // At 16 bit large windows stay plain.
        const names = picture.depth === 8 || size === 3 || size === 5 ? [kernelFor(size, picture.depth)] : [];
        expectSameTwins(picture, size - 1, size - 1, names, {
          fast: (input, output) => orderStatistic(input, output, size, index, neverAborted),
          plain: (input, output) => plainOrderStatistic(input, output, size, index, neverAborted),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('finds any other place in the order, and the middle of the largest windows', () => {
    fc.assert(
      fc.property(twins, fc.constantFrom(3, 5, 99), fc.nat(), (picture, size, place) => {
        const index = place % (size * size);
        expectSameTwins({ ...picture, depth: 8 }, size - 1, size - 1, [], {
          fast: (input, output) => orderStatistic(input, output, size, index, neverAborted),
          plain: (input, output) => plainOrderStatistic(input, output, size, index, neverAborted),
        });
      }),
      { numRuns: 40 },
    );
  });

  it('goes on where one stripe, one segment and one band end', () => {
    for (const size of [5, 7]) {
      const picture = { channels: 3, depth: 8, width: 1100, height: 120, seed: 5, content: 'noise' } as const;
      for (const inPool of [false, true]) {
        expectSameTwins({ ...picture, inputInPool: inPool, outputInPool: inPool }, size - 1, size - 1, [], {
          fast: (input, output) =>
            orderStatistic(input, output, size, Math.floor((size * size) / 2), neverAborted),
          plain: (input, output) =>
            plainOrderStatistic(input, output, size, Math.floor((size * size) / 2), neverAborted),
        });
      }
    }
  });
});
