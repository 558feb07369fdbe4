import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLuma, largestLuma, writeLuma } from '../../../core/kernels/luma';
import { luma } from '../../../core/raster/luma';
import { colourChannelsOf, createRaster, topOf, type Raster } from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { store } from '../../../core/raster/rounding';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, LAYOUTS, noise } from '../../support/rasters';

/** Unrounded, of every pixel of a part. */
function lumasOf(raster: Raster, part: Rectangle): number[] {
  const { data, channels, width } = raster;
  return Array.from({ length: part.width * part.height }, (_, index) => {
    const y = part.y + Math.floor(index / part.width);
    const at = (y * width + part.x + (index % part.width)) * channels;
    return colourChannelsOf(raster) === 1 ? data[at] : luma(data[at], data[at + 1], data[at + 2]);
  });
}

const PART: Rectangle = { x: 3, y: 2, width: 86, height: 70 };

function expectTheLaws(picture: Raster): void {
  const written = createRaster({ ...picture, channels: 1 });
  const output = pooled(written);
  writeLuma(picture, output, neverAborted);
  const rounded = (part: Rectangle): number[] =>
    lumasOf(picture, part).map((level) => store(level, topOf(picture.depth)));
  expect([...output.data]).toEqual(rounded(wholeOf(picture)));
  for (const part of [PART, wholeOf(picture)]) {
    const { levels, count, bins } = countLuma(picture, part);
    const expected = new Float64Array(levels);
    for (const level of rounded(part)) expected[level]++;
    expect({ count, bins }).toEqual({ count: part.width * part.height, bins: [expected] });
    expect(largestLuma(picture, part)).toBe(Math.max(...lumasOf(picture, part)));
  }
}

const pictures = DEPTHS.flatMap((depth) =>
  LAYOUTS.map((channels) => noise({ width: 91, height: 77, channels, depth }, channels)),
);

describe('with fast kernels', () => {
  withFastKernels();

  it('writes, counts and finds the largest as the formula says, of all and of a part', () => {
    for (const picture of pictures) {
      const kernels = colourChannelsOf(picture) === 3 ? ['lumaRow', 'countLuma', 'largestLuma'] : ['count'];
      expectFast(
        kernels.map((kernel) => `${kernel}${picture.depth}` as 'lumaRow8'),
        () => expectTheLaws(pooled(picture)),
      );
    }
  });

  it('rounds every colour of 8 bit as the formula in doubles does', () => {
    const row = createRaster({ width: 256 * 256, height: 1, channels: 3, depth: 8 });
    const input = pooled(row);
    const output = pooled(createRaster({ ...row, channels: 1 }));
    for (let green = 0, at = 1; green < 256; green++)
      for (let blue = 0; blue < 256; blue++, at += 3) input.data.set([green, blue], at);
    let wrong = 0;
    for (let red = 0; red < 256; red++) {
      for (let at = 0; at < input.data.length; at += 3) input.data[at] = red;
      writeLuma(input, output, neverAborted);
      for (let pixel = 0; pixel < output.data.length; pixel++)
        if (output.data[pixel] !== store(luma(red, pixel >> 8, pixel & 255), 255)) wrong++;
    }
    expect(wrong).toBe(0);
  });

  it('stops between rows when it is aborted', () => {
    const picture = pooled(noise({ width: 8, height: 200, channels: 3, depth: 8 }));
    let asked = 0;
    const signal = {
      get aborted() {
        return ++asked > 1;
      },
    };
    const output = pooled(createRaster({ ...picture, channels: 1 }));
    expect(() => writeLuma(picture, output, signal)).toThrow(Cancelled);
  });
});

it('without fast kernels they do the same', () => {
  for (const picture of pictures) expectTheLaws(picture);
});

it('the tiny constant of the rounding is smaller than what a thousandth leaves of a half, at 16 bit too', () => {
  const level = fc.integer({ min: 0, max: 65_535 });
  fc.assert(
    fc.property(level, level, level, (red, green, blue) => {
      const whole = Math.floor((299 * red + 587 * green + 114 * blue + 500) / 1000);
      expect(store(luma(red, green, blue), 65_535)).toBe(whole);
    }),
  );
});
