/** OPERATIONS.md 6.2: tones are moved so that every part of the scale holds as many samples. */

import { mapPlanes, planeCount, planeHistogram } from '../kernels/planes';
import { defineWhole } from '../operation/define';
import type { FilledLine } from '../operation/formula/print';
import { evenPlane, toldPlanes } from '../operation/told-planes';
import { pixelOf } from '../raster/pixel';
import { colourChannelsOf, topOf } from '../raster/raster';

/** For every level how many samples are at most as light. */
function cumulative(counts: Float64Array): Float64Array {
  let below = 0;
  return counts.map((count) => (below += count));
}

interface Tones {
  readonly samples: number;
  /** The lowest level that occurs, and how many samples have it. */
  readonly lowest: number;
  readonly darkest: number;
}

function tonesIn(upTo: Float64Array): Tones {
  const lowest = upTo.findIndex((count) => count > 0);
  return { samples: upTo[upTo.length - 1], lowest, darkest: upTo[lowest] };
}

/** For every level its unrounded new one. A plane of a single level stays. */
function equalized(upTo: Float64Array, fromDarkest: boolean, top: number): Float64Array {
  const { samples, darkest } = tonesIn(upTo);
  if (darkest === samples) return upTo.map((_, level) => level);
  const least = fromDarkest ? darkest : 0;
  return upTo.map((count) => (top * Math.max(0, count - least)) / (samples - least));
}

/** The counts that a level's new one is made from. */
function toldLevel(
  level: number,
  result: number,
  upTo: Float64Array,
  fromDarkest: boolean,
  what: 'pixels' | 'samples',
  top: number,
): readonly FilledLine[] {
  const { samples, lowest, darkest } = tonesIn(upTo);
  if (darkest === samples) return evenPlane(level);
  const count = upTo[level];
  const counts = [
    { name: `C(${level})`, text: `${what} up to ${level}`, value: count },
    { name: 'N', text: `all ${what}`, value: samples },
  ];
  if (!fromDarkest) return [...counts, { name: null, text: `${top}·${count}/${samples}`, value: result }];
  return [
    ...counts,
    { name: 'C(m)', text: `${what} at the lowest level, ${lowest}`, value: darkest },
    { name: null, text: `${top}·(${count} − ${darkest})/(${samples} − ${darkest})`, value: result },
  ];
}

export const equalize = defineWhole({
  id: 'equalize',
  summary: 'Spreads the tones so that dark, middle and light each get their share of the picture.',
  description:
    'Every tone becomes the share of samples that are no lighter than it, so the result has about as many pixels in each part of the range. It shows all that a flat picture holds and does not look natural: large even areas get most of the range, and their noise with it. One table serves the whole picture; CLAHE has one for each part. "cdf" is the definition of scikit-image; "cdfMin" that of OpenCV, which starts at black. "value" keeps hue and saturation, "perChannel" does not.',
  sample: { values: {}, before: [{ id: 'brightnessContrast', params: { contrast: -60 } }] },
  related: ['clahe'],
  category: 'Histogram',
  keywords: ['histogram equalization', 'contrast', 'auto', 'cdf'],
  parameters: {
    normalization: {
      kind: 'choice',
      choices: ['cdf', 'cdfMin'],
      default: 'cdf',
      help: 'Whether the darkest level counts like any other (cdf) or becomes black (cdfMin).',
    },
    colorMode: {
      kind: 'choice',
      choices: ['value', 'perChannel'],
      default: 'value',
      help: 'Change the brightness and keep the hues, or red, green and blue each by itself.',
    },
  },
  reads: 'pixel',
  // The planes' new levels, then, for who asks how they come about, their counts.
  study: ({ normalization, colorMode }, input) => {
    const counts = Array.from({ length: planeCount(colorMode, input) }, (_, plane) =>
      cumulative(planeHistogram(colorMode, input, plane)),
    );
    const levels = counts.map((upTo) => equalized(upTo, normalization === 'cdfMin', topOf(input.depth)));
    return { reported: {}, tables: [...levels, ...counts] };
  },
  compute: ({ values, study, input, output, signal }) => {
    if (study === null) throw new Error('equalize needs the distribution of the tones');
    const { tables } = study;
    mapPlanes(values.colorMode, input, output, (level, plane) => tables[plane][level], signal);
  },
  account: ({ values: { normalization, colorMode }, study, input, whole, x, y }) => {
    if (study === null) return [];
    const { tables } = study;
    const colours = pixelOf(input, x, y).slice(0, colourChannelsOf(whole));
    const what = colorMode === 'value' ? 'pixels' : 'samples';
    return toldPlanes(colorMode, colours, (level, plane) =>
      toldLevel(
        level,
        tables[plane][level],
        tables[plane + tables.length / 2],
        normalization === 'cdfMin',
        what,
        topOf(whole.depth),
      ),
    );
  },
  formula: ({ normalization, colorMode }) => {
    const v = colorMode === 'value' ? 'V' : 'v';
    const share = normalization === 'cdf' ? `C(${v})/N` : `(C(${v}) − C(min))/(N − C(min))`;
    return `T·${share}, C(${v}) the number of samples ≤ ${v}${colorMode === 'value' ? '; R, G, B times V′/V, V = max(R, G, B)' : ''}`;
  },
  typeset: ({ normalization, colorMode }) => {
    const value = colorMode === 'value';
    const v = value ? 'V' : 'v';
    const count = String.raw`C\left(${v}\right)`;
    const share =
      normalization === 'cdf'
        ? String.raw`\frac{${count}}{N}`
        : String.raw`\frac{${count} - C\left(m\right)}{N - C\left(m\right)}`;
    const equalised = String.raw`T \cdot ${share}`;
    return {
      equations: value
        ? [
            ['s', String.raw`v \cdot \frac{V'}{V}`],
            ['V', String.raw`\max\left(R, G, B\right)`],
            ["V'", equalised],
          ]
        : [['s', equalised]],
      where: [
        ['C', `C(${v}) is the number of ${value ? 'pixels whose V is' : 'samples that are'} at most ${v}`],
        ['N', `the number of all ${value ? 'pixels' : 'samples'}`],
        ...(normalization === 'cdf' ? [] : [['m', 'the lowest level that occurs'] as const]),
      ],
    };
  },
  examples: [
    { values: {}, input: [10, 20, 30, 40], output: [64, 128, 191, 255] },
    { values: { normalization: 'cdfMin' }, input: [10, 20, 30, 40], output: [0, 85, 170, 255] },
    { values: {}, input: [77, 77, 77], output: [77, 77, 77] },
  ],
  sources: ['scikit-image 0.19: exposure.equalize_hist', 'OpenCV 4.6: equalizeHist'],
});
