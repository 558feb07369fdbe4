import { definePoint } from '../operation/define';
import { tested } from '../operation/tested-sample';

/** OPERATIONS.md 4.1. Both ends of the range belong to it. */
export const intensitySlice = definePoint({
  id: 'intensitySlice',
  summary: 'Highlights one range of tones; the others stay or are painted over.',
  description:
    'Shows where in a picture a range of tones lies: tissue in a scan, water in a satellite picture, or what is about to clip (250 to 255). Both limits belong to the range. A background of "zero" leaves two tones, which is a mask. On a colour picture the basis "channel" tests red, green and blue each by itself and so makes new colours; "luma" tests and replaces whole pixels.',
  sample: { values: { low: 90, high: 140, basis: 'luma' } },
  related: ['threshold', 'maskReplace'],
  category: 'Slicing and planes',
  keywords: ['highlight range', 'band', 'gray-level slicing'],
  parameters: {
    low: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      suggested: 100,
      unit: 'level',
      axis: 'in',
      help: 'The first tone of the range.',
    },
    high: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      suggested: 180,
      unit: 'level',
      axis: 'in',
      help: 'The last tone of the range; not below the first.',
    },
    value: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 255,
      unit: 'level',
      axis: 'out',
      help: 'What tones within the range become.',
    },
    background: {
      kind: 'choice',
      choices: ['preserve', 'zero'],
      default: 'preserve',
      help: 'Keep the other tones, or replace them by the background value.',
    },
    backgroundValue: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 0,
      unit: 'level',
      axis: 'out',
      help: 'What the other tones become where the background is "zero".',
    },
    basis: {
      kind: 'choice',
      choices: ['channel', 'luma'],
      default: 'channel',
      help: 'Test every channel by itself, or the pixel by its luma.',
    },
  },
  constraint: ({ low, high }) =>
    low <= high ? null : `expected a number of at most high (${high}) for low but received ${low}`,
  formula: ({ background, basis }, shape) => {
    const v = tested(basis, shape);
    const others = background === 'zero' ? 'backgroundValue*K' : 'r';
    return `${v} >= low*K and ${v} <= high*K ? value*K : ${others}`;
  },
  examples: [
    {
      values: { low: 100, high: 180 },
      input: [0, 99, 100, 180, 181, 255],
      output: [0, 99, 255, 255, 181, 255],
    },
    {
      values: { low: 100, high: 180, background: 'zero', backgroundValue: 10 },
      input: [0, 99, 100, 180, 181],
      output: [10, 10, 255, 255, 10],
    },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: intensity-level slicing'],
});
