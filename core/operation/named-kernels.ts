/** The kernels that have a name (OPERATIONS.md 7.4), each with the divisor that belongs to it. */

import type { Matrix } from './parameter';

export interface NamedKernel {
  readonly matrix: Matrix;
  readonly divisor: number;
}

/** Row 4 of Pascal's triangle, the usual whole-numbered stand-in for a Gaussian. */
const binomial = [1, 4, 6, 4, 1];
const gaussian5 = binomial.map((column) => binomial.map((row) => column * row));

/** The picture twice, less its Gaussian: the centre is 2 · 256 − 36. */
const unsharp5 = gaussian5.map((line, y) => line.map((weight, x) => (x === 2 && y === 2 ? 476 : -weight)));

// prettier-ignore
export const namedKernels = {
  identity:    { matrix: [[0, 0, 0], [0, 1, 0], [0, 0, 0]], divisor: 1 },
  box3:        { matrix: [[1, 1, 1], [1, 1, 1], [1, 1, 1]], divisor: 9 },
  gaussian3:   { matrix: [[1, 2, 1], [2, 4, 2], [1, 2, 1]], divisor: 16 },
  gaussian5:   { matrix: gaussian5, divisor: 256 },
  sharpen:     { matrix: [[0, -1, 0], [-1, 5, -1], [0, -1, 0]], divisor: 1 },
  sharpen8:    { matrix: [[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]], divisor: 1 },
  unsharp5:    { matrix: unsharp5, divisor: 256 },
  outline:     { matrix: [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]], divisor: 1 },
  edge4:       { matrix: [[0, 1, 0], [1, -4, 1], [0, 1, 0]], divisor: 1 },
  edgeCross:   { matrix: [[1, 0, -1], [0, 0, 0], [-1, 0, 1]], divisor: 1 },
  emboss:      { matrix: [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]], divisor: 1 },
  sobelTop:    { matrix: [[1, 2, 1], [0, 0, 0], [-1, -2, -1]], divisor: 1 },
  sobelBottom: { matrix: [[-1, -2, -1], [0, 0, 0], [1, 2, 1]], divisor: 1 },
  sobelLeft:   { matrix: [[1, 0, -1], [2, 0, -2], [1, 0, -1]], divisor: 1 },
  sobelRight:  { matrix: [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], divisor: 1 },
} satisfies Readonly<Record<string, NamedKernel>>;

const byName: ReadonlyMap<string, NamedKernel> = new Map(Object.entries(namedKernels));

export const KERNEL_NAMES: readonly string[] = [...byName.keys()];

/** The kernel that a parameter names or writes out, with its own divisor (1 for a matrix). */
export function kernelOf(kernel: string | Matrix): NamedKernel {
  if (typeof kernel !== 'string') return { matrix: kernel, divisor: 1 };
  const named = byName.get(kernel);
  if (named === undefined) throw new Error(`no kernel is named ${kernel}`);
  return named;
}
