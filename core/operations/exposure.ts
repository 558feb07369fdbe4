import { definePoint } from '../operation/define';

/** OPERATIONS.md 12b. */
export const exposure = definePoint({
  id: 'exposure',
  summary: 'Exposes longer or shorter: doubles or halves the light for every stop.',
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
