import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../core/operation/formula/evaluate';
import { parseFormula } from '../../../../core/operation/formula/parse';
import { freeNames } from '../../../../core/operation/formula/syntax';
import { FormulaError } from '../../../../core/operation/formula/tokens';

const value = (text: string, scope: Record<string, number> = {}): number =>
  evaluate(parseFormula(text), { T: 255, ...scope });

describe('a formula', () => {
  it.each([
    ['1 + 2*3', 7],
    ['(1 + 2)*3', 9],
    ['10 - 4 - 3', 3],
    ['100/10/5', 2],
    ['2^3^2', 512],
    ['-2^2', -4],
    ['2^-1', 0.5],
    ['--3', 3],
    ['1 < 2', 1],
    ['2 <= 1', 0],
    ['3 == 3', 1],
    ['3 != 3', 0],
    ['1 and 0 or 1', 1],
    ['1 or 1 and 0', 1],
    ['not 1 == 2', 1],
    ['not 0 and 0', 0],
    ['0 ? 1 : 0 ? 2 : 3', 3],
    ['1 ? 0 ? 1 : 2 : 3', 2],
    ['1.5e2 + .5', 150.5],
    ['min(3, 1, 2) + max(3, 1)', 4],
    ['clamp(5, 0, 1)', 1],
    ['floor(2.7) + ceil(2.2) + abs(-1)', 6],
    ['ln(exp(2)) + log2(8) + sqrt(16)', 9],
    ['store(99.5) + store(300) + store(-4)', 355],
    ['bitAnd(13, 6)', 4],
    ['p = 3; q = p*2; p + q', 9],
  ])('%s is %d', (text, wanted) => {
    expect(value(text)).toBeCloseTo(wanted, 12);
  });

  it('reads the signs of printed formulas', () => {
    expect(value('2·3 − 1')).toBe(5);
    expect(value('(1 ≤ 1) + (1 ≥ 2) + (1 ≠ 2)')).toBe(2);
  });

  it('takes names from outside, but not its own definitions', () => {
    const formula = parseFormula('p = clamp(r/T, 0, 1); p^(1/gamma)*T');
    expect([...freeNames(formula)].sort()).toEqual(['T', 'gamma', 'r']);
  });

  it('is read once', () => {
    expect(parseFormula('r + 1')).toBe(parseFormula('r + 1'));
  });

  it.each([
    ['', 0, 'expected a number'],
    ['1 +', 3, 'expected a number'],
    ['1 2', 2, 'expected an operator or the end'],
    ['(1', 2, 'expected ")"'],
    ['1 ? 2', 5, 'expected ":"'],
    ['a < b < c', 6, 'expected an operator or the end'],
    ['round(1)', 0, 'unknown function "round"'],
    ['min(1)', 0, 'min takes 2 to 8 arguments, not 1'],
    ['p = 1; p = 2; p', 7, '"p" is already defined'],
    ['min = 1; min', 0, '"min" is already defined'],
    ['p = 1', 5, 'expected ";"'],
    ['r % 2', 2, 'unexpected character "%"'],
    ['alert`x`', 5, 'unexpected character "`"'],
  ])('%j is refused at %d', (text, position, message) => {
    let error: unknown;
    try {
      parseFormula(text);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(FormulaError);
    expect(error).toMatchObject({ position });
    expect(String(error)).toContain(message);
  });
});
