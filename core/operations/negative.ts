import { definePoint } from '../operation/define';

/** OPERATIONS.md 3.1. Applying it twice restores the input. */
export const negative = definePoint({
  id: 'negative',
  summary: 'Turns light into dark and every colour into its complement, like a film negative.',
  description:
    'A negative is its own inverse: applied twice it gives back every level exactly. Use it to turn a scanned film negative into a positive (colour film then needs a white balance, because its orange base turns blue), or to make faint detail in a dark picture easier to see, as in X-rays.',
  related: ['solarize', 'levels'],
  category: 'Intensity',
  keywords: ['invert', 'inverse', 'complement'],
  keys: ['Mod+I'],
  parameters: {},
  formula: () => 'T - r',
  examples: [{ values: {}, input: [0, 1, 100, 128, 255], output: [255, 254, 155, 127, 0] }],
  sources: ['Gonzalez, Woods, Digital Image Processing: image negatives'],
});
