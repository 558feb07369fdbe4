/** Masks, held against their definition in plain words (test/support/plain-mask.ts), and what that definition promises. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskLevel, maskRows, scaledMask } from '../../../core/kernels/mask';
import type { BoxPart, Mask } from '../../../core/raster/mask';
import { createRaster, type Raster, type Region } from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { sharedNoise } from '../../support/documents';
import { plainMask } from '../../support/plain-mask';
import { randomMask } from '../../support/random-limits';
import { runs } from '../../support/runs';

const size = { width: 60, height: 45 };
const grey = sharedNoise({ ...size, channels: 1, depth: 16 }, 3);

function regionsOf({ parts }: Mask, raster: Raster): readonly Region[] {
  return parts.flatMap(({ shape }) => (shape === 'picture' ? [{ raster, rectangle: wholeOf(raster) }] : []));
}

/** The levels of a part of the picture, row by row. */
function levelsOf(mask: Mask, part: Rectangle = wholeOf(size)): Uint8Array {
  const rows = maskRows(mask, regionsOf(mask, grey));
  const levels = new Uint8Array(part.width * part.height);
  for (let row = 0; row < part.height; row++) {
    rows(part.x, part.y + row, levels.subarray(row * part.width, (row + 1) * part.width));
  }
  return levels;
}

function only(part: Omit<BoxPart, 'mode' | 'feather'> & Partial<BoxPart>, inverted = false): Mask {
  return { parts: [{ mode: 'add', feather: 0, ...part }], inverted };
}

describe('a mask', () => {
  it('has the levels of its definition', () => {
    fc.assert(
      fc.property(randomMask('grey'), (mask) => {
        expect(levelsOf(mask)).toEqual(plainMask(mask, size, { grey }));
      }),
      { numRuns: runs(60) },
    );
  });

  it('has them also where rows are long and edges steep or slanting', () => {
    const wide = { width: 900, height: 12 };
    const coordinate = fc.double({ min: -40, max: 940, noNaN: true });
    const box = fc.record({
      shape: fc.constantFrom('rectangle' as const, 'ellipse' as const),
      mode: fc.constant('add' as const),
      x: coordinate,
      y: fc.double({ min: -300, max: 14, noNaN: true }),
      width: fc.double({ min: 0.01, max: 1_200, noNaN: true }),
      height: fc.double({ min: 0.01, max: 600, noNaN: true }),
      feather: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 300, noNaN: true })),
    });
    fc.assert(
      fc.property(box, fc.boolean(), (part, inverted) => {
        const mask: Mask = { parts: [part], inverted };
        const rows = maskRows(mask, []);
        const levels = new Uint8Array(wide.width * wide.height);
        for (let row = 0; row < wide.height; row++)
          rows(0, row, levels.subarray(row * wide.width, (row + 1) * wide.width));
        expect(levels).toEqual(plainMask(mask, wide, {}));
      }),
      { numRuns: runs(80) },
    );
  });

  it('is the same in every part of a picture, and at every pixel by itself', () => {
    const part = fc.record({
      x: fc.nat(59),
      y: fc.nat(44),
      width: fc.integer({ min: 1, max: 20 }),
      height: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(randomMask('grey'), part, (mask, { x, y, ...wished }) => {
        const width = Math.min(wished.width, size.width - x);
        const height = Math.min(wished.height, size.height - y);
        const whole = levelsOf(mask);
        const cut = levelsOf(mask, { x, y, width, height }).map((_, at) => {
          const place = (y + Math.floor(at / width)) * size.width + x + (at % width);
          return whole[place];
        });
        expect(levelsOf(mask, { x, y, width, height })).toEqual(cut);
        expect(maskLevel(mask, regionsOf(mask, grey), x, y)).toBe(whole[y * size.width + x]);
      }),
      { numRuns: runs(30) },
    );
  });

  it('and the inverted one together are everywhere 255', () => {
    fc.assert(
      fc.property(randomMask('grey'), (mask) => {
        const inverted = levelsOf({ ...mask, inverted: !mask.inverted });
        // 255·m and 255·(1 − m) are both rounded half up, so an exact half counts twice.
        const sums = new Set(Array.from(levelsOf(mask), (level, at) => level + inverted[at]));
        expect([255, 256]).toEqual(expect.arrayContaining([...sums]));
      }),
      { numRuns: runs(30) },
    );
  });

  it('of whole pixels is hard: each is in or out', () => {
    const levels = levelsOf(only({ shape: 'rectangle', x: 10, y: 5, width: 7, height: 3 }));
    const wanted = levels.map((_, at) => {
      const x = at % size.width;
      const y = Math.floor(at / size.width);
      return x >= 10 && x < 17 && y >= 5 && y < 8 ? 255 : 0;
    });
    expect(levels).toEqual(wanted);
  });

  it('is whole in the middle of a shape, whatever its feather', () => {
    for (const shape of ['rectangle', 'ellipse'] as const) {
      const mask = only({ shape, x: 10, y: 5, width: 41, height: 21, feather: 500 });
      expect(maskLevel(mask, [], 30, 15)).toBe(255);
      // Half on the edge: here it runs through the pixel's centre.
      expect(
        maskLevel(only({ ...mask.parts[0], shape, x: 10.5, y: 5, width: 41, height: 21 }), [], 10, 15),
      ).toBe(128);
    }
  });

  it('of a circle and of a polygon with very many corners on it are alike', () => {
    const points = Array.from({ length: 720 }, (_, at): readonly [number, number] => {
      const angle = (at * Math.PI) / 360;
      return [30 + 15 * Math.cos(angle), 22 + 15 * Math.sin(angle)];
    });
    const polygon: Mask = { parts: [{ shape: 'polygon', mode: 'add', points, feather: 6 }], inverted: false };
    const circle = levelsOf(only({ shape: 'ellipse', x: 15, y: 7, width: 30, height: 30, feather: 6 }));
    const apart = Array.from(levelsOf(polygon), (level, at) => Math.abs(level - circle[at]));
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
  });

  it('at half the size has the places and ramps of the whole', () => {
    const mask = only({ shape: 'ellipse', x: 8, y: 4, width: 40, height: 24, feather: 4 });
    expect(scaledMask(mask, 0.5)).toEqual(
      only({ shape: 'ellipse', x: 4, y: 2, width: 20, height: 12, feather: 2 }),
    );
  });

  it('counts a picture as black where there is none of it', () => {
    const raster = createRaster({ width: 2, height: 1, channels: 1, depth: 8 });
    raster.data.set([255, 51]);
    const mask: Mask = { parts: [{ shape: 'picture', mode: 'add', source: 'p' }], inverted: false };
    const levels = new Uint8Array(4);
    maskRows(mask, [{ raster, rectangle: { x: 1, y: 0, width: 2, height: 1 } }])(0, 0, levels);
    expect([...levels]).toEqual([0, 255, 51, 0]);
  });
});
