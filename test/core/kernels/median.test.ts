import fc from 'fast-check';
import { describe, it } from 'vitest';
import { orderStatistic, plainOrderStatistic } from '../../../core/kernels/median';
import type { Depth } from '../../../core/raster/raster';
import { neverAborted } from '../../../core/raster/signal';
import type { FastKernels } from '../../../core/kernels/wasm/fast-kernels';
import { withFastKernels } from '../../support/fast-kernels';
import { expectSameTwins, twins } from '../../support/twins';

/** The kernel that a size is meant for; null where large windows of 16 bit stay plain. */
function kernelFor(size: number, depth: Depth): keyof FastKernels | null {
  if (size === 3) return `median3x3Row${depth}`;
  if (size === 5) return `median5x5Row${depth}`;
  if (size <= (depth === 8 ? 10 : 41)) return `rankRow${depth}`;
  return depth === 8 ? 'medianRow8' : null;
}

describe('median with fast kernels', () => {
  withFastKernels();

  it('gives the same levels as in plain TypeScript for every size', () => {
    fc.assert(
      fc.property(twins, fc.constantFrom(1, 2, 3, 3, 4, 5, 5, 6, 7, 10, 11, 25, 41, 42), (picture, size) => {
        const index = Math.floor((size * size) / 2);
        const kernel = kernelFor(size, picture.depth);
        expectSameTwins(picture, size - 1, size - 1, kernel === null ? [] : [kernel], {
          fast: (input, output) => orderStatistic(input, output, size, index, neverAborted),
          plain: (input, output) => plainOrderStatistic(input, output, size, index, neverAborted),
        });
      }),
      { numRuns: 300 },
    );
  });

  it('finds any other place in the order, and the middle of the largest windows', () => {
    fc.assert(
      fc.property(twins, fc.constantFrom(3, 4, 5, 9, 10, 99), fc.nat(), (picture, size, place) => {
        const index = place % (size * size);
        const depth = size === 99 ? 8 : picture.depth;
        expectSameTwins({ ...picture, depth }, size - 1, size - 1, [], {
          fast: (input, output) => orderStatistic(input, output, size, index, neverAborted),
          plain: (input, output) => plainOrderStatistic(input, output, size, index, neverAborted),
        });
      }),
      { numRuns: 100 },
    );
  });

  it('goes on where one stripe, one segment and one band end', () => {
    for (const [size, depth] of [
      [5, 8],
      [7, 8],
      [12, 8],
      [6, 16],
    ] as const) {
      const picture = { channels: 3, depth, width: 1100, height: 120, seed: 5, content: 'noise' } as const;
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
