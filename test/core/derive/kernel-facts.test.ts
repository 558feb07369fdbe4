import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isSeparable,
  kernelFacts,
  outputSizeText,
  type KernelFacts,
} from '../../../core/derive/kernel-facts';
import { checkStep } from '../../../core/document/step-check';
import type { GivenValues } from '../../../core/operation/parameter';
import { namedKernels } from '../../../core/operation/named-kernels';
import type { Shape } from '../../../core/raster/raster';
import { stepOf } from '../../support/documents';

function factsOf(operation: string, params: GivenValues, width = 32, height = 20): KernelFacts | null {
  const shape: Shape = { width, height, channels: 3, depth: 8 };
  const checked = checkStep(stepOf(operation, params), shape);
  if (!checked.ok) throw new Error(checked.fault.message);
  return kernelFacts(checked.value.operation, checked.value.values, shape);
}

describe('the size of the result', () => {
  it('is worked out in full', () => {
    expect(outputSizeText(32, 0, 3, 1)).toBe('⌊(32 + 0 − 3)/1⌋ + 1 = 30');
    expect(factsOf('convolve', { kernel: 'sharpen', mode: 'valid' })?.width).toBe(
      '⌊(32 + 0 − 3)/1⌋ + 1 = 30',
    );
    expect(factsOf('convolve', { kernel: 'sharpen', stride: 2 })?.height).toBe('⌊(20 + 2 − 3)/2⌋ + 1 = 10');
  });

  it('is the size that the operation makes', () => {
    const random = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      columns: fc.integer({ min: 1, max: 9 }),
      mode: fc.constantFrom('same', 'valid'),
      stride: fc.integer({ min: 1, max: 5 }),
      width: fc.integer({ min: 9, max: 60 }),
      height: fc.integer({ min: 9, max: 60 }),
    });
    fc.assert(
      fc.property(random, ({ rows, columns, mode, stride, width, height }) => {
        const kernel = Array.from({ length: rows }, () => Array<number>(columns).fill(1));
        const step = stepOf('convolve', { kernel, mode, stride });
        const checked = checkStep(step, { width, height, channels: 1, depth: 8 });
        const made = checked.ok ? (checked.value.output ?? { width, height }) : null;
        const facts = factsOf('convolve', { kernel, mode, stride }, width, height);
        expect(facts?.width).toMatch(new RegExp(` = ${made?.width}$`));
        expect(facts?.height).toMatch(new RegExp(` = ${made?.height}$`));
      }),
    );
  });
});

describe('a kernel', () => {
  it('is turned by a convolution, not by a correlation, and a symmetric one looks the same', () => {
    const kernel = [
      [1, 2],
      [3, 4],
    ];
    expect(factsOf('convolve', { kernel })).toMatchObject({
      turned: true,
      matrix: [
        [4, 3],
        [2, 1],
      ],
    });
    expect(factsOf('convolve', { kernel, operation: 'correlation' })).toMatchObject({
      turned: false,
      matrix: kernel,
    });
    expect(factsOf('convolve', { kernel: 'sharpen' })).toMatchObject({ turned: false, symmetric: true });
  });

  it('that is a column times a row takes fewer multiplications', () => {
    const kernel = Array.from({ length: 31 }, (_, y) =>
      Array.from({ length: 31 }, (_v, x) => (y + 1) * (x - 3)),
    );
    expect(factsOf('convolve', { kernel })?.multiplications).toEqual({ whole: 961, separable: 62 });
    expect(factsOf('convolve', { kernel: 'sharpen' })?.multiplications).toEqual({
      whole: 9,
      separable: null,
    });
  });

  it('has rank 1 exactly where it is made of a column and a row', () => {
    const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 7 });
    fc.assert(
      fc.property(numbers, numbers, fc.nat(100), (column, row, at) => {
        const matrix = column.map((down) => row.map((across) => down * across * 0.1));
        const isZero = matrix.flat().every((value) => value === 0);
        expect(isSeparable(matrix)).toBe(!isZero);
        // Changing one weight of a full matrix by more than noise leaves no product.
        if (matrix.flat().some((value) => value === 0)) return;
        const [y, x] = [at % column.length, at % row.length];
        const spoilt = matrix.map((line, j) =>
          line.map((value, i) => (j === y && i === x ? value + 0.05 : value)),
        );
        expect(isSeparable(spoilt)).toBe(false);
      }),
    );
  });

  it('of those that have a name is separable where the books say so', () => {
    const names = Object.entries(namedKernels).flatMap(([name, { matrix }]) =>
      isSeparable(matrix) ? [name] : [],
    );
    expect(names).toEqual([
      'identity',
      'box3',
      'gaussian3',
      'gaussian5',
      'edgeCross',
      'sobelTop',
      'sobelBottom',
      'sobelLeft',
      'sobelRight',
    ]);
  });

  it('is not told of operations without one', () => {
    expect(factsOf('boxBlur', { size: 3 })).toBeNull();
    expect(factsOf('gamma', { gamma: 2 })).toBeNull();
  });
});
