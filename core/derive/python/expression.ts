/**
 * Formulas as numpy: the same arithmetic in the same order, so that a script's doubles are the engine's. What varies from pixel
 * to pixel is an array; what does not (parameters, T, K) stays a Python number, and conditions on those are Python's own.
 */

import type { FunctionName } from '../../operation/formula/functions';
import { collectNames, type BinaryOperator, type Expression } from '../../operation/formula/syntax';
import { pythonName } from './literal';
import type { PythonPart } from './part';
import { bitAnd, decodeSrgb, encodeSrgb, luma } from './parts/samples';

/** How tightly Python's constructs bind; `&` and `|` bind tighter than comparisons, unlike `and` and `or`. */
const RANK = {
  conditional: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  arrayOr: 6,
  arrayAnd: 7,
  sum: 8,
  product: 9,
  sign: 10,
  power: 11,
  atom: 12,
} as const;

interface Printed {
  readonly text: string;
  readonly rank: number;
}

export interface ExpressionContext {
  /** Names of arrays; all others are numbers. */
  readonly arrays: ReadonlySet<string>;
  /** Filled with the parts that the text calls. */
  readonly needs: Set<PythonPart>;
  /** Spaces before the statement; long calls are broken over lines. */
  readonly indent: number;
  /** Computed for every pixel, also where a condition takes the other branch. */
  readonly speculative?: true;
}

const WIDTH = 110;

/** Functions that are one of numpy's. */
const NUMPY: Partial<Record<FunctionName, string>> = {
  clamp: 'np.clip',
  floor: 'np.floor',
  ceil: 'np.ceil',
  abs: 'np.abs',
  sqrt: 'np.sqrt',
  exp: 'np.exp',
  ln: 'np.log',
  log2: 'np.log2',
  sin: 'np.sin',
  cos: 'np.cos',
};

/** Functions that are a part of the script. */
const PARTS: Partial<Record<FunctionName, PythonPart>> = {
  luma,
  bitAnd,
  dec: decodeSrgb,
  enc: encodeSrgb,
};

/** Whether all functions of an expression can be written in Python. */
export function isPrintable(expression: Expression): boolean {
  if (expression.kind === 'call') {
    const { name, given } = expression;
    const known = name === 'min' || name === 'max' || name in NUMPY || name in PARTS;
    return known && given.every(isPrintable);
  }
  switch (expression.kind) {
    case 'number':
    case 'name':
      return true;
    case 'unary':
      return isPrintable(expression.operand);
    case 'binary':
      return isPrintable(expression.left) && isPrintable(expression.right);
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse].every(isPrintable);
  }
}

/** An expression as the right side of a Python statement that stands `indent` deep. */
export function pythonExpression(expression: Expression, context: ExpressionContext): string {
  return print(expression, context).text;
}

export function isArray(expression: Expression, arrays: ReadonlySet<string>): boolean {
  return [...collectNames(expression, new Set())].some((name) => arrays.has(name));
}

/** Whether the expression is a truth and not a number. */
function isTruth(expression: Expression): boolean {
  if (expression.kind === 'unary') return expression.operator === 'not';
  if (expression.kind !== 'binary') return false;
  return ['<', '<=', '>', '>=', '==', '!=', 'and', 'or'].includes(expression.operator);
}

function truth(expression: Expression): Expression {
  if (isTruth(expression)) return expression;
  return { kind: 'binary', operator: '!=', left: expression, right: { kind: 'number', value: 0 } };
}

function print(expression: Expression, context: ExpressionContext): Printed {
  switch (expression.kind) {
    case 'number':
      return { text: String(expression.value), rank: RANK.atom };
    case 'name':
      return { text: pythonName(expression.name), rank: RANK.atom };
    case 'unary':
      return printUnary(expression, context);
    case 'binary':
      return printBinary(expression, context);
    case 'conditional':
      return printConditional(expression, context);
    case 'call':
      return { text: printCall(expression.name, expression.given, context), rank: RANK.atom };
  }
}

function atLeast(expression: Expression, rank: number, context: ExpressionContext): string {
  const printed = print(expression, context);
  return printed.rank < rank ? `(${printed.text})` : printed.text;
}

function printUnary(expression: Extract<Expression, { kind: 'unary' }>, context: ExpressionContext): Printed {
  const { operator, operand } = expression;
  if (operator === '-') return { text: `-${atLeast(operand, RANK.sign, context)}`, rank: RANK.sign };
  const inside = truth(operand);
  return isArray(operand, context.arrays)
    ? { text: `~${atLeast(inside, RANK.atom, context)}`, rank: RANK.sign }
    : { text: `not ${atLeast(inside, RANK.not, context)}`, rank: RANK.not };
}

