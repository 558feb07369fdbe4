import { definePoint } from '../operation/define';

/** OPERATIONS.md 3.1. Applying it twice restores the input. */
export const negative = definePoint({
  id: 'negative',
  summary: 'Turns light into dark and every colour into its complement, like a film negative.',
  category: 'Intensity',
  keywords: ['invert', 'inverse', 'complement'],
  keys: ['Mod+I'],
  parameters: {},
  formula: () => 'T - r',
  examples: [{ values: {}, input: [0, 1, 100, 128, 255], output: [255, 254, 155, 127, 0] }],
  sources: ['Gonzalez, Woods, Digital Image Processing: image negatives'],
});
