/**
 * What operations on the whole picture, and those that pass over it several times, tell of one pixel: the numbers are those that the picture
 * is made from.
 */

import { describe, expect, it } from 'vitest';
import { channelLines } from '../../../core/derive/channel-lines';
import { cannyPixel, cannyReach } from '../../../core/kernels/canny';
import { erode } from '../../../core/kernels/morphology';
import { checkValues } from '../../../core/operation/check';
import type { Operation } from '../../../core/operation/operation';
import { brightness } from '../../../core/operation/told-canny';
import { toldFilter } from '../../../core/operation/told-filter';
import { toldPasses } from '../../../core/operation/told-passes';
import { canny } from '../../../core/operations/canny';
import { clahe } from '../../../core/operations/clahe';
import { equalize } from '../../../core/operations/equalize';
import { fourierFilter } from '../../../core/operations/fourier-filter';
import { morphology } from '../../../core/operations/morphology';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { intersect, wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { neverAborted } from '../../../core/raster/signal';
import { explainedPixel } from '../../support/explained';
import { DEPTHS, LAYOUTS, noise } from '../../support/rasters';

function gray(width: number, levels: readonly number[]): Raster {
  const raster = createRaster({ width, height: levels.length / width, channels: 1, depth: 8 });
  raster.data.set(levels);
  return raster;
}

/** A light disk on a ground that grows lighter, with some noise: ridges that are steep, weak ones, and none. */
function disk(width: number, height: number): Raster {
  const rough = noise({ width, height, channels: 1, depth: 8 }, 7);
  const level = (x: number, y: number): number =>
    Math.hypot(x - width / 2, y - height / 2) < height / 3 ? 90 + 3 * x : 40 + y;
  return gray(
    width,
    Array.from(rough.data, (each, at) => level(at % width, Math.floor(at / width)) + each / 16),
  );
}

describe('equalize', () => {
  it('tells the counts that a level is made from', () => {
    const raster = gray(4, [10, 20, 20, 40]);
    expect(channelLines(explainedPixel(equalize, {}, raster, 1, 0), 0)).toEqual([
      { name: 'C(20)', text: 'pixels up to 20', value: 3 },
      { name: 'N', text: 'all pixels', value: 4 },
      { name: null, text: '255·3/4', value: 191.25 },
    ]);
    const fromDarkest = explainedPixel(equalize, { normalization: 'cdfMin' }, raster, 1, 0);
    expect(channelLines(fromDarkest, 0).slice(2)).toEqual([
      { name: 'C(m)', text: 'pixels at the lowest level, 10', value: 1 },
      { name: null, text: '255·(3 − 1)/(4 − 1)', value: 170 },
    ]);
  });

  it('multiplies the channels by what becomes of the largest', () => {
    const raster = createRaster({ width: 2, height: 1, channels: 3, depth: 8 });
    raster.data.set([10, 20, 40, 0, 80, 8]);
    expect(channelLines(explainedPixel(equalize, {}, raster, 0, 0), 1)).toEqual([
      { name: 'V', text: 'max(10, 20, 40)', value: 40 },
      { name: 'C(40)', text: 'pixels up to 40', value: 1 },
      { name: 'N', text: 'all pixels', value: 2 },
      { name: 'V′', text: '255·1/2', value: 127.5 },
      { name: null, text: '20·127.5/40', value: 63.75 },
    ]);
  });

  it('says of a plane of one level why it stays', () => {
    const [line] = channelLines(explainedPixel(equalize, {}, gray(2, [77, 77]), 0, 0), 0);
    expect(line).toEqual({ name: null, text: '77', value: 77, because: 'the whole plane has this level' });
  });
});

describe('CLAHE', () => {
  it('tells four tables in the middle, two at an edge and one in a corner, whose shares add up to the mean', () => {
    const raster = noise({ width: 40, height: 32, channels: 1, depth: 8 }, 3);
    const tables = (x: number, y: number): number => {
      const lines = channelLines(explainedPixel(clahe, { tileWidth: 10, tileHeight: 8 }, raster, x, y), 0);
      const near = lines.filter(({ name }) => name?.startsWith('M') === true);
      const mean = lines.find(({ name }) => name === 'Σ');
      const least = Math.min(...near.map(({ value }) => value));
      const most = Math.max(...near.map(({ value }) => value));
      expect(mean?.value).toBeGreaterThanOrEqual(least - 1e-9);
      expect(mean?.value).toBeLessThanOrEqual(most + 1e-9);
      expect(lines.find(({ name }) => name === 'q')?.value).toBe(Math.floor((mean?.value ?? 0) + 1e-9));
      return near.length;
    };
    expect(tables(18, 14)).toBe(4);
    expect(tables(18, 0)).toBe(2);
    expect(tables(0, 0)).toBe(1);
  });
});

describe('Canny', () => {
  it('knows of a part of the picture, to the last bit, what the whole tells of the pixel', () => {
    for (const [depth, channels, sigma] of [
      [8, 1, 0.3],
      [16, 3, 1],
      [8, 4, 1.9],
    ] as const) {
      const raster = noise({ width: 31, height: 27, channels, depth }, 5);
      const whole = { raster, rectangle: wholeOf(raster) };
      const reach = cannyReach(sigma);
      for (let y = 0; y < raster.height; y += 2) {
        for (let x = 0; x < raster.width; x += 3) {
          const around = { x: x - reach, y: y - reach, width: 2 * reach + 1, height: 2 * reach + 1 };
          const part = intersect(around, wholeOf(raster));
          const outer = x === 0 || y === 0 || x === raster.width - 1 || y === raster.height - 1;
          const told = (rectangle: typeof part): unknown =>
            cannyPixel(
              brightness(whole, rectangle),
              rectangle.width,
              rectangle.height,
              sigma,
              x - rectangle.x,
              y - rectangle.y,
              outer,
            );
          expect(told(part)).toEqual(told(wholeOf(raster)));
        }
      }
    }
  });

  it('says what decided, and what decided is what is stored', () => {
    const raster = disk(48, 40);
    const seen = new Set<string>();
    for (let y = 0; y < raster.height; y++) {
      for (let x = 0; x < raster.width; x++) {
        const explanation = explainedPixel(canny, { low: 8, high: 190 }, raster, x, y);
        const because = channelLines(explanation, 0).at(-1)?.because ?? '';
        const isEdge = explanation.stored[0] === 255;
        const kinds: readonly (readonly [string, RegExp, boolean])[] = [
          ['outermost', /never edges/, false],
          ['faint', /the low threshold$/, false],
          ['beside', /no ridge$/, false],
          ['strong', /the high threshold$/, true],
          ['joined', /joined to a strong one$/, true],
          ['alone', /joined to no strong one$/, false],
        ];
        const kind = kinds.find(([, pattern]) => pattern.test(because));
        expect(kind, because).toBeDefined();
        if (kind === undefined) continue;
        expect(isEdge, because).toBe(kind[2]);
        seen.add(kind[0]);
      }
    }
    expect([...seen].sort()).toEqual(['alone', 'beside', 'faint', 'joined', 'outermost', 'strong']);
  });
});

describe('the Fourier filter', () => {
  it('tells what it kept and what it took away, which together are the pixel', () => {
    for (const depth of DEPTHS) {
      for (const channels of LAYOUTS) {
        const raster = noise({ width: 12, height: 9, channels, depth }, 4);
        for (const type of ['lowPass', 'highPass']) {
          const explanation = explainedPixel(fourierFilter, { type, cutoff: 0.1, offset: 20 }, raster, 5, 4);
          const lines = channelLines(explanation, 0);
          const named = (name: string): number =>
            lines.find((line) => line.name === name)?.value ?? Number.NaN;
          expect(named('kept') + named('removed')).toBeCloseTo(explanation.in[0], 9);
          expect(named('H(0)')).toBe(type === 'lowPass' ? 1 : 0);
          expect(named('H(0.1)')).toBeCloseTo(type === 'lowPass' ? Math.exp(-0.5) : 1 - Math.exp(-0.5), 12);
        }
      }
    }
  });

  it('says what the stored level tells while the unrounded number is awaited', () => {
    const told = (stored: number, offset = 0): string | undefined =>
      toldFilter({ before: 90, stored, kept: null, offset, top: 255 }).at(-1)?.because;
    expect(told(100)).toContain('each times H, is from 99.5 up to 100.5');
    expect(told(100, 128)).toContain('each times H, + 128 is from 99.5 up to 100.5');
    expect(told(0)).toContain('below 0.5');
    expect(told(255)).toContain('at least 254.5');
  });

  it('keeps pictures of a few megapixels unrounded, of larger ones rows around the pixel', () => {
    const operation: Operation = fourierFilter;
    const values = checkValues(operation, { type: 'lowPass', cutoff: 0.1 }, null);
    const partOf = (width: number, height: number, y: number): Rectangle | undefined =>
      values.ok && operation.kind === 'whole'
        ? operation.detail?.part(values.value, { width, height, channels: 3, depth: 8 }, { x: 5, y })
        : undefined;
    expect(partOf(1200, 1100, 700)).toEqual({ x: 0, y: 0, width: 1200, height: 1100 });
    expect(partOf(6000, 4000, 0)).toEqual({ x: 0, y: 0, width: 6000, height: 233 });
    expect(partOf(6000, 4000, 233)).toEqual({ x: 0, y: 233, width: 6000, height: 233 });
    expect(partOf(6000, 4000, 3999)).toEqual({ x: 0, y: 3961, width: 6000, height: 39 });
  });
});

describe('morphology of several passes', () => {
  it('tells what each pass chose from, in what the pass before left', () => {
    const raster = gray(5, [200, 9, 200, 200, 200]);
    const lines = channelLines(explainedPixel(morphology, { operation: 'open', radius: 1 }, raster, 3, 0), 0);
    expect(lines).toEqual([
      { name: 'v₁', text: 'smallest of 200, 200, 200', value: 200 },
      { name: null, text: 'largest of 9, 200, 200', value: 200 },
    ]);
  });

  it('is what the kernel makes of the picture, pass by pass', () => {
    const raster = noise({ width: 21, height: 17, channels: 1, depth: 8 }, 9);
    for (const shape of ['square', 'cross', 'disk'] as const) {
      const eroded = { ...raster, data: raster.data.slice() };
      erode(eroded, { shape, radius: 2 }, 1, neverAborted);
      for (const [x, y] of [
        [0, 0],
        [10, 8],
        [20, 3],
      ]) {
        const params = { operation: 'open', shape, radius: 2, iterations: 1 };
        const [first, last] = channelLines(explainedPixel(morphology, params, raster, x, y), 0);
        expect(first.value).toBe(eroded.data[y * raster.width + x]);
        expect(last.name).toBeNull();
      }
    }
  });

  it('tells of many passes those between which something else begins', () => {
    const raster = noise({ width: 30, height: 30, channels: 1, depth: 8 }, 2);
    const params = { operation: 'close', radius: 1, iterations: 5 };
    const names = channelLines(explainedPixel(morphology, params, raster, 15, 15), 0).map(({ name }) => name);
    expect(names).toEqual(['v₁', 'v₅', 'v₉', null]);
  });

  it('tells nothing where nobody would wait for it', () => {
    const passes = new Array<'erode'>(20).fill('erode');
    const far = { left: 500, top: 500, right: 500, bottom: 500 };
    expect(toldPasses(passes, { shape: 'disk', radius: 25 }, () => 0, far, 8)).toEqual([]);
  });
});
