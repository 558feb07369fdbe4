import { definePoint } from '../operation/define';
import { colourChannelsOf } from '../raster/raster';
import { planeFault } from '../operation/bit-planes';

/** OPERATIONS.md 4.3. All planes together restore the picture. */
export const bitPlaneReconstruct = definePoint({
  id: 'bitPlaneReconstruct',
  summary: 'Rebuilds the picture from some of its bits.',
  description:
    'Keeps the chosen bits and clears the others: mask is the sum of 2ᵖ over the planes. With the four highest of eight a picture stays recognisable though banded, which is why lossy compression can drop the rest so cheaply. Cleared bits make the picture darker, by 7.5 levels on average for the lowest four; rescale stretches the result so that white is white again.',
  sample: { values: { planes: [6, 7], rescale: true } },
  category: 'Slicing and planes',
  keywords: ['bits', 'binary', 'compression', 'significant'],
  parameters: {
    planes: {
      kind: 'planes',
      suggested: [4, 5, 6, 7],
      help: 'Which bits to keep: 0 is the least significant, 7 (in 16-bit pictures 15) the most.',
    },
    rescale: {
      kind: 'boolean',
      default: false,
      help: 'Stretch the result so that all kept bits together are white.',
    },
  },
  constraint: ({ planes }, shape) => {
    const wrong = planes.find((plane) => planeFault('planes', plane, shape) !== null);
    return wrong === undefined ? null : planeFault('planes', wrong, shape);
  },
  letters: { mask: 'the number whose bits are the chosen planes, Σ 2^p' },
  formula: ({ planes, rescale }) =>
    rescale && planes.length > 0 ? 'bitAnd(r, mask)*T/mask' : 'bitAnd(r, mask)',
  constants: ({ planes }, shape) => {
    const mask = planes.reduce((sum, plane) => sum + 2 ** plane, 0);
    return { mask: new Array<number>(colourChannelsOf(shape)).fill(mask) };
  },
  examples: [
    { values: { planes: [4, 5, 6, 7] }, input: [0, 15, 100, 255], output: [0, 0, 96, 240] },
    { values: { planes: [4, 5, 6, 7], rescale: true }, input: [0, 15, 100, 255], output: [0, 0, 102, 255] },
    { values: { planes: [] }, input: [0, 100, 255], output: [0, 0, 0] },
    { values: { planes: [0, 1, 2, 3, 4, 5, 6, 7] }, input: [0, 1, 100, 255], output: [0, 1, 100, 255] },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: bit-plane slicing'],
});
