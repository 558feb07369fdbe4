import { definePoint } from '../operation/define';

/** OPERATIONS.md 3.4. Contrast turns the line about the middle grey, brightness shifts it. */
export const brightnessContrast = definePoint({
  id: 'brightnessContrast',
  summary: 'Shifts all tones lighter or darker, and spreads them from the middle gray or draws them to it.',
  description:
    'Brightness adds one number to every sample; contrast multiplies its distance from middle gray, by 2 at 50 and by 100 at 99. Both are straight lines, so what leaves the range is cut off and cannot be brought back by a later step: watch the ends of the histogram. To keep black and white where they are, use gamma, curves or levels.',
  sample: { values: { brightness: 10, contrast: 40 } },
  related: ['levels', 'curves', 'gamma'],
  category: 'Intensity',
  keywords: ['brightness/contrast', 'brightness and contrast', 'lighter', 'darker', 'flat', 'punch'],
  parameters: {
    brightness: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      unit: '%',
      help: 'Adds this share of the whole range to every sample.',
    },
    contrast: {
      kind: 'number',
      min: -100,
      max: 99,
      step: 1,
      default: 0,
      unit: '%',
      help: 'Above 0 light and dark move apart, below 0 together; −100 is even gray.',
    },
  },
  formula: () =>
    'f = contrast <= 0 ? 1 + contrast/100 : 1/(1 - contrast/100); m = T/2; (r - m)*f + m + brightness/100*T',
  identity: { brightness: 0, contrast: 0 },
  examples: [
    { values: { brightness: 20 }, input: [0, 100, 204, 255], output: [51, 151, 255, 255] },
    { values: { contrast: 50 }, input: [0, 64, 128, 192, 255], output: [0, 1, 129, 255, 255] },
    { values: { contrast: -100 }, input: [0, 100, 255], output: [128, 128, 128] },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: linear intensity transformations'],
});
