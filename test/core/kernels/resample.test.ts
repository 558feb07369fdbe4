import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resample, type Resampling } from '../../../core/kernels/resample';
import { useFastKernels } from '../../../core/kernels/wasm/fast-kernels';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { withArena } from '../../../core/raster/scratch';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';

withFastKernels();

const side = fc.integer({ min: 1, max: 40 });
const filters = fc.constantFrom('bilinear' as const, 'bicubic' as const, 'lanczos3' as const);

function resampled(how: Resampling, input: Raster, part: Rectangle, inPool: boolean): Raster {
  const shape = { ...input, width: part.width, height: part.height };
  const raster = inPool ? pooled({ ...shape, data: createRaster(shape).data }) : createRaster(shape);
  resample(how, { raster: input, rectangle: wholeOf(input) }, { raster, rectangle: part }, neverAborted);
  return raster;
}

it('adds up the same samples to the same bytes as the plain sums', () => {
  expectFast(['spreadLevels8', 'spreadLevels16', 'sumAcross', 'sumDown', 'storeSums8', 'storeSums16'], () => {
    fc.assert(
      fc.property(
        fc.record({
          width: side,
          height: side,
          channels: fc.constantFrom(...LAYOUTS),
          depth: fc.constantFrom(...DEPTHS),
        }),
        fc.record({ width: side, height: side }),
        filters,
        fc.boolean(),
        fc.boolean(),
        fc.nat(),
        (shape, to, filter, linear, inPool, seed) => {
          const drawn = noise(shape, seed);
          const input = inPool ? pooled(drawn) : drawn;
          const how: Resampling = { filter, linear, from: shape, to };
          const x = seed % to.width;
          const part: Rectangle = { x, y: 0, width: to.width - x, height: to.height };
          const fast = resampled(how, input, part, inPool);
          // Without room in the arena the plain sums are all there is.
          let plain: Raster | null = null;
          withArena(2 ** 24, () => {
            plain = resampled(how, input, part, false);
            return true;
          });
          if (plain === null) throw new Error('the arena was in use');
          expectSameLevels(fast, plain);
        },
      ),
    );
  });
});

it('stops when it is aborted, fast or plain', () => {
  const input = noise({ width: 8, height: 8, channels: 3, depth: 8 });
  const how: Resampling = { filter: 'lanczos3', linear: false, from: input, to: { width: 4, height: 4 } };
  const region = { raster: createRaster({ ...input, width: 4, height: 4 }), rectangle: wholeOf(how.to) };
  const run = (): void =>
    resample(how, { raster: input, rectangle: wholeOf(input) }, region, { aborted: true });
  expect(run).toThrow(Cancelled);
  useFastKernels(null);
  expect(run).toThrow(Cancelled);
});
