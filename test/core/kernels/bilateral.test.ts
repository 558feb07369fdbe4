import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bilateral, neighboursWithin, plainBilateral } from '../../../core/kernels/bilateral';
import { createRaster, scaleOf, shapeOf } from '../../../core/raster/raster';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';

withFastKernels();

it('gives the bytes of the plain sums for every layout, radius and width of a block', () => {
  expectFast(['bilateralBlock8', 'bilateralBlock16'], () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 250, max: 260 })),
          height: fc.integer({ min: 1, max: 9 }),
          channels: fc.constantFrom(...LAYOUTS),
          depth: fc.constantFrom(...DEPTHS),
        }),
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0.01, max: 300, noNaN: true }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        fc.boolean(),
        fc.nat(),
        (shape, radius, sigmaColor, sigmaSpace, inPool, seed) => {
          const padded = { ...shape, width: shape.width + 2 * radius, height: shape.height + 2 * radius };
          const drawn = noise(padded, seed);
          const input = inPool ? pooled(drawn) : drawn;
          const output = inPool ? pooled(shape) : createRaster(shape);
          const expected = createRaster(shape);
          // Alpha is not touched.
          output.data.fill(77);
          expected.data.fill(77);
          const sigma = sigmaColor * scaleOf(shape.depth);
          const neighbours = neighboursWithin(radius, sigmaSpace);
          bilateral(input, output, radius, sigma, neighbours, neverAborted);
          plainBilateral(input, expected, radius, sigma, neighbours, neverAborted);
          expectSameLevels(output, expected);
        },
      ),
    );
  });
});

it('stops when it is aborted', () => {
  const input = noise({ width: 5, height: 5, channels: 3, depth: 8 });
  const output = createRaster({ ...shapeOf(input), width: 1, height: 1 });
  const run = (): void => bilateral(input, output, 2, 30, neighboursWithin(2, 1), { aborted: true });
  expect(run).toThrow(Cancelled);
});
