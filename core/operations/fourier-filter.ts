/** OPERATIONS.md 10: keeps the low or the high spatial frequencies. */

import { mirroredFilter, periodicFilter, type ChannelFilter } from '../kernels/fourier-filter';
import { keptRows, storedRows } from '../kernels/sample-lines';
import type { Transfer } from '../kernels/fourier-transfer';
import { defineWhole } from '../operation/define';
import { shortNumber, type FilledLine } from '../operation/formula/print';
import type { DetailPart } from '../operation/operation';
import { parameters, type Values } from '../operation/parameter';
import { toldFilter } from '../operation/told-filter';
import { pixelOf } from '../raster/pixel';
import { colourChannelsOf, scaleOf, topOf, type Shape } from '../raster/raster';
import type { Rectangle, Size } from '../raster/rectangle';

const declared = parameters({
  type: {
    kind: 'choice',
    choices: ['lowPass', 'highPass'],
    suggested: 'lowPass',
    help: 'Keep what is coarse (low pass) or what is fine (high pass).',
  },
  profile: {
    kind: 'choice',
    choices: ['gaussian', 'butterworth', 'ideal'],
    default: 'gaussian',
    help: 'How the filter passes from keeping to removing: like a bell, by its order, or at once, which leaves ripples.',
  },
  cutoff: {
    kind: 'number',
    min: 0.001,
    max: 0.75,
    step: 0.001,
    slider: [0.001, 0.5],
    suggested: 0.1,
    unit: 'cycles/px',
    help: 'The frequency around which the filter passes over, in cycles per pixel; 0.5 is the finest pattern of one pixel on, one off.',
  },
  order: {
    kind: 'number',
    min: 1,
    max: 10,
    step: 1,
    integer: true,
    default: 2,
    help: 'How steep the Butterworth profile is.',
  },
  padding: {
    kind: 'choice',
    choices: ['mirror', 'none'],
    default: 'mirror',
    help: 'Whether the picture goes on as its mirror image, or as its other side.',
  },
  offset: {
    kind: 'number',
    min: -255,
    max: 255,
    step: 1,
    default: 0,
    unit: 'level',
    help: 'Added to the result; 128 makes a high pass visible.',
  },
});

/** `ideal` keeps what lies on the edge in spite of the last bits of a division. */
const NOISE = 1e-12;

function transferOf({ type, profile, cutoff, order }: Values<typeof declared>): Transfer {
  const high = type === 'highPass';
  const square = cutoff * cutoff;
  switch (profile) {
    case 'gaussian':
      return { kept: (d2) => Math.exp(-d2 / (2 * square)), separable: true, high };
    case 'butterworth':
      return { kept: (d2) => 1 / (1 + wholePower(d2 / square, order)), separable: false, high };
    case 'ideal':
      return { kept: (d2) => (Math.sqrt(d2) <= cutoff + NOISE ? 1 : 0), separable: false, high };
  }
}

/** What the filter leaves of zero frequency, the mean of the picture, and of a wave of the cutoff. */
function gainLines(values: Values<typeof declared>): readonly FilledLine[] {
  const { kept, high } = transferOf(values);
  const at = (frequency: number): number => (high ? 1 - kept(frequency ** 2) : kept(frequency ** 2));
  return [
    { name: 'H(0)', text: 'what is left of the mean', value: at(0) },
    {
      name: `H(${shortNumber(values.cutoff)})`,
      text: 'what is left at the cutoff',
      value: at(values.cutoff),
    },
  ];
}

/** As many samples are kept unrounded at once, for who asks how a pixel came about: 32 MB of them. */
const MOST_KEPT = 2 ** 22;

/** The rows with a pixel in them that are kept together. */
function rowsAround(shape: Shape, y: number): Rectangle {
  const { width, height } = shape;
  const rows = Math.max(1, Math.floor(MOST_KEPT / (width * colourChannelsOf(shape))));
  const top = y - (y % rows);
  return { x: 0, y: top, width, height: Math.min(rows, height - top) };
}

function keptAt({ part, tables }: DetailPart, channel: number, x: number, y: number): number {
  return tables[channel][(y - part.y) * part.width + x - part.x];
}

/** A filter for the channels of pictures of one size. */
function filterFor(values: Values<typeof declared>, { width, height }: Size): ChannelFilter {
  return (values.padding === 'mirror' ? mirroredFilter : periodicFilter)(width, height, transferOf(values));
}

/** By multiplication, which for so many frequencies is a great deal sooner than a power of any exponent. */
function wholePower(base: number, exponent: number): number {
  let power = base;
  for (let i = 1; i < exponent; i++) power *= base;
  return power;
}

