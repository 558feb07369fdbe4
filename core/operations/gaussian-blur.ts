/** OPERATIONS.md 8.2: the mean of a window weighted by a bell curve, unrounded between rows and columns. */

import { mixWithMeans } from '../kernels/gaussian';
import { boundaryParameters } from '../operation/boundary-parameters';
import { defineArea } from '../operation/define';
import {
  gaussianMatrix,
  gaussianMean,
  gaussianWindow,
  TRUNCATE,
  weightsFor,
} from '../operation/gaussian-window';

/** Wider bell curves are previewed on a smaller picture. */
const WIDEST_PREVIEW = 4;

/** The variance that halving (a box) and enlarging (a triangle) add to a blur, in pixels of the halved picture: 1/12 + 1/6. */
const SPREAD = 0.25;

export const gaussianBlur = defineArea({
  id: 'gaussianBlur',
  summary: 'Softens the picture with a bell-shaped window, the most natural of blurs.',
  description:
    'The weights fall off as a bell curve, alike in all directions. Details smaller than about two sigma vanish, and nothing new ever appears, which is why edges and thresholds are looked for after it. Two in a row are one with σ = √(σ₁² + σ₂²). It rounds off edges with the noise; median and bilateral spare them. Stored samples are averaged, not light, so points of light come out dimmer than an unsharp lens would draw them.',
  sample: { values: { sigma: 3 } },
  related: ['bilateral', 'median', 'fourierFilter'],
  category: 'Neighbourhood',
  keywords: ['blur', 'smooth', 'soften', 'gauss', 'normal distribution', 'noise'],
  parameters: {
    sigma: {
      kind: 'number',
      min: 0,
      max: 250,
      step: 0.1,
      slider: [0, 30],
      suggested: 2,
      unit: 'px',
      help: 'Width of the bell curve: its standard deviation; 0 changes nothing.',
    },
    truncate: {
      kind: 'number',
      min: 1,
      max: 8,
      step: 0.5,
      default: TRUNCATE,
      help: 'The window ends at so many times sigma.',
    },
    boundary: boundaryParameters.boundary,
    constant: boundaryParameters.constant,
  },
  window: ({ sigma, truncate }) => gaussianWindow(sigma, truncate),
  boundary: ({ boundary, constant }) => ({ rule: boundary, constant }),
  kernel: ({ values: { sigma, truncate }, input, output, signal }) =>
    mixWithMeans(input, output, weightsFor(sigma, truncate), { kind: 'mean' }, signal),
  coarse: (values) => {
    const times = Math.max(0, Math.ceil(Math.log2(values.sigma / WIDEST_PREVIEW)));
    const small = values.sigma / 2 ** times;
    return { times, values: { ...values, sigma: times === 0 ? small : Math.sqrt(small ** 2 - SPREAD) } };
  },
  reference: ({ sigma, truncate }, sampleAt) => gaussianMean(sampleAt, weightsFor(sigma, truncate)),
  weights: ({ sigma, truncate }) => ({
    matrix: gaussianMatrix(weightsFor(sigma, truncate)),
    divisor: 1,
    offset: 0,
    absolute: false,
  }),
  formula: ({ sigma, truncate }) => {
    const radius = gaussianWindow(sigma, truncate).left;
    if (radius === 0) return 'v';
    const weight = `exp(−(i² + j²)/(2·${sigma}²))`;
    return `Σ w · v(x + j, y + i) / Σ w, w = ${weight}, i and j from −${radius} to ${radius}`;
  },
  typeset: () => ({
    equations: [
      ['s', String.raw`\frac{\sum_{i,j} w_{ij} \cdot v\left(x + j,\, y + i\right)}{\sum_{i,j} w_{ij}}`],
      ['w_{ij}', String.raw`\exp\left(-\frac{i^2 + j^2}{2 \cdot \sigma^2}\right)`],
      [
        'i, j',
        String.raw`-\rho \dots \rho, \quad \rho = \left\lfloor \mathit{truncate} \cdot \sigma + \tfrac{1}{2} \right\rfloor`,
      ],
    ],
    where: [
      ['w_{ij}', 'the weight of the sample j columns right and i rows down'],
      [String.raw`\rho`, 'how far the window reaches'],
    ],
  }),
  identity: { sigma: 0 },
  examples: [
    { values: { sigma: 1 }, input: [0, 0, 0, 255, 0, 0, 0], output: [1, 14, 62, 102, 62, 14, 1] },
    { values: { sigma: 20 }, input: [77, 77, 77], output: [77, 77, 77] },
  ],
  sources: [
    'SciPy 1.10: ndimage.gaussian_filter',
    'Gonzalez, Woods, Digital Image Processing: smoothing filters',
  ],
});
