/** OPERATIONS.md 12b: contrast over middle distances, strongest in the mid-tones, so that black and white keep their places. */

import { mixWithMeans } from '../kernels/gaussian';
import { mixWithMean, type MeanMix } from '../kernels/mean-mix';
import { defineArea } from '../operation/define';
import { bracketed, shortNumber } from '../operation/formula/print';
import { gaussianMatrix, gaussianMean, gaussianWindow, weightsFor } from '../operation/gaussian-window';
import { topOf } from '../raster/raster';

function mixOf(amount: number): MeanMix {
  return { kind: 'clarify', amount: amount / 100 };
}

export const clarity = defineArea({
  id: 'clarity',
  summary: 'Lifts or calms the contrast between larger areas, in the mid-tones most.',
  description:
    'An unsharp mask with a wide radius whose weight w is largest in the middle of the range and 0 at black and white, so it lifts the contrast of clouds, walls and faces without clipping. Below 0 it gives a soft glow. The radius is in pixels: what suits a small picture is too little for a large one. Strong amounts show as broad halos along high edges.',
  sample: { values: { radius: 20, amount: 80 } },
  related: ['shadowsHighlights'],
  category: 'Neighbourhood',
  keywords: ['local contrast', 'structure', 'punch', 'haze', 'mid-tones'],
  parameters: {
    radius: {
      kind: 'number',
      min: 1,
      max: 250,
      step: 1,
      slider: [1, 100],
      default: 30,
      unit: 'px',
      help: 'Size of the areas whose contrast changes: the sigma of a Gaussian mean.',
    },
    amount: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      unit: '%',
      help: 'Above 0 lifts the contrast, below 0 calms it.',
    },
  },
  window: ({ radius }) => gaussianWindow(radius),
  boundary: () => ({ rule: 'symmetric', constant: 0 }),
  kernel: ({ values: { radius, amount }, input, output, signal }) =>
    mixWithMeans(input, output, weightsFor(radius), mixOf(amount), signal),
  reference: ({ radius, amount }, sampleAt, { depth }) =>
    mixWithMean(mixOf(amount), sampleAt(0, 0), gaussianMean(sampleAt, weightsFor(radius)), depth),
  account: ({ radius, amount }, sampleAt, { depth }) => {
    const v = sampleAt(0, 0);
    const top = topOf(depth);
    const weights = weightsFor(radius);
    const mean = gaussianMean(sampleAt, weights);
    const w = 1 - Math.abs((2 * v) / top - 1) ** 3;
    const difference = `(${v} − ${shortNumber(mean)})`;
    return {
      parts: [{ name: 'mean', matrix: gaussianMatrix(weights), divisor: 1 }],
      lines: [
        { name: 'w', text: `1 − abs(2·${v}/${top} − 1)^3`, value: w },
        {
          name: null,
          text: `${v} + ${bracketed(amount / 100)}·${shortNumber(w)}·${difference}`,
          value: mixWithMean(mixOf(amount), v, mean, depth),
        },
      ],
    };
  },
  formula: ({ radius, amount }) => `v + ${amount}/100·w·(v − gaussian(v, ${radius})), w = 1 − |2·v/T − 1|³`,
  typeset: () => ({
    equations: [
      ['s', String.raw`v + \frac{\mathit{amount}}{100} \cdot w \cdot \left(v - g\right)`],
      ['w', String.raw`1 - \left| \frac{2 \cdot v}{T} - 1 \right|^3`],
      ['g', String.raw`\left(G_{\mathit{radius}} \ast v\right)\left(x,\, y\right)`],
    ],
    where: [
      ['w', 'largest in the mid-tones'],
      ['g', 'the Gaussian mean around the pixel'],
      [String.raw`G_{\mathit{radius}}`, 'the Gaussian bell with the radius as sigma'],
    ],
  }),
  identity: { amount: 0 },
  examples: [
    { values: { radius: 1, amount: 100 }, input: [0, 64, 128, 192, 255], output: [0, 60, 128, 196, 255] },
    { values: { radius: 5, amount: -100 }, input: [77, 77, 77], output: [77, 77, 77] },
  ],
  sources: ['darktable manual: local contrast', 'SciPy 1.10: ndimage.gaussian_filter'],
});
