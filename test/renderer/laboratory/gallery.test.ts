import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KERNEL_NAMES } from '../../../core/operation/named-kernels';
import { operationById } from '../../../core/operations';
import type { Operation } from '../../../core/operation/operation';
import { exhibitsOf, neighbour, pictureSize } from '../../../renderer/laboratory/gallery';

function operation(id: string): Operation {
  const found = operationById.get(id);
  if (!found) throw new Error(id);
  return found;
}

describe('the gallery', () => {
  it('shows every kernel that has a name, the step’s own matrix first where it has one', () => {
    const named = exhibitsOf(operation('convolve'), { kernel: 'emboss' });
    expect(named.map(({ id }) => id)).toEqual(KERNEL_NAMES);
    expect(named.filter(({ current }) => current).map(({ id }) => id)).toEqual(['emboss']);
    expect(named[1]).toMatchObject({ title: 'Box3', values: { kernel: 'box3', divisor: null } });
    const own = exhibitsOf(operation('convolve'), { kernel: [[1, 2]], divisor: 3 });
    expect(own[0]).toEqual({ id: 'own', title: 'Own matrix', matrix: [[1, 2]], values: {}, current: true });
    expect(own.slice(1).map(({ id }) => id)).toEqual(KERNEL_NAMES);
    expect(own.slice(1).some(({ current }) => current)).toBe(false);
    expect(exhibitsOf(operation('gamma'), { gamma: 2 })).toEqual([]);
  });

  it('is walked by keys without leaving it; across and down lead back', () => {
    const random = fc.record({
      count: fc.integer({ min: 1, max: 20 }),
      columns: fc.integer({ min: 1, max: 7 }),
      at: fc.nat(),
    });
    fc.assert(
      fc.property(random, ({ count, columns, at }) => {
        const from = at % count;
        const back = {
          ArrowRight: 'ArrowLeft',
          ArrowDown: 'ArrowUp',
          ArrowUp: 'ArrowDown',
          ArrowLeft: 'ArrowRight',
        };
        for (const [key, other] of Object.entries(back)) {
          const to = neighbour(key, from, count, columns) ?? -1;
          expect(to).toBeGreaterThanOrEqual(0);
          expect(to).toBeLessThan(count);
          if (to !== from) expect(neighbour(other, to, count, columns)).toBe(from);
        }
      }),
    );
    expect(neighbour('Home', 3, 5, 2)).toBe(0);
    expect(neighbour('End', 3, 5, 2)).toBe(4);
    expect(neighbour('a', 3, 5, 2)).toBeNull();
  });

  it('hangs pictures as large as all of them have room for', () => {
    expect(pictureSize(16, { width: 900, height: 600 })).toEqual({ width: 160, height: 120 });
    expect(pictureSize(16, { width: 0, height: 0 })).toEqual({ width: 160, height: 120 });
    const room = fc.record({
      width: fc.integer({ min: 0, max: 3000 }),
      height: fc.integer({ min: 0, max: 2000 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), room, (count, given) => {
        const { width, height } = pictureSize(count, given);
        expect(height).toBe(width * 0.75);
        const more = { width: given.width + 100, height: given.height + 100 };
        expect(pictureSize(count, more).width).toBeGreaterThanOrEqual(width);
        expect(pictureSize(count + 1, given).width).toBeLessThanOrEqual(width);
      }),
    );
  });
});
