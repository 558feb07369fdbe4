import { definePoint } from '../operation/define';

/** OPERATIONS.md 3.10, after Pillow's `ImageOps.solarize`. */
export const solarize = definePoint({
  id: 'solarize',
  summary: 'Inverts the tones from a threshold on, as light falling on a half-developed print does.',
  description:
    'The curve rises to the threshold and falls from there, so lights turn dark while shadows stay, as in prints by Man Ray. With the default of 128 the two halves meet; at any other threshold neighbouring tones are torn apart there, and outlines appear in smooth areas. Threshold 0 is the negative.',
  related: ['curves'],
  category: 'Intensity',
  keywords: ['Sabattier', 'invert lights'],
  parameters: {
    threshold: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 128,
      unit: 'level',
      axis: 'in',
      help: 'Tones from this one on are inverted; darker ones stay.',
    },
  },
  formula: () => 'r < threshold*K ? r : T - r',
  examples: [{ values: {}, input: [0, 127, 128, 200, 255], output: [0, 127, 127, 55, 0] }],
  sources: ['Pillow: ImageOps.solarize'],
});