export const fourierFilter = defineWhole({
  id: 'fourierFilter',
  summary: 'Keeps the coarse or the fine structures, told apart by their frequency.',
  description:
    'A picture is a sum of waves; here those slower than the cutoff are kept or taken out. 0.5 cycles per pixel is the finest stripe that a picture can hold, 0.05 a wave of 20 pixels. A Gaussian low pass of cutoff c is a Gaussian blur of σ = 1/(2πc). A Butterworth profile cuts more steeply with its order. An ideal one cuts at once and pays with ripples along every edge, which is its lesson. A high pass leaves values around 0: give it an offset of 128 to see them. Without mirroring, the picture is taken to repeat, and one side leaks into the other.',
  sample: { values: { type: 'highPass', profile: 'butterworth', cutoff: 0.04, offset: 128 } },
  related: ['boxBlur', 'convolve'],
  category: 'Neighbourhood',
  keywords: [
    'fft',
    'frequency',
    'low pass',
    'high pass',
    'butterworth',
    'ideal',
    'spectrum',
    'blur',
    'sharpen',
  ],
  parameters: declared,
  reads: 'everything',
  compute: ({ values, input, whole, output, signal }) => {
    const filter = filterFor(values, whole);
    const offset = values.offset * scaleOf(whole.depth);
    for (let channel = 0; channel < colourChannelsOf(whole); channel++) {
      const [from, to] = [input, output].map(({ raster }) => ({ raster, channel }));
      filter(from, storedRows(to, offset), signal);
    }
  },
  detail: {
    part: (_values, shape, { y }) => rowsAround(shape, y),
    of: (values, raster, part, signal) => {
      const filter = filterFor(values, raster);
      const rows = { from: part.y, end: part.y + part.height };
      const tables = Array.from({ length: colourChannelsOf(raster) }, (_, channel) => {
        const plane = new Float64Array(part.width * part.height);
        filter({ raster, channel }, keptRows(plane, part.width, part.y), signal, rows);
        return plane;
      });
      return { reported: {}, tables };
    },
  },
  account: ({ values, detail, stored, input, whole, x, y }) => {
    const offset = values.offset * scaleOf(whole.depth);
    const top = topOf(whole.depth);
    const before = pixelOf(input, x, y);
    const gains = gainLines(values);
    return Array.from({ length: colourChannelsOf(whole) }, (_, channel) => {
      const kept = detail === null ? null : keptAt(detail, channel, x, y);
      return [
        ...gains,
        ...toldFilter({ before: before[channel], stored: stored[channel], kept, offset, top }),
      ];
    });
  },
  formula: ({ type, profile, cutoff, order, offset }) => {
    const kept = {
      gaussian: `exp(−D²/(2·${cutoff}²))`,
      butterworth: `1/(1 + (D/${cutoff})^${2 * order})`,
      ideal: `1 where D ≤ ${cutoff}, else 0`,
    }[profile];
    const transfer = type === 'lowPass' ? kept : `1 − (${kept})`;
    return `inverse DFT of H·DFT(v)${offset === 0 ? '' : ` + ${offset}·K`}, H = ${transfer}, D the distance from zero frequency`;
  },
  typeset: ({ type, profile, padding, offset }) => {
    const kept = {
      gaussian: String.raw`\exp\left(-\frac{D^2}{2 \cdot \mathit{cutoff}^2}\right)`,
      butterworth: String.raw`\frac{1}{1 + \left(D / \mathit{cutoff}\right)^{2 \cdot \mathit{order}}}`,
      ideal: String.raw`\begin{cases} 1 & \text{if } D \le \mathit{cutoff} \\ 0 & \text{otherwise} \end{cases}`,
    }[profile];
    const added = offset === 0 ? '' : String.raw` + \mathit{offset} \cdot K`;
    return {
      equations: [
        [
          's',
          String.raw`\mathcal{F}^{-1}\left\{ H \cdot \mathcal{F}\left\{ v \right\} \right\}\left(x,\, y\right)${added}`,
        ],
        ['H', type === 'lowPass' ? kept : `1 - ${kept}`],
        ['D', String.raw`\sqrt{f_x^2 + f_y^2}`],
      ],
      where: [
        [
          String.raw`\mathcal{F}`,
          `the discrete Fourier transform of the whole picture${padding === 'mirror' ? ' and its mirror images' : ''}`,
        ],
        ['H', 'the share of a frequency that is kept'],
        ['f_x, f_y', 'the frequency across and down, in cycles per pixel'],
      ],
    };
  },
  examples: [
    { values: { type: 'lowPass', cutoff: 0.1 }, input: [77, 77, 77], output: [77, 77, 77] },
    { values: { type: 'highPass', cutoff: 0.1, offset: 128 }, input: [77, 77, 77], output: [128, 128, 128] },
    {
      values: { type: 'lowPass', profile: 'ideal', cutoff: 0.3, padding: 'none' },
      input: [0, 100, 0, 100],
      output: [50, 50, 50, 50],
    },
  ],
  sources: [
    'Gonzalez, Woods, Digital Image Processing: filtering in the frequency domain',
    'NumPy: fft.fft2, fft.fftfreq',
  ],
});
