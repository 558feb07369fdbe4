/** OPERATIONS.md 8.4: what a Gaussian blur would take away is added once more. */

import { mixWithMeans } from '../kernels/gaussian';
import { mixWithMean, type MeanMix } from '../kernels/mean-mix';
import { boundaryParameters } from '../operation/boundary-parameters';
import { defineArea } from '../operation/define';
import { bracketed, shortNumber } from '../operation/formula/print';
import { gaussianMatrix, gaussianMean, gaussianWindow, weightsFor } from '../operation/gaussian-window';
import { scaleOf, type Depth } from '../raster/raster';

interface Strength {
  readonly amount: number;
  readonly threshold: number;
}

function mixOf({ amount, threshold }: Strength, depth: Depth): MeanMix {
  return { kind: 'sharpen', amount, least: threshold * scaleOf(depth) };
}

export const unsharpMask = defineArea({
  id: 'unsharpMask',
  summary: 'Sharpens: makes the difference between every pixel and its blurred surroundings larger.',
  description:
    'What a Gaussian blur would take away is added once more, so edges gain a darker and a lighter rim and look crisp. A sigma of 0.5 to 1.5 suits fine detail, one of 20 and more with a small amount lifts the contrast of whole areas. Too much shows as halos and brings out noise; the threshold leaves small differences alone. It cannot restore what a blur destroyed. Do it last, after scaling to the final size.',
  sample: { values: { sigma: 2, amount: 1.5 } },
  related: ['clarity', 'gaussianBlur'],
  category: 'Neighbourhood',
  keywords: ['sharpen', 'usm', 'acutance', 'crisp', 'detail'],
  parameters: {
    sigma: {
      kind: 'number',
      min: 0.1,
      max: 250,
      step: 0.1,
      slider: [0.1, 20],
      suggested: 1.5,
      unit: 'px',
      help: 'Width of the blur that is compared with; about the size of the details to sharpen.',
    },
    amount: {
      kind: 'number',
      min: 0,
      max: 10,
      step: 0.05,
      slider: [0, 3],
      suggested: 0.8,
      help: 'How much of the difference is added; 0 changes nothing.',
    },
    threshold: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      slider: [0, 50],
      default: 0,
      unit: 'level',
      help: 'Smaller differences are left alone, so that noise is not sharpened.',
    },
    boundary: boundaryParameters.boundary,
    constant: boundaryParameters.constant,
  },
  window: ({ sigma }) => gaussianWindow(sigma),
  boundary: ({ boundary, constant }) => ({ rule: boundary, constant }),
  kernel: ({ values, input, output, signal }) =>
    mixWithMeans(input, output, weightsFor(values.sigma), mixOf(values, output.depth), signal),
  reference: (values, sampleAt, { depth }) => {
    const mean = gaussianMean(sampleAt, weightsFor(values.sigma));
    return mixWithMean(mixOf(values, depth), sampleAt(0, 0), mean, depth);
  },
  account: (values, sampleAt, { depth }) => {
    const v = sampleAt(0, 0);
    const weights = weightsFor(values.sigma);
    const mean = gaussianMean(sampleAt, weights);
    const value = mixWithMean(mixOf(values, depth), v, mean, depth);
    const text =
      Math.abs(v - mean) >= values.threshold * scaleOf(depth)
        ? `${v} + ${values.amount}·${bracketed(v - mean)}`
        : `${v}`;
    return {
      parts: [{ name: 'mean', matrix: gaussianMatrix(weights), divisor: 1 }],
      lines: [
        { name: 'd', text: `${v} − ${shortNumber(mean)}`, value: v - mean },
        { name: null, text, value },
      ],
    };
  },
  formula: ({ sigma, amount, threshold }) =>
    `v + ${amount}·d${threshold === 0 ? '' : ` where |d| ≥ ${threshold}·K, else v`}, d = v − gaussian(v, ${sigma})`,
  typeset: ({ threshold }) => ({
    equations: [
      [
        's',
        threshold === 0
          ? String.raw`v + \mathit{amount} \cdot d`
          : String.raw`\begin{cases} v + \mathit{amount} \cdot d & \text{if } \left| d \right| \ge \mathit{threshold} \cdot K \\ v & \text{otherwise} \end{cases}`,
      ],
      ['d', String.raw`v - \left(G_{\sigma} \ast v\right)\left(x,\, y\right)`],
    ],
    where: [
      ['d', 'how far the pixel is from the Gaussian mean around it'],
      [String.raw`G_{\sigma}`, 'the Gaussian bell of that sigma'],
    ],
  }),
  identity: { amount: 0 },
  examples: [
    {
      values: { sigma: 1, amount: 1 },
      input: [50, 50, 50, 200, 200, 200],
      output: [49, 41, 5, 245, 209, 201],
    },
    { values: { sigma: 3, amount: 10 }, input: [77, 77, 77], output: [77, 77, 77] },
  ],
  sources: [
    'Gonzalez, Woods, Digital Image Processing: unsharp masking',
    'GIMP manual: Sharpen (Unsharp Mask)',
  ],
});
