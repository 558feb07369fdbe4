/** OPERATIONS.md 8.1: the mean of a square window. Its cost does not depend on the size. */

import { boxBlur as blurBoxes } from '../kernels/box-blur';
import { boundaryParameters } from '../operation/boundary-parameters';
import { defineArea } from '../operation/define';
import { squareWindow } from '../operation/square-window';

export const boxBlur = defineArea({
  id: 'boxBlur',
  summary: 'Replaces every pixel by the mean of a square around it.',
  description:
    'The plain mean of a square. Running sums make its time the same for every size, 60 as for 9, and whole numbers make it exact, so that flat areas stay flat. It serves to even out noise, to estimate a background, and three of them in a row come close to a Gaussian. Points become squares, and fine stripes can come out with light and dark exchanged, because some frequencies pass with the wrong sign; the Gaussian blur does neither.',
  related: ['gaussianBlur', 'pixelate'],
  category: 'Neighbourhood',
  keywords: ['mean', 'average', 'smooth', 'uniform filter', 'moving average'],
  parameters: {
    size: {
      kind: 'number',
      min: 1,
      max: 999,
      step: 1,
      integer: true,
      slider: [1, 99],
      suggested: 9,
      unit: 'px',
      help: 'Width and height of the square; an even one reaches one pixel further up and left.',
    },
    boundary: boundaryParameters.boundary,
    constant: boundaryParameters.constant,
  },
  window: ({ size }) => squareWindow(size),
  boundary: ({ boundary, constant }) => ({ rule: boundary, constant }),
  kernel: ({ values, input, output, signal }) => blurBoxes(input, output, values.size, signal),
  reference: ({ size }, sampleAt) => {
    const before = Math.floor(size / 2);
    let sum = 0;
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) sum += sampleAt(x - before, y - before);
    }
    const area = size * size;
    // The mean of whole levels is rounded as a fraction, exactly, whatever the size.
    return Number.isInteger(sum) ? Math.floor((2 * sum + area) / (2 * area)) : sum / area;
  },
  weights: ({ size }) => ({
    matrix: Array<readonly number[]>(size).fill(Array<number>(size).fill(1)),
    divisor: size * size,
    offset: 0,
    absolute: false,
  }),
  formula: ({ size }) => {
    const before = Math.floor(size / 2);
    return `Σ v(x + j − ${before}, y + i − ${before}) / ${size * size}, i and j from 0 to ${size - 1}`;
  },
  typeset: () => ({
    equations: [
      [
        's',
        String.raw`\frac{1}{\mathit{size}^2} \sum_{i=0}^{\mathit{size}-1} \sum_{j=0}^{\mathit{size}-1} v\left(x + j - h,\, y + i - h\right)`,
      ],
      ['h', String.raw`\left\lfloor \mathit{size} / 2 \right\rfloor`],
    ],
    where: [['h', 'how far the window reaches up and left']],
  }),
  identity: { size: 1 },
  examples: [
    {
      values: { size: 4, boundary: 'constant' },
      input: [0, 0, 0, 0, 255, 0, 0, 0, 0],
      output: [0, 0, 0, 16, 16, 16, 16, 0, 0],
    },
    { values: { size: 3 }, input: [0, 0, 90, 255, 255], output: [0, 30, 115, 200, 255] },
    { values: { size: 60 }, input: [255, 255, 255], output: [255, 255, 255] },
  ],
  sources: ['scipy.ndimage.uniform_filter', 'Gonzalez, Woods, Digital Image Processing: averaging filters'],
});
