/** OPERATIONS.md 8.3: the middle of the sorted samples around every pixel; of an even number of samples the upper one. */

import { orderStatistic } from '../kernels/median';
import { boundaryParameters } from '../operation/boundary-parameters';
import { defineArea } from '../operation/define';
import { squareWindow } from '../operation/square-window';

export const median = defineArea({
  id: 'median',
  summary: 'Removes specks and keeps edges: every pixel becomes the middle one of those around it.',
  description:
    'The middle one in order of size does not care how wrong the others are, so single bad pixels disappear without a trace: salt and pepper, dust, dead pixels. Edges stay where they are; corners are rounded, and lines thinner than half the window vanish with the specks. Each channel has its own middle, so a colour may come out that none of the pixels had. With large sizes photographs look painted.',
  sample: { values: {}, before: [{ id: 'addNoise', params: { distribution: 'saltPepper', amount: 6 } }] },
  related: ['bilateral', 'morphology', 'addNoise'],
  category: 'Neighbourhood',
  keywords: ['denoise', 'despeckle', 'salt and pepper', 'rank filter', 'smooth'],
  parameters: {
    size: {
      kind: 'number',
      min: 1,
      max: 99,
      step: 1,
      integer: true,
      slider: [1, 49],
      suggested: 3,
      unit: 'px',
      help: 'Width and height of the square; an even one reaches one pixel further up and left.',
    },
    boundary: {
      ...boundaryParameters.boundary,
      choices: ['symmetric', 'reflect', 'replicate', 'wrap'],
      help: 'What lies beyond the edges: the picture mirrored, its last pixels, or its other side.',
    },
  },
  window: ({ size }) => squareWindow(size),
  boundary: ({ boundary }) => ({ rule: boundary, constant: 0 }),
  kernel: ({ values: { size }, input, output, signal }) => {
    const { width, data } = input;
    if (data instanceof Float64Array) throw new Error('only a constant surrounding is no whole level');
    orderStatistic({ width, data }, output, size, Math.floor((size * size) / 2), signal);
  },
  reference: ({ size }, sampleAt) => {
    const before = Math.floor(size / 2);
    const samples = Array.from({ length: size * size }, (_, at) =>
      sampleAt((at % size) - before, Math.floor(at / size) - before),
    );
    return samples.sort((a, b) => a - b)[Math.floor((size * size) / 2)];
  },
  account: ({ size }) => ({ rank: { counts: () => true, place: () => Math.floor((size * size) / 2) } }),
  formula: ({ size }) => {
    const before = Math.floor(size / 2);
    return `sorted(v(x + j − ${before}, y + i − ${before}))[${Math.floor((size * size) / 2)}], i and j from 0 to ${size - 1}`;
  },
  typeset: () => ({
    equations: [
      ['s', String.raw`v_{(m)}, \quad v_{(1)} \le v_{(2)} \le \dots \le v_{(\mathit{size}^2)}`],
      ['m', String.raw`\left\lfloor \mathit{size}^2 / 2 \right\rfloor + 1`],
    ],
    where: [['v_{(1)}, v_{(2)}', 'the samples of the square window, from the smallest up']],
  }),
  identity: { size: 1 },
  examples: [
    { values: { size: 3 }, input: [10, 10, 255, 10, 200, 200], output: [10, 10, 10, 200, 200, 200] },
    { values: { size: 2 }, input: [10, 20, 30], output: [10, 20, 30] },
  ],
  sources: [
    'SciPy 1.10: ndimage.median_filter',
    'B. Weiss, Fast Median and Bilateral Filtering, SIGGRAPH 2006',
  ],
});
