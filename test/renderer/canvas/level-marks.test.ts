import { describe, expect, it } from 'vitest';
import { markLevels, type MarkedLevels } from '../../../renderer/canvas/level-marks';

const PIXELS = [
  [10, 0, 0, 255],
  [0, 20, 0, 255],
  [0, 255, 0, 128],
  [30, 30, 30, 255],
] as const;

/** Which pixels are marked, in the number told and in the samples. */
function markedBy(marked: Omit<MarkedLevels, 'depth'>, depth: MarkedLevels['depth'] = 8): readonly number[] {
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
