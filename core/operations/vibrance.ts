import { definePoint } from '../operation/define';
import { HSL_OF_PIXEL, levelFromHsl } from '../operation/hsl-formula';

/** OPERATIONS.md 12b. */
export const vibrance = definePoint({
  id: 'vibrance',
  summary: 'Strengthens pale colours and leaves those alone that are strong already.',
  description:
    'A saturation that works where there is little of it: at 100 a pale colour is almost doubled and a full one stays. So foliage and haze gain while what is strong already does not clip, and skin suffers less than from saturation. Grays stay gray, and so does a gray picture.',
  sample: { values: { amount: 90 } },
  related: ['temperatureTint'],
  category: 'Photography',
  keywords: ['saturation', 'colour', 'vivid', 'pale'],
  parameters: {
    amount: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      help: 'Above 0 pale colours gain most; below 0 they lose most.',
    },
  },
  formula: () =>
    `${HSL_OF_PIXEL}newS = clamp(s*(1 + amount/100*(1 - s)), 0, 1); ${levelFromHsl('h', 'newS', 'l')}`,
  identity: { amount: 0 },
  examples: [
    {
      values: { amount: 100 },
      shape: { width: 2, height: 1, channels: 3, depth: 8 },
      // Saturation 0.5 becomes 0.75; full saturation stays.
      input: [150, 100, 50, 255, 0, 0],
      output: [175, 100, 25, 255, 0, 0],
    },
    { values: { amount: 100 }, input: [0, 100, 255], output: [0, 100, 255] },
  ],
  sources: ['Burnish: saturation in HSL, weighted by what is missing of it'],
});
