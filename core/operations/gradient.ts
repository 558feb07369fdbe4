/** OPERATIONS.md 8.6: how steeply the tones rise, by the classic pairs of 3 × 3 windows. */

import { gradient as gradientOf, gradientResponse } from '../kernels/gradient';
import { boundaryParameters } from '../operation/boundary-parameters';
import { defineArea } from '../operation/define';
import { bracketed, shortNumber } from '../operation/formula/print';
import type { SampleAt } from '../operation/operation';
import { squareWindow } from '../operation/square-window';

/** The smoothing weights beside and in the middle. */
const SMOOTHING = { sobel: [1, 2], prewitt: [1, 1], scharr: [3, 10] } as const;

/** How much larger the samples are on the right than on the left, and below than above. */
function differences(
  operator: keyof typeof SMOOTHING,
  sampleAt: SampleAt,
): { readonly across: number; readonly down: number } {
  const [side, middle] = SMOOTHING[operator];
  let across = 0;
  let down = 0;
  for (const i of [-1, 0, 1]) {
    const weight = i === 0 ? middle : side;
    across += weight * (sampleAt(1, i) - sampleAt(-1, i));
    down += weight * (sampleAt(i, 1) - sampleAt(i, -1));
  }
  return { across, down };
}

export const gradient = defineArea({
  id: 'gradient',
  summary: 'Shows how steeply the tones rise: bright lines along every edge.',
  description:
    'Two small differences, across and down, and the length of the arrow that they make: how fast the tone changes. The three operators differ in how they smooth along the edge; Scharr’s is the most alike in all directions. The answer to a step is up to four times (Scharr: sixteen times) its height, and what exceeds white is cut, so lower the scale to compare strong edges. Differences enlarge noise: blur first. Lines come out as wide as the edge is soft; for thin ones use Canny.',
  related: ['canny', 'morphology'],
  category: 'Neighbourhood',
  keywords: ['edge', 'sobel', 'prewitt', 'scharr', 'derivative', 'contour', 'slope'],
  parameters: {
    operator: {
      kind: 'choice',
      choices: ['sobel', 'prewitt', 'scharr'],
      default: 'sobel',
      help: 'The smoothing along the edge: 1 2 1, 1 1 1 or 3 10 3.',
    },
    component: {
      kind: 'choice',
      choices: ['magnitude', 'x', 'y'],
      default: 'magnitude',
      help: 'The steepness in any direction, or only across (x) or down (y).',
    },
    scale: {
      kind: 'number',
      min: 0,
      max: 16,
      step: 0.01,
      slider: [0, 4],
      default: 1,
      help: 'The result is multiplied by this.',
    },
    boundary: boundaryParameters.boundary,
    constant: boundaryParameters.constant,
  },
  window: () => squareWindow(3),
  boundary: ({ boundary, constant }) => ({ rule: boundary, constant }),
  kernel: ({ values: { operator, component, scale }, input, output, signal }) => {
    const [side, middle] = SMOOTHING[operator];
    gradientOf(input, output, side, middle, component, scale, signal);
  },
  reference: ({ operator, component, scale }, sampleAt) => {
    const { across, down } = differences(operator, sampleAt);
    return gradientResponse(component, scale, across, down);
  },
  account: ({ operator, component, scale }, sampleAt) => {
    const { across, down } = differences(operator, sampleAt);
    const [side, middle] = SMOOTHING[operator];
    const rows = [side, middle, side].map((weight) => [-weight, 0, weight]);
    const turned = rows.map((_, column) => rows.map((row) => row[column]));
    const parts = [
      { name: 'gx', matrix: rows, divisor: 1 },
      { name: 'gy', matrix: turned, divisor: 1 },
    ];
    const [gx, gy] = [across, down].map((value) => shortNumber(value));
    const texts = { magnitude: `√(${bracketed(across)}² + ${bracketed(down)}²)`, x: `|${gx}|`, y: `|${gy}|` };
    const text = `${scale === 1 ? '' : `${scale}·`}${texts[component]}`;
    return {
      parts: component === 'magnitude' ? parts : parts.filter(({ name }) => name === `g${component}`),
      lines: [{ name: null, text, value: gradientResponse(component, scale, across, down) }],
    };
  },
  formula: ({ operator, component, scale }) => {
    const factor = scale === 1 ? '' : `${scale}·`;
    const response = { magnitude: '√(gx² + gy²)', x: '|gx|', y: '|gy|' }[component];
    const [side, middle] = SMOOTHING[operator];
    return `${factor}${response}, gx = Σ sᵢ·(v(x + 1, y + i) − v(x − 1, y + i)), s = ${side} ${middle} ${side}, gy likewise down`;
  },
  typeset: ({ operator, component, scale }) => {
    const [side, middle] = SMOOTHING[operator];
    const across = String.raw`\sum_{i=-1}^{1} a_i \cdot \left(v\left(x + 1,\, y + i\right) - v\left(x - 1,\, y + i\right)\right)`;
    const down = String.raw`\sum_{j=-1}^{1} a_j \cdot \left(v\left(x + j,\, y + 1\right) - v\left(x + j,\, y - 1\right)\right)`;
    const response = {
      magnitude: String.raw`\sqrt{g_x^2 + g_y^2}`,
      x: String.raw`\left| g_x \right|`,
      y: String.raw`\left| g_y \right|`,
    }[component];
    const sums: readonly (readonly [string, string])[] = [
      ['g_x', across],
      ['g_y', down],
    ];
    return {
      equations: [
        ['s', scale === 1 ? response : String.raw`\mathit{scale} \cdot ${response}`],
        ...sums.filter(([name]) => component === 'magnitude' || name === `g_${component}`),
        [String.raw`a_{-1}, a_0, a_1`, `${side}, ${middle}, ${side}`],
      ],
      where: [
        ['g_x', 'how fast the levels rise to the right'],
        ['g_y', 'how fast they rise downward'],
        ['a', `the smoothing of the operator ${operator}`],
      ],
    };
  },
  examples: [
    { values: {}, input: [10, 10, 30, 30], output: [0, 80, 80, 0] },
    {
      values: { operator: 'scharr', component: 'x', scale: 0.0625 },
      input: [10, 10, 30, 30],
      output: [0, 20, 20, 0],
    },
    { values: { component: 'y' }, input: [10, 10, 30, 30], output: [0, 0, 0, 0] },
  ],
  sources: [
    'scikit-image 0.19: filters.sobel, prewitt, scharr',
    'Gonzalez, Woods, Digital Image Processing: gradient operators',
  ],
});
