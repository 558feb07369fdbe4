import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPlainObject, joinPath, jsonProblem } from '../../../core/document/json';

const limits = { depth: 4, values: 10, text: 12 };

/** JSON writes −0 as 0. */
function withoutMinusZero(value: unknown): unknown {
  if (value === 0) return 0;
  if (Array.isArray(value)) return value.map(withoutMinusZero);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withoutMinusZero(part)]));
}

describe('plain JSON', () => {
  it.each<[unknown]>([
    [null],
    [true],
    [-1.5e300],
    ['123456789012'],
    [[]],
    [{}],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9]],
    [{ a: { b: { c: [] } } }],
    [Object.create(null)],
    [{ toString: 1, valueOf: 2 }],
  ])('is %j', (value) => {
    expect(jsonProblem(value, limits)).toBeNull();
  });

  it.each<[string, unknown, string, string]>([
    ['a value too many in a list', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], '', 'more than 10 values'],
    [
      'a value too many in many lists',
      [
        [1, 2],
        [3, 4],
        [5, 6, 7],
      ],
      '[2]',
      'more than 10 values',
    ],
    [
      'a value too many in objects',
      { a: { b: 1, c: 2, d: 3 }, e: { f: 1, g: 2, h: 3 }, i: { j: 1 } },
      '',
      'more than 10 values',
    ],
    ['a level too many', { a: { b: { c: { d: {} } } } }, 'a.b.c.d', 'nested more than 4 deep'],
    ['a character too many', { a: '1234567890123' }, 'a', 'a text of more than 12 characters'],
    ['a name too long', { '1234567890123': 1 }, '["123456789012"]', 'a name of more than 12 characters'],
    ['no number', { a: [NaN] }, 'a[0]', 'not a finite number'],
    ['infinity', { a: { 'b c': -Infinity } }, 'a["b c"]', 'not a finite number'],
    ['undefined', [undefined], '[0]', 'not a JSON value (undefined)'],
    ['a symbol', { a: Symbol('s') }, 'a', 'not a JSON value (symbol)'],
    ['a big integer', { a: 1n }, 'a', 'not a JSON value (bigint)'],
    ['bytes', { a: new Uint8Array(2) }, 'a', 'not a plain object'],
    ['an instance of a class', { a: new (class {})() }, 'a', 'not a plain object'],
    ['a list with a name', { a: Object.assign([1], { b: 1 }) }, 'a', 'a list with gaps or names'],
    ['a list with a gap', { a: Object.assign([], { length: 2 }) }, 'a', 'a list with gaps or names'],
    ['a prototype', JSON.parse('{"a": {"__proto__": 1}}'), 'a.__proto__', 'a name that is not allowed'],
  ])('is not %s', (_, value, path, message) => {
    expect(jsonProblem(value, limits)).toEqual({ path, message });
  });

  it('names the first problem in reading order', () => {
    expect(jsonProblem({ a: 1, b: NaN, c: [NaN] }, limits)?.path).toBe('b');
    expect(jsonProblem([[1, NaN], NaN], limits)?.path).toBe('[0][1]');
  });

  it('is whatever JSON.parse gives, within limits', () => {
    const wide = { depth: 1000, values: 1e6, text: 1e6 };
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(jsonProblem(JSON.parse(text), wide)?.message ?? null).toSatisfy(
          (message) => message === null || message === 'a name that is not allowed',
        );
      }),
    );
  });

  it('is, where nothing is wrong, what stays the same when written and read', () => {
    const wide = { depth: 1000, values: 1e6, text: 1e6 };
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withSparseArray: true,
          withTypedArray: true,
        }),
        (value) => {
          if (jsonProblem(value, wide) === null)
            expect(JSON.parse(JSON.stringify(value))).toEqual(withoutMinusZero(value));
        },
      ),
    );
  });
});

describe('paths', () => {
  it('put names that are no words in quotes', () => {
    expect([joinPath('', 'a'), joinPath('a', 'b1'), joinPath('a', '1b'), joinPath('', 'x y')]).toEqual([
      'a',
      'a.b1',
      'a["1b"]',
      '["x y"]',
    ]);
  });
});

describe('plain objects', () => {
  it('are neither lists nor instances, whichever realm they come from', () => {
    expect([{}, Object.create(null)].every(isPlainObject)).toBe(true);
    expect([null, [], new Map(), new Date(), Object.create({ a: 1 }), 'a', () => 0].some(isPlainObject)).toBe(
      false,
    );
  });
});
