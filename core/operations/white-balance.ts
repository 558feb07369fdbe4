import { defineGlobal } from '../operation/define';
import type { Measured } from '../operation/operation';
import { parameters, type Values } from '../operation/parameter';
import { meanLevel, percentile } from '../raster/histogram';
import { colourChannelsOf, topOf, type Depth } from '../raster/raster';

const COLOURS = ['red', 'green', 'blue'] as const;

const declared = parameters({
  method: {
    kind: 'choice',
    choices: ['grayWorld', 'whitePatch', 'neutral', 'gains'],
    suggested: 'grayWorld',
    help: 'What is taken for neutral: the mean of the picture, its lightest samples, or a picked colour; or gains of your own.',
  },
  percentile: {
    kind: 'number',
    min: 50,
    max: 100,
    step: 0.5,
    default: 99,
    unit: '%',
    help: 'With "whitePatch": the share of the samples below what becomes white.',
  },
  neutral: {
    kind: 'numbers',
    entries: COLOURS,
    min: 0,
    max: 255,
    above: true,
    step: 1,
    unit: 'level',
    suggested: [128, 128, 128],
    optional: true,
    help: 'With "neutral": the colour that becomes gray.',
  },
  gains: {
    kind: 'numbers',
    entries: COLOURS,
    min: 0,
    max: 8,
    step: 0.01,
    suggested: [1, 1, 1],
    optional: true,
    help: 'With "gains": what every channel is multiplied by.',
  },
});

const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, each) => sum + each) / numbers.length;

/** What each channel is multiplied by. */
function gainsOf(
  { method, percentile: share, neutral, gains }: Values<typeof declared>,
  depth: Depth,
  measured: Measured | null,
): readonly number[] {
  switch (method) {
    case 'gains':
      return gains ?? [1, 1, 1];
    case 'neutral': {
      const picked = neutral ?? [1, 1, 1];
      return picked.map((level) => mean(picked) / level);
    }
    case 'grayWorld': {
      const means = binsOf(measured).map(meanLevel);
      return means.map((own) => (own === 0 ? 1 : mean(means) / own));
    }
    case 'whitePatch':
      return binsOf(measured).map((bins) => {
        const light = percentile(bins, share);
        return light === 0 ? 1 : topOf(depth) / light;
      });
  }
}

function binsOf(measured: Measured | null): readonly Float64Array[] {
  if (measured?.kind !== 'histogram') throw new Error('this white balance needs a histogram');
  return measured.histogram.bins;
}

/** OPERATIONS.md 5.4. A gray picture has no colour cast and stays as it is. */
export const whiteBalance = defineGlobal({
  id: 'whiteBalance',
  summary: 'Takes a colour cast out of the picture.',
  description:
    'Multiplies each channel by a gain. "grayWorld" takes the mean of the scene for gray, which suits varied scenes and is wrong for a meadow or a sunset. "whitePatch" takes the lightest samples for white; its percentile keeps glints from deciding. "neutral" makes a colour that you picked gray, and "gains" are your own. The gains come from the whole picture at full resolution and are reported, so a series can be given those of one picture. The stored samples are multiplied, so a strong cast is only roughly corrected in shadows and lights; temperature and tint work in linear light.',
  sample: { values: {}, before: [{ id: 'temperatureTint', params: { temperature: -100, tint: -40 } }] },
  related: ['temperatureTint', 'percentileStretch'],
  category: 'Colour and channels',
  keywords: ['color cast', 'gray world', 'neutral', 'temperature', 'gains'],
  parameters: declared,
  constraint: (values) => {
    const needed = values.method === 'neutral' || values.method === 'gains' ? values.method : null;
    if (needed === null || values[needed] !== null) return null;
    return `missing parameter ${needed}: expected a list of 3 numbers, because method is "${needed}"`;
  },
  measurement: ({ method }, shape) =>
    colourChannelsOf(shape) === 3 && (method === 'grayWorld' || method === 'whitePatch') ? 'histogram' : null,
  letters: { gain: 'the factor of the channel' },
  formula: (_values, shape) => (colourChannelsOf(shape) === 1 ? 'r' : 'r*gain'),
  constants: (values, shape, measured) => {
    const gain = colourChannelsOf(shape) === 1 ? [1] : gainsOf(values, shape.depth, measured);
    return { constants: { gain }, reported: { gains: gain } };
  },
  keeping: {
    // The mean of a picture can be any number of times that of its darkest channel.
    numbers: { gains: { form: 'channels', min: 0, max: 1e12 } },
    found: (_values, _shape, { gains }) => ({ constants: { gain: gains[0] }, reported: { gains: gains[0] } }),
  },
  identity: { method: 'gains', gains: [1, 1, 1] },
  examples: [
    {
      values: { method: 'grayWorld' },
      shape: { width: 2, height: 1, channels: 3, depth: 8 },
      // Means 100, 50 and 150: all become 100.
      input: [120, 50, 100, 80, 50, 200],
      output: [120, 100, 67, 80, 100, 133],
    },
    {
      values: { method: 'neutral', neutral: [200, 100, 150] },
      shape: { width: 1, height: 1, channels: 3, depth: 8 },
      input: [200, 100, 150],
      output: [150, 150, 150],
    },
    { values: { method: 'grayWorld' }, input: [10, 20], output: [10, 20] },
  ],
  sources: ['G. Buchsbaum, A spatial processor model for object colour perception (gray world), 1980'],
});
