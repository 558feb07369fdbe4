import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WindowArithmetic } from '../../../core/derive/explanation';
import {
  MOST_SORTED,
  patchOf,
  shownOf,
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
    listed: { x: 0, y: 0, width, height },
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
    const { rows, hidden } = patchOf(shownOf(windowOf(9, 4), { x: 4, y: 2 }), { x: 4, y: 2 });
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
    const centre = { x: 110, y: 51 };
    const { rows, hidden } = patchOf(shownOf(windowOf(21, 3, { x: 100, y: 50 }), centre), centre);
    expect(rows[1].map(({ level }) => level)).toEqual(Array.from({ length: 9 }, (_, i) => 21 + 6 + i));
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
    const ranked = {
      ...{ sorted: [1, 3, 4, 5, 7], chosen: 2, before: 0, after: 0 },
      ...{ counting: [1, 3, 4, 5, 7], at: 4 },
    };
    const cells = patchOf(windowOf(3, 3, { ranked }), { x: 1, y: 1 }).rows.flat();
    expect(cells.filter(({ chosen }) => chosen).map(({ at }) => at)).toEqual([4]);
    expect(cells.filter(({ counts }) => counts).map(({ at }) => at)).toEqual([1, 3, 4, 5, 7]);
  });
});

/** A window of random levels around a centre, all of it listed, with weights and with its samples sorted. */
const randomWindow = fc
  .record({
    width: fc.integer({ min: 1, max: 30 }),
    height: fc.integer({ min: 1, max: 30 }),
    x: fc.integer({ min: -20, max: 20 }),
    y: fc.integer({ min: -20, max: 20 }),
    left: fc.double({ min: 0, max: 0.999, noNaN: true }),
    up: fc.double({ min: 0, max: 0.999, noNaN: true }),
    chosen: fc.double({ min: 0, max: 0.999, noNaN: true }),
    seed: fc.integer({ min: 1, max: 1000 }),
  })
  .map(({ width, height, x, y, left, up, chosen: share, seed }) => {
    const count = width * height;
    const levels = Array.from({ length: count }, (_, at) => (at * seed * 7919) % 256);
    const weights = levels.map((_, at) => (at % 5) - 2);
    const products = levels.map((level, at) => level * weights[at]);
    const counting = levels.flatMap((_, at) => (at % 3 === 1 ? [] : [at]));
    const order = counting.toSorted((a, b) => levels[a] - levels[b]);
    const chosen = Math.floor(share * order.length);
    const sum = products.reduce((total, product) => total + product, 0);
    const ranked = {
      sorted: order.map((at) => levels[at]),
      chosen,
      before: 0,
      after: 0,
      counting,
      at: order[chosen],
    };
    const weighted = { weights, products, sum, divisor: 1, offset: 0, absolute: false };
    const centre = { x: x + Math.floor(left * width), y: y + Math.floor(up * height) };
    return { window: windowOf(width, height, { x, y, levels, weighted, ranked }), centre };
  });

describe('what is shown of a window', () => {
  it('are its own numbers around the centre, each at its pixel', () => {
    fc.assert(
      fc.property(randomWindow, ({ window, centre }) => {
        const shown = shownOf(window, centre);
        const { rows, hidden } = patchOf(shown, centre);
        const cells = rows.flat();
        expect(cells.length + hidden).toBe(window.levels.length);
        expect(rows.length).toBe(Math.min(9, window.height));
        expect(rows[0].length).toBe(Math.min(9, window.width));
        expect(cells.filter((cell) => cell.centre)).toHaveLength(1);
        for (const { at, x, y, level, counts, chosen } of cells) {
          const own = (y - window.y) * window.width + (x - window.x);
          expect(level).toBe(window.levels[own]);
          expect(shown.weighted?.weights[at]).toBe(window.weighted?.weights[own]);
          expect(shown.weighted?.products[at]).toBe(window.weighted?.products[own]);
          expect(counts).toBe(window.ranked?.counting.includes(own));
          expect(chosen).toBe(window.ranked?.at === own);
        }
        expect(shown.weighted?.sum).toBe(window.weighted?.sum);
      }),
    );
  });

  it('are the sorted samples around the chosen one, and all are counted', () => {
    fc.assert(
      fc.property(randomWindow, ({ window, centre }) => {
        const all = window.ranked;
        const shown = shownOf(window, centre).ranked;
        if (all === null || shown === null) throw new Error('nothing is sorted');
        expect(shown.sorted[shown.chosen]).toBe(all.sorted[all.chosen]);
        expect(shown.before + shown.sorted.length + shown.after).toBe(all.sorted.length);
        expect(shown.sorted).toHaveLength(Math.min(all.sorted.length, MOST_SORTED));
        expect(shown.sorted).toEqual(all.sorted.slice(shown.before, all.sorted.length - shown.after));
      }),
    );
  });

  it('is the same when it is cut again', () => {
    fc.assert(
      fc.property(randomWindow, ({ window, centre }) => {
        const shown = shownOf(window, centre);
        expect(shownOf(shown, centre)).toEqual(shown);
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
      { label: 'Sum', text: '−30.5' },
      { label: 'Divided', text: '−30.5 ÷ 4 = −7.625' },
      { label: 'Offset', text: '−7.625 + 5 = −2.625' },
      { label: 'Rounded', text: '−3' },
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
