/** How tightly the formula language's constructs bind, for its printers. */

import type { BinaryOperator } from './syntax';

/** Higher binds tighter. A fraction is written as one in mathematics alone, where it stands by itself except under an exponent. */
export const RANK = {
  conditional: 1,
  or: 2,
  and: 3,
  not: 4,
  comparison: 5,
  sum: 6,
  product: 7,
  sign: 8,
  fraction: 9,
  power: 10,
  atom: 11,
} as const;

export function rankOfOperator(operator: BinaryOperator): number {
  switch (operator) {
    case 'or':
    case 'and':
      return RANK[operator];
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
