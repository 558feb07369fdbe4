import type { Placement } from '../kernels/rearrange';
import { defineGeometry } from '../operation/define';
import { movedBy } from '../operation/moved';
import { succeed } from '../raster/fault';
import type { Size } from '../raster/rectangle';

function placement({ turns }: { readonly turns: number }, { width, height }: Size): Placement {
  switch (turns) {
    case 1:
      return { first: [0, height - 1], across: [0, -1], down: [1, 0] };
    case 2:
      return { first: [width - 1, height - 1], across: [-1, 0], down: [0, -1] };
    default:
      return { first: [width - 1, 0], across: [0, 1], down: [-1, 0] };
  }
}

/** OPERATIONS.md 12a. */
export const rotate90 = defineGeometry({
  id: 'rotate90',
  summary: 'Turns the picture by quarter turns, exactly.',
  description:
    'A move of whole pixels: nothing is resampled, and four quarter turns restore the picture exactly. The orientation that a camera notes in a file is applied when the file is opened, so this is for files that have it wrong. For other angles, which cost a little sharpness, use rotate.',
  related: ['rotate'],
  category: 'Geometry',
  keywords: [
    'rotate 90°',
    'rotate 90 degrees',
    'quarter turn',
    'turn',
    'rotate',
    'orientation',
    'portrait',
    'landscape',
  ],
  parameters: {
    turns: {
      kind: 'number',
      min: 1,
      max: 3,
      step: 1,
      integer: true,
      suggested: 1,
      unit: 'quarter turns',
      help: 'Quarter turns clockwise.',
    },
  },
  shape: ({ turns }, input) =>
    succeed(turns === 2 ? input : { ...input, width: input.height, height: input.width }),
  ...movedBy(placement),
  formula: ({ turns }) =>
    turns === 1 ? 'v(y, H − 1 − x)' : turns === 2 ? 'v(W − 1 − x, H − 1 − y)' : 'v(W − 1 − y, x)',
  typeset: ({ turns }) => {
    const places = ['x,\\, y', 'y,\\, H - 1 - x', 'W - 1 - x,\\, H - 1 - y', 'W - 1 - y,\\, x'];
    return { equations: [['s', String.raw`v\left(${places[turns]}\right)`]] };
  },
  examples: [
    {
      values: { turns: 1 },
      input: [1, 2, 3, 4, 5, 6],
      output: [4, 1, 5, 2, 6, 3],
      shape: { width: 3, height: 2, channels: 1, depth: 8 },
    },
    { values: { turns: 2 }, input: [1, 2, 3], output: [3, 2, 1] },
    {
      values: { turns: 3 },
      input: [1, 2, 3, 4, 5, 6],
      output: [3, 6, 2, 5, 1, 4],
      shape: { width: 3, height: 2, channels: 1, depth: 8 },
    },
  ],
  sources: ['numpy.rot90 (which turns the other way)'],
});
