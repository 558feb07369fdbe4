/** The cells of a table of numbers on the picture. */

import { shortNumber } from '../../../core/operation/formula/print';
import type { Matrix } from '../../../core/operation/parameter';
import type { Patch, PatchCell } from '../../../core/derive/window-view';
import type { WindowArithmetic } from '../../../core/derive/explanation';
import { decimalText } from '../../../core/raster/number-text';

export interface Cell {
  readonly text: string;
  /** What a pointer that rests on it is told: put into words only there, because there are hundreds of cells. */
  readonly title: () => string;
  /** What a screen reader says after the number. */
  readonly said: string;
  /** The level whose grey lies behind it; null: none. */
  readonly tone: number | null;
  /** The picture has no such pixel. */
  readonly outside: boolean;
  /** It has no part in the result. */
  readonly faint: boolean;
  readonly centre: boolean;
  readonly chosen: boolean;
}

/** How the numbers of a table are written so that they fit its cells. */
export interface Spelling {
  /** They stand for so much: 0.01 where the cells hold hundredths. */
  readonly unit: number;
  /** Of such a number, after the point. */
  readonly digits: number;
}

/** Whole numbers as they are; of others three significant digits of the largest, small ones in a power of ten. */
export function spellingFor(numbers: readonly number[]): Spelling {
  if (numbers.every((value) => Number.isInteger(value))) return { unit: 1, digits: 0 };
  const largest = Math.max(...numbers.map((value) => Math.abs(value)));
  const magnitude = Math.floor(Math.log10(largest));
  const unit = largest < 0.1 ? 10 ** (magnitude - 1) : 1;
  return { unit, digits: Math.max(0, 2 - Math.floor(Math.log10(largest / unit) + 1e-9)) };
}

/** The unit as a caption gives it, empty where it is 1. */
export function unitText({ unit }: Spelling): string {
  const superscripts = [...'⁰¹²³⁴⁵⁶⁷⁸⁹'];
  const digits = [...String(Math.round(-Math.log10(unit)))].map((digit) => superscripts[Number(digit)]);
  return unit === 1 ? '' : `, in 10⁻${digits.join('')}`;
}

export function spelled(value: number, { unit, digits }: Spelling): string {
  return value === 0 ? '0' : decimalText(value / unit, digits);
}

function place({ x, y }: PatchCell): string {
  return `(${x}, ${y})`;
}

function saidOf(cell: PatchCell, boundary: WindowArithmetic['boundary']): string {
  if (cell.outside) return boundary === null ? 'outside, left out' : `outside, ${boundary}`;
  if (!cell.counts) return 'does not count';
  return cell.chosen ? 'the result' : '';
}

function cellsOf(patch: Patch, one: (cell: PatchCell) => Omit<Cell, 'outside' | 'centre' | 'faint'>) {
  return patch.rows.map((row) =>
    row.map((cell): Cell => {
      const { outside, centre, counts } = cell;
      return { outside, centre, faint: !counts, ...one(cell) };
    }),
  );
}

/** The window's levels. */
export function levelCells(window: WindowArithmetic, patch: Patch): readonly (readonly Cell[])[] {
  return cellsOf(patch, (cell) => {
    const said = saidOf(cell, window.boundary);
    const title = (): string => `${place(cell)}: ${cell.level}${said === '' ? '' : `, ${said}`}`;
    const isLeftOut = cell.outside && window.boundary === null;
    const tone = cell.counts ? cell.level : null;
    return { text: isLeftOut ? '' : String(cell.level), title, said, tone, chosen: cell.chosen };
  });
}

/** One number for each level that is shown: the weights, or the products. */
export function numberCells(patch: Patch, numbers: readonly number[]): readonly (readonly Cell[])[] {
  const spelling = spellingFor(numbers);
  return cellsOf(patch, (cell) => {
    const { at } = cell;
    const title = (): string => `${place(cell)}: ${shortNumber(numbers[at])}`;
    return { text: spelled(numbers[at], spelling), title, said: '', tone: null, chosen: false };
  }).map((row) => row.map((cell) => ({ ...cell, outside: false, faint: false })));
}

/** A matrix alone, with one of its cells marked where `marked` names it by row and column. */
export function matrixCells(
  matrix: Matrix,
  marked: readonly [row: number, column: number] | null = null,
): readonly (readonly Cell[])[] {
  const spelling = spellingFor(matrix.flat());
  const plain = { said: '', tone: null, outside: false, faint: false, centre: false };
  return matrix.map((row, y) =>
    row.map((weight, x): Cell => {
      const chosen = marked !== null && marked[0] === y && marked[1] === x;
      return { ...plain, chosen, text: spelled(weight, spelling), title: () => shortNumber(weight) };
    }),
  );
}
