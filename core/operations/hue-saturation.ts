import { definePoint } from '../operation/define';
import { HSL_OF_PIXEL, levelFromHsl } from '../operation/hsl-formula';

const NEW_LIGHTNESS =
  'newL = lightness < 0 ? l*(1 + lightness/100) : l + (1 - l)*lightness/100; newH = h + hue/360; ';

/** OPERATIONS.md 5.3. Greys have no hue to turn and no saturation to strengthen. */
export const hueSaturation = definePoint({
  id: 'hueSaturation',
  summary: 'Turns the colours around the colour wheel, strengthens or fades them, and lightens or darkens.',
  description:
    'Takes every pixel apart into hue, saturation and lightness (HSL), changes these, and puts it together again. Hue turns all colours alike, saturation is multiplied, lightness is mixed with black or white. Grays have no hue and keep out of the first two. HSL follows arithmetic and not the eye: yellow and blue of the same lightness are far from equally light, so turning the hue changes how light things look. Raising the saturation drives strong colours to the limit first; vibrance spares them.',
  sample: { values: { hue: 150, saturation: 20 } },
  related: ['vibrance', 'grayscale'],
  category: 'Colour and channels',
  keywords: [
    'hue/saturation',
    'hue and saturation',
    'hsl',
    'colour wheel',
    'desaturate',
    'lightness',
    'tint',
  ],
  keys: ['Mod+U'],
  parameters: {
    hue: {
      kind: 'number',
      min: -180,
      max: 180,
      step: 1,
      default: 0,
      unit: 'degrees',
      help: 'How far every colour is turned: 120 makes red green, green blue and blue red.',
    },
    saturation: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      help: 'How strong the colours are: −100 makes a gray picture, 100 doubles them.',
    },
    lightness: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      help: 'Towards black (−100) or towards white (100).',
    },
  },
  formula: () =>
    `${HSL_OF_PIXEL}newS = clamp(s*(1 + saturation/100), 0, 1); ${NEW_LIGHTNESS}` +
    levelFromHsl('newH', 'newS', 'newL'),
  identity: { hue: 0, saturation: 0, lightness: 0 },
  examples: [
    {
      values: { hue: 120 },
      shape: { width: 2, height: 1, channels: 3, depth: 8 },
      input: [255, 0, 0, 90, 90, 90],
      output: [0, 255, 0, 90, 90, 90],
    },
    {
      values: { saturation: -100 },
      shape: { width: 1, height: 1, channels: 3, depth: 8 },
      input: [200, 100, 50],
      output: [125, 125, 125],
    },
    { values: { lightness: 50 }, input: [0, 100, 255], output: [128, 178, 255] },
  ],
  sources: ['Python: colorsys.rgb_to_hls', 'GIMP manual: Hue-Saturation'],
});
