import fc from 'fast-check';
import { describe, it } from 'vitest';
import { gradient, plainGradient } from '../../../core/kernels/gradient';
import { neverAborted } from '../../../core/raster/signal';
import { withFastKernels } from '../../support/fast-kernels';
import { expectSameTwins, twins } from '../../support/twins';

describe('gradient with fast kernels', () => {
  withFastKernels();

  it('gives the same levels as in plain TypeScript for every operator, component and scale', () => {
    const smoothing = fc.constantFrom([1, 2], [1, 1], [3, 10]);
    const component = fc.constantFrom('magnitude', 'x', 'y');
    const scale = fc.oneof(
      fc.constantFrom(1, 0, 0.5, 0.125, 16, 1 / (4 * Math.SQRT2)),
      fc.double({ min: 0, max: 16, noNaN: true }),
    );
    fc.assert(
      fc.property(twins, smoothing, component, scale, (picture, [side, middle], which, by) => {
        const whole = picture.depth === 8 && which === 'magnitude' && by === 1;
        const name = whole ? 'gradientMagnitude8' : picture.depth === 8 ? 'gradientRow8' : 'gradientRow16';
        expectSameTwins(picture, 2, 2, [name], {
          fast: (input, output) => gradient(input, output, side, middle, which, by, neverAborted),
          plain: (input, output) => plainGradient(input, output, side, middle, which, by, neverAborted),
        });
      }),
      { numRuns: 400 },
    );
  });
});
