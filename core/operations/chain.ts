import { defineComposed } from '../operation/define';
import { parameters } from '../operation/parameter';

const declared = parameters({
  steps: {
    kind: 'steps',
    most: 50,
    suggested: [
      { id: 'gaussianBlur', params: { sigma: 4 } },
      { id: 'gradient', params: { operator: 'sobel' } },
    ],
    // "Clean outline" of OPERATIONS.md 13 is not among them: between its three convolutions it needs signs, which whole levels lack.
    presets: {
      'Edge sketch': [
        { id: 'convolve', params: { kernel: 'outline', mode: 'valid' } },
        { id: 'clahe', params: { clipLimit: 0.03 } },
      ],
      'Soft contour': [
        { id: 'gaussianBlur', params: { sigma: 4 } },
        { id: 'gradient', params: { operator: 'sobel' } },
      ],
      'Blotchy contour': [
        { id: 'median', params: { size: 80 } },
        { id: 'gradient', params: { operator: 'sobel' } },
      ],
      'Two-tone': [
        { id: 'grayscale', params: { method: 'luminosity' } },
        { id: 'autoThreshold', params: { method: 'otsu' } },
      ],
    },
    help: 'The operations, in order; each stores its result before the next one.',
  },
});

/** OPERATIONS.md 13. */
export const chain = defineComposed({
  id: 'chain',
  summary: 'Carries out several operations as one step.',
  description:
    'A recipe with a name of its own in the stack: switched on and off, masked and given an opacity as one. Every operation in it stores its result before the next one, exactly as steps one after the other would, and measures what it measures on what it meets there. Negative answers of a kernel are therefore cut at black before the next step sees them; give them an offset if they should go on. The known chains come from a tutorial on edges and contours, and are good starting points.',
  related: ['gaussianBlur', 'gradient', 'blend'],
  category: 'Composition',
  keywords: ['recipe', 'sequence', 'macro', 'contour', 'sketch', 'group'],
  parameters: declared,
  steps: ({ steps }) => steps.map(({ id, params }) => ({ id, params: params ?? {} })),
  examples: [
    { values: { steps: [{ id: 'negative' }, { id: 'negative' }] }, input: [0, 7, 255], output: [0, 7, 255] },
    {
      values: {
        steps: [
          { id: 'posterize', params: { levels: 2 } },
          { id: 'brightnessContrast', params: { brightness: -20 } },
        ],
      },
      input: [0, 100, 200],
      output: [0, 0, 204],
    },
  ],
  sources: ['M. Innat, Basic Image Data Analysis Using Python, part 4'],
});
