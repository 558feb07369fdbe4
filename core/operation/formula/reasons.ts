/**
 * Why a formula with cases takes the branch that it takes: its conditions with the numbers of one pixel, as they hold. `Y > t ? T : 0` at a
 * luma of 80 gives 0 *because 80 ≤ 128*; without that the line would be a level from nowhere.
 */

import { evaluateExpression } from './evaluate';
import type { Scope } from './names';
import type { ComparisonOperator, Expression } from './syntax';

/** The comparison that holds where another does not. */
const OPPOSITE: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
  '==': '!=',
  '!=': '==',
};

/** Of many cases one after the other, those nearest to the one that is taken say where the number lies. */
const MOST_REASONS = 2;

/** Numbers of the pixel that are not the sample itself. */
const OTHERS: ReadonlySet<string> = new Set(['R', 'G', 'B', 'A', 'Y']);

function isScale(expression: Expression): boolean {
  return expression.kind === 'name' && expression.name === 'K';
}

type Spell = (expression: Expression) => string;

interface Reason {
  readonly text: string;
  /** That an exception does not hold (`V == 0`) goes without saying, unless nothing else is said. */
  readonly isGuard: boolean;
}

/** The branch of nested cases that is taken; the expression itself where it has none. */
export function takenBranch(expression: Expression, scope: Scope): Expression {
  if (expression.kind !== 'conditional') return expression;
  const holds = evaluateExpression(expression.condition, scope) !== 0;
  return takenBranch(holds ? expression.whenTrue : expression.whenFalse, scope);
}

/**
 * Why that branch is taken; undefined where there are no cases, or none worth telling. `isBare`: the branch is written as a mere number.
 * `spell` writes an expression with the numbers of the scope.
 */
export function reasonFor(
  expression: Expression,
  scope: Scope,
  isBare: boolean,
  spell: Spell,
): string | undefined {
  const all = conditionsOf(expression, scope, spell);
  const telling = all.filter(({ isGuard }) => !isGuard);
  const told = telling.length > 0 || !isBare ? telling : all;
  if (told.length === 0) return undefined;
  return told
    .slice(-MOST_REASONS)
    .map(({ text }) => text)
    .join(' and ');
}

function conditionsOf(expression: Expression, scope: Scope, spell: Spell): readonly Reason[] {
  if (expression.kind === 'name' && OTHERS.has(expression.name))
    return [{ text: `that is ${expression.name}`, isGuard: false }];
  // What is found on the 255 scale is brought to the picture's levels.
  if (expression.kind === 'binary' && expression.operator === '*' && isScale(expression.left))
    return conditionsOf(expression.right, scope, spell);
  if (expression.kind !== 'conditional') return [];
  const { condition, whenTrue, whenFalse } = expression;
  const holds = evaluateExpression(condition, scope) !== 0;
  const branch = holds ? whenTrue : whenFalse;
  return [asItHolds(condition, scope, spell), ...conditionsOf(branch, scope, spell)];
}

function asItHolds(condition: Expression, scope: Scope, spell: Spell): Reason {
  const holds = evaluateExpression(condition, scope) !== 0;
  if (condition.kind === 'unary' && condition.operator === 'not')
    return asItHolds(condition.operand, scope, spell);
  if (condition.kind !== 'binary')
    return { text: `${nameOf(condition, spell)} = ${spell(condition)}`, isGuard: false };
  const { operator, left, right } = condition;
  switch (operator) {
    case 'and':
    case 'or': {
      const reasons = [left, right].map((part) => asItHolds(part, scope, spell));
      // Both have to hold for "and", and to fail for "or"; else one is reason enough.
      if (holds === (operator === 'and')) return joined(reasons);
      const decides = [left, right].findIndex((part) => (evaluateExpression(part, scope) !== 0) === holds);
      return reasons[decides];
    }
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '==':
    case '!=': {
      const as = holds ? operator : OPPOSITE[operator];
      const isGuard = operator === '==' && !holds;
      if (left.kind === 'name' && left.name === 'channel')
        return { text: channelText(as, right, spell), isGuard: false };
      if (as === '==') return { text: `${spell(left)} = ${spell(right)}`, isGuard };
      return { text: spell({ kind: 'binary', operator: as, left, right }), isGuard };
    }
    default:
      return { text: `${spell(condition)} ${holds ? '≠' : '='} 0`, isGuard: false };
  }
}

function joined(reasons: readonly Reason[]): Reason {
  return {
    text: reasons.map(({ text }) => text).join(' and '),
    isGuard: reasons.every(({ isGuard }) => isGuard),
  };
}

function nameOf(expression: Expression, spell: Spell): string {
  return expression.kind === 'name' ? expression.name : spell(expression);
}

/** Formulas number the channels; people call them by their letters. */
function channelText(operator: ComparisonOperator, right: Expression, spell: Spell): string {
  const number = right.kind === 'number' ? right.value : Number.NaN;
  const letter = 'RGB'.charAt(number);
  if (letter === '') return `the channel ${operator} ${spell(right)}`;
  return operator === '==' ? `this is ${letter}` : `this is not ${letter}`;
}
