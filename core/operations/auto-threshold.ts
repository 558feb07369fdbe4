/** OPERATIONS.md 6.4: a threshold that the picture's own histogram of luma decides. */

import { thresholdOf } from '../kernels/threshold-methods';
import { defineGlobal } from '../operation/define';
import type { GlobalNumbers } from '../operation/operation';
import { colourChannelsOf, type Shape } from '../raster/raster';

function numbersFor(t: number, shape: Shape): GlobalNumbers {
  return {
    constants: { t: new Array<number>(colourChannelsOf(shape)).fill(t) },
    reported: { threshold: t },
  };
}

export const autoThreshold = defineGlobal({
  id: 'autoThreshold',
  summary: 'Black and white, by a threshold that is found in the picture.',
  description:
    'Splits a picture into dark and light without anyone choosing the tone: scanned pages, cells, coins. Otsu’s method looks for the threshold t whose two classes differ most, and suits two groups of similar size and spread. Li’s loses the least information (cross-entropy). The triangle suits small objects on a large background, one high peak with a long tail. The mean is a yardstick for the others. t is reported. There is one t for the whole picture, so uneven light defeats every method; flatten it first.',
  related: ['intensitySlice', 'kmeansQuantize'],
  category: 'Histogram',
  keywords: ['binarize', 'otsu', 'li', 'triangle', 'mean', 'segmentation', 'two-tone'],
  parameters: {
    method: {
      kind: 'choice',
      choices: ['otsu', 'li', 'triangle', 'mean'],
      default: 'otsu',
      help: 'What separates dark from light: two classes as different as can be (Otsu), least cross-entropy (Li), the foot of the largest peak (triangle), or the mean.',
    },
  },
  measurement: () => 'lumaHistogram',
  letters: { t: 'the threshold that the method found' },
  formula: () => 'Y > t ? T : 0',
  constants: ({ method }, shape, measured) => {
    if (measured?.kind !== 'histogram') throw new Error('autoThreshold needs a histogram');
    return numbersFor(thresholdOf(method, measured.histogram.bins[0]), shape);
  },
  keeping: {
    numbers: { threshold: { form: 'one', min: 0, max: 255, levels: true } },
    found: (_values, shape, { threshold }) => numbersFor(threshold[0][0], shape),
  },
  examples: [
    { values: {}, input: [10, 12, 11, 200, 210, 205], output: [0, 0, 0, 255, 255, 255] },
    { values: { method: 'mean' }, input: [0, 100, 200], output: [0, 0, 255] },
    { values: { method: 'li' }, input: [77, 77, 77], output: [0, 0, 0] },
  ],
  sources: [
    'scikit-image 0.19: filters.threshold_otsu, threshold_li, threshold_triangle',
    'N. Otsu, IEEE Trans. SMC 9 (1979)',
    'C. H. Li, P. K. S. Tam, Pattern Recognition Letters 19 (1998)',
    'G. W. Zack et al., J. Histochem. Cytochem. 25 (1977)',
  ],
});
