/** Matrices of weights as they are edited: a cell changed, rows and columns added around the middle, text pasted. */

import type { Matrix } from '../../core/operation/parameter';
import { parseNumber } from './number-entry';

export function withCell(matrix: Matrix, row: number, column: number, weight: number): Matrix {
  return matrix.map((line, y) => (y === row ? line.map((old, x) => (x === column ? weight : old)) : line));
}

/** The matrix with so many rows and columns, its middle kept, zeros around it. */
export function resizedMatrix(matrix: Matrix, rows: number, columns: number): Matrix {
  const top = Math.floor(rows / 2) - Math.floor(matrix.length / 2);
  const left = Math.floor(columns / 2) - Math.floor(matrix[0].length / 2);
  return Array.from({ length: rows }, (_, y) =>
    Array.from({ length: columns }, (__, x) => matrix[y - top]?.[x - left] ?? 0),
  );
}

/** Rows on lines or between semicolons, numbers between blanks, tabs or commas, JSON too. Null where it is no matrix. */
export function parseMatrix(text: string, largest: number): Matrix | null {
  const lines = text
    .replace(/\]\s*,/g, '\n')
    .replace(/[[\]]/g, ' ')
    .split(/[\n;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const rows = lines.map((line) => line.split(/[\s,]+/).map(parseNumber));
  const columns = rows[0]?.length ?? 0;
  const fits = columns > 0 && columns <= largest && rows.length <= largest;
  if (!fits || rows.some((row) => row.length !== columns)) return null;
  const matrix: number[][] = [];
  for (const row of rows) {
    const numbers = row.filter((weight) => weight !== null);
    if (numbers.length !== columns) return null;
    matrix.push(numbers);
  }
  return matrix;
}

export function matrixText(matrix: Matrix): string {
  return matrix.map((row) => row.join(' ')).join('\n');
}
