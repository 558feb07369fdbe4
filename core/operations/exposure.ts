import { definePoint } from '../operation/define';

/** OPERATIONS.md 12b. */
export const exposure = definePoint({
  id: 'exposure',
  summary: 'Exposes longer or shorter: doubles or halves the light for every stop.',
  description:
    'What a longer exposure would have done: the samples are turned into linear light, doubled for every stop, and turned back. Until white is reached this is what the camera would have recorded; beyond, highlights clip. Shadows come up with their noise. What is white in the file stays so however many stops are taken away, only as a gray without detail.',
  sample: { values: { stops: 1 } },
  related: ['brightnessContrast', 'shadowsHighlights'],
  category: 'Photography',
  keywords: ['stops', 'ev', 'brightness', 'linear light'],
  parameters: {
    stops: {
      kind: 'number',
      min: -5,
      max: 5,
      step: 0.05,
      default: 0,
      help: 'One stop more is twice the light, one less is half of it.',
    },
  },
  formula: () => 'T*enc(clamp(dec(r/T)*2^stops, 0, 1))',
  identity: { stops: 0 },
  examples: [
    { values: { stops: 1 }, input: [0, 10, 100, 188, 255], output: [0, 18, 138, 255, 255] },
    { values: { stops: -1 }, input: [0, 20, 138, 255], output: [0, 11, 100, 188] },
  ],
  sources: ['IEC 61966-2-1: sRGB'],
});
