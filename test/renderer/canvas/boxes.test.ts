/** Boxes drawn and pulled by a pointer: whole pixels inside the picture, whatever the hand does. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rectangle } from '../../../core/raster/rectangle';
import { boxBetween, boxPulled, grabbed, handlePlace, HANDLES } from '../../../renderer/canvas/boxes';
import { randomAreaIn } from '../../support/random-selection';

const size = { width: 90, height: 60 };
const plain = { square: false, centred: false };
const inside = fc.record({
  x: fc.double({ min: 0, max: size.width, noNaN: true }),
  y: fc.double({ min: 0, max: size.height, noNaN: true }),
});
const anywhere = fc.record({
  x: fc.double({ min: -200, max: 300, noNaN: true }),
  y: fc.double({ min: -200, max: 300, noNaN: true }),
});
const held = fc.record({ square: fc.boolean(), centred: fc.boolean() });

function expectInside({ x, y, width, height }: Rectangle): void {
  for (const value of [x, y, width, height]) expect(Number.isInteger(value)).toBe(true);
  expect(width > 0 && height > 0 && x >= 0 && y >= 0).toBe(true);
  expect(x + width <= size.width && y + height <= size.height).toBe(true);
}

describe('a box that is drawn', () => {
  it('has whole pixels of the picture, and with Shift is as high as wide', () => {
    fc.assert(
      fc.property(inside, anywhere, held, (start, at, keys) => {
        const box = boxBetween(start, at, size, keys);
        if (box === null) return;
        expectInside(box);
        if (keys.square) expect(box.width).toBe(box.height);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same from either corner to the other', () => {
    fc.assert(
      fc.property(inside, inside, (a, b) => {
        expect(boxBetween(a, b, size, plain)).toEqual(boxBetween(b, a, size, plain));
      }),
    );
  });

  it('reaches from edge to edge of the pixels that are nearest', () => {
    expect(boxBetween({ x: 10.4, y: 5.6 }, { x: 20.5, y: 2.2 }, size, plain)).toEqual({
      x: 10,
      y: 2,
      width: 11,
      height: 4,
    });
    expect(boxBetween({ x: 10.1, y: 5 }, { x: 10.4, y: 50 }, size, plain)).toBeNull();
  });

  it('has its beginning in the middle with Alt, and stays so at the edge of the picture', () => {
    const keys = { square: false, centred: true };
    expect(boxBetween({ x: 20, y: 10 }, { x: 35, y: 200 }, size, keys)).toEqual({
      x: 5,
      y: 0,
      width: 30,
      height: 20,
    });
  });

  it('is a square of the longer way with Shift, as far as there is a picture', () => {
    const keys = { square: true, centred: false };
    expect(boxBetween({ x: 80, y: 50 }, { x: 60, y: 47 }, size, keys)).toEqual({
      x: 60,
      y: 30,
      width: 20,
      height: 20,
    });
    expect(boxBetween({ x: 80, y: 10 }, { x: 86, y: 40 }, size, keys)).toEqual({
      x: 80,
      y: 10,
      width: 10,
      height: 10,
    });
  });
});

describe('a box that is pulled by a handle', () => {
  it('stays whole pixels of the picture, and keeps the edges that the handle has nothing to do with', () => {
    fc.assert(
      fc.property(randomAreaIn(size), fc.constantFrom(...HANDLES), anywhere, (box, handle, at) => {
        const next = boxPulled(box, handle, at, size);
        expectInside(next);
        if (handle.across === 0) expect([next.x, next.width]).toEqual([box.x, box.width]);
        if (handle.down === 0) expect([next.y, next.height]).toEqual([box.y, box.height]);
        if (handle.across === 1) expect([next.x, next.x + next.width]).toContain(box.x);
        if (handle.down === -1) expect([next.y, next.y + next.height]).toContain(box.y + box.height);
      }),
      { numRuns: 500 },
    );
  });

  it('is what it was where the handle is put back', () => {
    fc.assert(
      fc.property(randomAreaIn(size), fc.constantFrom(...HANDLES), ({ x, y, width, height }, handle) => {
        const box = { x, y, width, height };
        expect(boxPulled(box, handle, handlePlace(box, handle), size)).toEqual(box);
      }),
    );
  });
});

describe('a press on a box', () => {
  const box = { x: 20, y: 10, width: 40, height: 30 };

  it('takes hold of each handle, of the inside, or of nothing', () => {
    for (const handle of HANDLES) {
      const { x, y } = handlePlace(box, handle);
      expect(grabbed(box, { x: x + 2, y: y - 2 }, 3)).toEqual(handle);
    }
    expect(grabbed(box, { x: 33, y: 18 }, 3)).toBe('inside');
    expect(grabbed(box, { x: 70, y: 18 }, 3)).toBeNull();
  });

  it('takes hold of corners before sides where the box is small', () => {
    expect(grabbed({ x: 20, y: 10, width: 4, height: 4 }, { x: 22, y: 10 }, 3)).toEqual({
      across: -1,
      down: -1,
    });
  });
});
