/** The cells of a table of numbers on the picture. */

import { shortNumber } from '../../../core/operation/formula/print';
import type { Patch, PatchCell } from '../../../core/derive/window-view';
import type { WindowArithmetic } from '../../../core/derive/explanation';

export interface Cell {
  readonly text: string;
  /** What a pointer that rests on it is told. */
  readonly title: string;
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

/** At most three significant digits of a fraction: what fits a cell. */
export function cellNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const short = Number(value.toPrecision(3));
  return Math.abs(short) < 0.001 ? short.toExponential(0) : String(short);
}

function place(window: WindowArithmetic, at: number): string {
  return `(${window.x + (at % window.width)}, ${window.y + Math.floor(at / window.width)})`;
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
    const title = `${place(window, cell.at)}: ${cell.level}${said === '' ? '' : `, ${said}`}`;
    return { text: String(cell.level), title, said, tone: cell.level, chosen: cell.chosen };
  });
}

/** One number of the window for each of its levels: the weights, or the products. */
export function numberCells(
  window: WindowArithmetic,
  patch: Patch,
  numbers: readonly number[],
): readonly (readonly Cell[])[] {
  return cellsOf(patch, ({ at, level }) => {
    const title = `${place(window, at)}: ${level}, here ${shortNumber(numbers[at])}`;
    return { text: cellNumber(numbers[at]), title, said: '', tone: null, chosen: false };
  }).map((row) => row.map((cell) => ({ ...cell, outside: false, faint: false })));
}
