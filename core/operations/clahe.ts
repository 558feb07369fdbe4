/** OPERATIONS.md 6.3: equalisation tile by tile, with a limit to the contrast, blended between the tiles. */

import { claheOf, claheResult, mixed, tablesNear, type ClahePlane } from '../kernels/clahe';
import { claheRows } from '../kernels/clahe-rows';
import { planeCount } from '../kernels/planes';
import { defineWhole } from '../operation/define';
import { shortNumber, type FilledLine } from '../operation/formula/print';
import type { Study } from '../operation/operation';
import { evenPlane, toldPlanes } from '../operation/told-planes';
import { pixelOf } from '../raster/pixel';
import { colourChannelsOf, topOf } from '../raster/raster';

/** What a plane's study is as tables: the numbers, the bins and the tiles' tables. None of a plane that stays. */
function written(plane: ClahePlane | null): readonly Float64Array[] {
  if (plane === null) return [new Float64Array(0), new Float64Array(0), new Float64Array(0)];
  const { size, tile, bins, least, most, binOf, tables } = plane;
  const numbers = Float64Array.of(size.width, size.height, tile.width, tile.height, bins, least, most);
  return [numbers, binOf, tables];
}

function planesIn({ tables }: Study): readonly (ClahePlane | null)[] {
  return Array.from({ length: tables.length / 3 }, (_, plane) => {
    const [numbers, binOf, own] = tables.slice(3 * plane, 3 * plane + 3);
    if (numbers.length === 0) return null;
    const [width, height, tileWidth, tileHeight, bins, least, most] = numbers;
    const tile = { width: tileWidth, height: tileHeight };
    return { size: { width, height }, tile, bins, least, most, binOf, tables: own };
  });
}

/** The tables' numbers at a pixel, how much each counts, and what becomes of their mean. */
function toldLevel(
  plane: ClahePlane,
  level: number,
  x: number,
  y: number,
  top: number,
): readonly FilledLine[] {
  const { binOf, least, most } = plane;
  const bin = binOf[level];
  const near = tablesNear(plane, x, y);
  const names = near.map((_, index) => `M${'₁₂₃₄'.charAt(index)}`);
  const numbers = near.map(({ row, column, table }, index): FilledLine => ({
    name: names[index],
    text: `tile ${column + 1} across, ${row + 1} down`,
    value: table[bin],
  }));
  const terms = near.map(({ share, table }) =>
    share === 1 ? String(table[bin]) : `${shortNumber(share)}·${table[bin]}`,
  );
  const mean = near.reduce((sum, { share, table }) => sum + share * table[bin], 0);
  const cut = mixed(plane, level, x, y);
  const result: FilledLine = { name: null, text: '', value: claheResult(plane, cut, top) };
  return [
    { name: `bin of ${level}`, text: String(bin), value: bin },
    ...numbers,
    { name: 'Σ', text: terms.join(' + '), value: mean },
    { name: 'q', text: 'Σ without its fraction', value: cut },
    least === most
      ? { ...result, text: String(result.value), because: `every q is ${least}` }
      : { ...result, text: `${top}·(${cut} − ${least})/(${most} − ${least})` },
  ];
}

