/** The weights of a window, and what can be seen in them that makes a sum over it cheaper. */

export interface WindowWeights {
  readonly rows: number;
  readonly columns: number;
  /** rows × columns, as they lie on the picture: row by row from the window's top left. */
  readonly values: Float64Array;
}

/** From a sum to a sample: sum / divisor + offset, perhaps its absolute value, stored. */
export interface Response {
  readonly divisor: number;
  /** In levels. */
  readonly offset: number;
  readonly absolute: boolean;
}

/** A window that is the product of a column and a row of whole numbers. */
export interface Factors {
  readonly column: Float64Array;
  readonly row: Float64Array;
}

export function areWhole(values: Float64Array): boolean {
  return values.every((value) => Number.isInteger(value));
}

/** Σ|w|: the largest sum is this times the largest sample. */
export function magnitudeOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + Math.abs(value), 0);
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return Math.abs(a);
}

/**
 * The factors of whole-numbered weights where they have any: then a sum over rows × columns is one over rows followed by one
 * over columns, exactly. Null where there are none, or where they would not save anything.
 */
export function factorsOf(window: WindowWeights): Factors | null {
  const { rows, columns, values } = window;
  const first = values.findIndex((value) => value !== 0);
  if (first < 0) return null;
  const pivot = first % columns;
  const leading = values.subarray(first - pivot, first - pivot + columns);
  const divisor = leading.reduce(greatestCommonDivisor, 0);
  const row = leading.map((value) => value / divisor);
  const column = Float64Array.from({ length: rows }, (_, y) => values[y * columns + pivot] / row[pivot]);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) if (column[y] * row[x] !== values[y * columns + x]) return null;
  }
  return taps(column) + taps(row) + 2 < taps(values) ? { column, row } : null;
}

function taps(values: Float64Array): number {
  return values.reduce((count, value) => (value === 0 ? count : count + 1), 0);
}
