/** The spectrum is the discrete Fourier transform by its definition, each cell the strongest of its frequencies, all in their places. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frequencyAt, spectrumView, type Frequency } from '../../../core/derive/spectrum-view';
import { spectrumOf, TILE } from '../../../core/kernels/spectrum';
import {
  cellOf,
  cellsFor,
  lowestIn,
  MOST_CELLS,
  widestCell,
  type Spectrum,
} from '../../../core/raster/spectrum';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, withFastKernels, withFullArena } from '../../support/fast-kernels';
import { noise } from '../../support/rasters';

withFastKernels();

/** |F| at a frequency in cycles a side, by the definition. */
function magnitude({ data, width, height, channels }: Raster, channel: number, u: number, v: number): number {
  let [re, im] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const angle = -2 * Math.PI * (((u * x) % width) / width + ((v * y) % height) / height);
      const level = data[(y * width + x) * channels + channel];
      re += level * Math.cos(angle);
      im += level * Math.sin(angle);
    }
  }
  return Math.hypot(re, im);
}

/** A wave of so many cycles along x and y, around the middle grey. */
function wave(width: number, height: number, across: number, down: number): Raster {
  const raster = createRaster({ width, height, channels: 1, depth: 16 });
  raster.data.forEach((_, at) => {
    const turns = (across * (at % width)) / width + (down * Math.floor(at / width)) / height;
    raster.data[at] = Math.round(32_768 + 20_000 * Math.cos(2 * Math.PI * turns + 1));
  });
  return raster;
}

/** The strongest beside zero frequency, with its cell. */
function strongest(spectrum: Spectrum): Frequency & { column: number; row: number } {
  const { width, height } = spectrum;
  const middle = (height >> 1) * width + (width >> 1);
  const others = spectrum.magnitudes.map((value, at) => (at === middle ? -1 : value));
  const at = others.indexOf(others.reduce((most, value) => Math.max(most, value)));
  const [column, row] = [at % width, Math.floor(at / width)];
  const found = frequencyAt(spectrumView(spectrum), column, row);
  if (found === null) throw new Error('a frequency is missing');
  return { ...found, column, row };
}

const frequenciesOf = (count: number): number[] => Array.from({ length: count }, (_, k) => k - (count >> 1));

