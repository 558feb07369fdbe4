/** The plain interpreter of formulas: the reference that compiled tables and loops are tested against. */

import { functionNamed } from './functions';
import type { Scope } from './names';
import type { BinaryOperator, Expression, Formula } from './syntax';

/** The unrounded result. `scope` holds every free name, `T` included. Throws on a name that it lacks. */
export function evaluate(formula: Formula, scope: Scope): number {
  return evaluateExpression(formula.result, scopeWithDefinitions(formula, scope));
}

/** The scope extended by the values of the formula's definitions. */
export function scopeWithDefinitions(formula: Formula, scope: Scope): Scope {
  if (formula.definitions.length === 0) return scope;
  const extended: Record<string, number> = { ...scope };
  for (const { name, value } of formula.definitions) extended[name] = evaluateExpression(value, extended);
  return extended;
}

export function evaluateExpression(expression: Expression, scope: Scope): number {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name': {
      const value = scope[expression.name];
      if (value === undefined) throw new Error(`formula name "${expression.name}" has no value`);
      return value;
    }
    case 'unary': {
      const value = evaluateExpression(expression.operand, scope);
      return expression.operator === '-' ? -value : Number(value === 0);
    }
    case 'binary':
      return combine(
        expression.operator,
        evaluateExpression(expression.left, scope),
        evaluateExpression(expression.right, scope),
      );
    case 'conditional':
      return evaluateExpression(expression.condition, scope) !== 0
        ? evaluateExpression(expression.whenTrue, scope)
        : evaluateExpression(expression.whenFalse, scope);
    case 'call': {
      const called = functionNamed(expression.name);
      const given = expression.given.map((part) => evaluateExpression(part, scope));
      return called.takesTop === true ? called.evaluate(...given, scope['T']) : called.evaluate(...given);
    }
  }
}

function combine(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '^':
      return Math.pow(left, right);
    case '<':
      return Number(left < right);
    case '<=':
      return Number(left <= right);
    case '>':
      return Number(left > right);
    case '>=':
      return Number(left >= right);
    case '==':
      return Number(left === right);
    case '!=':
      return Number(left !== right);
    case 'and':
      return Number(left !== 0 && right !== 0);
    case 'or':
      return Number(left !== 0 || right !== 0);
  }
}
