import { definePoint } from '../operation/define';
import type { Condition } from '../operation/parameter';
import { tonesOf } from '../operation/tone';
import { colourChannelsOf, type Shape } from '../raster/raster';

const OPERANDS = { r: 'R', g: 'G', b: 'B' } as const;

/** What a condition looks at; in a grey picture every colour means the grey. */
function operand({ channel }: Condition): string {
  if (channel === undefined) return 'r';
  return channel === 'luma' ? 'Y' : OPERANDS[channel];
}

/** The conditions' results combined from left to right. */
function selection(conditions: readonly Condition[], combine: 'and' | 'or' | 'xor'): string {
  return (
    conditions
      .map((condition, at) => `(${operand(condition)} ${condition.op} limit${at}*K)`)
      // Of two truths exactly one holds where they differ.
      .reduce((before, next) => `(${before} ${combine === 'xor' ? '!=' : combine} ${next})`)
  );
}

function alike(number: number, shape: Shape): readonly number[] {
  return new Array<number>(colourChannelsOf(shape)).fill(number);
}

/** OPERATIONS.md 4.5. */
export const maskReplace = definePoint({
  id: 'maskReplace',
  summary: 'Paints over the pixels, or the samples, that comparisons select.',
  description:
    'Selects by comparing and paints over what was selected: a coloured backdrop, blown lights, a black border. The conditions are joined from left to right; with "and" all of them have to hold. A selected pixel is replaced as a whole; scope "sample" tests and replaces each channel by itself. Comparisons have no softness, so outlines come out jagged where the picture changes gradually.',
  sample: {
    values: {
      conditions: [
        { channel: 'r', op: '>', value: 175 },
        { channel: 'b', op: '<', value: 185 },
      ],
      replacement: [70, 120, 215],
    },
  },
  related: ['channelFill', 'circularMask'],
  category: 'Slicing and planes',
  keywords: ['condition', 'logical', 'select', 'boolean mask', 'compare', 'color range'],
  parameters: {
    conditions: {
      kind: 'conditions',
      most: 16,
      suggested: [{ channel: 'luma', op: '<', value: 128 }],
      help: 'What is compared with which tone; with scope "sample" exactly one condition without a channel.',
    },
    combine: {
      kind: 'choice',
      choices: ['and', 'or', 'xor'],
      default: 'and',
      help: 'How several conditions are joined, from left to right: all, any, or an odd number of them.',
    },
    scope: {
      kind: 'choice',
      choices: ['pixel', 'sample'],
      default: 'pixel',
      help: 'Replace whole pixels, or test and replace every sample by itself.',
    },
    replacement: {
      kind: 'tone',
      suggested: 0,
      help: 'What is painted: one tone, or red, green and blue.',
    },
  },
  constraint: ({ conditions, scope }) => {
    const channels = conditions.filter(({ channel }) => channel !== undefined).length;
    if (scope === 'pixel') {
      return channels === conditions.length
        ? null
        : 'expected a channel in every condition of conditions, because scope is "pixel"';
    }
    return conditions.length === 1 && channels === 0
      ? null
      : 'expected exactly one condition without a channel for conditions, because scope is "sample"';
  },
  letters: { limit: 'the tone that condition i compares with, in levels' },
  formula: ({ conditions, combine }) => `${selection(conditions, combine)} ? replacement*K : r`,
  constants: ({ conditions, replacement }, shape) => ({
    replacement: tonesOf(replacement, shape),
    ...Object.fromEntries(conditions.map(({ value }, at) => [`limit${at}`, alike(value, shape)])),
  }),
  examples: [
    {
      values: { conditions: [{ op: '<', value: 20 }], scope: 'sample', replacement: 100 },
      input: [0, 19, 20, 255],
      output: [100, 100, 20, 255],
    },
    {
      values: {
        conditions: [
          { channel: 'r', op: '<', value: 180 },
          { channel: 'g', op: '<', value: 120 },
          { channel: 'b', op: '<', value: 100 },
        ],
        replacement: [40, 50, 60],
      },
      shape: { width: 2, height: 1, channels: 3, depth: 8 },
      input: [179, 119, 99, 179, 119, 100],
      output: [40, 50, 60, 179, 119, 100],
    },
    {
      values: {
        conditions: [
          { channel: 'r', op: '>=', value: 10 },
          { channel: 'r', op: '>=', value: 20 },
        ],
        combine: 'xor',
        replacement: 0,
      },
      input: [9, 10, 19, 20],
      output: [9, 0, 0, 20],
    },
  ],
  sources: ['NumPy: boolean indexing, logical_and'],
});
