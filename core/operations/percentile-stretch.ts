import { defineGlobal } from '../operation/define';
import type { GlobalNumbers } from '../operation/operation';
import { mergeBins, percentile } from '../raster/histogram';

function numbersFor(lo: readonly number[], hi: readonly number[]): GlobalNumbers {
  return { constants: { lo, hi }, reported: { low: lo, high: hi } };
}

/** OPERATIONS.md 3.8. Percentiles by numpy's default rule, on full resolution; 0 and 100 give the min–max stretch. */
export const percentileStretch = defineGlobal({
  id: 'percentileStretch',
  summary: 'Makes the darkest few per cent of the samples black and the lightest few white.',
  description:
    'Levels that set themselves. lo is the tone below which low per cent of all samples lie, hi the one below which high per cent lie; lo becomes black, hi white, and what is outside is clipped. 2 and 98 pass over the few extreme samples that noise and glints leave; 0 and 100 give the plain stretch from smallest to largest. One pair of limits for the picture keeps its colour balance. One for each channel also takes out a cast, and puts one in where the scene itself was coloured. The limits come from the whole picture at full resolution and are reported.',
  sample: { values: {}, before: [{ id: 'brightnessContrast', params: { contrast: -60 } }] },
  related: ['equalize'],
  category: 'Intensity',
  keywords: ['auto contrast', 'auto levels', 'normalize', 'min max'],
  parameters: {
    low: {
      kind: 'number',
      min: 0,
      max: 100,
      step: 0.5,
      slider: [0, 20],
      default: 2,
      unit: '%',
      help: 'This share of the samples, the darkest, becomes black.',
    },
    high: {
      kind: 'number',
      min: 0,
      max: 100,
      step: 0.5,
      slider: [80, 100],
      default: 98,
      unit: '%',
      help: 'The samples beyond this share, the lightest, become white; must be above low.',
    },
    scope: {
      kind: 'choice',
      choices: ['image', 'channel'],
      default: 'image',
      help: 'One pair of limits for the whole picture, which keeps the colour balance, or one for each channel.',
    },
  },
  constraint: ({ low, high }) =>
    low < high ? null : `expected a number below high (${high}) for low but received ${low}`,
  measurement: () => 'histogram',
  letters: {
    lo: 'the level at the percentile low, which becomes black',
    hi: 'the level at the percentile high, which becomes white',
  },
  formula: () => 'hi == lo ? r : clamp((r - lo)/(hi - lo), 0, 1)*T',
  constants: ({ low, high, scope }, _shape, measured) => {
    if (measured?.kind !== 'histogram') throw new Error('percentileStretch needs a histogram');
    const { bins } = measured.histogram;
    const merged = scope === 'image' ? mergeBins(bins) : null;
    const limits = (p: number): readonly number[] => {
      if (merged === null) return bins.map((own) => percentile(own, p));
      const common = percentile(merged, p);
      return bins.map(() => common);
    };
    return numbersFor(limits(low), limits(high));
  },
  keeping: {
    numbers: {
      low: { form: 'channels', min: 0, max: 255, levels: true },
      high: { form: 'channels', min: 0, max: 255, levels: true },
    },
    found: (_values, _shape, { low, high }) => numbersFor(low[0], high[0]),
  },
  examples: [
    { values: { low: 0, high: 100 }, input: [50, 100, 150], output: [0, 128, 255] },
    { values: {}, input: [77, 77, 77], output: [77, 77, 77] },
  ],
  sources: ['NumPy: percentile, linear interpolation', 'scikit-image: exposure.rescale_intensity'],
});
