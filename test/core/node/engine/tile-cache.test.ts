import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TileCache } from '../../../../core/node/engine/tile-cache';
import { createRaster, type Region } from '../../../../core/raster/raster';
import { wholeOf } from '../../../../core/raster/rectangle';

const BUDGET = 1000;

function tile(bytes: number): Region {
  const raster = createRaster({ width: bytes, height: 1, channels: 1, depth: 8 });
  return { raster, rectangle: wholeOf(raster) };
}

const steps = fc.array(
  fc.oneof(
    fc.record({ put: fc.constantFrom('a', 'b', 'c', 'd', 'e'), bytes: fc.integer({ min: 1, max: 1200 }) }),
    fc.record({ get: fc.constantFrom('a', 'b', 'c', 'd', 'e') }),
    fc.record({ expected: fc.integer({ min: 1, max: 1200 }) }),
    fc.constant('arrived' as const),
  ),
);

it('keeps within its budget together with what is being made, and lets go of exactly what it drops', () => {
  fc.assert(
    fc.property(steps, (given) => {
      const held = new Map<unknown, number>();
      const cache = new TileCache(
        BUDGET,
        ({ data }) => held.set(data, (held.get(data) ?? 0) + 1),
        ({ data }) => held.delete(data),
      );
      const coming: { readonly bytes: number; readonly arrived: () => void }[] = [];
      for (const step of given) {
        if (step === 'arrived') coming.pop()?.arrived();
        else if ('put' in step) cache.put(step.put, tile(step.bytes));
        else if ('get' in step) cache.get(step.get);
        else coming.push({ bytes: step.expected, arrived: cache.expect(step.expected) });
        const expected = coming.reduce((sum, { bytes }) => sum + bytes, 0);
        if (cache.bytes > 0) expect(cache.bytes + expected).toBeLessThanOrEqual(BUDGET);
        expect(held.size).toBe(cache.statistics.tiles);
      }
      cache.clear();
      expect(held.size).toBe(0);
    }),
  );
});

it('drops what was not asked for longest', () => {
  const cache = new TileCache(BUDGET);
  for (const name of ['a', 'b', 'c']) cache.put(name, tile(300));
  cache.get('a');
  cache.expect(300);
  expect(['a', 'b', 'c'].map((name) => cache.get(name) !== undefined)).toEqual([true, false, true]);
});
