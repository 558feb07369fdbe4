import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { View } from '../../../core/protocol/contract';
import { levelSize } from '../../../core/raster/pyramid';
import { DEEPEST_LEVEL, levelFor, wantedFor } from '../../../electron/host/view';

const view = (different: Partial<View> = {}): View => ({
  document: 'd',
  generation: 1,
  width: 1000,
  height: 800,
  zoom: 1,
  x: 0,
  y: 0,
  show: 'after',
  ...different,
});

const views = fc
  .record({
    width: fc.integer({ min: 1, max: 4000 }),
    height: fc.integer({ min: 1, max: 4000 }),
    zoom: fc.double({ min: 0.0005, max: 256, noNaN: true }),
    x: fc.double({ min: -1e7, max: 1e7, noNaN: true }),
    y: fc.double({ min: -1e7, max: 1e7, noNaN: true }),
  })
  .map(view);
const sizes = fc.record({
  width: fc.integer({ min: 1, max: 60_000 }),
  height: fc.integer({ min: 1, max: 60_000 }),
});

describe('the level of a view', () => {
  it.each([
    [2, 0],
    [1, 0],
    [0.75, 0],
    [0.5, 1],
    [0.4999, 1],
    [0.26, 1],
    [0.25, 2],
    [1 / 8, 3],
    [0.0005, 10],
  ])('at %d device pixels a picture pixel is %d', (zoom, level) => {
    expect(levelFor(zoom)).toBe(level);
  });

  it('is the last one that is not smaller than the view', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.0005, max: 1, noNaN: true }), (zoom) => {
        const level = levelFor(zoom);
        expect(2 ** -level).toBeGreaterThanOrEqual(zoom * (1 - 1e-5));
        expect(2 ** -(level + 1)).toBeLessThan(zoom * (1 + 1e-5));
      }),
    );
  });
});

describe('what is computed for a view', () => {
  it('is the whole picture where all of it is seen', () => {
    const wanted = wantedFor(view({ zoom: 0.25, x: -100, y: -100 }), { width: 4001, height: 3001 });
    expect(wanted).toEqual({ level: 2, region: { x: 0, y: 0, width: 1001, height: 751 } });
  });

  it('is the visible part and a little around it', () => {
    const { level, region } = wantedFor(view({ x: 2000, y: 1000 }), { width: 6000, height: 4000 });
    expect(level).toBe(0);
    expect(region).toEqual({ x: 1920, y: 896, width: 1152, height: 1024 });
  });

  it('stays the same where the view moves a little', () => {
    const at = (x: number) => wantedFor(view({ x, y: 1000 }), { width: 6000, height: 4000 }).region;
    expect(at(2010)).toEqual(at(2040));
  });

  it('lies inside the picture, is never empty, and covers all of the picture that is seen', () => {
    fc.assert(
      fc.property(views, sizes, fc.integer({ min: 0, max: 3 }), (seen, size, coarser) => {
        const { level, region } = wantedFor(seen, size, coarser);
        expect(level).toBeLessThanOrEqual(DEEPEST_LEVEL);
        const whole = levelSize(size, level);
        expect(Math.min(region.x, region.y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(region.width, region.height)).toBeGreaterThan(0);
        expect(region.x + region.width).toBeLessThanOrEqual(whole.width);
        expect(region.y + region.height).toBeLessThanOrEqual(whole.height);
        const left = Math.max(0, seen.x / 2 ** level);
        const right = Math.min(whole.width, (seen.x + seen.width / seen.zoom) / 2 ** level);
        if (right <= left) return;
        expect(region.x).toBeLessThanOrEqual(left);
        expect(region.x + region.width).toBeGreaterThanOrEqual(right);
      }),
      { numRuns: 2_000 },
    );
  });
});
