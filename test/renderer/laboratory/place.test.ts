import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Place } from '../../../renderer/laboratory/place.svelte';

it('always gives a part inside the picture, with the point in it, as large as there is room', () => {
  const side = fc.integer({ min: 1, max: 60 });
  const random = fc.record({
    size: fc.record({ width: side, height: side }),
    wanted: fc.record({ width: side, height: side }),
    point: fc.record({ x: fc.integer({ min: -99, max: 99 }), y: fc.integer({ min: -99, max: 99 }) }),
  });
  fc.assert(
    fc.property(random, ({ size, wanted, point }) => {
      const place = new Place({ x: 0, y: 0 }, () => size);
      place.moveTo(point);
      const { x, y } = place.point;
      const part = place.around(wanted);
      expect(part.width).toBe(Math.min(wanted.width, size.width));
      expect(part.height).toBe(Math.min(wanted.height, size.height));
      expect(part.x).toBeGreaterThanOrEqual(0);
      expect(part.x + part.width).toBeLessThanOrEqual(size.width);
      expect(x).toBeGreaterThanOrEqual(part.x);
      expect(x).toBeLessThan(part.x + part.width);
      expect(y).toBeGreaterThanOrEqual(part.y);
      expect(y).toBeLessThan(part.y + part.height);
    }),
  );
});

it('moves by steps and stops at the edges', () => {
  const place = new Place({ x: 5, y: 5 }, () => ({ width: 10, height: 8 }));
  place.moveBy(-1, 1);
  expect(place.point).toEqual({ x: 4, y: 6 });
  place.moveBy(100, 100);
  expect(place.point).toEqual({ x: 9, y: 7 });
});
