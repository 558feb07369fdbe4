import { definePoint } from '../operation/define';
import { parameters, type Values } from '../operation/parameter';
import { colourChannelsOf } from '../raster/raster';

const NAMES = ['r', 'g', 'b'] as const;

const declared = parameters({
  channels: {
    kind: 'choices',
    choices: NAMES,
    suggested: ['r'],
    help: 'Which channels are filled; in a gray picture "r" is the gray one and the others count for nothing.',
  },
  value: {
    kind: 'number',
    min: 0,
    max: 255,
    step: 1,
    suggested: 255,
    unit: 'level',
    help: 'The tone that they get.',
  },
  rect: {
    kind: 'numbers',
    entries: ['x', 'y', 'width', 'height'],
    min: -1_000_000,
    max: 1_000_000,
    step: 1,
    integer: true,
    unit: 'px',
    optional: true,
    help: 'The rectangle to fill, as far as it lies in the picture; left out, the whole picture.',
  },
});

function edgesOf({ rect }: Values<typeof declared>): Readonly<Record<string, number>> {
  if (rect === null) return {};
  const [left, top, width, height] = rect;
  return { left, top, right: left + width, bottom: top + height };
}

/** OPERATIONS.md 4.7. */
export const channelFill = definePoint({
  id: 'channelFill',
  summary: 'Fills channels with one tone, everywhere or in a rectangle.',
  description:
    'Sets the chosen channels to one tone, everywhere or in a rectangle. An emptied channel shows what a picture owes to it. A rectangle filled in all three is the safe way to hide a number or a face: nothing of it is left in the samples, which cannot be said of a blur or of large pixels.',
  sample: { values: { channels: ['r'], value: 0, rect: [90, 50, 180, 140] } },
  related: ['channelExtract', 'pixelate'],
  category: 'Slicing and planes',
  keywords: ['rectangle', 'paint', 'set channel', 'block'],
  parameters: declared,
  constraint: ({ rect }) => {
    if (rect === null) return null;
    const [, , width, height] = rect;
    return width >= 1 && height >= 1
      ? null
      : `expected a width and a height of at least 1 in rect but received ${width} and ${height}`;
  },
  letters: {
    filled: '1 in a chosen channel, 0 in the others',
    left: 'the first column of the rectangle',
    right: 'the column after its last',
    top: 'its first row',
    bottom: 'the row after its last',
  },
  formula: ({ rect }) =>
    rect === null
      ? 'filled ? value*K : r'
      : 'filled and x >= left and x < right and y >= top and y < bottom ? value*K : r',
  constants: (values, shape) => {
    const colours = colourChannelsOf(shape);
    const edges = Object.entries(edgesOf(values)).map(([name, edge]): [string, readonly number[]] => [
      name,
      new Array<number>(colours).fill(edge),
    ]);
    const filled = NAMES.slice(0, colours).map((name) => Number(values.channels.includes(name)));
    return { filled, ...Object.fromEntries(edges) };
  },
  identity: { channels: [] },
  examples: [
    {
      values: { channels: ['r'], value: 7, rect: [1, -2, 2, 9] },
      input: [50, 60, 70, 80],
      output: [50, 7, 7, 80],
    },
    {
      values: { channels: ['g', 'b'], value: 0 },
      shape: { width: 1, height: 1, channels: 3, depth: 8 },
      input: [10, 20, 30],
      output: [10, 0, 0],
    },
    { values: { channels: ['g'], value: 0 }, input: [10, 20], output: [10, 20] },
  ],
  sources: ['NumPy: slicing and assignment'],
});
