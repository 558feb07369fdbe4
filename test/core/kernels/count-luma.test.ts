import { expect, it } from 'vitest';
import { countLuma } from '../../../core/kernels/count-levels';
import { measure, plainLumaHistogram } from '../../../core/operation/measure';
import type { Histogram } from '../../../core/raster/histogram';
import { createRaster, levelsOf, topOf, type Raster } from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, noise } from '../../support/rasters';

withFastKernels();

/** Comparing 65,536 numbers one by one takes longer than counting them. */
const textOf = (histogram: Histogram | null): string =>
  `${histogram?.count} pixels: ${histogram?.bins.map((counts) => counts.join()).join('; ')}`;

it('counts the luma of every colour of 8 bit as the formula does', () => {
  const raster = pooled({ width: 65_536, height: 1, channels: 3, depth: 8 });
  for (let red = 0; red < 256; red++) {
    for (let i = 0, at = 0; i < 65_536; i++) {
      raster.data[at++] = red;
      raster.data[at++] = i >> 8;
      raster.data[at++] = i & 255;
    }
    const found = textOf(countLuma(raster, wholeOf(raster)));
    if (found !== textOf(plainLumaHistogram(raster, wholeOf(raster))))
      expect.fail(`red ${red} is not the same`);
  }
});

it.each(DEPTHS)('counts any part of pictures of %s bit, with alpha and without', (depth) => {
  expectFast([depth === 8 ? 'countLuma8' : 'countLuma16'], () => {
    for (const channels of [3, 4] as const) {
      const raster = pooled(noise({ width: 301, height: 97, channels, depth }, channels));
      for (const part of [wholeOf(raster), { x: 3, y: 2, width: 298, height: 95 }]) {
        const { histogram } = measured(raster, part);
        expect(textOf(histogram)).toBe(textOf(plainLumaHistogram(raster, part)));
        expect(histogram.bins).toHaveLength(1);
      }
    }
  });
});

function measured(raster: Raster, part: ReturnType<typeof wholeOf>): { histogram: Histogram } {
  const found = measure('lumaHistogram', raster, part);
  if (found.kind !== 'histogram') throw new Error('no histogram');
  return found;
}

it('rounds at 16 bit as the formula does, next to every edge', () => {
  // Greys with one step of blue more or less, whose luma lies a tenth of a level beside the grey; and the halves between two.
  const top = topOf(16);
  const raster = pooled({ width: 8 * levelsOf(16), height: 1, channels: 3, depth: 16 });
  for (let level = 0, at = 0; level <= top; level++) {
    for (let nudge = 0; nudge < 8; nudge++) {
      const up = Math.min(top, level + (nudge & 7));
      raster.data.set(nudge % 2 === 0 ? [level, level, up] : [up, level, Math.max(0, level - nudge)], at);
      at += 3;
    }
  }
  expect(textOf(countLuma(raster, wholeOf(raster)))).toBe(
    textOf(plainLumaHistogram(raster, wholeOf(raster))),
  );
});

it('leaves to the formula what is grey, small, or lies elsewhere', () => {
  const grey = pooled({ width: 100, height: 100, channels: 1, depth: 8 });
  const small = pooled({ width: 2, height: 2, channels: 3, depth: 8 });
  const elsewhere = createRaster({ width: 100, height: 100, channels: 3, depth: 8 });
  for (const raster of [grey, small, elsewhere]) expect(countLuma(raster, wholeOf(raster))).toBeNull();
});
