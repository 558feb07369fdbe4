/** The spectrum is the discrete Fourier transform by its definition; of a larger picture, the mean power of its tiles. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequencyAt, spectrumView } from '../../../core/derive/spectrum-view';
import { spectrumOf, TILE } from '../../../core/kernels/spectrum';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { neverAborted } from '../../../core/raster/signal';
import { noise } from '../../support/rasters';

/** |F| at a frequency in cycles per pixel, by the definition. */
function magnitude(
  { data, width, height, channels }: Raster,
  channel: number,
  fx: number,
  fy: number,
): number {
  let [re, im] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const angle = -2 * Math.PI * (fx * x + fy * y);
      const level = data[(y * width + x) * channels + channel];
      re += level * Math.cos(angle);
      im += level * Math.sin(angle);
    }
  }
  return Math.hypot(re, im);
}

/** A wave of so many cycles per pixel along x, around the middle grey. */
function wave(width: number, height: number, cycles: number): Raster {
  const raster = createRaster({ width, height, channels: 1, depth: 8 });
  raster.data.forEach((_, at) => {
    raster.data[at] = Math.round(128 + 100 * Math.cos(2 * Math.PI * cycles * (at % width)));
  });
  return raster;
}

describe('the spectrum', () => {
  it('is the transform by its definition, zero frequency in the middle', () => {
    const random = fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      height: fc.integer({ min: 1, max: 12 }),
      channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      depth: fc.constantFrom(8 as const, 16 as const),
      seed: fc.nat(1000),
    });
    const check = ({ seed, ...shape }: typeof random extends fc.Arbitrary<infer T> ? T : never): void => {
      const picture = noise(shape, seed);
      const channel = shape.channels > 2 ? 1 : 0;
      const spectrum = spectrumOf(picture, channel, neverAborted);
      const view = spectrumView(spectrum);
      expect(spectrum).toMatchObject({ width: shape.width, height: shape.height, whole: true, tiles: 1 });
      const most = Math.max(...spectrum.magnitudes, 1);
      for (let row = 0; row < shape.height; row++) {
        for (let column = 0; column < shape.width; column++) {
          const at = frequencyAt(view, column, row);
          if (at === null) throw new Error('a frequency is missing');
          const told = spectrum.magnitudes[row * shape.width + column];
          // Rounding of sums of up to 144 levels.
          expect(Math.abs(told - magnitude(picture, channel, at.x, at.y)) / most).toBeLessThan(1e-12);
          expect(Math.abs(at.logarithm - Math.log1p(told))).toBeLessThanOrEqual(0.5e-4 + 1e-12);
        }
      }
    };
    fc.assert(fc.property(random, check), { numRuns: 40 });
  });

  it('is that of numpy on a small picture', () => {
    // numpy 2.4: np.round(np.log1p(np.abs(np.fft.fftshift(np.fft.fft2(np.arange(12).reshape(3, 4))))), 4)
    const picture = createRaster({ width: 4, height: 3, channels: 1, depth: 8 });
    picture.data.set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const { logarithms } = spectrumView(spectrumOf(picture, 0, neverAborted));
    expect(logarithms.map((value) => value / 1e4)).toEqual([
      0, 0, 3.3573, 0, 1.9459, 2.2497, 4.2047, 2.2497, 0, 0, 3.3573, 0,
    ]);
  });

  it('of a large picture keeps every frequency where it is', () => {
    const cycles = 40 / TILE;
    for (const [width, height] of [
      [TILE + 1, 40],
      [700, 300],
    ]) {
      const spectrum = spectrumOf(wave(width, height, cycles), 0, neverAborted);
      expect(spectrum.whole).toBe(false);
      const { magnitudes } = spectrum;
      const middle = (spectrum.height >> 1) * spectrum.width + (spectrum.width >> 1);
      const others = magnitudes.map((value, at) => (at === middle ? 0 : value));
      const strongest = others.indexOf(Math.max(...others));
      const found = frequencyAt(
        spectrumView(spectrum),
        strongest % spectrum.width,
        Math.floor(strongest / spectrum.width),
      );
      expect(found).toMatchObject({ y: 0 });
      expect(Math.abs(found?.x ?? 0)).toBeCloseTo(cycles, 12);
    }
  });

  it('of a picture of equal tiles is that of one of them', () => {
    const tile = noise({ width: TILE, height: TILE, channels: 1, depth: 8 }, 4);
    const picture = createRaster({ width: 2 * TILE, height: TILE, channels: 1, depth: 8 });
    for (let y = 0; y < TILE; y++) {
      const row = tile.data.subarray(y * TILE, (y + 1) * TILE);
      picture.data.set(row, y * 2 * TILE);
      picture.data.set(row, y * 2 * TILE + TILE);
    }
    const own = spectrumOf(tile, 0, neverAborted);
    const both = spectrumOf(picture, 0, neverAborted);
    expect(both).toMatchObject({ whole: false, tiles: 2, width: TILE, height: TILE });
    const wrong = both.magnitudes.filter(
      (value, at) => Math.abs(value - own.magnitudes[at]) > 1e-6 * (1 + value),
    );
    expect([...wrong]).toEqual([]);
  });
});
