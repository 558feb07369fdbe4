import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalisingDivisor, sumOfWeights } from '../../../core/operation/kernel-sum';
import { namedKernels } from '../../../core/operation/named-kernels';
import { kernelFacts } from '../../../core/derive/kernel-facts';
import { checkStep } from '../../../core/document/step-check';
import { stepOf } from '../../support/documents';
import { matrices } from '../../support/kernels';

const shape = { width: 8, height: 8, channels: 1, depth: 8 } as const;

it('normalised, the weights add up to one, or to zero where no divisor helps', () => {
  fc.assert(
    fc.property(matrices(9), (matrix) => {
      const weights = matrix.flat();
      const sum = sumOfWeights(weights);
      expect(sum / normalisingDivisor(weights)).toBe(sum === 0 ? 0 : 1);
      if (weights.every((weight) => Number.isInteger(weight))) {
        expect(sum).toBe(weights.reduce((total, weight) => total + weight, 0) + 0);
      }
    }),
  );
});

it('is what the operation itself divides by when it is to take the sum', () => {
  fc.assert(
    fc.property(matrices(7), (kernel) => {
      const checked = checkStep(stepOf('convolve', { kernel, divisor: 'auto' }), shape);
      const facts = checked.ok && kernelFacts(checked.value.operation, checked.value.values, shape);
      expect(facts).toMatchObject({
        written: kernel,
        divisor: normalisingDivisor(kernel.flat()),
        sum: sumOfWeights(kernel.flat()),
      });
    }),
  );
});

it('takes the noise of decimal fractions for zero', () => {
  expect(0.1 + 0.2 - 0.3).not.toBe(0);
  expect(sumOfWeights([0.1, 0.2, -0.3])).toBe(0);
  expect(sumOfWeights([1e-9, 0])).toBe(1e-9);
});

it('of the kernels that smooth is their own divisor', () => {
  for (const name of ['box3', 'gaussian3', 'gaussian5', 'unsharp5'] as const) {
    const { matrix, divisor } = namedKernels[name];
    expect(sumOfWeights(matrix.flat()), name).toBe(divisor);
  }
});
