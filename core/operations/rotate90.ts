import { rearrange, type Steps } from '../kernels/rearrange';
import { defineGeometry } from '../operation/define';
import { succeed } from '../raster/fault';
import type { Rectangle } from '../raster/rectangle';
import type { Shape } from '../raster/raster';

/** Where the input pixel of output pixel (x, y) lies, and where it goes from there to the right and down. */
interface Turn {
  readonly x: number;
  readonly y: number;
  readonly across: readonly [dx: number, dy: number];
  readonly down: readonly [dx: number, dy: number];
}

function turnAt(turns: number, { width, height }: Shape, x: number, y: number): Turn {
  switch (turns) {
    case 1:
      return { x: y, y: height - 1 - x, across: [0, -1], down: [1, 0] };
    case 2:
      return { x: width - 1 - x, y: height - 1 - y, across: [-1, 0], down: [0, -1] };
    default:
      return { x: width - 1 - y, y: x, across: [0, 1], down: [-1, 0] };
  }
}

function sourceOf(turns: number, input: Shape, output: Rectangle): Rectangle {
  const first = turnAt(turns, input, output.x, output.y);
  const last = turnAt(turns, input, output.x + output.width - 1, output.y + output.height - 1);
  return {
    x: Math.min(first.x, last.x),
    y: Math.min(first.y, last.y),
    width: Math.abs(first.x - last.x) + 1,
    height: Math.abs(first.y - last.y) + 1,
  };
}

/** OPERATIONS.md 12a. */
export const rotate90 = defineGeometry({
  id: 'rotate90',
  summary: 'Turns the picture by quarter turns, exactly.',
  description:
    'A move of whole pixels: nothing is resampled, and four quarter turns restore the picture exactly. The orientation that a camera notes in a file is applied when the file is opened, so this is for files that have it wrong. For other angles, which cost a little sharpness, use rotate.',
  related: ['rotate'],
  category: 'Geometry',
  keywords: ['turn', 'rotate', 'orientation', 'portrait', 'landscape'],
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
  source: ({ turns }, input, output) => sourceOf(turns, input, output),
  move: ({ turns }, whole, { raster, rectangle }, output, signal) => {
    const turn = turnAt(turns, whole, output.rectangle.x, output.rectangle.y);
    const steps: Steps = {
      first: (turn.y - rectangle.y) * raster.width + turn.x - rectangle.x,
      across: turn.across[0] + turn.across[1] * raster.width,
      down: turn.down[0] + turn.down[1] * raster.width,
    };
    rearrange(raster, steps, output.raster, signal);
  },
  formula: ({ turns }) =>
    turns === 1 ? 'v(y, H − 1 − x)' : turns === 2 ? 'v(W − 1 − x, H − 1 − y)' : 'v(W − 1 − y, x)',
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
