import { definePoint } from '../operation/define';
import { limitedToChannel, toneChannel } from '../operation/tone-channel';

/** OPERATIONS.md 3.5. */
export const levels = definePoint({
  id: 'levels',
  summary: 'Sets black point, white point and middle tones, and the darkest and lightest tone of the result.',
  description:
    'The tones from inBlack to inWhite are spread over the whole range, bent by gamma, and laid between outBlack and outWhite. It is the usual first step for a flat picture: put the input points where the histogram begins and ends, then move gamma until the middle looks right. What lies outside the input points is clipped. Output points drawn together make the picture paler, exchanged ones make a negative. On a single channel it takes out a colour cast by hand.',
  sample: { values: { inBlack: 30, inWhite: 225, gamma: 1.4 } },
  related: ['curves', 'percentileStretch', 'contrastStretch'],
  category: 'Intensity',
  keywords: ['black point', 'white point', 'midtones', 'input levels', 'output levels'],
  keys: ['Mod+L'],
  parameters: {
    inBlack: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 0,
      unit: 'level',
      axis: 'in',
      help: 'Tones up to this one become the darkest.',
    },
    inWhite: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 255,
      unit: 'level',
      axis: 'in',
      help: 'Tones from this one on become the lightest; must be above the black point.',
    },
    gamma: {
      kind: 'number',
      min: 0.1,
      max: 10,
      step: 0.01,
      slider: [0.1, 4],
      default: 1,
      help: 'Above 1 brightens the middle tones, below 1 darkens them.',
    },
    outBlack: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 0,
      unit: 'level',
      axis: 'out',
      help: 'What the darkest tones become; above the output white it inverts the picture.',
    },
    outWhite: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      default: 255,
      unit: 'level',
      axis: 'out',
      help: 'What the lightest tones become.',
    },
    channel: toneChannel,
  },
  constraint: ({ inBlack, inWhite }) =>
    inBlack < inWhite
      ? null
      : `expected a number below inWhite (${inWhite}) for inBlack but received ${inBlack}`,
  formula: ({ channel }, shape) =>
    'p = clamp((r - inBlack*K)/((inWhite - inBlack)*K), 0, 1); ' +
    limitedToChannel('outBlack*K + p^(1/gamma)*(outWhite - outBlack)*K', channel, shape),
  identity: { inBlack: 0, inWhite: 255, gamma: 1, outBlack: 0, outWhite: 255 },
  examples: [
    {
      values: { inBlack: 10, inWhite: 240, gamma: 1.3 },
      input: [0, 1, 2, 10, 16, 50, 64, 100, 127, 128, 180, 200, 250, 254, 255],
      output: [0, 0, 0, 0, 15, 66, 84, 124, 152, 153, 202, 220, 255, 255, 255],
    },
    { values: { outBlack: 255, outWhite: 0 }, input: [0, 100, 255], output: [255, 155, 0] },
  ],
  sources: ['GIMP manual: Levels'],
});
