import { definePoint } from '../operation/define';

/** OPERATIONS.md 3.3. Black and white stay where they are. */
export const gamma = definePoint({
  id: 'gamma',
  summary: 'Brightens or darkens the middle tones along a power curve; black and white stay.',
  description:
    'Every sample is taken as a share of white and raised to the power 1/gamma. Black and white stay, nothing is clipped, and the tones between move, the dark ones most. It is the plainest way to brighten or darken a picture whose ends are right. The samples in a file carry the gamma of sRGB already, and this one comes on top; to change the amount of light in stops, use exposure. In 8 bit a large gamma pulls the few darkest levels far apart, so that bands may show: gamma 2.2 turns level 1 into 21.',
  sample: { values: { gamma: 2.2 } },
  related: ['exposure', 'levels'],
  category: 'Intensity',
  keywords: ['power law', 'midtones', 'brighten', 'darken'],
  parameters: {
    gamma: {
      kind: 'number',
      min: 0.01,
      max: 10,
      step: 0.01,
      slider: [0.1, 4],
      default: 1,
      help: 'Above 1 brightens the middle tones, below 1 darkens them, 1 changes nothing.',
    },
  },
  formula: () => 'T*(r/T)^(1/gamma)',
  identity: { gamma: 1 },
  examples: [
    {
      values: { gamma: 2.2 },
      input: [0, 1, 2, 10, 16, 50, 64, 100, 127, 128, 180, 200, 250, 254, 255],
      output: [0, 21, 28, 59, 72, 122, 136, 167, 186, 186, 218, 228, 253, 255, 255],
    },
    {
      values: { gamma: 0.5 },
      input: [0, 1, 2, 10, 16, 50, 64, 100, 127, 128, 180, 200, 250, 254, 255],
      output: [0, 0, 0, 0, 1, 10, 16, 39, 63, 64, 127, 157, 245, 253, 255],
    },
    {
      values: { gamma: 2.2 },
      shape: { width: 5, height: 1, channels: 1, depth: 16 },
      input: [0, 1, 257, 32768, 65535],
      output: [0, 424, 5279, 47824, 65535],
    },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: power-law transformations'],
});
