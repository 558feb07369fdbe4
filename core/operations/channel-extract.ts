import { definePoint } from '../operation/define';
import { colourChannelsOf } from '../raster/raster';

/** OPERATIONS.md 5.2. Alpha is always shown as gray, and is white where there is none; a gray picture has one channel to show. */
export const channelExtract = definePoint({
  id: 'channelExtract',
  summary: 'Shows one channel alone: red, green, blue or alpha.',
  description:
    'A look at one channel by itself. In photographs green usually has the finest detail and blue the most noise; the channel with the best contrast between object and background is the one to threshold. Alpha is shown as gray, white where the picture is opaque.',
  sample: { values: { channel: 'b' } },
  related: ['channelMixer'],
  category: 'Colour and channels',
  keywords: ['split', 'red', 'green', 'blue', 'alpha', 'transparency'],
  parameters: {
    channel: {
      kind: 'choice',
      choices: ['r', 'g', 'b', 'a'],
      suggested: 'r',
      help: 'Which channel to show; in a gray picture r, g and b all mean the gray one.',
    },
    display: {
      kind: 'choice',
      choices: ['gray', 'color'],
      default: 'gray',
      help: 'Show the channel as a gray picture, or in its own colour.',
    },
  },
  formula: ({ channel, display }, shape) => {
    if (channel === 'a') return 'A';
    if (colourChannelsOf(shape) === 1) return 'r';
    return display === 'gray' ? channel.toUpperCase() : `channel == ${'rgb'.indexOf(channel)} ? r : 0`;
  },
  examples: [
    {
      values: { channel: 'g' },
      shape: { width: 1, height: 1, channels: 3, depth: 8 },
      input: [109, 143, 46],
      output: [143, 143, 143],
    },
    {
      values: { channel: 'g', display: 'color' },
      shape: { width: 1, height: 1, channels: 3, depth: 8 },
      input: [109, 143, 46],
      output: [0, 143, 0],
    },
    {
      values: { channel: 'a' },
      shape: { width: 1, height: 1, channels: 4, depth: 8 },
      input: [109, 143, 46, 77],
      output: [77, 77, 77, 77],
    },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: colour fundamentals'],
});
