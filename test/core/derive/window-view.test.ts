import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WindowArithmetic } from '../../../core/derive/explanation';
import {
  MOST_SORTED,
  patchOf,
  sortedView,
  storingOf,
  sumText,
  workingsOf,
} from '../../../core/derive/window-view';
import { store } from '../../../core/raster/rounding';

function windowOf(width: number, height: number, more: Partial<WindowArithmetic> = {}): WindowArithmetic {
  return {
    x: 0,
    y: 0,
    width,
    height,
    inside: { x: 0, y: 0, width, height },
    boundary: 'symmetric',
    levels: Array.from({ length: width * height }, (_, at) => at),
    weighted: null,
    parts: [],
    ranked: null,
    ...more,
  };
}

describe('the patch of a window', () => {
  it('is all of it up to 9 × 9', () => {
    const { rows, hidden } = patchOf(windowOf(9, 4), { x: 4, y: 2 });
    expect(rows).toHaveLength(4);
    expect(rows.flat().map(({ level }) => level)).toEqual(windowOf(9, 4).levels);
    expect(hidden).toBe(0);
    expect(
      rows
        .flat()
        .filter(({ centre }) => centre)
        .map(({ at }) => at),
    ).toEqual([2 * 9 + 4]);
  });

  it('is the part around the centre of a larger one', () => {
    const { rows, hidden } = patchOf(windowOf(21, 3, { x: 100, y: 50 }), { x: 110, y: 51 });
    expect(rows[1].map(({ at }) => at)).toEqual(Array.from({ length: 9 }, (_, i) => 21 + 6 + i));
    expect(rows[1][4].centre).toBe(true);
    expect(hidden).toBe(21 * 3 - 27);
  });

  it('knows which pixels the picture does not have', () => {
    const window = windowOf(3, 3, { x: -1, y: -1, inside: { x: 1, y: 1, width: 2, height: 2 } });
    const outside = patchOf(window, { x: 0, y: 0 }).rows.map((row) => row.map((cell) => cell.outside));
    expect(outside).toEqual([
      [true, true, true],
      [true, false, false],
      [true, false, false],
    ]);
    const left = patchOf({ ...window, boundary: null }, { x: 0, y: 0 }).rows.flat();
    expect(left.filter(({ counts }) => counts)).toHaveLength(4);
  });

  it('marks the one sample that is the result, and those that count', () => {
    const ranked = { order: [4, 1, 3, 5, 7], chosen: 0 };
    const cells = patchOf(windowOf(3, 3, { ranked }), { x: 1, y: 1 }).rows.flat();
    expect(cells.filter(({ chosen }) => chosen).map(({ at }) => at)).toEqual([4]);
    expect(cells.filter(({ counts }) => counts).map(({ at }) => at)).toEqual([1, 3, 4, 5, 7]);
  });
});

describe('sorted samples', () => {
  it('are those around the chosen one, and all are counted', () => {
    const random = fc
      .integer({ min: 1, max: 400 })
      .chain((count) => fc.record({ count: fc.constant(count), chosen: fc.nat(count - 1) }));
    fc.assert(
      fc.property(random, ({ count, chosen }) => {
        const levels = Array.from({ length: count }, (_, at) => 3 * at);
        const view = sortedView({ order: [...levels.keys()], chosen }, levels);
        expect(view.levels[view.chosen]).toBe(3 * chosen);
        expect(view.before + view.levels.length + view.after).toBe(count);
        expect(view.levels.length).toBe(Math.min(count, MOST_SORTED));
        expect(view.levels[0]).toBe(3 * view.before);
      }),
    );
  });
});

describe('storing', () => {
  it.each([
    [157.36, 157, null],
    [157.5, 158, null],
    [-12.4, -12, 0],
    [-0.4, 0, null],
    [300, 300, 255],
  ] as const)('rounds %d to %d, clamped %s', (unrounded, rounded, clamped) => {
    expect(storingOf(unrounded, 255)).toEqual({ rounded, clamped });
  });

  it('gives what is stored', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e5, max: 1e5, noNaN: true }), (value) => {
        const { rounded } = storingOf(value, 255);
        expect(Math.min(255, Math.max(0, rounded)) + 0).toBe(store(value, 255));
      }),
    );
  });
});

describe('the workings', () => {
  const weighted = { weights: [1], products: [1], sum: -30.5, divisor: 4, offset: 5, absolute: false };

  it('name every step from the sum to the level', () => {
    const own = { name: 'R', lines: [], window: windowOf(1, 1, { weighted }) };
    expect(workingsOf(own, -2.625, 255)).toEqual([
      { label: 'Sum', text: '-30.5' },
      { label: 'Divided', text: '-30.5 ÷ 4 = -7.625' },
      { label: 'Offset', text: '-7.625 + 5 = -2.625' },
      { label: 'Rounded', text: '-3' },
      { label: 'Clamped', text: 'to 0' },
    ]);
  });

  it('leave out what changes nothing, and go on with the lines of the channel', () => {
    const plain = { ...weighted, sum: 40, divisor: 1, offset: 0 };
    const lines = [{ name: null, text: '10 + 0.5·(40 − 10)', value: 25 }];
    expect(workingsOf({ name: 'R', lines, window: windowOf(1, 1, { weighted: plain }) }, 25, 255)).toEqual([
      { label: 'Sum', text: '40' },
      { label: 'Result', text: '10 + 0.5·(40 − 10) = 25' },
    ]);
  });
});

describe('a sum written out', () => {
  it('leaves out what is 0, and adds up to what is said', () => {
    expect(sumText({ products: [0, -134, 805, 0, -165], sum: 506 })).toBe('−134 + 805 − 165 = 506');
    expect(sumText({ products: [2.5, -4], sum: -1.5 })).toBe('2.5 − 4 = −1.5');
    const product = fc.integer({ min: -999, max: 999 });
    fc.assert(
      fc.property(fc.array(product, { maxLength: 9 }), (products) => {
        const sum = products.reduce((total, each) => total + each, 0);
        const text = sumText({ products, sum });
        const terms = products.filter((each) => each !== 0);
        expect(text === null).toBe(terms.length < 2);
        if (text === null) return;
        const [left, right] = text.replaceAll('−', '-').split(' = ');
        const read = left.replaceAll('+ ', '').replaceAll('- ', '-').split(' ').map(Number);
        expect(read).toEqual(terms);
        expect(Number(right)).toBe(sum);
      }),
    );
  });

  it('is not done with one number, or with more than can be read', () => {
    expect(sumText({ products: [0, 7], sum: 7 })).toBeNull();
    expect(sumText({ products: Array.from({ length: 10 }, () => 1), sum: 10 })).toBeNull();
  });
});
