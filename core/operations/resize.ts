import { resample, resampledPixel, tapsAt, type Resampling } from '../kernels/resample';
import { RESAMPLE_FILTERS, resampleReach } from '../kernels/resample-taps';
import { defineGeometry } from '../operation/define';
import { gatheredPixel } from '../operation/gathered';
import { parameters, type Values } from '../operation/parameter';
import { resizedShape } from '../operation/result-size';
import { sideParameter } from '../operation/size-parameters';
import { KEYS_CUBIC } from '../operation/typeset-parts';
import type { Size } from '../raster/rectangle';

const declared = parameters({
  width: sideParameter('Columns of the result.'),
  height: sideParameter('Rows of the result.'),
  filter: {
    kind: 'choice',
    choices: RESAMPLE_FILTERS,
    default: 'lanczos3',
    help: 'How new samples are made: the nearest one, or smooth curves of growing sharpness through several.',
  },
  linearLight: {
    kind: 'boolean',
    default: false,
    help: 'Add up light instead of stored values, which keeps fine bright detail as bright as it is.',
  },
});

function resamplingOf(
  { width, height, filter, linearLight }: Values<typeof declared>,
  from: Size,
): Resampling {
  return { filter, linear: linearLight && filter !== 'nearest', from, to: { width, height } };
}

/** What a sample is the weighted mean of, for the formula card. */
const WEIGHTS = {
  bilinear: 'triangle of width 2',
  bicubic: 'Keys’ cubic with a = −1/2',
  lanczos3: 'sinc(t)·sinc(t/3)',
} as const;

/** The same as curves over the distance t. */
const CURVES = {
  bilinear: String.raw`\max\left(0, 1 - \left| t \right|\right)`,
  bicubic: KEYS_CUBIC,
  lanczos3: String.raw`\begin{cases} \frac{\sin \pi t}{\pi t} \cdot \frac{\sin \pi t / 3}{\pi t / 3} & \text{if } \left| t \right| < 3 \\ 0 & \text{otherwise} \end{cases}`,
} as const;

/** OPERATIONS.md 12a. */
export const resize = defineGeometry({
  id: 'resize',
  summary: 'Scales the picture to another size.',
  description:
    'Each new sample is a weighted mean of the old ones around its place; in shrinking the window grows with the step, so that no pixel is passed over and fine patterns do not turn into false ones. "lanczos3" is the sharpest and draws faint rims along hard edges, "bicubic" is a little softer, "bilinear" the softest without rims. "nearest" makes no new levels: for masks, labels and pixel art. linearLight averages the light, so that small lights in the dark keep their brightness. The proportions are up to you: nothing keeps them.',
  sample: { values: { width: 180, height: 120 } },
  related: ['pixelate', 'rotate'],
  category: 'Geometry',
  keywords: ['scale', 'resample', 'image size', 'enlarge', 'shrink', 'lanczos'],
  parameters: declared,
  shape: (values, input) => resizedShape(input, values),
  source: ({ width, height, filter }, input, output) => {
    const [x, columns] = resampleReach(filter, input.width, width, output.x, output.width);
    const [y, rows] = resampleReach(filter, input.height, height, output.y, output.height);
    return { x, y, width: columns, height: rows };
  },
  move: (values, whole, input, output, signal) => {
    resample(resamplingOf(values, whole), input, output, signal);
  },
  reference: (values, whole, input, x, y) => resampledPixel(resamplingOf(values, whole), input, x, y),
  account: (values, whole, input, x, y) => {
    const taps = tapsAt(resamplingOf(values, whole), x, y);
    if (taps === null) return null;
    const { across, down } = taps;
    return gatheredPixel(
      { x: across.first[0], y: down.first[0], across: [...across.weights], down: [...down.weights] },
      input,
      whole,
      null,
      values.linearLight,
    );
  },
  formula: ({ width, height, filter }) =>
    filter === 'nearest'
      ? `v(floor((x + ½)·W/${width}), floor((y + ½)·H/${height}))`
      : `Σ w(t)·v/Σ w(t), w the ${WEIGHTS[filter]}, t the distance from ((x + ½)·W/${width}, (y + ½)·H/${height}), along rows, then columns`,
  typeset: ({ filter, linearLight }) => {
    if (filter === 'nearest') {
      const place = (name: string, size: string, side: string): string =>
        String.raw`\left\lfloor \left(${name} + \tfrac{1}{2}\right) \cdot \frac{${size}}{\mathit{${side}}} \right\rfloor`;
      return {
        equations: [
          ['s', String.raw`v\left(${place('x', 'W', 'width')},\, ${place('y', 'H', 'height')}\right)`],
        ],
      };
    }
    const sum = (sample: string): string => String.raw`\sum_{i} \sum_{j} b_i \cdot a_j \cdot ${sample}`;
    const light = String.raw`T \cdot \mathrm{enc}\left(${sum(String.raw`\mathrm{dec}\left(\tfrac{v(j,\, i)}{T}\right)`)}\right)`;
    return {
      equations: [
        ['s', linearLight ? light : sum(String.raw`v\left(j,\, i\right)`)],
        [
          'a_j',
          String.raw`\frac{f\left(t_j\right)}{\sum_k f\left(t_k\right)}, \quad b_i \text{ likewise down}`,
        ],
        [
          't_j',
          String.raw`\frac{j + \frac{1}{2} - \left(x + \frac{1}{2}\right) \cdot W / \mathit{width}}{\max\left(W / \mathit{width}, 1\right)}`,
        ],
        [String.raw`f\left(t\right)`, CURVES[filter]],
      ],
      where: [
        ['a_j', 'the weight of column j'],
        ['b_i', 'the weight of row i: with y, H and height'],
        ...(linearLight
          ? [[String.raw`\mathrm{dec}, \mathrm{enc}`, 'from an sRGB value to light, and back'] as const]
          : []),
      ],
    };
  },
  examples: [
    { values: { width: 4, height: 1, filter: 'nearest' }, input: [10, 20], output: [10, 10, 20, 20] },
    { values: { width: 2, height: 1, filter: 'bilinear' }, input: [0, 0, 80, 80], output: [11, 69] },
    { values: { width: 3, height: 1 }, input: [0, 100, 200], output: [0, 100, 200] },
  ],
  sources: [
    'Pillow: Image.resize',
    'R. G. Keys, Cubic convolution interpolation, 1981',
    'C. E. Duchon, Lanczos filtering, 1979',
  ],
});
