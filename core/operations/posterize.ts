import { definePoint } from '../operation/define';

/** OPERATIONS.md 3.9. Bins of equal width; the first and the last result are black and white. */
export const posterize = definePoint({
  id: 'posterize',
  summary: 'Reduces every channel to a few evenly spaced tones.',
  description:
    'The range is divided into bins of equal width, and each bin gets one tone; the tones run evenly from black to white. It is used as an effect, for screen printing, and to see what few bits look like. Skies turn into bands; a little noise beforehand breaks them up, which is dithering. Each channel has its own n tones, so up to n³ colours are left; for a palette that fits the picture, use k-means.',
  related: ['kmeansQuantize', 'bitPlaneReconstruct', 'addNoise'],
  category: 'Intensity',
  keywords: ['quantize', 'poster', 'banding', 'steps'],
  parameters: {
    levels: {
      kind: 'number',
      integer: true,
      min: 2,
      max: 256,
      step: 1,
      slider: [2, 32],
      suggested: 4,
      help: 'How many tones each channel keeps.',
    },
  },
  formula: () => 'q = min(levels - 1, floor(r*levels/L)); q*T/(levels - 1)',
  examples: [
    {
      values: { levels: 4 },
      input: [0, 1, 2, 10, 16, 50, 64, 100, 127, 128, 180, 200, 250, 254, 255],
      output: [0, 0, 0, 0, 0, 0, 85, 85, 85, 170, 170, 255, 255, 255, 255],
    },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: intensity quantization'],
});
