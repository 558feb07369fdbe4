import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INSIDE } from '../../../core/kernels/selected';
import { maskOf } from '../../../core/raster/selection';
import { plainMask } from '../../support/plain-mask';
import { randomArea } from '../../support/random-selection';
import { clearUnselected, markLevels, type MarkedLevels } from '../../../renderer/canvas/level-marks';

const PIXELS = [
  [10, 0, 0, 255],
  [0, 20, 0, 255],
  [0, 255, 0, 128],
  [30, 30, 30, 255],
] as const;

/** Which pixels are marked, in the number told and in the samples. */
function markedBy(
  marked: Omit<MarkedLevels, 'depth' | 'area'>,
  depth: MarkedLevels['depth'] = 8,
): readonly number[] {
  const samples = new Uint8ClampedArray(PIXELS.flat());
  const count = markLevels(samples, { ...marked, depth });
  const places = PIXELS.flatMap((_, at) => (samples[at * 4] > 0 ? [at] : []));
  expect(count).toBe(places.length);
  return places;
}

describe('pixels of a range', () => {
  it('are those that have one of the channels in it, its ends included', () => {
    expect(markedBy({ from: 10, to: 20, channels: ['R', 'G'] })).toEqual([0, 1]);
    expect(markedBy({ from: 10, to: 20, channels: ['R'] })).toEqual([0]);
    expect(markedBy({ from: 30, to: 30, channels: ['Grey'] })).toEqual([3]);
    expect(markedBy({ from: 128, to: 200, channels: ['A'] })).toEqual([2]);
    expect(markedBy({ from: 5, to: 25, channels: [] })).toEqual([]);
  });

  it('are found by their rounded luma', () => {
    // 0.299 · 10 = 2.99, 0.587 · 20 = 11.74, 0.587 · 255 = 149.685
    expect(markedBy({ from: 3, to: 12, channels: ['Luma'] })).toEqual([0, 1]);
    expect(markedBy({ from: 150, to: 150, channels: ['Luma'] })).toEqual([2]);
  });

  it('are told in the levels of the document', () => {
    expect(markedBy({ from: 10 * 257, to: 20 * 257, channels: ['R', 'G'] }, 16)).toEqual([0, 1]);
  });
});

describe('marks of a selection', () => {
  const size = { width: 40, height: 30 };
  const left = (samples: Uint8ClampedArray): number[] =>
    Array.from({ length: samples.length / 4 }, (_, at) => (samples[at * 4 + 3] > 0 ? 1 : 0));

  it('are left on the selected pixels and on no others', () => {
    fc.assert(
      fc.property(randomArea(size), (area) => {
        const region = { x: 7, y: 4, width: 20, height: 19 };
        const samples = new Uint8ClampedArray(region.width * region.height * 4).fill(255);
        clearUnselected(samples, { region, level: 0 }, area);
        const mask = plainMask(maskOf({ ...area, inverted: false }), size, {});
        const expected = left(samples).map((_, at) => {
          const [x, y] = [region.x + (at % region.width), region.y + Math.floor(at / region.width)];
          return mask[y * size.width + x] >= INSIDE !== area.inverted ? 1 : 0;
        });
        expect(left(samples)).toEqual(expected);
      }),
    );
  });

  it('of a reduced frame are left where the middle of a pixel is selected', () => {
    const samples = new Uint8ClampedArray(5 * 4).fill(255);
    const area = { shape: 'rectangle', x: 6, y: 0, width: 8, height: 30, inverted: false } as const;
    clearUnselected(samples, { region: { x: 0, y: 1, width: 5, height: 1 }, level: 2 }, area);
    // Middles at 2, 6, 10, 14, 18.
    expect(left(samples)).toEqual([0, 1, 1, 0, 0]);
  });
});
