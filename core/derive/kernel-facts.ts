/** What can be said of a kernel before it is laid on a picture: the size of the result, how it lies, and whether it falls into two. */

import { sumOfWeights } from '../operation/kernel-sum';
import { kernelOf } from '../operation/named-kernels';
import type { AnyValues, AreaOperation, Operation } from '../operation/operation';
import type { GivenValues, Matrix, Parameter } from '../operation/parameter';
import type { Shape } from '../raster/raster';

export interface KernelFacts {
  /** The size of the result, worked out: `⌊(32 + 0 − 3)/1⌋ + 1 = 30`. */
  readonly width: string;
  readonly height: string;
  /** The weights as they are written, and as they lie on the picture. */
  readonly written: Matrix;
  readonly matrix: Matrix;
  /** What the weights add up to, and what the sum of the products is divided by. */
  readonly sum: number;
  readonly divisor: number;
  /** Whether the kernel is turned by 180° before it is laid on, and whether that makes a difference. */
  readonly turned: boolean;
  readonly symmetric: boolean;
  /** Multiplications a sample: with all weights, and as a column and a row one after the other; null where it is no product of two. */
  readonly multiplications: { readonly whole: number; readonly separable: number | null };
}

/** The name of the parameter of an operation that is of this kind; null where it has none. */
function parameterOfKind({ parameters }: Operation, wanted: Parameter['kind']): string | null {
  return Object.entries(parameters).find(([, { kind }]) => kind === wanted)?.[0] ?? null;
}

/** The name of the parameter that is an operation's kernel; null where it takes none. */
export function kernelParameter(operation: Operation): string | null {
  return parameterOfKind(operation, 'kernel');
}

/** What gives an operation a kernel that has a name: that kernel, with the divisor that belongs to it. */
export function namedKernelValues(operation: Operation, name: string): GivenValues {
  const kernel = kernelParameter(operation);
  const divisor = parameterOfKind(operation, 'divisor');
  return { ...(kernel !== null && { [kernel]: name }), ...(divisor !== null && { [divisor]: null }) };
}

/** The kernel that an operation is given in its values; null where it takes none. */
function writtenKernel(operation: AreaOperation, values: AnyValues): Matrix | null {
  const name = kernelParameter(operation);
  const value = name === null ? undefined : values[name];
  if (typeof value === 'string') return kernelOf(value).matrix;
  return isMatrix(value) ? value : null;
}

function isMatrix(value: unknown): value is Matrix {
  return Array.isArray(value) && value.every((row) => Array.isArray(row));
}

function turnedBy180(matrix: Matrix): Matrix {
  return matrix.map((row) => row.toReversed()).toReversed();
}

function sameNumbers(a: Matrix, b: Matrix): boolean {
  const other = b.flat();
  return a.flat().every((value, at) => value === other[at]);
}

/** What adding and multiplying decimal fractions such as 0.1 may be wrong by, as a share. */
const NOISE = 2 ** -44;

/** Whether a matrix is a column times a row: has rank 1. All zeros are not: there is nothing to multiply. */
export function isSeparable(matrix: Matrix): boolean {
  let [pivotRow, pivotColumn] = [0, 0];
  matrix.forEach((row, y) =>
    row.forEach((value, x) => {
      if (Math.abs(value) > Math.abs(matrix[pivotRow][pivotColumn])) [pivotRow, pivotColumn] = [y, x];
    }),
  );
  const pivot = matrix[pivotRow][pivotColumn];
  if (pivot === 0) return false;
  return matrix.every((row) =>
    row.every((value, x) => {
      const whole = value * pivot;
      const product = row[pivotColumn] * matrix[pivotRow][x];
      return Math.abs(whole - product) <= NOISE * pivot * pivot;
    }),
  );
}

/** `⌊(N + P − F)/S⌋ + 1 = M`: N pixels with P more around them, a window of F, steps of S. */
export function outputSizeText(size: number, padding: number, window: number, stride: number): string {
  const result = Math.floor((size + padding - window) / stride) + 1;
  return `⌊(${size} + ${padding} − ${window})/${stride}⌋ + 1 = ${result}`;
}

/** Null for operations that take no kernel. The result's shape must exist (`operation.shape` succeeds). */
export function kernelFacts(operation: Operation, values: AnyValues, input: Shape): KernelFacts | null {
  if (operation.kind !== 'area') return null;
  const written = writtenKernel(operation, values);
  const weights = operation.weights?.(values, () => 0, input);
  if (written === null || weights === undefined) return null;
  const { matrix, divisor } = weights;
  const { left, right, top, bottom, stride, offsetX, offsetY } = operation.window(values);
  // A window that starts inside the picture needs nothing around it.
  const paddedX = left + right - 2 * offsetX;
  const paddedY = top + bottom - 2 * offsetY;
  const [rows, columns] = [top + bottom + 1, left + right + 1];
  const symmetric = sameNumbers(written, turnedBy180(written));
  return {
    width: outputSizeText(input.width, Math.max(0, paddedX), columns, stride),
    height: outputSizeText(input.height, Math.max(0, paddedY), rows, stride),
    written,
    matrix,
    sum: sumOfWeights(written.flat()),
    divisor,
    turned: !symmetric && !sameNumbers(matrix, written),
    symmetric,
    multiplications: { whole: rows * columns, separable: isSeparable(matrix) ? rows + columns : null },
  };
}
