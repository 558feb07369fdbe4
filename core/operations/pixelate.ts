import { defineWhole } from '../operation/define';
import { sizeText } from '../raster/number-text';
import { colourChannelsOf, topOf, type Raster } from '../raster/raster';
import { intersect, sameRectangle, wholeOf, type Rectangle } from '../raster/rectangle';
import { store } from '../raster/rounding';
import { checkpoint } from '../raster/signal';

/** The blocks of the grid, from the picture's top left, that a part of the picture touches. */
function blocksOver(size: number, part: Rectangle): Rectangle {
  const x = part.x - (part.x % size);
  const y = part.y - (part.y % size);
  return {
    x,
    y,
    width: Math.ceil((part.x + part.width - x) / size) * size,
    height: Math.ceil((part.y + part.height - y) / size) * size,
  };
}

/** The sum of one channel over a rectangle in the raster's own coordinates. */
function sumOver({ data, channels, width }: Raster, part: Rectangle, channel: number): number {
  let sum = 0;
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y * width + part.x) * channels + channel;
    const end = start + part.width * channels;
    for (let at = start; at < end; at += channels) sum += data[at];
  }
  return sum;
}

function fillChannel(
  { data, channels, width }: Raster,
  part: Rectangle,
  channel: number,
  level: number,
): void {
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y * width + part.x) * channels + channel;
    const end = start + part.width * channels;
    for (let at = start; at < end; at += channels) data[at] = level;
  }
}

/** A rectangle of the picture in the coordinates of a raster that holds the picture from `origin` on. */
function within(part: Rectangle, origin: Rectangle): Rectangle {
  return { ...part, x: part.x - origin.x, y: part.y - origin.y };
}

/** OPERATIONS.md 12b. Incomplete blocks at the right and bottom average what is there. */
export const pixelate = defineWhole({
  id: 'pixelate',
  summary: 'Makes large square pixels, each the mean of what it covers.',
  description:
    'Every block becomes its mean: for a retro look, or to see what a coarser sensor would have seen. It does not make faces or numbers safe: from the means of small blocks much can be guessed back. To hide something, fill the channels in a rectangle. Blocks are counted from the top left; at the right and bottom the last ones average what is there.',
  sample: { values: { size: 12 } },
  related: ['boxBlur', 'resize'],
  category: 'Photography',
  keywords: ['mosaic', 'blocks', 'censor', 'anonymize', 'retro'],
  parameters: {
    size: {
      kind: 'number',
      min: 1,
      max: 999,
      step: 1,
      integer: true,
      slider: [1, 100],
      default: 8,
      unit: 'px',
      help: 'The side of a block.',
    },
  },
  reads: 'part',
  part: ({ size }, output) => blocksOver(size, output),
  compute: ({ values: { size }, input, whole, output, signal }) => {
    const all = blocksOver(size, output.rectangle);
    for (let y = all.y; y < all.y + all.height; y += size) {
      checkpoint(signal);
      for (let x = all.x; x < all.x + all.width; x += size) {
        const block = intersect({ x, y, width: size, height: size }, wholeOf(whole));
        const shown = intersect(block, output.rectangle);
        for (let channel = 0; channel < colourChannelsOf(whole); channel++) {
          const sum = sumOver(input.raster, within(block, input.rectangle), channel);
          const level = store(sum / (block.width * block.height), topOf(whole.depth));
          fillChannel(output.raster, within(shown, output.rectangle), channel, level);
        }
      }
    }
  },
  accountPart: ({ size }, pixel) => blocksOver(size, pixel),
  account: ({ values: { size }, input, whole, x, y }) => {
    const block = intersect(blocksOver(size, { x, y, width: 1, height: 1 }), wholeOf(whole));
    // Of a very large block nothing but the pixel was read.
    if (!sameRectangle(intersect(block, input.rectangle), block)) return [];
    const count = block.width * block.height;
    return Array.from({ length: colourChannelsOf(whole) }, (_, channel) => {
      const sum = sumOver(input.raster, within(block, input.rectangle), channel);
      return [
        { name: 'sum', text: `Σ over ${sizeText(block)} samples`, value: sum },
        { name: null, text: `${sum}/${count}`, value: sum / count },
      ];
    });
  },
  formula: ({ size }) =>
    `mean of v over the ${size} × ${size} block from the top left that the pixel lies in`,
  typeset: () => ({
    equations: [
      ['s', String.raw`\frac{1}{\left| B \right|} \sum_{(i, j) \in B} v\left(j,\, i\right)`],
      [
        'B',
        String.raw`\left\{ (i, j) : \left\lfloor \tfrac{j}{\mathit{size}} \right\rfloor = \left\lfloor \tfrac{x}{\mathit{size}} \right\rfloor, \; \left\lfloor \tfrac{i}{\mathit{size}} \right\rfloor = \left\lfloor \tfrac{y}{\mathit{size}} \right\rfloor \right\}`,
      ],
    ],
    where: [['B', 'the pixels of the block, by row and column']],
  }),
  identity: { size: 1 },
  examples: [
    { values: { size: 2 }, input: [10, 20, 30, 41, 7], output: [15, 15, 36, 36, 7] },
    {
      values: { size: 2 },
      shape: { width: 2, height: 2, channels: 1, depth: 8 },
      input: [0, 0, 0, 255],
      output: [64, 64, 64, 64],
    },
  ],
  sources: ['GIMP manual: Pixelize'],
});
