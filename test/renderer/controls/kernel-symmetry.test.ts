import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withCells, flippedAcross, flippedDown } from '../../../renderer/controls/kernel-matrix';
import { symmetriesFor, twinsOf, type SymmetryName } from '../../../renderer/controls/kernel-symmetry';
import { matrices } from '../../support/kernels';

/** A matrix, a cell of it and a symmetry that it can have. */
const typed = fc.record({
  matrix: matrices(7),
  down: fc.nat(),
  across: fc.nat(),
  which: fc.nat(),
  weight: fc.integer({ min: -9, max: 9 }),
});

describe('mirrored typing', () => {
  it('keeps what was typed, changes twins alone, and typing it again changes nothing', () => {
    fc.assert(
      fc.property(typed, ({ matrix, down, across, which, weight }) => {
        const [rows, columns] = [matrix.length, matrix[0].length];
        const names = symmetriesFor(rows, columns);
        const name = names[which % names.length];
        const [row, column] = [down % rows, across % columns];
        const twins = twinsOf(name, [row, column], rows, columns);
        const filled = withCells(matrix, twins, weight);
        expect(filled[row][column]).toBe(weight);
        filled.forEach((line, y) =>
          line.forEach((value, x) => {
            const isTwin = twins.some(([r, c]) => r === y && c === x);
            expect(value).toBe(isTwin ? weight : matrix[y][x]);
          }),
        );
        expect(withCells(filled, twins, weight)).toEqual(filled);
        // It does not matter which of the twins was typed into.
        for (const twin of twins) {
          const others = twinsOf(name, twin, rows, columns);
          expect(withCells(matrix, others, weight)).toEqual(filled);
        }
      }),
    );
  });

  it('of every cell makes a kernel that looks the same mirrored', () => {
    const fill = (name: SymmetryName, size: number): readonly (readonly number[])[] => {
      let matrix: readonly (readonly number[])[] = Array.from({ length: size }, () => Array(size).fill(0));
      let weight = 1;
      for (let row = 0; row < size; row++) {
        for (let column = 0; column < size; column++) {
          matrix = withCells(matrix, twinsOf(name, [row, column], size, size), weight++);
        }
      }
      return matrix;
    };
    for (const size of [1, 2, 3, 4, 5]) {
      expect(fill('leftRight', size)).toEqual(flippedAcross(fill('leftRight', size)));
      expect(fill('topBottom', size)).toEqual(flippedDown(fill('topBottom', size)));
      expect(fill('halfTurn', size)).toEqual(flippedAcross(flippedDown(fill('halfTurn', size))));
      const eight = fill('eight', size);
      expect(eight).toEqual(flippedDown(eight));
      expect(eight).toEqual(eight[0].map((_, column) => eight.map((line) => line[column])));
    }
  });

  it('reaches as many cells as the symmetry says', () => {
    const count = (name: SymmetryName, row: number, column: number): number =>
      twinsOf(name, [row, column], 5, 5).length;
    expect(count('none', 0, 1)).toBe(1);
    expect(count('leftRight', 0, 1)).toBe(2);
    expect(count('leftRight', 0, 2)).toBe(1);
    expect(count('four', 0, 1)).toBe(4);
    expect(count('diagonal', 0, 1)).toBe(2);
    expect(count('eight', 0, 1)).toBe(8);
    expect(count('eight', 2, 2)).toBe(1);
  });

  it('across the diagonal is for square kernels alone', () => {
    expect(symmetriesFor(3, 5)).toEqual(['none', 'leftRight', 'topBottom', 'halfTurn', 'four']);
    expect(symmetriesFor(3, 3)).toContain('eight');
    expect(twinsOf('eight', [0, 4], 3, 5)).toEqual([[0, 4]]);
  });
});
