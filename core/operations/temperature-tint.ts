import { definePoint } from '../operation/define';

/** What counts for brightness in linear light (BT.709). */
const WEIGHTS = [0.2126, 0.7152, 0.0722] as const;

/** OPERATIONS.md 12b. The gains are scaled so that a gray keeps its brightness. */
export const temperatureTint = definePoint({
  id: 'temperatureTint',
  summary: 'Makes the light warmer or cooler, greener or more magenta.',
  description:
    'Multiplies the channels in linear light, red against blue for the temperature, green against both for the tint. At 100 red gains and blue loses a factor of √2; then all gains are divided so that a gray keeps its brightness. gain is the result, a number for each channel. Set it by eye; to have a cast measured, use the white balance.',
  sample: { values: { temperature: -70, tint: 10 } },
  related: ['exposure'],
  category: 'Photography',
  keywords: ['temperature and tint', 'white balance', 'warm', 'cool', 'color cast', 'kelvin'],
  inColour: true,
  parameters: {
    temperature: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      help: 'Above 0 warmer, towards red; below 0 cooler, towards blue.',
    },
    tint: {
      kind: 'number',
      min: -100,
      max: 100,
      step: 1,
      default: 0,
      help: 'Above 0 towards magenta, below 0 towards green.',
    },
  },
  letters: {
    gain: 'the factor of the channel’s light: 2 to the power of temperature/200 in red, −tint/200 in green and −temperature/200 in blue, divided by the brightness of all three',
  },
  formula: () => 'T*enc(clamp(dec(r/T)*gain, 0, 1))',
  constants: ({ temperature, tint }) => {
    const gains = [temperature, -tint, -temperature].map((amount) => 2 ** (amount / 200));
    const brightness = gains.reduce((sum, gain, channel) => sum + WEIGHTS[channel] * gain, 0);
    return { gain: gains.map((gain) => gain / brightness) };
  },
  identity: { temperature: 0, tint: 0 },
  examples: [
    {
      values: { temperature: 50 },
      shape: { width: 1, height: 1, channels: 3, depth: 8 },
      input: [128, 128, 128],
      output: [137, 126, 117],
    },
  ],
  sources: ['IEC 61966-2-1: sRGB', 'ITU-R BT.709'],
});
