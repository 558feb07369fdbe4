import { definePoint } from '../operation/define';

const COLOURS = ['red', 'green', 'blue'] as const;

const SEPIA = [
  [0.393, 0.769, 0.189],
  [0.349, 0.686, 0.168],
  [0.272, 0.534, 0.131],
] as const;

/** The same gray in all channels. */
const gray = (...weights: readonly number[]): readonly (readonly number[])[] => [weights, weights, weights];

/** OPERATIONS.md 12b. */
export const channelMixer = definePoint({
  id: 'channelMixer',
  summary: 'Mixes new channels from the old ones: sepia, black and white through a filter, channels swapped.',
  description:
    'Each new channel is a sum of the old ones. Three equal rows make a black and white picture: weighted to red, as if through a red filter, skies turn dark and skin light; to green, foliage turns light. Other matrices tone (sepia), swap channels or undo the crosstalk of a sensor. Rows that add up to 1 keep the brightness of grays.',
  sample: { values: { matrix: SEPIA } },
  related: ['whiteBalance'],
  category: 'Photography',
  keywords: ['sepia', 'black and white', 'matrix', 'swap', 'monochrome', 'infrared'],
  inColour: true,
  parameters: {
    matrix: {
      kind: 'matrix',
      rows: COLOURS,
      columns: COLOURS,
      step: 0.01,
      default: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      presets: {
        sepia: SEPIA,
        'black and white, red filter': gray(1, 0, 0),
        'black and white, green filter': gray(0, 1, 0),
        'black and white, blue filter': gray(0, 0, 1),
        'red and blue swapped': [
          [0, 0, 1],
          [0, 1, 0],
          [1, 0, 0],
        ],
      },
      help: 'A row for each new channel: how much of the old red, green and blue goes into it.',
    },
    offset: {
      kind: 'numbers',
      entries: COLOURS,
      min: -255,
      max: 255,
      step: 1,
      unit: 'level',
      default: [0, 0, 0],
      help: 'What is added to each new channel.',
    },
  },
  letters: {
    red: 'how much of red goes into the channel',
    green: 'how much of green',
    blue: 'how much of blue',
    added: 'what is added to the channel, on the 255 scale',
  },
  formula: () => 'red*R + green*G + blue*B + added*K',
  constants: ({ matrix, offset }) => ({
    red: matrix.map(([red]) => red),
    green: matrix.map(([, green]) => green),
    blue: matrix.map(([, , blue]) => blue),
    added: offset,
  }),
  identity: {
    matrix: [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
    offset: [0, 0, 0],
  },
  examples: [
    {
      values: {
        matrix: [
          [0, 0, 1],
          [0.5, 0.5, 0],
          [1, 0, 0],
        ],
        offset: [0, 0, 10],
      },
      shape: { width: 1, height: 1, channels: 3, depth: 8 },
      input: [100, 50, 20],
      output: [20, 75, 110],
    },
  ],
  sources: ['GIMP manual: Channel Mixer', 'W3C, Filter Effects: feColorMatrix, sepia'],
});
