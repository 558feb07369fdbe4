/** OPERATIONS.md 12: the few colours that stand best for all of a picture's, and the picture in them. */

import { clustersOf, nearestSite } from '../kernels/clusters';
import { defineWhole } from '../operation/define';
import { shortNumber, type FilledLine } from '../operation/formula/print';
import { pixelOf } from '../raster/pixel';
import { colourChannelsOf, topOf } from '../raster/raster';
import { store } from '../raster/rounding';
import { checkpoint } from '../raster/signal';

export const kmeansQuantize = defineWhole({
  id: 'kmeansQuantize',
  summary: 'Reduces the picture to a few colours, the ones that fit it best.',
  description:
    'Looks for the few colours from which all pixels together are least far away (in squares of RGB levels), by Lloyd’s algorithm, and gives every pixel the nearest one: posters, palettes, rough segmentation. The search starts from a division of the colours that depends on the picture alone, so the same picture always gives the same result, where the usual random start does not. Distances in RGB are not the eye’s: a small area of a striking colour may get none of its own until there are many. Centres, counts of pixels and the sum of squared distances (inertia) are reported.',
  sample: { values: { colors: 6 } },
  related: ['pixelate'],
  category: 'Composition',
  keywords: [
    'k-means quantize',
    'k-means',
    'posterize',
    'palette',
    'cluster',
    'colours',
    'quantise',
    'segmentation',
  ],
  parameters: {
    colors: {
      kind: 'number',
      min: 1,
      max: 64,
      step: 1,
      integer: true,
      suggested: 5,
      help: 'How many colours are left.',
    },
    maxIterations: {
      kind: 'number',
      min: 1,
      max: 1000,
      step: 1,
      integer: true,
      default: 100,
      help: 'The search ends after so many rounds at the latest.',
    },
  },
  reads: 'pixel',
  study: ({ colors, maxIterations }, input, signal) => {
    const { sites, centres, counts, inertia, iterations, channels } = clustersOf(
      input,
      colors,
      maxIterations,
      signal,
    );
    const centers = counts.map((_, index) =>
      Array.from(centres.subarray(index * channels, (index + 1) * channels)),
    );
    return { reported: { centers, counts, inertia, iterations }, tables: [sites, centres] };
  },
  keeping: {
    numbers: { centers: { form: 'colours', min: 0, max: 255, levels: true } },
    // A pixel takes the nearest of the kept colours: as it did, unless the search was stopped before it came to rest.
    found: (_values, _shape, { centers }) => {
      const colours = Float64Array.from(centers.flat());
      return { reported: { centers }, tables: [colours, colours] };
    },
  },
  compute: ({ study, input, output, signal }) => {
    if (study === null) throw new Error('kmeansQuantize needs its clusters');
    const [sites, centres] = study.tables;
    const { raster, rectangle } = output;
    const { channels, width, height, depth } = raster;
    const colours = colourChannelsOf(raster);
    const levels = centres.map((centre) => store(centre, topOf(depth)));
    const { data } = input.raster;
    for (let y = 0; y < height; y++) {
      checkpoint(signal);
      const line = (rectangle.y + y - input.rectangle.y) * input.raster.width;
      let from = (line + rectangle.x - input.rectangle.x) * channels;
      let at = y * width * channels;
      for (let x = 0; x < width; x++, from += channels, at += channels) {
        const site = nearestSite(sites, colours, data[from], data[from + 1], data[from + 2]) * colours;
        for (let c = 0; c < colours; c++) raster.data[at + c] = levels[site + c];
      }
    }
  },
  account: ({ study, stored, input, whole, x, y }) => {
    const found = study?.reported['centers'] ?? [];
    const centres =
      typeof found === 'number' ? [] : found.flatMap((each) => (typeof each === 'number' ? [] : [each]));
    const colours = colourChannelsOf(whole);
    const pixel = pixelOf(input, x, y).slice(0, colours);
    const distance = (centre: readonly number[]): number =>
      pixel.reduce((sum, level, channel) => sum + (level - centre[channel]) ** 2, 0);
    // A search that was stopped early may have left a pixel with another than the nearest.
    const own = centres
      .filter((centre) =>
        centre.every((level, channel) => store(level, topOf(whole.depth)) === stored[channel]),
      )
      .toSorted((a, b) => distance(a) - distance(b))
      .at(0);
    if (own === undefined) return [];
    const squares = pixel.map((level, channel) => `(${level} − ${shortNumber(own[channel])})²`);
    return own.map((level): readonly FilledLine[] => [
      { name: 'k', text: String(centres.indexOf(own) + 1), value: centres.indexOf(own) + 1 },
      { name: 'distance²', text: squares.join(' + '), value: distance(own) },
      { name: null, text: `centre ${centres.indexOf(own) + 1} of ${centres.length}`, value: level },
    ]);
  },
  formula: ({ colors }) => `the nearest of ${colors} centres, each the mean of the pixels nearest to it`,
  typeset: () => ({
    equations: [
      ['s', 'c_k'],
      ['k', String.raw`\arg\min_{i} \left\lVert p - c_i \right\rVert, \quad i = 1 \dots \mathit{colors}`],
    ],
    where: [
      ['c_i', 'the centres, each the mean of the pixels nearest to it'],
      ['p', 'the colour of the pixel'],
    ],
  }),
  examples: [
    { values: { colors: 2 }, input: [10, 12, 200, 202, 204], output: [11, 11, 202, 202, 202] },
    { values: { colors: 8 }, input: [10, 10, 200], output: [10, 10, 200] },
  ],
  sources: ['S. Lloyd, IEEE Trans. Information Theory 28 (1982)', 'scikit-learn: cluster.KMeans'],
});
