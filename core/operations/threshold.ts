import { definePoint } from '../operation/define';
import { tested } from '../operation/tested-sample';

/** OPERATIONS.md 4.4. Strictly greater is white; equality is background. */
export const threshold = definePoint({
  id: 'threshold',
  summary: 'Makes everything above a tone white and the rest black.',
  description:
    'Above the value white, the value itself and below black: for masks, line drawings and text scanned under even light. Where the right tone is not known, an automatic threshold finds it; where the light is uneven, no single tone is right, and CLAHE or a high pass beforehand helps. The basis "channel" tests red, green and blue each and leaves up to eight colours.',
  sample: { values: { value: 110 } },
  related: ['autoThreshold', 'morphology'],
  category: 'Slicing and planes',
  keywords: ['binarize', 'black and white', 'mask', 'two-tone'],
  parameters: {
    value: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      suggested: 128,
      unit: 'level',
      axis: 'in',
      help: 'Tones above this one become white; the tone itself becomes black.',
    },
    basis: {
      kind: 'choice',
      choices: ['luma', 'channel'],
      default: 'luma',
      help: 'Test the pixel by its luma, or every channel by itself.',
    },
  },
  formula: ({ basis }, shape) => `${tested(basis, shape)} > value*K ? T : 0`,
  examples: [{ values: { value: 128 }, input: [0, 127, 128, 129, 255], output: [0, 0, 0, 255, 255] }],
  sources: ['Gonzalez, Woods, Digital Image Processing: thresholding'],
});
