import { definePoint } from '../operation/define';
import { colourChannelsOf } from '../raster/raster';

/** 2^32, and the golden ratio's share of it, which keeps small seeds apart. */
const PLACES = 'start = hash(bitXor(seed, 2654435769)); place = hash(hash(start + x) + y); ';

const FIRST = 'u1 = (hash(key) + 0.5)/4294967296; ';
const SECOND = 'u2 = (hash(key + 1) + 0.5)/4294967296; ';

const FORMULAS = {
  gaussian: `${FIRST}${SECOND}r + K*amount*sqrt(-2*ln(u1))*cos(2*pi*u2)`,
  uniform: `${FIRST}r + K*amount*(2*u1 - 1)`,
  saltPepper: `${FIRST}${SECOND}u1 < amount/100 ? (u2 >= 0.5 ? T : 0) : r`,
} as const;

/** OPERATIONS.md 12b. A position alone decides its noise, so tiles, workers and scripts agree. */
export const addNoise = definePoint({
  id: 'addNoise',
  summary: 'Adds grain that is the same for the same seed.',
  description:
    'Grain for a clean picture, dither against bands, or a test for what removes noise. The noise of a sample follows from seed, place and channel alone, by a hash, so it is the same however the picture is cut into tiles and on every computer. Gaussian noise comes from two uniform numbers by the formula of Box and Muller. Monochrome noise changes brightness and not colour, as film does. Near black and white half of the noise is cut off, which shifts the mean there.',
  sample: { values: { amount: 25 } },
  related: ['bilateral'],
  category: 'Photography',
  keywords: ['grain', 'film', 'gaussian', 'salt and pepper', 'random'],
  parameters: {
    distribution: {
      kind: 'choice',
      choices: ['gaussian', 'uniform', 'saltPepper'],
      default: 'gaussian',
      help: 'Mostly small deviations, deviations of any size alike, or samples that become white or black.',
    },
    amount: {
      kind: 'number',
      min: 0,
      max: 255,
      step: 1,
      slider: [0, 100],
      default: 10,
      help: 'The standard deviation, the largest deviation, or the share of samples in per cent (at most 100).',
    },
    monochrome: {
      kind: 'boolean',
      default: false,
      help: 'The same noise in all channels.',
    },
    seed: {
      kind: 'number',
      min: 0,
      max: 4_294_967_295,
      step: 1,
      integer: true,
      slider: [0, 1000],
      default: 0,
      help: 'Another number is other noise.',
    },
  },
  constraint: ({ distribution, amount }) =>
    distribution !== 'saltPepper' || amount <= 100
      ? null
      : `expected a number from 0 to 100 for amount, because distribution is "saltPepper", but received ${amount}`,
  formula: ({ distribution, monochrome }) =>
    `${PLACES}key = ${monochrome ? 'place' : 'place + 16*channel'}; ${FORMULAS[distribution]}`,
  constants: (_values, shape) => ({ pi: new Array<number>(colourChannelsOf(shape)).fill(Math.PI) }),
  identity: { amount: 0 },
  examples: [
    { values: { amount: 20 }, input: [128, 128, 128, 128], output: [144, 108, 148, 151] },
    {
      values: { distribution: 'uniform', amount: 20, seed: 5 },
      input: [128, 128, 128, 128],
      output: [113, 122, 139, 112],
    },
    {
      values: { distribution: 'saltPepper', amount: 50 },
      input: [128, 128, 128, 128],
      output: [0, 255, 0, 0],
    },
  ],
  sources: [
    'C. Wellons, hash prospector: lowbias32',
    'G. Box, M. Muller, A note on the generation of random normal deviates, 1958',
  ],
});
