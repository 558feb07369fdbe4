import type { Placement } from '../kernels/rearrange';
import { defineGeometry } from '../operation/define';
import { movedBy } from '../operation/moved';
import { succeed } from '../raster/fault';
import type { Size } from '../raster/rectangle';

function placement(
  { axis }: { readonly axis: 'horizontal' | 'vertical' },
  { width, height }: Size,
): Placement {
  return axis === 'horizontal'
    ? { first: [width - 1, 0], across: [-1, 0], down: [0, 1] }
    : { first: [0, height - 1], across: [1, 0], down: [0, -1] };
}

/** OPERATIONS.md 12a. */
export const flip = defineGeometry({
  id: 'flip',
  summary: 'Mirrors the picture left to right or top to bottom.',
  description:
    'No sample changes, only its place, so flipping twice restores the picture exactly. The word says in which direction things move: horizontal exchanges left and right. Writing and familiar faces give a flipped picture away.',
  related: ['rotate90', 'rotate'],
  category: 'Geometry',
  keywords: ['mirror', 'reflect'],
  parameters: {
    axis: {
      kind: 'choice',
      choices: ['horizontal', 'vertical'],
      suggested: 'horizontal',
      help: 'Horizontal exchanges left and right, vertical top and bottom.',
    },
  },
  shape: (_, input) => succeed(input),
  ...movedBy(placement),
  formula: ({ axis }) => (axis === 'horizontal' ? 'v(W − 1 − x, y)' : 'v(x, H − 1 − y)'),
  typeset: ({ axis }) => ({
    equations: [
      [
        's',
        axis === 'horizontal'
          ? String.raw`v\left(W - 1 - x,\, y\right)`
          : String.raw`v\left(x,\, H - 1 - y\right)`,
      ],
    ],
  }),
  examples: [
    { values: { axis: 'horizontal' }, input: [10, 20, 30], output: [30, 20, 10] },
    {
      values: { axis: 'vertical' },
      input: [1, 2, 3, 4],
      output: [3, 4, 1, 2],
      shape: { width: 2, height: 2, channels: 1, depth: 8 },
    },
  ],
  sources: ['numpy.fliplr, numpy.flipud'],
});
