import { colourChannelsOf, scaleOf, type Shape } from '../raster/raster';
import { defineGlobal } from '../operation/define';
import type { GlobalNumbers, Measured } from '../operation/operation';

/**
 * OPERATIONS.md 3.2. The curve lives on the 255 scale, so that it looks the same at every depth; M, the largest sample, always
 * maps to white. With `range` nothing is measured and M is 255.
 */
export const logTransform = defineGlobal({
  id: 'logTransform',
  summary: 'Opens up the shadows along a logarithm and compresses the lights.',
  description:
    'A logarithm turns equal ratios into equal steps, so it spreads the darkest tones over much of the range and pushes the lights together. It is meant for pictures whose values span several powers of ten: spectra, X-rays, the night sky. An ordinary photograph carries a gamma already and looks washed out afterwards, with the noise of its shadows lifted; there gamma or shadows and highlights is kinder. The factor c is 255/ln(1 + max), so that the largest sample becomes white; c and max come from the whole picture at full resolution and are reported.',
  related: ['gamma', 'shadowsHighlights'],
  category: 'Intensity',
  keywords: ['logarithm', 'shadows', 'dynamic range'],
  parameters: {
    source: {
      kind: 'choice',
      choices: ['image', 'channel', 'range'],
      default: 'image',
      help: 'What becomes white: the largest sample of the picture, of each channel by itself, or always 255.',
    },
    colorMode: {
      kind: 'choice',
      choices: ['perChannel', 'gray'],
      default: 'perChannel',
      help: 'Transform red, green and blue each, or the luma alone, which gives a gray picture.',
    },
  },
  measurement: ({ source, colorMode }) => {
    if (source === 'range') return null;
    return colorMode === 'gray' ? 'largestLuma' : 'extremes';
  },
  letters: {
    c: 'the factor by which the largest sample becomes T: 255/ln(1 + M), M being that sample on the 255 scale',
  },
  formula: ({ colorMode }) => (colorMode === 'gray' ? 'K*c*ln(1 + luma(R, G, B)/K)' : 'K*c*ln(1 + u)'),
  constants: ({ source }, shape, measured) => numbersFor(largestOf(shape, measured, source === 'channel')),
  keeping: {
    numbers: { max: { form: 'channels', min: 0, max: 255 } },
    found: (_values, _shape, { max }) => numbersFor(max[0]),
  },
  examples: [
    {
      values: { source: 'range' },
      input: [0, 1, 2, 10, 16, 50, 64, 100, 127, 128, 180, 200, 250, 254, 255],
      output: [0, 32, 51, 110, 130, 181, 192, 212, 223, 223, 239, 244, 254, 255, 255],
    },
    {
      values: {},
      input: [0, 1, 2, 10, 16, 50, 64, 100, 127, 128, 180, 200],
      output: [0, 33, 53, 115, 136, 189, 201, 222, 233, 234, 250, 255],
    },
  ],
  sources: ['Gonzalez, Woods, Digital Image Processing: log transformations'],
});

function numbersFor(max: readonly number[]): GlobalNumbers {
  const c = max.map((level) => (level === 0 ? 0 : 255 / Math.log(1 + level)));
  return { constants: { c }, reported: { c, max } };
}

/** M on the 255 scale, one number a colour channel. */
function largestOf(shape: Shape, measured: Measured | null, each: boolean): readonly number[] {
  const colours = colourChannelsOf(shape);
  const scale = scaleOf(shape.depth);
  if (measured === null) return new Array<number>(colours).fill(255);
  if (measured.kind === 'largestLuma') return new Array<number>(colours).fill(measured.level / scale);
  if (measured.kind !== 'extremes') throw new Error('logTransform needs the largest levels');
  const levels = measured.extremes.largest.map((level) => level / scale);
  return each ? levels : levels.map(() => Math.max(...levels));
}
