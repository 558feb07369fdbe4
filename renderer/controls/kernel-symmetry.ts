/**
 * Mirrored typing: a weight that is typed into one cell goes into all cells that a symmetry makes its twins, so that a kernel without
 * a preferred direction takes a quarter of the typing. Only what is typed is mirrored; nothing else of the kernel changes.
 */

import type { Cell } from './kernel-matrix';

/** Where a cell of a matrix of so many rows and columns is thrown. */
type Mirror = (cell: Cell, rows: number, columns: number) => Cell;

const acrossColumns: Mirror = ([row, column], _, columns) => [row, columns - 1 - column];
const acrossRows: Mirror = ([row, column], rows) => [rows - 1 - row, column];
const acrossDiagonal: Mirror = ([row, column]) => [column, row];
const halfTurn: Mirror = ([row, column], rows, columns) => [rows - 1 - row, columns - 1 - column];

export interface Symmetry {
  readonly label: string;
  /** What it is good for. */
  readonly help: string;
  readonly mirrors: readonly Mirror[];
  /** It only makes sense with as many rows as columns. */
  readonly square: boolean;
}

export const SYMMETRIES = {
  none: { label: 'Off', help: 'Every cell by itself', mirrors: [], square: false },
  leftRight: {
    label: 'Left and right',
    help: 'The right half repeats the left one',
    mirrors: [acrossColumns],
    square: false,
  },
  topBottom: {
    label: 'Top and bottom',
    help: 'The lower half repeats the upper one',
    mirrors: [acrossRows],
    square: false,
  },
  halfTurn: {
    label: 'Half turn',
    help: 'Looks the same turned by 180°: convolution and correlation agree',
    mirrors: [halfTurn],
    square: false,
  },
  four: {
    label: 'Four ways',
    help: 'Left and right, top and bottom',
    mirrors: [acrossColumns, acrossRows],
    square: false,
  },
  diagonal: {
    label: 'Diagonal',
    help: 'Rows and columns alike',
    mirrors: [acrossDiagonal],
    square: true,
  },
  eight: {
    label: 'Eight ways',
    help: 'The same in every direction: left and right, top and bottom, rows and columns',
    mirrors: [acrossColumns, acrossRows, acrossDiagonal],
    square: true,
  },
} satisfies Readonly<Record<string, Symmetry>>;
export type SymmetryName = keyof typeof SYMMETRIES;

export function symmetryOf(name: SymmetryName): Symmetry {
  return SYMMETRIES[name];
}

/** Symmetries that a matrix of so many rows and columns can have. */
export function symmetriesFor(rows: number, columns: number): readonly SymmetryName[] {
  const names = Object.keys(SYMMETRIES) as SymmetryName[];
  return names.filter((name) => rows === columns || !SYMMETRIES[name].square);
}

/** The cell and all that the symmetry makes its twins; the cell alone where the matrix cannot have the symmetry. */
export function twinsOf(name: SymmetryName, cell: Cell, rows: number, columns: number): readonly Cell[] {
  const { mirrors, square } = symmetryOf(name);
  if (square && rows !== columns) return [cell];
  const found: Cell[] = [cell];
  // The list grows while it is walked: a twin's twins are twins.
  for (const each of found) {
    for (const mirror of mirrors) {
      const twin = mirror(each, rows, columns);
      if (!found.some(([row, column]) => row === twin[0] && column === twin[1])) found.push(twin);
    }
  }
  return found;
}
