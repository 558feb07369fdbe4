/** OPERATIONS.md 8.5: a mean over those neighbours that are near and look alike, which smooths and keeps edges. */

import { bell, bilateral as bilateralOf, neighboursWithin } from '../kernels/bilateral';
import { boundaryParameters } from '../operation/boundary-parameters';
import { defineArea } from '../operation/define';
import type { SampleAt } from '../operation/operation';
import { squareWindow } from '../operation/square-window';
import { colourChannelsOf, scaleOf, type Shape } from '../raster/raster';

interface Weighing {
  readonly radius: number;
  /** On the 255 scale. */
  readonly sigmaColor: number;
  readonly sigmaSpace: number;
}

/** The neighbours that count, row by row, and how much. */
function weighted(
  { radius, sigmaColor, sigmaSpace }: Weighing,
  sampleAt: SampleAt,
  shape: Shape,
): readonly { readonly dx: number; readonly dy: number; readonly weight: number }[] {
  const { dx, dy, nearness } = neighboursWithin(radius, sigmaSpace);
  return Array.from(nearness, (near, i) => {
    let difference = 0;
    for (let channel = 0; channel < colourChannelsOf(shape); channel++) {
      difference += Math.abs(sampleAt(dx[i], dy[i], channel) - sampleAt(0, 0, channel));
    }
    return { dx: dx[i], dy: dy[i], weight: near * bell(difference, sigmaColor * scaleOf(shape.depth)) };
  });
}

export const bilateral = defineArea({
  id: 'bilateral',
  summary: 'Smooths surfaces and keeps edges: only neighbours of a similar colour count.',
  description:
    'A neighbour counts the more, the nearer it lies and the more it looks like the pixel itself, so noise is averaged away within an area but not across its border. The difference is added up over the channels: a sigma color of 30 is ten levels in each of three. Small values only remove grain, large ones make flat, drawn-looking areas, with steps where there were gentle slopes. The time grows with the square of the radius.',
  sample: {
    values: { radius: 6, sigmaColor: 90, sigmaSpace: 3 },
    before: [{ id: 'addNoise', params: { amount: 12 } }],
  },
  related: ['unsharpMask'],
  category: 'Neighbourhood',
  keywords: ['denoise', 'smooth', 'edge-preserving', 'surface blur', 'skin'],
  parameters: {
    radius: {
      kind: 'number',
      min: 1,
      max: 30,
      step: 1,
      integer: true,
      slider: [1, 15],
      suggested: 4,
      unit: 'px',
      help: 'How far the neighbourhood, a disk, reaches.',
    },
    sigmaColor: {
      kind: 'number',
      min: 0,
      above: true,
      max: 1e6,
      step: 1,
      slider: [1, 150],
      suggested: 30,
      unit: 'level',
      help: 'How different a neighbour may be and still count: the sigma of a bell curve over the sum of the channels’ differences.',
    },
    sigmaSpace: {
      kind: 'number',
      min: 0,
      above: true,
      max: 1e6,
      step: 0.1,
      slider: [0.5, 15],
      suggested: 3,
      unit: 'px',
      help: 'How far away a neighbour may be and still count: the sigma of a bell curve over its distance.',
    },
    boundary: boundaryParameters.boundary,
    constant: boundaryParameters.constant,
  },
  window: ({ radius }) => squareWindow(2 * radius + 1),
  boundary: ({ boundary, constant }) => ({ rule: boundary, constant }),
  kernel: ({ values: { radius, sigmaColor, sigmaSpace }, input, output, signal }) => {
    const neighbours = neighboursWithin(radius, sigmaSpace);
    bilateralOf(input, output, radius, sigmaColor * scaleOf(output.depth), neighbours, signal);
  },
  reference: (values, sampleAt, shape) => {
    let sum = 0;
    let total = 0;
    for (const { dx, dy, weight } of weighted(values, sampleAt, shape)) {
      sum += weight * sampleAt(dx, dy);
      total += weight;
    }
    return sum / total;
  },
  weights: (values, sampleAt, shape) => {
    const { radius } = values;
    const matrix = Array.from({ length: 2 * radius + 1 }, () => Array<number>(2 * radius + 1).fill(0));
    let divisor = 0;
    for (const { dx, dy, weight } of weighted(values, sampleAt, shape)) {
      matrix[dy + radius][dx + radius] = weight;
      divisor += weight;
    }
    return { matrix, divisor, offset: 0, absolute: false };
  },
  formula: ({ radius, sigmaColor, sigmaSpace }) =>
    `Σ w·n / Σ w over dx² + dy² ≤ ${radius}², w = exp(−(dx² + dy²)/(2·${sigmaSpace}²) − D²/(2·(${sigmaColor}·K)²)), D = Σ |n − v| over the channels`,
  typeset: () => ({
    equations: [
      [
        's',
        String.raw`\frac{\sum_{i,j} w_{ij} \cdot v\left(x + j,\, y + i\right)}{\sum_{i,j} w_{ij}}, \quad i^2 + j^2 \le \mathit{radius}^2`,
      ],
      [
        'w_{ij}',
        String.raw`\exp\left(-\frac{i^2 + j^2}{2 \cdot \mathit{sigmaSpace}^2} - \frac{D_{ij}^2}{2 \cdot \left(\mathit{sigmaColor} \cdot K\right)^2}\right)`,
      ],
      ['D_{ij}', String.raw`\sum_{c} \left| v_c\left(x + j,\, y + i\right) - v_c\left(x,\, y\right) \right|`],
    ],
    where: [
      ['w_{ij}', 'the weight of the sample j columns right and i rows down'],
      ['D_{ij}', 'how different it is: the sum over the colour channels c'],
    ],
  }),
  examples: [
    {
      values: { radius: 1, sigmaColor: 10, sigmaSpace: 1 },
      input: [100, 104, 100, 200, 204],
      output: [101, 103, 101, 201, 203],
    },
    { values: { radius: 2, sigmaColor: 30, sigmaSpace: 2 }, input: [77, 77, 77], output: [77, 77, 77] },
  ],
  sources: ['C. Tomasi, R. Manduchi, ICCV 1998', 'OpenCV 4.6: bilateralFilter with diameter 2·radius + 1'],
});
