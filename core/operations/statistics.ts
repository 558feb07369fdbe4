import { defineGlobal } from '../operation/define';
import { deviation, largestLevel, meanLevel, percentile, smallestLevel } from '../raster/histogram';

/** OPERATIONS.md 5.5. The picture goes through unchanged; the numbers are what it is for. */
export const statistics = defineGlobal({
  id: 'statistics',
  summary: 'Reports size, extremes, mean, deviation and median of every channel, and changes nothing.',
  description:
    'The picture goes through as it is; what counts is the report. Every channel, alpha too, is measured at full resolution: smallest and largest level, mean, standard deviation (of all samples, divided by N) and median. Put it into a recipe and read the numbers with --json, to find the underexposed pictures of a series or to see what a step did, once before it and once after.',
  related: ['autoThreshold', 'percentileStretch'],
  category: 'Colour and channels',
  keywords: ['mean', 'median', 'standard deviation', 'minimum', 'maximum', 'measure'],
  parameters: {},
  measurement: () => 'histogramWithAlpha',
  formula: () => 'r',
  constants: (_values, { width, height, channels }, measured) => {
    if (measured?.kind !== 'histogram') throw new Error('statistics needs a histogram');
    const { bins } = measured.histogram;
    return {
      constants: {},
      reported: {
        width,
        height,
        channels,
        samples: width * height * channels,
        min: bins.map(smallestLevel),
        max: bins.map(largestLevel),
        mean: bins.map(meanLevel),
        stdDev: bins.map(deviation),
        median: bins.map((own) => percentile(own, 50)),
      },
    };
  },
  identity: {},
  examples: [{ values: {}, input: [1, 2, 3, 200], output: [1, 2, 3, 200] }],
  sources: ['NumPy: mean, std (population), median'],
});
