import { definePoint } from '../operation/define';
import { HIGHEST_PLANE } from '../operation/expectation';
import { planeFault } from '../operation/bit-planes';

/** OPERATIONS.md 4.2. */
export const bitPlane = definePoint({
  id: 'bitPlane',
  summary: 'Shows a single bit of every sample.',
  description:
    'Written in binary, a sample is a row of 8 or 16 bits. The highest plane is the same as a threshold at middle gray; the lowest ones look like noise, because that is mostly what they hold. Looking through the planes shows how many bits carry the picture, where a file was stretched or banded, and marks hidden in the lowest bit. "weighted" keeps the bit at its own place, which for the low planes is all but black.',
  sample: { values: { plane: 6 } },
  related: ['bitPlaneReconstruct', 'threshold'],
  category: 'Slicing and planes',
  keywords: ['bits', 'binary', 'plane slicing', 'significant'],
  parameters: {
    plane: {
      kind: 'number',
      integer: true,
      min: 0,
      max: HIGHEST_PLANE,
      step: 1,
      slider: [0, 7],
      suggested: 7,
      unit: 'plane',
      help: 'Which bit: 0 is the least significant, 7 (in 16-bit pictures 15) the most.',
    },
    display: {
      kind: 'choice',
      choices: ['binary', 'weighted'],
      default: 'binary',
      help: 'White where the bit is set, or what the bit contributes to the sample.',
    },
  },
  constraint: ({ plane }, shape) => planeFault('plane', plane, shape),
  formula: ({ display }) => (display === 'binary' ? 'bitAnd(r, 2^plane) > 0 ? T : 0' : 'bitAnd(r, 2^plane)'),
  examples: [
    { values: { plane: 7 }, input: [0, 127, 128, 255], output: [0, 0, 255, 255] },
    { values: { plane: 4, display: 'weighted' }, input: [0, 15, 16, 47, 255], output: [0, 0, 16, 0, 16] },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: bit-plane slicing'],
});
