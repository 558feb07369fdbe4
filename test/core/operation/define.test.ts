import { describe, expect, it } from 'vitest';
import { checkDeclaration } from '../../../core/operation/check-declaration';
import { applicationOf, definePoint } from '../../../core/operation/define';
import type { NumberParameter } from '../../../core/operation/parameter';
import { gamma } from '../../../core/operations/gamma';
import { intensitySlice } from '../../../core/operations/intensity-slice';

const amount: NumberParameter = { kind: 'number', min: 0, max: 9, step: 1, default: 1, help: 'How much.' };
const sound = {
  id: 'sound',
  summary: 'Is sound.',
  category: 'Intensity',
  parameters: { amount },
  formula: () => 'r + amount',
  examples: [{ values: { amount: 2 }, input: [1], output: [3] }],
  sources: ['this test'],
} as const;

describe('the types of values', () => {
  it('are those of the declarations', () => {
    expect(applicationOf(gamma, { gamma: 2.2 })).toEqual({ id: 'gamma', params: { gamma: 2.2 } });
    expect(applicationOf(gamma, {})).toEqual({ id: 'gamma', params: {} });
    expect(applicationOf(intensitySlice, { low: 1, high: 2, basis: 'luma' }).params).toEqual({
      low: 1,
      high: 2,
      basis: 'luma',
    });
  });

  it('let nothing misspelt, missing or mistyped compile', () => {
    // @ts-expect-error a misspelt parameter
    applicationOf(gamma, { gama: 2.2 });
    // @ts-expect-error a text for a number
    applicationOf(gamma, { gamma: '2.2' });
    // @ts-expect-error a required parameter left out
    applicationOf(intensitySlice, { low: 1 });
    // @ts-expect-error a choice that is not offered
    applicationOf(intensitySlice, { low: 1, high: 2, basis: 'red' });
    definePoint({
      ...sound,
      // @ts-expect-error a formula that asks for a parameter which is not declared
      formula: ({ amont }) => (amont > 1 ? 'r' : 'T'),
    });
    expect(() =>
      checkDeclaration(
        definePoint({
          ...sound,
          // @ts-expect-error an example with a parameter which is not declared
          examples: [{ values: { amont: 2 }, input: [1], output: [3] }],
        }),
      ),
    ).toThrow('unknown parameter "amont"');
  });
});

describe('an operation', () => {
  it('passes where all is well', () => {
    expect(checkDeclaration(definePoint(sound)).kind).toBe('point');
  });

  it.each<[string, object, string]>([
    ['an id that is not lowerCamel', { id: 'Sound' }, 'ids are lowerCamel'],
    ['a formula that cannot be read', { formula: () => 'r +' }, 'expected a number'],
    ['a formula with an unknown name', { formula: () => 'r + amout' }, 'unknown name "amout"'],
    ['a formula that redefines a name', { formula: () => 'r = 1; r' }, 'redefines "r"'],
    ['a formula that redefines a parameter', { formula: () => 'amount = 1; r' }, 'redefines "amount"'],
    ['no source', { sources: [] }, 'a source are needed'],
    [
      'an example out of range',
      { examples: [{ values: { amount: 10 }, input: [1], output: [1] }] },
      'received 10',
    ],
    [
      'an example of another size',
      {
        examples: [
          { values: {}, input: [1, 2], output: [1], shape: { width: 1, height: 1, channels: 1, depth: 8 } },
        ],
      },
      'another size',
    ],
    ['an example of no level', { examples: [{ values: {}, input: [1.5], output: [1] }] }, 'whole levels'],
    ['an identity out of range', { identity: { amount: -1 } }, 'received -1'],
    ['an empty range', { parameters: { amount: { ...amount, min: 9 } } }, 'range of amount is empty'],
    ['a default out of range', { parameters: { amount: { ...amount, default: 10 } } }, 'starts out of range'],
    ['a slider out of range', { parameters: { amount: { ...amount, slider: [0, 10] } } }, 'leaves its range'],
    ['a parameter named like a sample', { parameters: { amount, r: amount } }, 'formulas use "r"'],
    ['a parameter without help', { parameters: { amount: { ...amount, help: '' } } }, 'needs help'],
  ])('with %s is refused', (_, changed, message) => {
    expect(() => checkDeclaration(definePoint({ ...sound, ...changed }))).toThrow(message);
  });

  it('checks the formula of every choice', () => {
    const choosy = definePoint({
      ...sound,
      parameters: {
        amount,
        mode: { kind: 'choice', choices: ['a', 'b'], default: 'a', help: 'Which.' },
      },
      formula: ({ mode }) => (mode === 'a' ? 'r' : 'r + oops'),
    });
    expect(() => checkDeclaration(choosy)).toThrow('unknown name "oops"');
  });
});
