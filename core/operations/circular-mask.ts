import { definePoint } from '../operation/define';
import { tonesOf } from '../operation/tone';

/** OPERATIONS.md 4.6. A hard edge; distances are between pixel indices, not centres. */
export const circularMask = definePoint({
  id: 'circularMask',
  summary: 'Paints over everything outside a circle.',
  description:
    'Keeps a disk and paints the rest: for pictures through an eyepiece, round labels, or the dark corners outside the circle of a lens. Without values the circle sits in the middle and touches top and bottom, so that in an upright picture its sides are cut off. The edge is hard: a pixel belongs to the circle or not, by its column and row. For a soft edge use the vignette.',
  sample: { values: { fill: [235, 232, 225] } },
  related: ['vignette'],
  category: 'Slicing and planes',
  keywords: ['round', 'disk', 'crop to circle', 'spot'],
  parameters: {
    centerX: {
      kind: 'pictureNumber',
      min: -1_000_000,
      max: 1_000_000,
      step: 1,
      slider: [0, 8000],
      unit: 'px',
      default: null,
      automatic: 'half the width',
      automaticOf: ({ width }) => width / 2,
      help: 'The column of the centre.',
    },
    centerY: {
      kind: 'pictureNumber',
      min: -1_000_000,
      max: 1_000_000,
      step: 1,
      slider: [0, 8000],
      unit: 'px',
      default: null,
      automatic: 'half the height',
      automaticOf: ({ height }) => height / 2,
      help: 'The row of the centre.',
    },
    radius: {
      kind: 'pictureNumber',
      min: 0,
      max: 1_000_000,
      step: 1,
      slider: [0, 8000],
      unit: 'px',
      default: null,
      automatic: 'half the height',
      automaticOf: ({ height }) => height / 2,
      help: 'How far from the centre the picture stays.',
    },
    fill: {
      kind: 'tone',
      default: 0,
      help: 'What is painted outside: one tone, or red, green and blue.',
    },
  },
  formula: () => 'dx = x - centerX; dy = y - centerY; dx*dx + dy*dy > radius*radius ? fill*K : r',
  constants: ({ fill }, shape) => ({ fill: tonesOf(fill, shape) }),
  examples: [
    {
      values: { centerX: 2, centerY: 0, radius: 1, fill: 9 },
      input: [50, 60, 70, 80, 90],
      output: [9, 60, 70, 80, 9],
    },
    {
      values: {},
      shape: { width: 4, height: 4, channels: 1, depth: 8 },
      input: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
      output: [0, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1],
    },
  ],
  sources: ['NumPy: ogrid and boolean indexing'],
});
