/**
 * OPERATIONS.md 7.3: the weighted sum of a window around every pixel. A correlation lays the kernel on the picture as it is
 * written; a convolution turns it by 180° first, as mathematics and scipy's `convolve2d` do.
 */

import { convolve as convolveWindows } from '../kernels/convolve';
import type { WindowWeights } from '../kernels/window-weights';
import { boundaryParameters } from '../operation/boundary-parameters';
import { defineArea } from '../operation/define';
import { normalisingDivisor } from '../operation/kernel-sum';
import { kernelOf, KERNEL_NAMES } from '../operation/named-kernels';
import type { Window } from '../operation/operation';
import { parameters, type Values } from '../operation/parameter';
import { fail, succeed } from '../raster/fault';
import { scaleOf } from '../raster/raster';

const declared = parameters({
  kernel: {
    kind: 'kernel',
    names: KERNEL_NAMES,
    largest: 101,
    suggested: 'sharpen',
    help: 'The weights of the window: a known kernel, or a matrix of your own.',
  },
  operation: {
    kind: 'choice',
    choices: ['convolution', 'correlation'],
    default: 'convolution',
    help: 'Whether the matrix is turned by 180° before it is laid on the picture (convolution) or not (correlation).',
  },
  divisor: {
    kind: 'divisor',
    default: null,
    help: 'What the sum is divided by: the kernel’s own, a number, or the sum of its weights (auto).',
  },
  offset: {
    kind: 'number',
    min: -255,
    max: 255,
    step: 1,
    default: 0,
    unit: 'level',
    help: 'Added to the result; 128 makes responses of both signs visible.',
  },
  response: {
    kind: 'choice',
    choices: ['clamp', 'absolute'],
    default: 'clamp',
    help: 'Whether negative results become black, or count by their size.',
  },
  boundary: boundaryParameters.boundary,
  constant: boundaryParameters.constant,
  mode: {
    kind: 'choice',
    choices: ['same', 'valid'],
    default: 'same',
    help: 'Whether every pixel is the centre of a window, or only windows wholly inside the picture count.',
  },
  stride: {
    kind: 'number',
    min: 1,
    max: 16,
    step: 1,
    integer: true,
    default: 1,
    help: 'Keeps every second, third … result of every second, third … row.',
  },
});

type ConvolveValues = Values<typeof declared>;

interface Prepared extends WindowWeights {
  readonly divisor: number;
}

/** Values are never changed, and jobs meet the same ones for every tile. */
const known = new WeakMap<ConvolveValues, Prepared>();

/** The window's weights as they lie on the picture, and the divisor. */
function prepare(values: ConvolveValues): Prepared {
  const found = known.get(values);
  if (found !== undefined) return found;
  const { matrix, divisor: own } = kernelOf(values.kernel);
  const weights = Float64Array.from(matrix.flat());
  const divisor =
    values.divisor === null ? own : values.divisor === 'auto' ? normalisingDivisor(weights) : values.divisor;
  if (values.operation === 'convolution') weights.reverse();
  const prepared = { rows: matrix.length, columns: matrix[0].length, values: weights, divisor };
  known.set(values, prepared);
  return prepared;
}

function windowOf(values: ConvolveValues): Window {
  const { rows, columns } = prepare(values);
  const left = Math.floor(columns / 2);
  const top = Math.floor(rows / 2);
  const inside = values.mode === 'valid';
  return {
    left,
    top,
    right: columns - 1 - left,
    bottom: rows - 1 - top,
    stride: values.stride,
    offsetX: inside ? left : 0,
    offsetY: inside ? top : 0,
  };
}

function signed(value: number): string {
  return value < 0 ? ` − ${-value}` : ` + ${value}`;
}

