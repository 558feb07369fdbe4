import fc from 'fast-check';
import { expect, it } from 'vitest';
import { claheLevel, claheOf, type ClaheSettings } from '../../../core/kernels/clahe';
import { plainExtremes } from '../../../core/kernels/clahe-extremes';
import { claheRows } from '../../../core/kernels/clahe-rows';
import { mapPlanes, planeCount } from '../../../core/kernels/planes';
import { createRaster, topOf, type Raster } from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { neverAborted } from '../../../core/raster/signal';
import { DEPTHS, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';

/** Noise on a slope, so that tiles differ. */
function slope(raster: Raster): Raster {
  const { data, width, channels } = raster;
  data.forEach((level, at) => {
    data[at] = (level >> 2) + (((at / channels) % width) * topOf(raster.depth) * 0.7) / width;
  });
  return raster;
}

const picture = fc.record({
  width: fc.integer({ min: 70, max: 200 }),
  height: fc.integer({ min: 70, max: 200 }),
  channels: fc.constantFrom(...LAYOUTS),
  depth: fc.constantFrom(...DEPTHS),
});

it('finds the extremes of every pixel and gives its level as the definition does, at full size and reduced', () => {
  fc.assert(
    fc.property(
      picture,
      fc.integer({ min: 20, max: 70 }),
      fc.integer({ min: 20, max: 70 }),
      fc.constantFrom(0, 0.01, 0.3),
      fc.constantFrom(2, 64, 256),
      fc.constantFrom('value' as const, 'perChannel' as const),
      fc.boolean(),
      fc.nat(),
      (shape, tileWidth, tileHeight, clipLimit, bins, mode, sloping, seed) => {
        const input = sloping ? slope(noise(shape, seed)) : noise(shape, seed);
        const settings: ClaheSettings = { tileWidth, tileHeight, clipLimit, bins };
        const planes = Array.from({ length: planeCount(mode, input) }, (_, plane) =>
          claheOf(mode, input, plane, settings, neverAborted),
        );
        planes.forEach((made, plane) => {
          if (made === null) return;
          const { least, most } = made;
          expect({ least, most }).toEqual(plainExtremes(mode, input, plane, made, neverAborted));
        });
        const shown = seed % 2 === 0 ? input : createRaster({ ...shape, width: 31, height: 17 });
        // A preview has no levels that the picture has not.
        if (shown !== input) shown.data.set(input.data.subarray(0, shown.data.length));
        const whole = wholeOf(shown);
        const part: Rectangle = { x: 3, y: 2, width: whole.width - 5, height: whole.height - 4 };
        const region = { raster: shown, rectangle: whole };
        const output = { raster: createRaster({ ...shown, ...part }), rectangle: part };
        const expected = { raster: createRaster({ ...shown, ...part }), rectangle: part };
        claheRows(mode, planes, region, whole, output, neverAborted);
        const changed = (level: number, index: number, x: number, y: number): number => {
          const plane = planes[index];
          if (plane === null) return level;
          const column = Math.floor(((x + 0.5) * shape.width) / whole.width);
          const row = Math.floor(((y + 0.5) * shape.height) / whole.height);
          return claheLevel(plane, level, column, row, topOf(shape.depth));
        };
        mapPlanes(mode, region, expected, changed, neverAborted);
        expectSameLevels(output.raster, expected.raster);
      },
    ),
    { numRuns: 40 },
  );
});
