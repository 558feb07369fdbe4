/** OPERATIONS.md 12b: thin white lines along the edges of what is seen, on black. */

import { cannyEdges } from '../kernels/canny';
import { defineWhole } from '../operation/define';
import { brightness, cannyPart, toldCanny } from '../operation/told-canny';
import { colourChannelsOf, topOf } from '../raster/raster';
import { wholeOf } from '../raster/rectangle';

export const canny = defineWhole({
  id: 'canny',
  summary: 'Draws thin lines along the edges, and leaves out what is too faint.',
  description:
    'Thin lines instead of slopes: the picture is smoothed, the Sobel slope is taken, and only its ridges are kept, those above high and those above low that hang together with them. Sigma decides which edges there are at all; then set high so that noise stays out, and low to about half of it so that lines do not break. Slopes are counted as scikit-image counts them, on luma of the 255 scale. The outermost pixels are never edges.',
  sample: { values: { sigma: 1.5, low: 12, high: 30 } },
  related: ['gradient', 'threshold'],
  category: 'Neighbourhood',
  keywords: ['edge detection', 'contour', 'outline', 'line drawing', 'hysteresis'],
  parameters: {
    sigma: {
      kind: 'number',
      min: 0.3,
      max: 10,
      step: 0.1,
      default: 1,
      unit: 'px',
      help: 'How far the picture is smoothed first; more leaves only the coarse edges.',
    },
    low: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 25,
      unit: 'level',
      help: 'Edges steeper than this count where they go on from a steep one.',
    },
    high: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 50,
      unit: 'level',
      help: 'Edges as steep as this always count; not below low.',
    },
  },
  constraint: ({ low, high }) =>
    low <= high ? null : `expected a number up to high (${high}) for low but received ${low}`,
  reads: 'everything',
  compute: ({ values: { sigma, low, high }, input, whole, output, signal }) => {
    const { width, height, channels, depth } = whole;
    const colours = colourChannelsOf(whole);
    const plane = brightness(input, wholeOf(whole));
    const edges = cannyEdges(plane, width, height, sigma, low, high, signal);
    for (let i = 0, at = 0; i < edges.length; i++, at += channels) {
      output.raster.data.fill(edges[i] * topOf(depth), at, at + colours);
    }
  },
  accountPart: ({ sigma }, pixel) => cannyPart(sigma, pixel),
  account: ({ values, stored, input, whole, x, y }) => {
    const lines = toldCanny(values, input, whole, { x, y }, stored[0] > 0, topOf(whole.depth));
    return new Array<typeof lines>(colourChannelsOf(whole)).fill(lines);
  },
  formula: ({ sigma, low, high }) =>
    `T on ridges of the Sobel slope of gaussian(Y/K, ${sigma}) that are at least ${high}, or at least ${low} and joined to such; else 0`,
  typeset: () => ({
    equations: [
      [
        's',
        String.raw`\begin{cases} T & \text{on a ridge of } m, \; m \ge \mathit{high} \\ T & \text{on a ridge, } m \ge \mathit{low}, \text{ joined to such} \\ 0 & \text{otherwise} \end{cases}`,
      ],
      ['m', String.raw`\sqrt{g_x^2 + g_y^2}`],
      ['g_x, g_y', String.raw`S_x \ast g, \; S_y \ast g, \quad g = G_{\sigma} \ast \frac{Y}{K}`],
    ],
    where: [
      ['m', 'the steepness of the smoothed picture'],
      [String.raw`G_{\sigma}`, 'the Gaussian bell of that sigma'],
      ['S_x, S_y', 'Sobel’s windows'],
      ['Y', 'the luma, unrounded'],
    ],
  }),
  examples: [
    { values: {}, input: [10, 10, 200, 200], output: [0, 0, 0, 0] },
    {
      values: {},
      shape: { width: 7, height: 3, channels: 1, depth: 8 },
      input: [10, 10, 10, 105, 200, 200, 200, 10, 10, 10, 105, 200, 200, 200, 10, 10, 10, 105, 200, 200, 200],
      output: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    },
  ],
  sources: ['J. Canny, IEEE Trans. PAMI 8 (1986)', 'scikit-image 0.19: feature.canny'],
});