function rankOf(operator: BinaryOperator, array: boolean): number {
  switch (operator) {
    case 'or':
      return array ? RANK.arrayOr : RANK.or;
    case 'and':
      return array ? RANK.arrayAnd : RANK.and;
    case '+':
    case '-':
      return RANK.sum;
    case '*':
    case '/':
      return RANK.product;
    case '^':
      return RANK.power;
    default:
      return RANK.comparison;
  }
}

function printBinary(
  expression: Extract<Expression, { kind: 'binary' }>,
  context: ExpressionContext,
): Printed {
  const { operator, left, right } = expression;
  const array = isArray(expression, context.arrays);
  const rank = rankOf(operator, array);
  if (operator === '^') {
    return { text: `${atLeast(left, RANK.atom, context)} ** ${atLeast(right, RANK.sign, context)}`, rank };
  }
  if (operator === 'and' || operator === 'or') {
    const sign = array ? { and: '&', or: '|' }[operator] : operator;
    // A comparison beside & or | needs brackets.
    const side = (part: Expression): string => atLeast(truth(part), rank, context);
    return { text: `${side(left)} ${sign} ${side(right)}`, rank };
  }
  if (operator === '/' && !array && context.speculative && right.kind === 'name') {
    // In a branch that is not taken a number may be divided by zero: numpy goes on, Python stops.
    return {
      text: `np.divide(${print(left, context).text}, ${print(right, context).text})`,
      rank: RANK.atom,
    };
  }
  const from = rank === RANK.comparison ? RANK.arrayOr : rank;
  const to = rank === RANK.comparison ? RANK.arrayOr : rank + 1;
  return { text: `${atLeast(left, from, context)} ${operator} ${atLeast(right, to, context)}`, rank };
}

/** A chain of conditions: what holds under each, and what holds otherwise. */
interface Chain {
  readonly cases: readonly { readonly condition: Expression; readonly value: Expression }[];
  readonly otherwise: Expression;
}

function chainOf(expression: Expression, arrays: ReadonlySet<string>): Chain {
  if (expression.kind !== 'conditional' || !isArray(expression.condition, arrays)) {
    return { cases: [], otherwise: expression };
  }
  const rest = chainOf(expression.whenFalse, arrays);
  return {
    cases: [{ condition: truth(expression.condition), value: expression.whenTrue }, ...rest.cases],
    otherwise: rest.otherwise,
  };
}

function printConditional(
  expression: Extract<Expression, { kind: 'conditional' }>,
  context: ExpressionContext,
): Printed {
  const { condition, whenTrue, whenFalse } = expression;
  const { cases, otherwise } = chainOf(expression, context.arrays);
  if (cases.length === 0) {
    const [yes, no] = [atLeast(whenTrue, RANK.or, context), print(whenFalse, context).text];
    return {
      text: `${yes} if ${atLeast(truth(condition), RANK.or, context)} else ${no}`,
      rank: RANK.conditional,
    };
  }
  const inner: ExpressionContext = { ...context, indent: context.indent + 4, speculative: true };
  const text = (part: Expression): string => print(part, inner).text;
  if (cases.length === 1) {
    const [{ condition: only, value }] = cases;
    return {
      text: called('np.where', [text(only), text(value), text(otherwise)], context.indent),
      rank: RANK.atom,
    };
  }
  const conditions = `[${cases.map((each) => text(each.condition)).join(', ')}]`;
  const values = `[${cases.map((each) => text(each.value)).join(', ')}]`;
  return {
    text: called('np.select', [conditions, values, text(otherwise)], context.indent),
    rank: RANK.atom,
  };
}

/** A call on one line, or where that is long an argument a line. */
function called(name: string, given: readonly string[], indent: number): string {
  const line = `${name}(${given.join(', ')})`;
  if (indent + line.length <= WIDTH - 25) return line;
  const inner = ' '.repeat(indent + 4);
  return `${name}(\n${given.map((each) => `${inner}${each},\n`).join('')}${' '.repeat(indent)})`;
}

function printCall(name: FunctionName, given: readonly Expression[], context: ExpressionContext): string {
  const texts = given.map((part) => print(part, context).text);
  if (name === 'min' || name === 'max') {
    const pair = name === 'min' ? 'np.minimum' : 'np.maximum';
    return texts.reduceRight((rest, first) => `${pair}(${first}, ${rest})`);
  }
  const numpy = NUMPY[name];
  if (numpy !== undefined) return `${numpy}(${texts.join(', ')})`;
  const needed = PARTS[name];
  if (needed === undefined) throw new Error(`no Python for the function ${name}`);
  context.needs.add(needed);
  return `${needed.name}(${texts.join(', ')})`;
}