export const convolve = defineArea({
  id: 'convolve',
  summary: 'Weighs every pixel with its neighbours: sharpens, smooths, finds edges, embosses.',
  description:
    'Every pixel becomes a weighted sum of its window. Kernels whose weights add up to the divisor keep the brightness: they smooth or sharpen. Those that add up to 0 answer to edges alone; their negative answers are cut to black unless an offset (128) or the response "absolute" shows them. "convolution" turns the kernel by 180° first, as mathematics has it; "correlation" lays it on as it is written, as most programs and neural networks do; where a kernel looks the same after the turn there is no difference. "valid" keeps only windows that lie wholly inside. The time grows with the number of weights, so for large means use the box blur and for bells the Gaussian blur.',
  sample: { values: { kernel: 'emboss', operation: 'correlation' } },
  related: ['boxBlur', 'gaussianBlur', 'gradient', 'unsharpMask'],
  category: 'Neighbourhood',
  keywords: [
    'convolution',
    'correlation',
    'kernel',
    'matrix',
    'filter',
    'sharpen',
    'emboss',
    'edge',
    'sobel',
    'outline',
  ],
  parameters: declared,
  shape: (values, input) => {
    const { rows, columns } = prepare(values);
    const total = values.mode === 'same' ? { x: 0, y: 0 } : { x: columns - 1, y: rows - 1 };
    if (total.x >= input.width || total.y >= input.height) {
      return fail(
        'empty-result',
        `the ${columns} × ${rows} kernel is larger than the picture of ${input.width} × ${input.height} pixels, so mode "valid" leaves nothing`,
        'use mode "same" or a smaller kernel',
      );
    }
    return succeed({
      ...input,
      width: Math.floor((input.width - 1 - total.x) / values.stride) + 1,
      height: Math.floor((input.height - 1 - total.y) / values.stride) + 1,
    });
  },
  window: windowOf,
  boundary: ({ boundary, constant }) => ({ rule: boundary, constant }),
  kernel: ({ values, input, output, signal }) => {
    const prepared = prepare(values);
    const offset = values.offset * scaleOf(output.depth);
    const response = { divisor: prepared.divisor, offset, absolute: values.response === 'absolute' };
    convolveWindows(input, output, prepared, values.stride, response, signal);
  },
  reference: (values, sampleAt, shape) => {
    const { rows, columns, values: weights, divisor } = prepare(values);
    const left = Math.floor(columns / 2);
    const top = Math.floor(rows / 2);
    let sum = 0;
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) sum += weights[y * columns + x] * sampleAt(x - left, y - top);
    }
    const result = sum / divisor + values.offset * scaleOf(shape.depth);
    return values.response === 'absolute' ? Math.abs(result) : result;
  },
  weights: (values) => {
    const { rows, columns, values: weights, divisor } = prepare(values);
    const matrix = Array.from({ length: rows }, (_, row) =>
      Array.from(weights.subarray(row * columns, (row + 1) * columns)),
    );
    return { matrix, divisor, offset: values.offset, absolute: values.response === 'absolute' };
  },
  formula: (values) => {
    const { rows, columns, divisor } = prepare(values);
    const x = `x + j − ${Math.floor(columns / 2)}`;
    const y = `y + i − ${Math.floor(rows / 2)}`;
    const weight =
      values.operation === 'convolution' ? `kernel[${rows - 1} − i][${columns - 1} − j]` : 'kernel[i][j]';
    const sum = `Σ ${weight} · v(${x}, ${y})${divisor === 1 ? '' : ` / ${divisor}`}`;
    const shifted = values.offset === 0 ? sum : `${sum}${signed(values.offset)}·K`;
    return values.response === 'absolute' ? `|${shifted}|` : shifted;
  },
  typeset: (values) => {
    const { rows, columns, divisor } = prepare(values);
    const { left, top, offsetX, offsetY } = windowOf(values);
    const shifted = (name: string, index: string, before: number): string => {
      const place = values.stride === 1 ? name : String.raw`\mathit{stride} \cdot ${name}`;
      return `${place} + ${index}${before === 0 ? '' : ` - ${before}`}`;
    };
    const share = divisor === 1 ? '' : String.raw`\frac{1}{\mathit{divisor}} `;
    const added = values.offset === 0 ? '' : String.raw` + \mathit{offset} \cdot K`;
    const sum = String.raw`${share}\sum_{i=0}^{${rows - 1}} \sum_{j=0}^{${columns - 1}} k_{ij} \cdot v_{ij}${added}`;
    const turned = values.operation === 'convolution';
    const origin = { auto: ', the sum of the weights', own: ', the kernel’s own', given: '' };
    const from = values.divisor === null ? 'own' : values.divisor === 'auto' ? 'auto' : 'given';
    return {
      equations: [
        ['s', values.response === 'absolute' ? String.raw`\left| ${sum} \right|` : sum],
        [
          'k_{ij}',
          String.raw`\mathit{kernel}_{${turned ? `${rows - 1} - i,\\, ${columns - 1} - j` : 'i,\\, j'}}`,
        ],
        [
          'v_{ij}',
          String.raw`v\left(${shifted('x', 'j', left - offsetX)},\, ${shifted('y', 'i', top - offsetY)}\right)`,
        ],
      ],
      where: [
        [String.raw`\mathit{kernel}`, 'the weights by row and column, from 0 at the top left'],
        [
          'k_{ij}',
          turned
            ? 'the same turned by 180°, as they lie on the picture'
            : 'the same as they lie on the picture',
        ],
        ...(divisor === 1 ? [] : [[String.raw`\mathit{divisor}`, `${divisor}${origin[from]}`] as const]),
      ],
    };
  },
  identity: { kernel: 'identity', divisor: null, offset: 0, mode: 'same', stride: 1 },
  examples: [
    {
      values: {
        kernel: [
          [0, 1, 2],
          [2, 2, 0],
          [0, 1, 2],
        ],
        operation: 'correlation',
        mode: 'valid',
      },
      input: [3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2, 2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1],
      output: [12, 12, 17, 10, 17, 19, 9, 6, 14],
      shape: { width: 5, height: 5, channels: 1, depth: 8 },
    },
    {
      values: {
        kernel: [
          [0, 1, 2],
          [2, 2, 0],
          [0, 1, 2],
        ],
        mode: 'valid',
      },
      input: [3, 3, 2, 1, 0, 0, 0, 1, 3, 1, 3, 1, 2, 2, 3, 2, 0, 0, 2, 2, 2, 0, 0, 0, 1],
      output: [18, 20, 19, 10, 9, 17, 11, 8, 14],
      shape: { width: 5, height: 5, channels: 1, depth: 8 },
    },
    {
      values: { kernel: [[1, 2, 3, 4]], divisor: 4 },
      input: [0, 0, 0, 0, 255, 0, 0, 0, 0],
      output: [0, 0, 0, 64, 128, 191, 255, 0, 0],
    },
    {
      values: { kernel: [[1, 2, 3, 4]], divisor: 4, operation: 'correlation' },
      input: [0, 0, 0, 0, 255, 0, 0, 0, 0],
      output: [0, 0, 0, 255, 191, 128, 64, 0, 0],
    },
  ],
  sources: [
    'SciPy 1.10: signal.convolve2d, signal.correlate2d',
    'V. Dumoulin, F. Visin, A guide to convolution arithmetic for deep learning',
    'GIMP manual: Convolution Matrix',
  ],
});
