/**
 * Syntax tree → JavaScript. Only trees are compiled, never text, and only names that are letters and digits can occur in one,
 * so nothing but arithmetic can come out. Where code is not made from strings, callers fall back to the interpreter; the results are the same.
 * A page says so itself, once: its content security policy would refuse each attempt, and the browser complain of it.
 */

import { COMPILED_SCOPE, functionNamed } from './functions';
import type { BinaryOperator, Expression } from './syntax';

/** How compiled code spells a formula's name. */
export type SpellName = (name: string) => string;

/** The value of an expression, as a JavaScript expression in brackets where it needs them. */
export function javascriptOf(expression: Expression, spell: SpellName): string {
  switch (expression.kind) {
    case 'number':
      return String(expression.value);
    case 'name':
      return spell(expression.name);
    case 'unary':
      if (expression.operator === 'not') return `(${conditionOf(expression, spell)} ? 1 : 0)`;
      // The space keeps two signs in a row from becoming a decrement.
      return `(- ${javascriptOf(expression.operand, spell)})`;
    case 'binary': {
      if (isTruth(expression.operator)) return `(${conditionOf(expression, spell)} ? 1 : 0)`;
      const left = javascriptOf(expression.left, spell);
      const right = javascriptOf(expression.right, spell);
      return expression.operator === '^'
        ? `Math.pow(${left}, ${right})`
        : `(${left} ${expression.operator} ${right})`;
    }
    case 'conditional': {
      const condition = conditionOf(expression.condition, spell);
      const whenTrue = javascriptOf(expression.whenTrue, spell);
      return `(${condition} ? ${whenTrue} : ${javascriptOf(expression.whenFalse, spell)})`;
    }
    case 'call': {
      const called = functionNamed(expression.name);
      const given = expression.given.map((part) => javascriptOf(part, spell));
      if (called.takesTop === true) given.push(spell('T'));
      return `${called.javascript}(${given.join(', ')})`;
    }
  }
}

function isTruth(operator: BinaryOperator): boolean {
  return !['+', '-', '*', '/', '^'].includes(operator);
}

/** An expression as a JavaScript condition, without the detour over 1 and 0. */
function conditionOf(expression: Expression, spell: SpellName): string {
  if (expression.kind === 'unary' && expression.operator === 'not') {
    return `!(${conditionOf(expression.operand, spell)})`;
  }
  if (expression.kind === 'binary' && isTruth(expression.operator)) {
    const { operator, left, right } = expression;
    if (operator === 'and') return `(${conditionOf(left, spell)} && ${conditionOf(right, spell)})`;
    if (operator === 'or') return `(${conditionOf(left, spell)} || ${conditionOf(right, spell)})`;
    const sign = operator === '==' ? '===' : operator === '!=' ? '!==' : operator;
    return `(${javascriptOf(left, spell)} ${sign} ${javascriptOf(right, spell)})`;
  }
  return `${javascriptOf(expression, spell)} !== 0`;
}

let isForbidden = false;

/** From now on no code is made from strings here. */
export function forbidGeneratedCode(): void {
  isForbidden = true;
}

/**
 * Makes a function from JavaScript of ours, with the formula functions in its scope. Null where code from strings is forbidden. The caller vouches for the type: `F` is what its own source evaluates to.
 */
export function functionFrom<F>(source: string): F | null {
  if (isForbidden) return null;
  try {
    const make = new Function(...Object.keys(COMPILED_SCOPE), `'use strict'; return ${source};`);
    return Reflect.apply(make, undefined, Object.values(COMPILED_SCOPE));
  } catch (error) {
    if (error instanceof EvalError) return null;
    throw error;
  }
}