describe('the spectrum', () => {
  it('is the transform by its definition, zero frequency in the middle', () => {
    const random = fc.record({
      width: fc.integer({ min: 1, max: 13 }),
      height: fc.integer({ min: 1, max: 13 }),
      channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      depth: fc.constantFrom(8 as const, 16 as const),
      seed: fc.nat(1000),
    });
    const check = ({ seed, ...shape }: typeof random extends fc.Arbitrary<infer T> ? T : never): void => {
      const picture = noise(shape, seed);
      const { width, height } = shape;
      const channel = shape.channels > 2 ? 1 : 0;
      const spectrum = spectrumOf(picture, channel, neverAborted);
      const view = spectrumView(spectrum);
      expect(spectrum).toMatchObject({
        width,
        height,
        frequencies: { width, height },
        whole: true,
        tiles: 1,
      });
      expect(spectrum.strongest).toBeNull();
      const most = Math.max(...spectrum.magnitudes, 1);
      for (const v of frequenciesOf(height)) {
        for (const u of frequenciesOf(width)) {
          const [column, row] = [u + (width >> 1), v + (height >> 1)];
          const at = frequencyAt(view, column, row);
          expect(at).toMatchObject({ x: u / width, y: v / height, among: 1 });
          const told = spectrum.magnitudes[row * width + column];
          // Rounding of sums of up to 169 levels.
          expect(Math.abs(told - magnitude(picture, channel, u, v)) / most).toBeLessThan(1e-12);
          expect(Math.abs((at?.magnitude ?? NaN) - told)).toBeLessThanOrEqual(0.5e-4 + 1e-9);
        }
      }
    };
    fc.assert(fc.property(random, check), { numRuns: 40 });
  });

  it('of a large picture tells the strongest of the frequencies of each cell', () => {
    for (const [width, height] of [
      [258, 4],
      [3, 263],
      [514, 2],
      [521, 3],
      [1, 600],
    ]) {
      const picture = noise({ width, height, channels: 1, depth: 8 }, width);
      const spectrum = spectrumOf(picture, 0, neverAborted);
      const view = spectrumView(spectrum);
      const [across, down] = [cellsFor(width), cellsFor(height)];
      expect(spectrum).toMatchObject({ width: across, height: down, frequencies: { width, height } });
      const wanted = new Float64Array(across * down);
      for (const v of frequenciesOf(height)) {
        for (const u of frequenciesOf(width)) {
          const cell = cellOf(v, height) * across + cellOf(u, width);
          wanted[cell] = Math.max(wanted[cell], magnitude(picture, 0, u, v));
        }
      }
      for (let at = 0; at < wanted.length; at++) {
        const [column, row] = [at % across, Math.floor(at / across)];
        const told = frequencyAt(view, column, row);
        if (told === null) throw new Error('a cell is missing');
        const [u, v] = [Math.round(told.x * width), Math.round(told.y * height)];
        expect(Math.abs(spectrum.magnitudes[at] - wanted[at])).toBeLessThan(1e-6);
        expect(Math.abs(magnitude(picture, 0, u, v) - wanted[at])).toBeLessThan(1e-6);
        expect([cellOf(u, width), cellOf(v, height)]).toEqual([column, row]);
      }
    }
  }, 60_000);

  it('is that of numpy on a small picture', () => {
    // numpy 2.4: np.round(np.abs(np.fft.fftshift(np.fft.fft2(np.arange(12).reshape(3, 4)))), 4)
    const picture = createRaster({ width: 4, height: 3, channels: 1, depth: 8 });
    picture.data.set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(spectrumView(spectrumOf(picture, 0, neverAborted)).magnitudes).toEqual([
      0, 0, 27.7128, 0, 6, 8.4853, 66, 8.4853, 0, 0, 27.7128, 0,
    ]);
  });

  it('has a wave in the cell through which its circle passes, whatever the size', () => {
    const side = fc.oneof(fc.integer({ min: 8, max: 60 }), fc.integer({ min: 250, max: 700 }));
    const random = fc.record({
      width: side,
      height: side,
      across: fc.double({ min: 0, max: 0.5, noNaN: true }),
      down: fc.double({ min: 0, max: 0.5, noNaN: true }),
      turned: fc.boolean(),
    });
    const check = (given: typeof random extends fc.Arbitrary<infer T> ? T : never): void => {
      const { width, height, turned } = given;
      const u = Math.floor(given.across * width);
      const v = Math.floor(given.down * height) * (turned ? -1 : 1);
      const spectrum = spectrumOf(wave(width, height, u, v), 0, neverAborted);
      const found = strongest(spectrum);
      // What lies in the cell of zero frequency itself cannot be told from it.
      fc.pre(cellOf(u, width) !== spectrum.width >> 1 || cellOf(v, height) !== spectrum.height >> 1);
      expect([Math.abs(found.x), Math.abs(found.y)]).toEqual([Math.abs(u) / width, Math.abs(v) / height]);
      // In the plot a cycle per pixel is the whole side.
      const [dx, dy] = [
        (found.column - (spectrum.width >> 1)) / spectrum.width,
        (found.row - (spectrum.height >> 1)) / spectrum.height,
      ];
      const radius = Math.hypot(u / width, v / height);
      const reach = Math.hypot(0.5 / spectrum.width, 0.5 / spectrum.height);
      expect(Math.abs(Math.hypot(dx, dy) - radius)).toBeLessThanOrEqual(reach + 1e-12);
    };
    fc.assert(fc.property(random, check), { numRuns: 40 });
  }, 60_000);

  it('keeps the energy, and has the sum of all levels in its middle', () => {
    for (const [width, height] of [
      [1, 1],
      [12, 1],
      [97, 101],
      [128, 251],
      [257, 256],
      [300, 1000],
    ]) {
      const picture = noise({ width, height, channels: 1, depth: 8 }, height);
      const spectrum = spectrumOf(picture, 0, neverAborted);
      const middle = frequencyAt(spectrumView(spectrum), spectrum.width >> 1, spectrum.height >> 1);
      const levels = Array.from(picture.data);
      expect(middle).toMatchObject({ x: 0, y: 0, magnitude: levels.reduce((sum, level) => sum + level) });
      if (spectrum.strongest !== null) continue;
      const energy = levels.reduce((sum, level) => sum + level * level, 0) * levels.length;
      const told = spectrum.magnitudes.reduce((sum, value) => sum + value * value, 0);
      expect(Math.abs(told / energy - 1)).toBeLessThan(1e-12);
    }
  });

  it('does not depend on how much memory there is, nor on which kernels', () => {
    for (const [width, height] of [
      [40, 30],
      [600, 97],
      [75, 512],
    ]) {
      const picture = noise({ width, height, channels: 3, depth: 8 }, width);
      const whole = spectrumOf(picture, 2, neverAborted);
      expect(spectrumOf(picture, 2, neverAborted, undefined, 1)).toEqual(whole);
      expect(spectrumOf(picture, 2, neverAborted, undefined, 20_000)).toEqual(whole);
      expect(withFullArena(() => spectrumOf(picture, 2, neverAborted))).toEqual(whole);
    }
    expectFast(['fourierPass4'], () =>
      spectrumOf(noise({ width: 64, height: 64, channels: 1, depth: 8 }), 0, neverAborted),
    );
  });

  it('stops when it is aborted', () => {
    const picture = noise({ width: 64, height: 64, channels: 1, depth: 8 });
    for (const after of [0, 5, 12]) {
      let asked = 0;
      const signal = {
        get aborted() {
          return asked++ >= after;
        },
      };
      expect(() => spectrumOf(picture, 0, signal)).toThrow(Cancelled);
    }
  });
});

