import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfSize, halve, levelSize } from '../../../core/raster/pyramid';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';
import { noise, shapes, shapeText } from '../../support/rasters';

function halved(picture: Raster): Raster {
  const raster = createRaster({ ...picture, ...halfSize(picture) });
  halve({ raster: picture, rectangle: wholeOf(picture) }, { raster, rectangle: wholeOf(raster) });
  return raster;
}

/** The mean of what there is of 2 × 2 pixels, half up, in the plainest words. */
function plainHalf(picture: Raster): readonly number[] {
  const { width, height, channels, data } = picture;
  const means: number[] = [];
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      for (let c = 0; c < channels; c++) {
        const block = [y, y + 1].flatMap((row) =>
          [x, x + 1].flatMap((column) =>
            row < height && column < width ? [data[(row * width + column) * channels + c]] : [],
          ),
        );
        means.push(Math.floor(block.reduce((sum, level) => sum + level, 0) / block.length + 0.5));
      }
    }
  }
  return means;
}

describe('levelSize', () => {
  it('halves and rounds up, level by level', () => {
    expect(levelSize({ width: 6001, height: 1 }, 0)).toEqual({ width: 6001, height: 1 });
    expect(levelSize({ width: 6001, height: 1 }, 1)).toEqual({ width: 3001, height: 1 });
    expect(levelSize({ width: 6001, height: 1 }, 3)).toEqual({ width: 751, height: 1 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 8 }), (width, level) => {
        const size = { width, height: width };
        expect(levelSize(size, level + 1)).toEqual(halfSize(levelSize(size, level)));
      }),
    );
  });
});

describe('halve', () => {
  it.each(
    shapes([1, 1], [2, 2], [5, 3], [1, 6], [7, 1], [4, 5]).map((shape) => [shapeText(shape), shape] as const),
  )('gives the rounded means of %s', (_, shape) => {
    const picture = noise(shape);
    expect([...halved(picture).data]).toEqual(plainHalf(picture));
  });

  it('gives the same part by part', () => {
    const picture = noise({ width: 11, height: 9, channels: 3, depth: 8 });
    const whole = halved(picture);
    const part = { x: 2, y: 1, width: 4, height: 4 };
    const rectangle = { x: 4, y: 2, width: 7, height: 7 };
    const raster = createRaster({ ...picture, width: rectangle.width, height: rectangle.height });
    for (let y = 0; y < rectangle.height; y++) {
      const from = ((y + rectangle.y) * picture.width + rectangle.x) * 3;
      raster.data.set(picture.data.subarray(from, from + rectangle.width * 3), y * rectangle.width * 3);
    }
    const output = createRaster({ ...picture, width: part.width, height: part.height });
    halve({ raster, rectangle }, { raster: output, rectangle: part });
    for (let y = 0; y < part.height; y++) {
      const from = ((y + part.y) * whole.width + part.x) * 3;
      const line = output.data.subarray(y * part.width * 3, (y + 1) * part.width * 3);
      expect([...line]).toEqual([...whole.data.subarray(from, from + part.width * 3)]);
    }
  });
});
