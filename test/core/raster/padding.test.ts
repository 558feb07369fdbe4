import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BOUNDARIES, boundaryIndex } from '../../../core/raster/boundary';
import { neededForPadding, padRegion, type PaddedRaster } from '../../../core/raster/padding';
import { copyRegion, createRaster, type Raster, type Region } from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { noise } from '../../support/rasters';

/** Nothing but the part that is needed, so that reading beside it shows. */
function cut(picture: Raster, part: Rectangle): Region {
  const region = {
    raster: createRaster({ ...picture, width: part.width, height: part.height }),
    rectangle: part,
  };
  copyRegion({ raster: picture, rectangle: wholeOf(picture) }, region, part);
  return region;
}

function row(levels: readonly number[]): Raster {
  return { width: levels.length, height: 1, channels: 1, depth: 8, data: Uint8Array.from(levels) };
}

describe('padRegion', () => {
  it.each([
    ['symmetric', [4, 3, 2, 1, 1, 2, 3, 4, 4, 3, 2, 1]],
    ['reflect', [3, 4, 3, 2, 1, 2, 3, 4, 3, 2, 1, 2]],
    ['replicate', [1, 1, 1, 1, 1, 2, 3, 4, 4, 4, 4, 4]],
    ['wrap', [1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4]],
    ['constant', [9, 9, 9, 9, 1, 2, 3, 4, 9, 9, 9, 9]],
  ] as const)('continues a row by the rule %s', (rule, expected) => {
    const target = row(new Array<number>(12).fill(0));
    const picture = row([1, 2, 3, 4]);
    const want = { x: -4, y: 0, width: 12, height: 1 };
    padRegion({ raster: picture, rectangle: wholeOf(picture) }, picture, want, rule, 9, target);
    expect([...target.data]).toEqual(expected);
  });

  it('gives every sample that the index maps name, from the needed part alone', () => {
    const rectangle = fc.record({
      x: fc.integer({ min: -40, max: 40 }),
      y: fc.integer({ min: -40, max: 40 }),
      width: fc.integer({ min: 1, max: 30 }),
      height: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(...BOUNDARIES),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(1, 2, 3, 4),
        rectangle,
        (rule, width, height, channels, want) => {
          const picture = noise({ width, height, channels, depth: 8 });
          const source = cut(picture, neededForPadding(picture, want, rule));
          const target: PaddedRaster = {
            ...picture,
            width: want.width,
            height: want.height,
            data: new Float64Array(want.width * want.height * channels),
          };
          padRegion(source, picture, want, rule, 0.5, target);
          const expected: number[] = [];
          for (let y = want.y; y < want.y + want.height; y++) {
            for (let x = want.x; x < want.x + want.width; x++) {
              const column = boundaryIndex(rule, x, width);
              const line = boundaryIndex(rule, y, height);
              for (let c = 0; c < channels; c++) {
                const beyond = column < 0 || line < 0;
                expected.push(beyond ? 0.5 : picture.data[(line * width + column) * channels + c]);
              }
            }
          }
          expect([...target.data]).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});
