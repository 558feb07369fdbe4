import { describe, expect, it } from 'vitest';
import { checkValues } from '../../../core/operation/check';
import { definePoint } from '../../../core/operation/define';
import type { GivenValues } from '../../../core/operation/parameter';
import { sentence } from '../../../core/raster/fault';
import { gamma } from '../../../core/operations/gamma';
import { bitPlane } from '../../../core/operations/bit-plane';
import { levels } from '../../../core/operations/levels';
import { negative } from '../../../core/operations/negative';
import type { Operation } from '../../../core/operation/operation';

const everyKind = definePoint({
  id: 'everyKind',
  summary: 'Has a parameter of every kind.',
  category: 'Intensity',
  parameters: {
    size: { kind: 'number', integer: true, min: 1, max: 999, step: 1, suggested: 3, help: 'A size.' },
    mode: { kind: 'choice', choices: ['same', 'valid'], default: 'same', help: 'A mode.' },
    rescale: { kind: 'boolean', default: false, help: 'A switch.' },
    planes: { kind: 'planes', suggested: [7], help: 'Planes.' },
    kernel: { kind: 'kernel', names: ['box3'], largest: 3, suggested: 'box3', help: 'A kernel.' },
    divisor: { kind: 'divisor', default: null, help: 'A divisor.' },
    source: { kind: 'source', help: 'A picture.' },
  },
  formula: () => 'r',
  examples: [],
  sources: ['this test'],
});

const complete = { size: 3, planes: [0, 7], kernel: 'box3', source: 'b.png' };

function refusal(operation: Operation, given: GivenValues): string {
  const checked = checkValues(operation, given, null);
  return checked.ok ? 'accepted' : sentence(checked.fault);
}

describe('values', () => {
  it('take their defaults where they are left out', () => {
    expect(checkValues(gamma, {}, null)).toEqual({ ok: true, value: { gamma: 1 } });
    expect(checkValues(gamma, { gamma: undefined }, null)).toEqual({ ok: true, value: { gamma: 1 } });
    expect(checkValues(everyKind, complete, null)).toEqual({
      ok: true,
      value: { ...complete, mode: 'same', rescale: false, divisor: null },
    });
  });

  it.each([
    [{ gamma: 400 }, 'expected a number from 0.01 to 10 for gamma but received 400'],
    [{ gamma: 0 }, 'expected a number from 0.01 to 10 for gamma but received 0'],
    [{ gamma: '2' }, 'expected a number from 0.01 to 10 for gamma but received "2"'],
    [{ gamma: null }, 'expected a number from 0.01 to 10 for gamma but received null'],
    [{ gamma: Number.NaN }, 'expected a number from 0.01 to 10 for gamma but received NaN'],
    [{ gamma: Infinity }, 'expected a number from 0.01 to 10 for gamma but received Infinity'],
    [{ gama: 2 }, 'unknown parameter "gama"; did you mean "gamma"?'],
    [{ colour: 2 }, 'unknown parameter "colour"; gamma takes gamma'],
    [{ toString: 2 }, 'unknown parameter "toString"; gamma takes gamma'],
  ])('of gamma: %j is refused', (given, message) => {
    expect(refusal(gamma, given)).toBe(message);
  });

  it.each([
    [{ size: undefined }, 'missing parameter size: expected a whole number from 1 to 999'],
    [{ size: 2.5 }, 'expected a whole number from 1 to 999 for size but received 2.5'],
    [{ mode: 'full' }, 'expected one of "same" or "valid" for mode but received "full"'],
    [{ rescale: 1 }, 'expected true or false for rescale but received 1'],
    [
      { planes: [1, 1] },
      'expected a list of distinct whole numbers from 0 to 15 for planes but received [1,1]',
    ],
    [{ planes: [16] }, 'expected a list of distinct whole numbers from 0 to 15 for planes but received [16]'],
    [
      { divisor: 0 },
      'expected a number other than 0, "auto", or null for the kernel\'s own for divisor but received 0',
    ],
    [{ source: '' }, 'expected a picture for source but received ""'],
  ])('of every kind: %j is refused', (changed, message) => {
    expect(refusal(everyKind, { ...complete, ...changed })).toBe(message);
  });

  it.each([
    ['an unknown name', 'box4'],
    ['no rows', []],
    ['no columns', [[]]],
    ['rows of different lengths', [[1, 2], [3]]],
    ['more rows than allowed', [[1], [2], [3], [4]]],
    ['what is not a number', [[1, '2']]],
    ['infinity', [[1, Infinity]]],
  ])('a kernel of %s is refused', (_, kernel) => {
    expect(refusal(everyKind, { ...complete, kernel })).toContain('for kernel but received');
  });

  it.each([
    [[[1]]],
    [
      [
        [0, -1.5],
        [2, 3],
      ],
    ],
    ['box3'],
  ])('the kernel %j is accepted', (kernel) => {
    expect(refusal(everyKind, { ...complete, kernel })).toBe('accepted');
  });

  it('say so where an operation takes no parameters', () => {
    expect(refusal(negative, { x: 1 })).toBe('unknown parameter "x"; negative takes none');
  });

  it('are held against each other', () => {
    expect(refusal(levels, { inBlack: 200, inWhite: 100 })).toBe(
      'expected a number below inWhite (100) for inBlack but received 200',
    );
  });

  it('are held against the picture once it is known', () => {
    const shape = { width: 1, height: 1, channels: 1 } as const;
    expect(checkValues(bitPlane, { plane: 15 }, null).ok).toBe(true);
    expect(checkValues(bitPlane, { plane: 15 }, { ...shape, depth: 16 }).ok).toBe(true);
    expect(checkValues(bitPlane, { plane: 8 }, { ...shape, depth: 8 })).toMatchObject({
      fault: {
        code: 'bad-parameter',
        message: 'expected a whole number from 0 to 7 for plane in an 8-bit picture but received 8',
      },
    });
  });
});
