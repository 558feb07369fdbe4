import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stripsOf, tilesOver } from '../../../core/plan/plan';
import type { Program } from '../../../core/plan/program';
import { intersect, isEmpty, type Rectangle } from '../../../core/raster/rectangle';

function programOf(width: number, height: number, reach: number, passes = false): Program {
  const shape = { width, height, channels: 1, depth: 8 } as const;
  return {
    root: { kind: 'picture', key: 'key', shape, step: null, source: 'source' },
    key: 'key',
    shape,
    inputs: [],
    reach,
    passes,
    indivisible: false,
    part: null,
    streams: false,
    halvings: 0,
    lasting: false,
  };
}

const size = fc.integer({ min: 1, max: 3000 });
const base = fc.record({
  width: fc.integer({ min: 1, max: 1024 }),
  height: fc.integer({ min: 1, max: 512 }),
});
const part = fc.record({ x: fc.nat(2999), y: fc.nat(2999), width: size, height: size });

function area(rectangles: readonly Rectangle[]): number {
  return rectangles.reduce((sum, { width, height }) => sum + width * height, 0);
}

function overlap(rectangles: readonly Rectangle[]): boolean {
  return rectangles.some((a, i) => rectangles.slice(i + 1).some((b) => !isEmpty(intersect(a, b))));
}

describe('tiles', () => {
  it('cover what is wanted, lie inside the picture and do not overlap', () => {
    fc.assert(
      fc.property(size, size, base, part, fc.nat(40), (width, height, tile, wanted, reach) => {
        fc.pre(tile.width * tile.height * 400 > width * height);
        const program = programOf(width, height, reach);
        const inside = intersect(wanted, { x: 0, y: 0, width, height });
        const tiles = tilesOver(program, wanted, tile);
        expect(overlap(tiles)).toBe(false);
        expect(area(tiles.map((each) => intersect(each, inside)))).toBe(area([inside]));
        for (const each of tiles) expect(isEmpty(intersect(each, inside))).toBe(false);
      }),
    );
  });

  it('lie where they lie whatever is asked for, so that they are found again', () => {
    const program = programOf(5000, 3000, 0);
    const whole = tilesOver(program, { x: 0, y: 0, width: 5000, height: 3000 }, { width: 1024, height: 256 });
    const some = tilesOver(
      program,
      { x: 1500, y: 700, width: 10, height: 900 },
      { width: 1024, height: 256 },
    );
    for (const tile of some) expect(whole).toContainEqual(tile);
  });
});

describe('strips', () => {
  it('are exactly what is wanted, from the top down', () => {
    fc.assert(
      fc.property(part, base, fc.nat(100), fc.boolean(), (wanted, tile, reach, passes) => {
        const strips = stripsOf(programOf(6000, 6000, reach, passes), wanted, tile);
        expect(area(strips)).toBe(area([wanted]));
        let y = wanted.y;
        for (const strip of strips) {
          expect([strip.x, strip.y, strip.width]).toEqual([wanted.x, y, wanted.width]);
          y += strip.height;
        }
      }),
    );
  });

  it('are fewer where a program only passes over its pixels, but enough for many workers', () => {
    const tile = { width: 1024, height: 256 };
    const whole: Rectangle = { x: 0, y: 0, width: 6000, height: 4000 };
    const [cut, passed] = [false, true].map((passes) =>
      stripsOf(programOf(6000, 4000, 0, passes), whole, tile),
    );
    expect(passed.length).toBeLessThan(cut.length / 4);
    expect(passed.length).toBeGreaterThanOrEqual(16);
    // What is small has few, but even then two workers have something to do.
    const small: Rectangle = { x: 0, y: 0, width: 1024, height: 1024 };
    expect(stripsOf(programOf(6000, 4000, 0, true), small, tile)).toHaveLength(2);
    const large: Rectangle = { x: 0, y: 0, width: 12_000, height: 8000 };
    expect(stripsOf(programOf(12_000, 8000, 0, true), large, tile).length).toBeGreaterThan(16);
  });
});
