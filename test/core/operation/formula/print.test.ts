import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFormula } from '../../../../core/operation/formula/parse';
import { fillIn, printFormula, shortNumber } from '../../../../core/operation/formula/print';
import { formulas } from '../../../support/formulas';

describe('a printed formula', () => {
  it('reads back to the same tree', () => {
    fc.assert(
      fc.property(formulas(['r', 'T', 'gamma']), (formula) => {
        expect(parseFormula(printFormula(formula))).toEqual(formula);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['T*(r/T)^(1/gamma)', 'T·(r/T)^(1/gamma)'],
    ['((a+b))+(c)', 'a + b + c'],
    ['a-(b-c)', 'a − (b − c)'],
    ['a*(b*c)', 'a·(b·c)'],
    ['a - (-b)', 'a − (−b)'],
    ['(a^b)^c', '(a^b)^c'],
    ['a^(b^c)', 'a^b^c'],
    ['-(a^b)', '−a^b'],
    ['(-a)^b', '(−a)^b'],
    ['not (a and b) or c', 'not (a and b) or c'],
    ['(a or b) and c', '(a or b) and c'],
    ['(a<=b) ? (c) : (d ? e : f)', 'a ≤ b ? c : d ? e : f'],
    ['p=1;min(p,(2))', 'p = 1; min(p, 2)'],
  ])('%s has no needless brackets', (text, wanted) => {
    expect(printFormula(parseFormula(text))).toBe(wanted);
  });
});

describe('a formula with numbers filled in', () => {
  const scope = { r: 88, T: 255, K: 1, gamma: 2.2 };
  const filled = (text: string, more: Record<string, number> = {}) =>
    fillIn(parseFormula(text), { ...scope, ...more });

  it('shows the arithmetic of a pixel', () => {
    const [line] = filled('T*(r/T)^(1/gamma)');
    expect(line.text).toBe('255·(88/255)^(1/2.2)');
    expect(line.value).toBeCloseTo(157.222, 3);
  });

  it('has a line a definition', () => {
    expect(filled('p = (r - low*K)/230; p*T', { low: 10 })).toEqual([
      { name: 'p', text: '(88 − 10)/230', value: 78 / 230 },
      { name: null, text: '0.33913·255', value: (78 / 230) * 255 },
    ]);
  });

  it('shows only the branch that is taken', () => {
    expect(filled('r < 100 ? r : T - r')[0].text).toBe('88');
    expect(filled('r < 50 ? r : T - r')[0].text).toBe('255 − 88');
  });

  it.each([
    ['r > 100 ? T : 0', '88 ≤ 100'],
    ['r >= 10 and r <= 90 ? T : 0', '88 ≥ 10 and 88 ≤ 90'],
    ['r >= 10 and r <= 50 ? T : 0', '88 > 50'],
    ['r < 10 or r > 50 ? T : 0', '88 > 50'],
    ['r < 10 or r > 90 ? T : 0', '88 ≥ 10 and 88 ≤ 90'],
    ['not r > 100 ? T : 0', '88 ≤ 100'],
    ['r < 10 ? 1 : r < 20 ? 2 : r < 30 ? 3 : 4', '88 ≥ 20 and 88 ≥ 30'],
    ['inside ? T : r', 'inside = 0'],
    ['channel == 2 ? T - r : r', 'this is not B'],
    ['channel == 0 ? T - r : r', 'this is R'],
    ['r == 87 ? T : r', '88 ≠ 87'],
  ])('says why %s gives what it gives', (text, because) => {
    expect(filled(text, { inside: 0, channel: 0 })[0].because).toBe(because);
  });

  it('says nothing of an exception that does not hold, or where there are no cases', () => {
    expect(filled('r == 0 ? 0 : T/r')[0]).not.toHaveProperty('because');
    expect(filled('T/r')[0]).not.toHaveProperty('because');
  });

  it('keeps the factor K where it is not 1', () => {
    expect(filled('low*K', { low: 10, K: 257 })[0].text).toBe('10·257');
  });

  it('brackets negative numbers', () => {
    expect(filled('r - shift', { shift: -3 })[0].text).toBe('88 − (−3)');
    expect(filled('shift^2', { shift: -3 })[0].text).toBe('(−3)^2');
  });

  it('writes at most six digits', () => {
    expect(shortNumber(157.36284)).toBe('157.363');
    expect(shortNumber(65535)).toBe('65535');
    expect(shortNumber(-Infinity)).toBe('−∞');
  });
});
