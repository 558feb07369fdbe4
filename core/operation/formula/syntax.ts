/**
 * The syntax tree of the formula language. The formula is the program: parsed once, it is evaluated, compiled into a table or
 * a loop, and printed, so what a panel shows is what was computed.
 *
 * Everything is a real number; a comparison gives 1 or 0, and any number but 0 counts as true.
 *
 *     formula     = { name "=" expression ";" } expression
 *     expression  = or [ "?" expression ":" expression ]
 *     or          = and { "or" and }
 *     and         = negation { "and" negation }
 *     negation    = "not" negation | comparison
 *     comparison  = sum [ ("<" | "<=" | ">" | ">=" | "==" | "!=") sum ]
 *     sum         = product { ("+" | "-") product }
 *     product     = sign { ("*" | "/") sign }
 *     sign        = "-" sign | power
 *     power       = atom [ "^" sign ]
 *     atom        = number | name | name "(" expression { "," expression } ")" | "(" expression ")"
 *
 * The signs · − ≤ ≥ ≠ of printed formulas are read too.
 */

import type { FunctionName } from './functions';

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '^';
export type ComparisonOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type LogicalOperator = 'and' | 'or';
export type BinaryOperator = ArithmeticOperator | ComparisonOperator | LogicalOperator;

export type Expression =
  /** `value` is never negative: a minus sign is an operator. */
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'unary'; readonly operator: '-' | 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: 'conditional';
      readonly condition: Expression;
      readonly whenTrue: Expression;
      readonly whenFalse: Expression;
    }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly given: readonly Expression[] };

/** A local name for a part of a formula; later definitions and the result may use it. */
export interface Definition {
  readonly name: string;
  readonly value: Expression;
}

export interface Formula {
  readonly definitions: readonly Definition[];
  /** Gives the unrounded result. */
  readonly result: Expression;
}

/** The expressions directly inside another. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'number':
    case 'name':
      return [];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.whenTrue, expression.whenFalse];
    case 'call':
      return expression.given;
  }
}

/** Adds every name that the expression mentions. */
export function collectNames(expression: Expression, into: Set<string>): Set<string> {
  if (expression.kind === 'name') into.add(expression.name);
  for (const part of partsOf(expression)) collectNames(part, into);
  return into;
}

/** The names that a formula takes from outside: all but its own definitions. */
export function freeNames(formula: Formula): ReadonlySet<string> {
  const names = collectNames(formula.result, new Set());
  for (const { value } of formula.definitions) collectNames(value, names);
  for (const { name } of formula.definitions) names.delete(name);
  return names;
}

/** The same expression with every name replaced. */
export function substitute(expression: Expression, replace: (name: string) => Expression): Expression {
  const inside = (part: Expression): Expression => substitute(part, replace);
  switch (expression.kind) {
    case 'number':
      return expression;
    case 'name':
      return replace(expression.name);
    case 'unary':
      return { ...expression, operand: inside(expression.operand) };
    case 'binary':
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    case 'conditional':
      return {
        kind: 'conditional',
        condition: inside(expression.condition),
        whenTrue: inside(expression.whenTrue),
        whenFalse: inside(expression.whenFalse),
      };
    case 'call':
      return { ...expression, given: expression.given.map(inside) };
  }
}
