import {
  directionOf,
  INTERPOLATIONS,
  turnedFrom,
  turnedPixel,
  turnedReach,
  turnedSize,
  turnPicture,
  type Turn,
} from '../kernels/turn';
import { defineGeometry } from '../operation/define';
import { gatheredPixel, movedPixel, paintedPixel } from '../operation/gathered';
import { parameters, type Values } from '../operation/parameter';
import { resizedShape } from '../operation/result-size';
import { KEYS_CUBIC } from '../operation/typeset-parts';
import { pixelOutside } from '../operation/tone';
import type { Shape } from '../raster/raster';

const declared = parameters({
  angle: {
    kind: 'number',
    min: -180,
    max: 180,
    step: 0.1,
    suggested: 0,
    slider: [-45, 45],
    unit: 'degrees',
    help: 'How far to turn, clockwise.',
  },
  interpolation: {
    kind: 'choice',
    choices: INTERPOLATIONS,
    default: 'bicubic',
    help: 'How samples between the old ones are made: the nearest one, or from 2 × 2 or 4 × 4 around the place.',
  },
  expand: {
    kind: 'boolean',
    default: true,
    help: 'Enlarge the canvas so that no corner is cut off.',
  },
  fill: {
    kind: 'tone',
    optional: true,
    help: 'What the corners show: one tone, or red, green and blue; left out, transparency or black.',
  },
});

function turnOf({ angle, interpolation, expand, fill }: Values<typeof declared>, input: Shape): Turn {
  const { cos, sin } = directionOf(angle);
  const to = expand ? turnedSize(input, cos, sin) : input;
  return { cos, sin, from: input, to, interpolation, outside: pixelOutside(fill, input) };
}

/** OPERATIONS.md 12a. */
export const rotate = defineGeometry({
  id: 'rotate',
  summary: 'Turns the picture by any angle, to straighten it or for effect.',
  description:
    'Straightens a horizon or tilts on purpose. Any angle but a quarter turn resamples the picture and costs a little sharpness, so turn once by the sum and not twice. With expand the canvas grows until everything fits and the corners are filled; without it the size stays and the corners are cut. "nearest" makes no new levels, which masks need.',
  sample: { values: { angle: 8, fill: [235, 232, 225] } },
  related: ['crop'],
  category: 'Geometry',
  keywords: ['turn', 'straighten', 'horizon', 'angle', 'tilt'],
  parameters: declared,
  shape: (values, input) => resizedShape(input, turnOf(values, input).to),
  source: (values, input, output) => turnedReach(turnOf(values, input), output),
  move: (values, whole, input, output, signal) => {
    turnPicture(turnOf(values, whole), input, whole, output, signal);
  },
  reference: (values, whole, input, x, y) => turnedPixel(turnOf(values, whole), input, whole, x, y),
  account: (values, whole, input, x, y) => {
    const turn = turnOf(values, whole);
    const from = turnedFrom(turn, x, y);
    switch (from.kind) {
      case 'outside':
        return paintedPixel(turn.outside);
      case 'moved':
        return movedPixel(from, input);
      case 'gathered':
        return gatheredPixel(from, input, whole, turn.outside, false);
    }
  },
  formula: ({ angle, interpolation }) =>
    `v(dx·cos a + dy·sin a, dy·cos a − dx·sin a) from the centre, a = ${angle}°, ${interpolation}`,
  typeset: ({ interpolation }) => {
    const nearest = String.raw`v\left(\left\lfloor x' + \tfrac{1}{2} \right\rfloor,\, \left\lfloor y' + \tfrac{1}{2} \right\rfloor\right)`;
    const gathered = String.raw`\sum_{i} \sum_{j} f\left(y' - i\right) \cdot f\left(x' - j\right) \cdot v\left(j,\, i\right)`;
    const curves = { bilinear: String.raw`\max\left(0, 1 - \left| t \right|\right)`, bicubic: KEYS_CUBIC };
    const turned = (first: string, sign: string, second: string, size: string): string =>
      String.raw`d_${first} \cdot \cos \mathit{angle} ${sign} d_${second} \cdot \sin \mathit{angle} + \frac{${size} - 1}{2}`;
    return {
      equations: [
        ['s', interpolation === 'nearest' ? nearest : gathered],
        ["x'", turned('x', '+', 'y', 'W')],
        ["y'", turned('y', '-', 'x', 'H')],
        ['d_x, d_y', String.raw`x - \frac{W' - 1}{2}, \; y - \frac{H' - 1}{2}`],
        ...(interpolation === 'nearest'
          ? []
          : [[String.raw`f\left(t\right)`, curves[interpolation]] as const]),
      ],
      where: [
        ["x', y'", 'the place that the pixel comes from'],
        ["W', H'", 'the size of the result'],
        ['v', 'beyond the picture, the fill'],
      ],
    };
  },
  identity: { angle: 0 },
  examples: [
    {
      values: { angle: 90 },
      input: [1, 2, 3, 4, 5, 6],
      output: [4, 1, 5, 2, 6, 3],
      shape: { width: 3, height: 2, channels: 1, depth: 8 },
    },
    { values: { angle: 180 }, input: [1, 2, 3], output: [3, 2, 1] },
    {
      values: { angle: 45, interpolation: 'bilinear', expand: false },
      input: [0, 0, 0, 0, 200, 0, 0, 0, 0],
      output: [0, 17, 0, 17, 200, 17, 0, 17, 0],
      shape: { width: 3, height: 3, channels: 1, depth: 8 },
    },
  ],
  sources: ['R. G. Keys, Cubic convolution interpolation, 1981', 'Pillow: Image.rotate'],
});