describe('cells', () => {
  it('hold every frequency once, zero in the middle of the middle one, all of them over their places', () => {
    for (const count of [1, 2, 3, 8, 255, 256, 257, 258, 259, 300, 513, 514, 515, 3999, 4000, 6000, 65_537]) {
      const cells = cellsFor(count);
      expect(cells).toBe(Math.min(count, MOST_CELLS));
      expect([lowestIn(0, count), lowestIn(cells, count)]).toEqual([0 - (count >> 1), Math.ceil(count / 2)]);
      for (const frequency of frequenciesOf(count)) {
        const cell = cellOf(frequency, count);
        expect(cell >= 0 && cell < cells).toBe(true);
        expect(frequency >= lowestIn(cell, count) && frequency < lowestIn(cell + 1, count)).toBe(true);
        // Within half a cell of its place among the cycles per pixel.
        const place = (cell - (cells >> 1)) / cells;
        expect(Math.abs(place - frequency / count)).toBeLessThanOrEqual(0.5 / cells + 1e-12);
      }
      const spans = Array.from(
        { length: cells },
        (_, cell) => lowestIn(cell + 1, count) - lowestIn(cell, count),
      );
      expect(Math.max(...spans)).toBeLessThanOrEqual(widestCell(count));
      expect(cellOf(0, count)).toBe(cells >> 1);
    }
  });
});

describe('the spectrum of tiles', () => {
  /** As of a picture that is too large to be transformed whole. */
  const ofTiles = (raster: Raster): Spectrum => spectrumOf(raster, 0, neverAborted, 1);

  it('keeps every frequency where it is', () => {
    for (const [width, height] of [
      [TILE + 1, 40],
      [700, 300],
    ]) {
      const raster = wave(width, height, 0, 0);
      raster.data.forEach((_, at) => {
        raster.data[at] = 32_768 + Math.round(20_000 * Math.cos((2 * Math.PI * 40 * (at % width)) / TILE));
      });
      const spectrum = ofTiles(raster);
      expect(spectrum.whole).toBe(false);
      const found = strongest(spectrum);
      expect([Math.abs(found.x), found.y]).toEqual([40 / TILE, 0]);
    }
  });

  it('is that of one of them where they are equal', () => {
    const tile = noise({ width: TILE, height: TILE, channels: 1, depth: 8 }, 4);
    const picture = createRaster({ width: 2 * TILE, height: TILE, channels: 1, depth: 8 });
    for (let y = 0; y < TILE; y++) {
      const row = tile.data.subarray(y * TILE, (y + 1) * TILE);
      picture.data.set(row, y * 2 * TILE);
      picture.data.set(row, y * 2 * TILE + TILE);
    }
    const own = ofTiles(tile);
    const both = ofTiles(picture);
    expect(both).toMatchObject({ whole: false, tiles: 2, width: TILE, height: TILE });
    const wrong = both.magnitudes.filter(
      (value, at) => Math.abs(value - own.magnitudes[at]) > 1e-9 * (1 + value),
    );
    expect([...wrong]).toEqual([]);
  });
});