export const clahe = defineWhole({
  id: 'clahe',
  summary: 'Lifts the contrast of every part of the picture by itself, without exaggerating noise.',
  description:
    'Equalises each tile of the picture by itself and blends the tables of the four tiles around a pixel, so that no seams show. What a tone holds beyond the clip limit is taken off its bin and spread over all, which keeps skies and walls from turning into noise. Use it against haze and uneven light, on scans and X-rays. 0.01 is careful, 0.03 strong; smaller tiles work more locally. Too much of it gives halos and a leaden look. At the end the result is stretched from black to white.',
  sample: { values: { clipLimit: 0.02 }, before: [{ id: 'brightnessContrast', params: { contrast: -50 } }] },
  related: ['clarity', 'threshold'],
  category: 'Histogram',
  keywords: [
    'contrast limited adaptive histogram equalization',
    'adaptive histogram equalization',
    'local contrast',
    'contrast limited',
    'dehaze',
  ],
  parameters: {
    tileWidth: {
      kind: 'pictureNumber',
      min: 1,
      max: 1_000_000,
      step: 1,
      integer: true,
      slider: [8, 1024],
      unit: 'px',
      default: null,
      automatic: 'an eighth of the width',
      automaticOf: ({ width }) => Math.max(1, Math.floor(width / 8)),
      help: 'Width of the parts that are equalised; at most that of the picture.',
    },
    tileHeight: {
      kind: 'pictureNumber',
      min: 1,
      max: 1_000_000,
      step: 1,
      integer: true,
      slider: [8, 1024],
      unit: 'px',
      default: null,
      automatic: 'an eighth of the height',
      automaticOf: ({ height }) => Math.max(1, Math.floor(height / 8)),
      help: 'Height of the parts that are equalised; at most that of the picture.',
    },
    clipLimit: {
      kind: 'number',
      min: 0,
      max: 1,
      step: 0.001,
      slider: [0, 0.1],
      default: 0.01,
      help: 'The share of a part that one tone may hold, which limits the contrast; 0 for no limit.',
    },
    bins: {
      kind: 'number',
      min: 2,
      max: 256,
      step: 1,
      integer: true,
      default: 256,
      help: 'How many tones are told apart.',
    },
    colorMode: {
      kind: 'choice',
      choices: ['value', 'perChannel'],
      default: 'value',
      help: 'Change the brightness and keep the hues, or red, green and blue each by itself.',
    },
  },
  constraint: ({ tileWidth, tileHeight }, shape) => {
    if (shape === null) return null;
    if (tileWidth !== null && tileWidth > shape.width) {
      return `expected a number from 1 to ${shape.width}, the width of the picture, for tileWidth but received ${tileWidth}`;
    }
    return tileHeight === null || tileHeight <= shape.height
      ? null
      : `expected a number from 1 to ${shape.height}, the height of the picture, for tileHeight but received ${tileHeight}`;
  },
  reads: 'pixel',
  study: ({ tileWidth, tileHeight, clipLimit, bins, colorMode }, input, signal) => {
    if (tileWidth === null || tileHeight === null) throw new Error('a picture gives its tiles a size');
    const settings = { tileWidth, tileHeight, clipLimit, bins };
    const tables = Array.from({ length: planeCount(colorMode, input) }, (_, plane) =>
      written(claheOf(colorMode, input, plane, settings, signal)),
    );
    return { reported: {}, tables: tables.flat() };
  },
  compute: ({ values, study, input, whole, output, signal }) => {
    if (study === null) throw new Error('clahe needs its tables');
    claheRows(values.colorMode, planesIn(study), input, whole, output, signal);
  },
  account: ({ values: { colorMode }, study, input, whole, x, y }) => {
    if (study === null) return [];
    const planes = planesIn(study);
    const colours = pixelOf(input, x, y).slice(0, colourChannelsOf(whole));
    return toldPlanes(colorMode, colours, (level, index) => {
      const plane = planes[index];
      return plane === null ? evenPlane(level) : toldLevel(plane, level, x, y, topOf(whole.depth));
    });
  },
  formula: ({ tileWidth, tileHeight, clipLimit, bins }) => {
    const tile = `${tileWidth ?? '⌊W/8⌋'} × ${tileHeight ?? '⌊H/8⌋'}`;
    return `equalised by the histograms (${bins} bins, cut at ${clipLimit} of their pixels) of the four tiles of ${tile} pixels around, in proportion, stretched to 0…T`;
  },
  typeset: ({ colorMode }) => {
    const value = colorMode === 'value';
    const mixed: readonly (readonly [string, string])[] = [
      [value ? "V'" : 's', String.raw`T \cdot \frac{q - q_0}{q_1 - q_0}`],
      [
        'q',
        String.raw`\left\lfloor \sum_{t=1}^{4} w_t \cdot M_t\left(${value ? 'V' : 'v'}\right) \right\rfloor`,
      ],
    ];
    const scaled: readonly (readonly [string, string])[] = [
      ['s', String.raw`v \cdot \frac{V'}{V}`],
      ['V', String.raw`\max\left(R, G, B\right)`],
    ];
    return {
      equations: [...(value ? scaled : []), ...mixed],
      where: [
        [
          'M_t',
          'the equalising tables of the four tiles around, of tileWidth × tileHeight pixels; no bin of their histograms holds more than clipLimit of the tile',
        ],
        ['w_t', 'the nearer the middle of the tile, the larger; their sum is 1'],
        ['q_0, q_1', 'the smallest and the largest q of the whole picture'],
      ],
    };
  },
  examples: [
    { values: {}, input: [77, 77, 77], output: [77, 77, 77] },
    { values: { tileWidth: 4, clipLimit: 0 }, input: [10, 20, 30, 40], output: [0, 85, 170, 255] },
  ],
  sources: [
    'K. Zuiderveld, Graphics Gems IV (1994): contrast limited adaptive histogram equalization',
    'scikit-image 0.19: exposure.equalize_adapthist',
  ],
});
