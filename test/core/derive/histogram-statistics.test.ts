/** What is told of a histogram is what plain arithmetic on the samples themselves gives. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelStatistics, pictureHistogram, shareBetween } from '../../../core/derive/histogram-statistics';
import { measure } from '../../../core/operation/measure';
import { histogramOf } from '../../../core/raster/histogram';
import { createRaster, type ChannelCount, type Raster } from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';

function countsOf(samples: readonly number[], levels = 256): Float64Array {
  const counts = new Float64Array(levels);
  for (const level of samples) counts[level]++;
  return counts;
}

function rasterOf(channels: ChannelCount, data: readonly number[]): Raster {
  const raster = createRaster({ width: data.length / channels, height: 1, channels, depth: 8 });
  raster.data.set(data);
  return raster;
}

function told(raster: Raster, keepsAlpha: boolean) {
  const luma = measure('lumaHistogram', raster);
  if (luma.kind !== 'histogram') throw new Error('no histogram');
  return pictureHistogram(
    histogramOf(raster, wholeOf(raster), raster.channels),
    luma.histogram,
    8,
    keepsAlpha,
  );
}

describe('the statistics of a histogram', () => {
  it('are those of its samples', () => {
    const samples = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(samples, (given) => {
        const n = given.length;
        const mean = given.reduce((sum, level) => sum + level, 0) / n;
        const variance = given.reduce((sum, level) => sum + (level - mean) ** 2, 0) / n;
        const sorted = [...given].sort((a, b) => a - b);
        const entropy = [...new Set(given)]
          .map((level) => given.filter((each) => each === level).length / n)
          .reduce((bits, p) => bits - p * Math.log2(p), 0);
        const found = levelStatistics(countsOf(given));
        expect(found.mean).toBeCloseTo(mean, 9);
        expect(found.deviation).toBeCloseTo(Math.sqrt(variance), 9);
        expect(found.entropy).toBeCloseTo(entropy, 9);
        expect(found).toMatchObject({
          smallest: sorted[0],
          largest: sorted[n - 1],
          median: sorted[Math.ceil(n / 2) - 1],
          black: given.filter((level) => level === 0).length / n,
          white: given.filter((level) => level === 255).length / n,
        });
      }),
    );
  });

  it('take the lower of two middle levels', () => {
    expect(levelStatistics(countsOf([10, 20, 30, 40])).median).toBe(20);
  });

  it('of 16 bit are in stored levels', () => {
    const { largest, white, median } = levelStatistics(countsOf([0, 40_000, 65_535, 65_535], 65_536));
    expect({ largest, white, median }).toEqual({ largest: 65_535, white: 0.5, median: 40_000 });
  });

  it('count a range with both its ends', () => {
    const counts = countsOf([1, 2, 3, 4, 5]);
    expect(shareBetween(counts, 2, 4)).toBe(3 / 5);
    expect(shareBetween(counts, 6, 255)).toBe(0);
  });
});

describe('the histogram of a picture', () => {
  it('has alpha where a pixel is not opaque, or where the document has it', () => {
    const opaque = rasterOf(4, [1, 2, 3, 255, 4, 5, 6, 255]);
    expect(told(opaque, false).channels).toBe(3);
    expect(told(opaque, true).channels).toBe(4);
    expect(told(rasterOf(4, [1, 2, 3, 254, 4, 5, 6, 255]), false).bins).toHaveLength(4);
    expect(told(rasterOf(2, [1, 255]), false).bins).toHaveLength(1);
  });

  it('has no luma beside grey', () => {
    expect(told(rasterOf(1, [7]), false).luma).toBeNull();
    expect(told(rasterOf(3, [0, 255, 0]), false).luma?.indexOf(1)).toBe(150);
  });
});
