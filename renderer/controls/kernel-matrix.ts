/** Matrices of weights as they are edited: cells changed, rows and columns added around the middle, turned, pasted as text. */

import type { Matrix } from '../../core/operation/parameter';
import { formatNumber, parseNumber } from './number-entry';
import { withMinus } from '../../core/raster/number-text';

export type Cell = readonly [row: number, column: number];

/** The matrix with one weight in each of these cells. */
export function withCells(matrix: Matrix, cells: readonly Cell[], weight: number): Matrix {
  return matrix.map((line, y) =>
    line.map((old, x) => (cells.some(([row, column]) => row === y && column === x) ? weight : old)),
  );
}

/** Left and right exchanged. */
export function flippedAcross(matrix: Matrix): Matrix {
  return matrix.map((line) => line.toReversed());
}

/** Top and bottom exchanged. */
export function flippedDown(matrix: Matrix): Matrix {
  return matrix.toReversed();
}

/** A quarter turn clockwise: the first row becomes the last column. */
export function turnedClockwise(matrix: Matrix): Matrix {
  return matrix[0].map((_, column) => matrix.map((line) => line[column]).toReversed());
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

/** As `matrixText`, with the numbers of a column under one another. */
export function alignedText(matrix: Matrix): string {
  const texts = matrix.map((row) => row.map((weight) => withMinus(formatNumber(weight))));
  const widths = texts[0].map((_, column) => Math.max(...texts.map((row) => row[column].length)));
  return texts.map((row) => row.map((text, column) => text.padStart(widths[column])).join(' ')).join('\n');
}
