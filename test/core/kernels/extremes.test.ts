import fc from 'fast-check';
import { expect, it } from 'vitest';
import { extremesOf, isOpaque, plainExtremes } from '../../../core/kernels/extremes';
import { largestLevel, smallestLevel, histogramOf } from '../../../core/raster/histogram';
import { wholeOf } from '../../../core/raster/rectangle';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { levelsOf } from '../../../core/raster/raster';
import { DEPTHS, LAYOUTS, noise } from '../../support/rasters';

withFastKernels();

const shape = fc.record({
  width: fc.integer({ min: 1, max: 60 }),
  height: fc.integer({ min: 1, max: 5 }),
  channels: fc.constantFrom(...LAYOUTS),
  depth: fc.constantFrom(...DEPTHS),
});

it('are those of the histogram, fast and plain, of any part of any layout', () => {
  expectFast(['extremes8', 'extremes16'], () => {
    fc.assert(
      fc.property(shape, fc.nat(), fc.nat(59), fc.nat(4), fc.boolean(), (size, seed, left, top, all) => {
        const raster = pooled(noise(size, seed));
        const x = left % size.width;
        const y = top % size.height;
        const part = all ? wholeOf(raster) : { x, y, width: size.width - x, height: size.height - y };
        const { bins } = histogramOf(raster, part);
        const expected = { least: bins.map(smallestLevel), largest: bins.map(largestLevel) };
        expect(plainExtremes(raster, part, bins.length)).toEqual(expected);
        expect(extremesOf(raster, part)).toEqual(expected);
      }),
    );
  });
});

it('are found wherever the one sample lies that has them', () => {
  for (const channels of LAYOUTS) {
    for (const depth of DEPTHS) {
      const raster = pooled({ width: 31, height: 3, channels, depth });
      const colours = channels < 3 ? 1 : 3;
      for (let at = 0; at < raster.data.length; at++) {
        raster.data.fill(100);
        raster.data[at] = at % 2 === 0 ? 7 : 201;
        const least = new Array<number>(colours).fill(100);
        const largest = new Array<number>(colours).fill(100);
        const channel = at % channels;
        if (channel < colours) (at % 2 === 0 ? least : largest)[channel] = raster.data[at];
        expect(extremesOf(raster, wholeOf(raster))).toEqual({ least, largest });
      }
    }
  }
});

it('tell whether a picture is opaque, also where only its last pixel is not', () => {
  for (const channels of LAYOUTS) {
    for (const depth of DEPTHS) {
      for (const keep of [pooled, <T>(raster: T): T => raster]) {
        const raster = keep(noise({ width: 7, height: 150, channels, depth }));
        const hasAlpha = channels === 2 || channels === 4;
        const last = raster.data.length - 1;
        for (let at = channels - 1; hasAlpha && at <= last; at += channels)
          raster.data[at] = levelsOf(depth) - 1;
        expect(isOpaque(raster)).toBe(true);
        raster.data[last]--;
        expect(isOpaque(raster)).toBe(!hasAlpha);
      }
    }
  }
});
