/** The shares of bit planes are those of a count of every bit of every pixel. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planeEnergies } from '../../../core/derive/plane-energy';
import { levelsOf, type Depth } from '../../../core/raster/raster';

const picture = fc.record({
  depth: fc.constantFrom<Depth>(8, 16),
  levels: fc.array(fc.integer({ min: 0, max: 65_535 }), { minLength: 1, maxLength: 300 }),
});

function countsOf(levels: readonly number[], depth: Depth): Float64Array {
  const counts = new Float64Array(levelsOf(depth));
  for (const level of levels) counts[level] += 1;
  return counts;
}

describe('the energy of planes', () => {
  it('is the sum of squares of what each bit contributes, beside that of all', () => {
    fc.assert(
      fc.property(picture, ({ depth, levels: drawn }) => {
        const levels = drawn.map((level) => level % levelsOf(depth));
        const planes = planeEnergies(countsOf(levels, depth), depth);
        const contributions = levels.flatMap((level) =>
          Array.from({ length: depth }, (_, plane) => ({ plane, value: level & (1 << plane) })),
        );
        const squares = (plane: number | null): number =>
          contributions
            .filter((each) => plane === null || each.plane === plane)
            .reduce((sum, { value }) => sum + value ** 2, 0);
        expect(planes.map(({ plane }) => plane)).toEqual(
          Array.from({ length: depth }, (_, at) => depth - 1 - at),
        );
        for (const { plane, set, energy } of planes) {
          expect(set * levels.length).toBeCloseTo(
            levels.filter((level) => (level & (1 << plane)) !== 0).length,
            9,
          );
          expect(energy).toBeCloseTo(squares(null) === 0 ? 0 : squares(plane) / squares(null), 12);
        }
        const whole = planes.reduce((sum, { energy }) => sum + energy, 0);
        expect(whole).toBeCloseTo(levels.some((level) => level > 0) ? 1 : 0, 12);
      }),
    );
  });

  it('is nothing of a black picture, and of one that nothing was counted of', () => {
    for (const counts of [countsOf([0, 0], 8), new Float64Array(256)]) {
      expect(planeEnergies(counts, 8).every(({ set, energy }) => set === 0 && energy === 0)).toBe(true);
    }
  });
});
