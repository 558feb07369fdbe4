/**
 * Syntax tree → readable text, with as few brackets as keep the meaning: reading the text gives the same tree. A formula can
 * also be printed with the numbers of one pixel filled in — `255·(88/255)^(1/2.2)` —, which is what `burnish explain` and the
 * formula card show.
 */

import { withMinus } from '../../raster/number-text';
import { evaluateExpression, scopeWithDefinitions } from './evaluate';
import type { Scope } from './names';
import { RANK, rankOfOperator } from './rank';
import { reasonFor, takenBranch } from './reasons';
import type { BinaryOperator, Expression, Formula } from './syntax';

const SIGNS: Readonly<Record<BinaryOperator, string>> = {
  '+': ' + ',
  '-': ' − ',
  '*': '·',
  '/': '/',
  '^': '^',
  '<': ' < ',
  '<=': ' ≤ ',
  '>': ' > ',
  '>=': ' ≥ ',
  '==': ' == ',
  '!=': ' ≠ ',
  and: ' and ',
  or: ' or ',
};

function rankOf(expression: Expression): number {
  switch (expression.kind) {
    case 'unary':
      return expression.operator === '-' ? RANK.sign : RANK.not;
    case 'binary':
      return rankOfOperator(expression.operator);
    case 'conditional':
      return RANK.conditional;
    default:
      return RANK.atom;
  }
}

export type SpellNumber = (value: number) => string;

/** An expression as text. `spell` writes its numbers; the default is exact. */
export function printExpression(expression: Expression, spell: SpellNumber = String): string {
  const atLeast = (part: Expression, rank: number): string => {
    const text = printExpression(part, spell);
    return rankOf(part) < rank ? `(${text})` : text;
  };
  switch (expression.kind) {
    case 'number':
      return spell(expression.value);
    case 'name':
      return expression.name;
    case 'unary':
      return expression.operator === '-'
        ? `−${atLeast(expression.operand, RANK.sign)}`
        : `not ${atLeast(expression.operand, RANK.not)}`;
    case 'binary': {
      const { operator, left, right } = expression;
      const rank = rankOfOperator(operator);
      if (rank === RANK.power) return `${atLeast(left, RANK.atom)}^${atLeast(right, RANK.power)}`;
      const fromLeft = rank === RANK.comparison ? RANK.sum : rank;
      // A sign right after an operator reads badly: 128 − (−5).
      const fromRight = rank >= RANK.sum && rankOf(right) === RANK.sign ? RANK.power : rank + 1;
      return `${atLeast(left, fromLeft)}${SIGNS[operator]}${atLeast(right, fromRight)}`;
    }
    case 'conditional': {
      const { condition, whenTrue, whenFalse } = expression;
      return `${atLeast(condition, RANK.or)} ? ${printExpression(whenTrue, spell)} : ${printExpression(whenFalse, spell)}`;
    }
    case 'call':
      return `${expression.name}(${expression.given.map((part) => printExpression(part, spell)).join(', ')})`;
  }
}

/** A formula as text that reads back to the same tree. */
export function printFormula(formula: Formula): string {
  const definitions = formula.definitions.map(({ name, value }) => `${name} = ${printExpression(value)}; `);
  return definitions.join('') + printExpression(formula.result);
}

/** One line of a formula with numbers filled in: `p = (88 − 10)/230`, and what it comes to. */
export interface FilledLine {
  /** The definition's name; null for the result. */
  readonly name: string | null;
  readonly text: string;
  /** Unrounded. */
  readonly value: number;
  /** Where a number is chosen among cases: why this one, `80 ≤ 128`. */
  readonly because?: string;
}

/**
 * A formula with the numbers of `scope` in place of its names, a line a definition and the result last. Of a condition only
 * the branch taken is printed, with why it is taken, and a factor K that is 1 is left out.
 */
export function fillIn(formula: Formula, scope: Scope): readonly FilledLine[] {
  const all = scopeWithDefinitions(formula, scope);
  const spell = (expression: Expression): string => printExpression(filled(expression, all), shortNumber);
  const line = (name: string | null, expression: Expression): FilledLine => {
    const taken = filled(takenBranch(expression, all), all);
    const isBare = taken.kind === 'number';
    const because = reasonFor(expression, all, isBare, spell);
    return {
      name,
      text: printExpression(taken, shortNumber),
      value: evaluateExpression(expression, all),
      ...(because !== undefined && { because }),
    };
  };
  return [...formula.definitions.map(({ name, value }) => line(name, value)), line(null, formula.result)];
}

/** At most six significant digits, whole numbers in full; a real minus sign. */
export function shortNumber(value: number): string {
  return numberOf(value, 6);
}

/** At most eight significant digits, whole numbers in full, so that sums are exact; a real minus sign. */
export function exactNumber(value: number): string {
  return numberOf(value, 8);
}

function numberOf(value: number, digits: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'undefined' : value < 0 ? '−∞' : '∞';
  return withMinus(String(Number.isInteger(value) ? value : Number(value.toPrecision(digits))));
}

/** A number after an operator: in brackets where it is negative. */
export function bracketed(value: number): string {
  return value < 0 ? `(${shortNumber(value)})` : shortNumber(value);
}

function filled(expression: Expression, scope: Scope): Expression {
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'name':
      return signed(scope[expression.name] ?? Number.NaN);
    case 'unary':
      return { ...expression, operand: filled(expression.operand, scope) };
    case 'binary': {
      const { operator, left, right } = expression;
      if ((operator === '*' || operator === '/') && isUnit(right, scope)) return filled(left, scope);
      if (operator === '*' && isUnit(left, scope)) return filled(right, scope);
      return { ...expression, left: filled(left, scope), right: filled(right, scope) };
    }
    case 'conditional': {
      const taken = evaluateExpression(expression.condition, scope) !== 0;
      return filled(taken ? expression.whenTrue : expression.whenFalse, scope);
    }
    case 'call':
      return { ...expression, given: expression.given.map((part) => filled(part, scope)) };
  }
}

function isUnit(expression: Expression, scope: Scope): boolean {
  return expression.kind === 'name' && expression.name === 'K' && scope['K'] === 1;
}

function signed(value: number): Expression {
  if (value < 0) return { kind: 'unary', operator: '-', operand: { kind: 'number', value: -value } };
  return { kind: 'number', value };
}
