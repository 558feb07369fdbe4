/**
 * The formula language as LaTeX, for the manual and the Formula panel: fractions, roots and cases instead of signs in a row. It says the same as
 * core/operation/formula/print, from the same tree, with as few brackets. Only commands that GitHub's mathematics accepts are used
 * (`\operatorname` is not one of them).
 */

import type { FunctionName } from '../operation/formula/functions';
import { RANK, rankOfOperator } from '../operation/formula/rank';
import type { BinaryOperator, Definition, Expression } from '../operation/formula/syntax';

const SIGNS: Readonly<Record<Exclude<BinaryOperator, '^'>, string>> = {
  '+': ' + ',
  '-': ' - ',
  '*': ' \\cdot ',
  '/': ' / ',
  '<': ' < ',
  '<=': ' \\le ',
  '>': ' > ',
  '>=': ' \\ge ',
  '==': ' = ',
  '!=': ' \\ne ',
  and: ' \\text{ and } ',
  or: ' \\text{ or } ',
};

/** Functions with a command of their own; brackets that grow go around what they take. */
const COMMANDS: Partial<Readonly<Record<FunctionName, string>>> = {
  min: '\\min',
  max: '\\max',
  exp: '\\exp',
  ln: '\\ln',
  log2: '\\log_2',
  sin: '\\sin',
  cos: '\\cos',
};

/** Functions that are written as brackets. */
const BRACKETS: Partial<Readonly<Record<FunctionName, readonly [string, string]>>> = {
  floor: ['\\lfloor', '\\rfloor'],
  ceil: ['\\lceil', '\\rceil'],
  abs: ['|', '|'],
};

const GREEK: ReadonlySet<string> = new Set(['gamma', 'sigma', 'pi']);

/** Printed mathematics and how tightly it binds. */
interface Printed {
  readonly text: string;
  readonly rank: number;
}

/** A name: `r` as it is, `gamma` as the letter, `x0` with an index, words upright enough to be read as one. */
export function latexName(name: string): string {
  const { stem, index } = /^(?<stem>.*?)(?<index>\d*)$/.exec(name)?.groups ?? { stem: name, index: '' };
  const word = stem.length === 1 ? stem : GREEK.has(stem) ? `\\${stem}` : `\\mathit{${stem}}`;
  return index === '' ? word : `${word}_{${index}}`;
}

function printedNumber(value: number): Printed {
  const exponent = Math.log2(value);
  if (Number.isInteger(exponent) && exponent > 16) return { text: `2^{${exponent}}`, rank: RANK.power };
  const { digits, power } = /^(?<digits>.*)e\+?(?<power>.*)$/.exec(String(value))?.groups ?? {};
  if (digits === undefined) return { text: String(value), rank: RANK.atom };
  return { text: `${digits} \\cdot 10^{${power}}`, rank: RANK.product };
}

/** `a ? b : c ? d : e` is a list of cases. */
function casesOf(expression: Expression): readonly string[] {
  if (expression.kind !== 'conditional') return [`${latexOf(expression)} & \\text{otherwise}`];
  const { condition, whenTrue, whenFalse } = expression;
  return [`${latexOf(whenTrue)} & \\text{if } ${latexOf(condition)}`, ...casesOf(whenFalse)];
}

/** `inline`: within an exponent, where a fraction would be too small to read. */
function print(expression: Expression, inline: boolean): Printed {
  const atLeast = (part: Expression, rank: number): string => {
    const printed = print(part, inline);
    return printed.rank < rank ? `\\left(${printed.text}\\right)` : printed.text;
  };
  switch (expression.kind) {
    case 'number':
      return printedNumber(expression.value);
    case 'name':
      return { text: latexName(expression.name), rank: RANK.atom };
    case 'unary':
      return expression.operator === '-'
        ? { text: `-${atLeast(expression.operand, RANK.sign)}`, rank: RANK.sign }
        : { text: `\\text{not } ${atLeast(expression.operand, RANK.not)}`, rank: RANK.not };
    case 'binary': {
      const { operator, left, right } = expression;
      if (operator === '^') {
        return {
          text: `${atLeast(left, RANK.atom)}^{${print(right, true).text}}`,
          rank: RANK.power,
        };
      }
      if (operator === '/' && !inline) {
        return {
          text: `\\frac{${print(left, false).text}}{${print(right, false).text}}`,
          rank: RANK.fraction,
        };
      }
      const rank = rankOfOperator(operator);
      const fromLeft = rank === RANK.comparison ? RANK.sum : rank;
      // A sign right after an operator reads badly.
      const signed = rank >= RANK.sum && print(right, inline).rank === RANK.sign;
      const fromRight = signed ? RANK.fraction : rank + 1;
      return { text: `${atLeast(left, fromLeft)}${SIGNS[operator]}${atLeast(right, fromRight)}`, rank };
    }
    case 'conditional':
      return {
        text: `\\begin{cases} ${casesOf(expression).join(' \\\\ ')} \\end{cases}`,
        rank: RANK.conditional,
      };
    case 'call': {
      const given = expression.given.map((part) => print(part, inline).text).join(', ');
      const brackets = BRACKETS[expression.name];
      if (brackets !== undefined) {
        return { text: `\\left${brackets[0]} ${given} \\right${brackets[1]}`, rank: RANK.atom };
      }
      if (expression.name === 'sqrt') return { text: `\\sqrt{${given}}`, rank: RANK.atom };
      const command = COMMANDS[expression.name] ?? `\\mathrm{${expression.name}}`;
      return { text: `${command}\\left(${given}\\right)`, rank: RANK.atom };
    }
  }
}

/** An expression as mathematics. */
export function latexOf(expression: Expression): string {
  return print(expression, false).text;
}

/** The two sides of an equation, as LaTeX. */
export type Equation = readonly [left: string, right: string];

/** Equations as displayed mathematics, a line each: aligned where there are several. */
export function latexLines(equations: readonly Equation[]): string {
  const [only] = equations;
  if (equations.length === 1) return `${only[0]} = ${only[1]}`;
  const aligned = equations.map(([left, right]) => `${left} &= ${right}`);
  return `\\begin{aligned}\n${aligned.join(' \\\\\n')}\n\\end{aligned}`;
}

/** Definitions in the formula language as displayed mathematics. */
export function latexEquations(definitions: readonly Definition[]): string {
  return latexLines(definitions.map(({ name, value }): Equation => [latexName(name), latexOf(value)]));
}
