import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latexEquations, latexName, latexOf } from '../../../core/derive/latex';
import { parseFormula } from '../../../core/operation/formula/parse';
import type { Formula } from '../../../core/operation/formula/syntax';
import { formulas } from '../../support/formulas';

/** Definitions and the result, as the manual prints them. */
const equations = ({ definitions, result }: Formula): string =>
  latexEquations([...definitions, { name: 'result', value: result }]);

const latex = (text: string): string => latexOf(parseFormula(text).result);

/** Braces match, and `\left` has its `\right`: what does not is not typeset at all. */
function isBalanced(text: string): boolean {
  let depth = 0;
  for (const sign of text.match(/\\left(?![a-z])|\\right(?![a-z])|\\begin|\\end|[{}]/g) ?? []) {
    depth += sign === '{' || sign === '\\left' || sign === '\\begin' ? 1 : -1;
    if (depth < 0) return false;
  }
  return depth === 0;
}

describe('any formula', () => {
  it('is balanced, and needs no command that GitHub refuses', () => {
    fc.assert(
      fc.property(formulas(['r', 'T', 'gamma', 'x0', 'inBlack']), (formula) => {
        const text = equations(formula);
        expect(isBalanced(text), text).toBe(true);
        expect(text).not.toContain('\\operatorname');
      }),
    );
  });

  it('names every definition once, the result last', () => {
    const text = equations(parseFormula('p = r/T; q = p + 1; p*q'));
    expect(text.split('\n').map((line) => line.split(' &=')[0])).toEqual([
      '\\begin{aligned}',
      'p',
      'q',
      '\\mathit{result}',
      '\\end{aligned}',
    ]);
  });
});

it('a quotient is a fraction, in an exponent a stroke', () => {
  expect(latex('T*(r/T)^(1/gamma)')).toBe('T \\cdot \\left(\\frac{r}{T}\\right)^{1 / \\gamma}');
});

it('brackets stand where the meaning needs them', () => {
  expect(latex('(a + b)*c')).toBe('\\left(a + b\\right) \\cdot c');
  expect(latex('a + b*c')).toBe('a + b \\cdot c');
  expect(latex('a - (b - c)')).toBe('a - \\left(b - c\\right)');
  expect(latex('a*(-b)')).toBe('a \\cdot \\left(-b\\right)');
  expect(latex('(a + b)/(c - d)')).toBe('\\frac{a + b}{c - d}');
  expect(latex('(a^b)^c')).toBe('\\left(a^{b}\\right)^{c}');
  expect(latex('-(a + b)')).toBe('-\\left(a + b\\right)');
  expect(latex('(a or b) and c')).toBe('\\left(a \\text{ or } b\\right) \\text{ and } c');
});

it('choices one after the other are one list of cases', () => {
  expect(latex('r < 1 ? 0 : r < 2 ? 5 : T')).toBe(
    '\\begin{cases} 0 & \\text{if } r < 1 \\\\ 5 & \\text{if } r < 2 \\\\ T & \\text{otherwise} \\end{cases}',
  );
});

it('functions have their signs, numbers and names their form', () => {
  expect(latex('floor(abs(a)) + sqrt(b)')).toBe(
    '\\left\\lfloor \\left| a \\right| \\right\\rfloor + \\sqrt{b}',
  );
  expect(latex('ln(1 + r) + clamp(r, 0, 1)')).toBe(
    '\\ln\\left(1 + r\\right) + \\mathrm{clamp}\\left(r, 0, 1\\right)',
  );
  expect(latex('r/4294967296')).toBe('\\frac{r}{2^{32}}');
  expect(latex('0.0000001*r')).toBe('1 \\cdot 10^{-7} \\cdot r');
  expect(['r', 'sigma', 'x12', 'inBlack', 'slope0'].map(latexName)).toEqual([
    'r',
    '\\sigma',
    'x_{12}',
    '\\mathit{inBlack}',
    '\\mathit{slope}_{0}',
  ]);
});
