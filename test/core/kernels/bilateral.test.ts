import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bilateral, neighboursWithin, plainBilateral } from '../../../core/kernels/bilateral';
import { bilateralBound } from '../../../core/kernels/bilateral-levels';
import { createRaster, scaleOf, shapeOf } from '../../../core/raster/raster';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';

withFastKernels();

it('gives the bytes of the plain sums for every layout, radius and width of a block', () => {
  expectFast(['bilateralLevels8', 'bilateralBlock16'], () => {
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

it.each([
  ['several blocks of both directions', 300, 150, 4, 'noise'],
  ['levels whose means are halves', 40, 30, 3, 'steps'],
  ['black and white', 40, 30, 5, 'extremes'],
  ['a window in which block and rings are at their limits', 70, 3, 14, 'noise'],
  ['a window so wide that doubles do it', 70, 3, 20, 'noise'],
] as const)('gives the bytes of the plain sums for %s', (_, width, height, radius, content) => {
  const shape = { width, height, channels: 3, depth: 8 } as const;
  const drawn = noise({ ...shape, width: width + 2 * radius, height: height + 2 * radius }, 5);
  if (content === 'steps') drawn.data.forEach((level, at) => (drawn.data[at] = 100 + (level & 1)));
  if (content === 'extremes') drawn.data.forEach((level, at) => (drawn.data[at] = level < 128 ? 0 : 255));
  const input = pooled(drawn);
  for (const sigma of [0.01, 2, 40, 1e6]) {
    for (const space of [0.1, 3, 1e6]) {
      const output = pooled(shape);
      const expected = createRaster(shape);
      const neighbours = neighboursWithin(radius, space);
      bilateral(input, output, radius, sigma, neighbours, neverAborted);
      plainBilateral(input, expected, radius, sigma, neighbours, neverAborted);
      expectSameLevels(output, expected);
    }
  }
});

it('computes few pixels in doubles', () => {
  // Radius 5 has 40 pairs of neighbours: less than two thousandths of all levels lie so near to an edge.
  expect(bilateralBound(40)).toBeLessThan(1e-3);
});

it('stops when it is aborted', () => {
  const input = noise({ width: 5, height: 5, channels: 3, depth: 8 });
  const output = createRaster({ ...shapeOf(input), width: 1, height: 1 });
  const run = (): void => bilateral(input, output, 2, 30, neighboursWithin(2, 1), { aborted: true });
  expect(run).toThrow(Cancelled);
});
