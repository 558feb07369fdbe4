import { rearrange } from '../kernels/rearrange';
import { defineGeometry } from '../operation/define';
import { succeed } from '../raster/fault';

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
  source: ({ axis }, input, output) =>
    axis === 'horizontal'
      ? { ...output, x: input.width - output.x - output.width }
      : { ...output, y: input.height - output.y - output.height },
  move: ({ axis }, whole, { raster, rectangle }, output, signal) => {
    const { x, y } = output.rectangle;
    const row = raster.width;
    const steps =
      axis === 'horizontal'
        ? {
            first: (y - rectangle.y) * row + whole.width - 1 - x - rectangle.x,
            across: -1,
            down: row,
          }
        : {
            first: (whole.height - 1 - y - rectangle.y) * row + x - rectangle.x,
            across: 1,
            down: -row,
          };
    rearrange(raster, steps, output.raster, signal);
  },
  formula: ({ axis }) => (axis === 'horizontal' ? 'v(W − 1 − x, y)' : 'v(x, H − 1 − y)'),
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
