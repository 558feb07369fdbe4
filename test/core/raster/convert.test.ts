import { describe, expect, it } from 'vitest';
import { convertDepth, toColour, toDisplay } from '../../../core/raster/convert';
import type { Raster } from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';
import { store } from '../../../core/raster/rounding';
import { noise } from '../../support/rasters';

describe('convertDepth', () => {
  it('multiplies by 257 from 8 to 16 bit, and comes back to the same levels', () => {
    const picture = noise({ width: 7, height: 5, channels: 4, depth: 8 });
    const deep = convertDepth(picture, 16);
    expect([...deep.data]).toEqual([...picture.data].map((level) => level * 257));
    expect([...convertDepth(deep, 8).data]).toEqual([...picture.data]);
  });

  it('divides by 257 and rounds once from 16 to 8 bit', () => {
    const picture: Raster = {
      width: 65_536,
      height: 1,
      channels: 1,
      depth: 16,
      data: Uint16Array.from({ length: 65_536 }, (_, level) => level),
    };
    const { data } = convertDepth(picture, 8);
    expect([...data]).toEqual([...picture.data].map((level) => store(level / 257, 255)));
    expect([data[0], data[128], data[129], data[385], data[386], data[65_535]]).toEqual([0, 0, 1, 1, 2, 255]);
  });

  it('leaves a picture of the wanted depth alone', () => {
    const picture = noise({ width: 2, height: 2, channels: 1, depth: 8 });
    expect(convertDepth(picture, 8)).toBe(picture);
  });
});

describe('toColour', () => {
  it('repeats grey and keeps alpha', () => {
    const grey: Raster = { width: 2, height: 1, channels: 2, depth: 8, data: Uint8Array.of(10, 255, 20, 7) };
    expect(toColour(grey)).toEqual({
      width: 2,
      height: 1,
      channels: 4,
      depth: 8,
      data: Uint8Array.of(10, 10, 10, 255, 20, 20, 20, 7),
    });
    expect(toColour({ ...grey, width: 4, channels: 1 }).channels).toBe(3);
  });

  it('leaves a picture with colour alone', () => {
    const picture = noise({ width: 2, height: 2, channels: 3, depth: 16 });
    expect(toColour(picture)).toBe(picture);
  });
});

describe('toDisplay', () => {
  it.each([
    [1, [5, 5, 5, 255]],
    [2, [5, 5, 5, 6]],
    [3, [5, 6, 7, 255]],
    [4, [5, 6, 7, 8]],
  ] as const)('shows %s channels as RGBA', (channels, expected) => {
    const levels = [5, 6, 7, 8].slice(0, channels);
    for (const depth of [8, 16] as const) {
      const data =
        depth === 8 ? Uint8Array.from(levels) : Uint16Array.from(levels, (level) => level * 257 + 128);
      const raster: Raster = { width: 1, height: 1, channels, depth, data };
      const target = new Uint8ClampedArray(4);
      toDisplay({ raster, rectangle: wholeOf(raster) }, wholeOf(raster), target);
      expect([...target]).toEqual(expected);
    }
  });

  it('takes a part by the coordinates of the picture', () => {
    const raster = noise({ width: 4, height: 3, channels: 3, depth: 8 });
    const region = { raster, rectangle: { x: 10, y: 20, width: 4, height: 3 } };
    const target = new Uint8Array(2 * 1 * 4);
    toDisplay(region, { x: 11, y: 21, width: 2, height: 1 }, target);
    const from = (1 * 4 + 1) * 3;
    const [r, g, b, s, t, u] = raster.data.subarray(from, from + 6);
    expect([...target]).toEqual([r, g, b, 255, s, t, u, 255]);
  });
});
