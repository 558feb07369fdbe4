import { definePoint } from '../operation/define';
import { colourChannelsOf } from '../raster/raster';

const FORMULAS = {
  bt601: 'luma(R, G, B)',
  bt709: '0.2126*R + 0.7152*G + 0.0722*B',
  luminosity: '0.21*R + 0.72*G + 0.07*B',
  average: '(R + G + B)/3',
  lightness: '(max(R, G, B) + min(R, G, B))/2',
} as const;

/** OPERATIONS.md 5.1. The layout stays: all colour channels receive the gray. */
export const grayscale = definePoint({
  id: 'grayscale',
  summary: 'Takes the colour out and keeps the brightness, by one of five definitions of it.',
  description:
    'Five answers to how light a colour is. BT.601 and BT.709 weigh red, green and blue as the eye does, green most, by the standards of two generations of television; "luminosity" is GIMP’s; "average" treats the channels alike; "lightness" is that of HSL. All work on the stored samples, as luma is defined, and not on linear light. The result keeps its three channels, now equal. To decide which colours become light, as with a filter in front of the lens, use the channel mixer.',
  related: ['channelMixer', 'channelExtract'],
  category: 'Colour and channels',
  keywords: ['black and white', 'desaturate', 'monochrome', 'luma'],
  parameters: {
    method: {
      kind: 'choice',
      choices: ['bt601', 'bt709', 'luminosity', 'average', 'lightness'],
      default: 'bt601',
      help: 'How much red, green and blue count: as in television (BT.601), HDTV (BT.709) or GIMP (luminosity), all alike, or half-way between the largest and the smallest.',
    },
  },
  formula: ({ method }, shape) => (colourChannelsOf(shape) === 1 ? 'r' : FORMULAS[method]),
  examples: (
    [
      ['bt601', 122],
      ['bt709', 129],
      ['luminosity', 129],
      ['average', 99],
      ['lightness', 95],
    ] as const
  ).map(([method, gray]) => ({
    values: { method },
    shape: { width: 1, height: 1, channels: 3, depth: 8 },
    input: [109, 143, 46],
    output: [gray, gray, gray],
  })),
  sources: ['ITU-R BT.601 and BT.709', 'GIMP manual: Desaturate'],
});
