/** Random formulas, for laws about the formula language. */

import fc from 'fast-check';
import { FUNCTIONS, functionNamed, isFunctionName } from '../../core/operation/formula/functions';
import type { BinaryOperator, Expression, Formula } from '../../core/operation/formula/syntax';

const operators: readonly BinaryOperator[] = [
  ...(['+', '-', '*', '/', '^'] as const),
  ...(['<', '<=', '>', '>=', '==', '!=', 'and', 'or'] as const),
];

/** Numbers as formulas write them: never negative. */
const numbers = fc.oneof(
  fc.nat({ max: 300 }),
  fc.double({ min: 0, max: 1e6, noNaN: true }),
  fc.constantFrom(0, 1, 0.5, 1e-7, 1e21),
);

export function expressions(names: readonly string[]): fc.Arbitrary<Expression> {
  const leaf: fc.Arbitrary<Expression> = fc.oneof(
    numbers.map((value): Expression => ({ kind: 'number', value })),
    fc.constantFrom(...names).map((name): Expression => ({ kind: 'name', name })),
  );
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 5, depthSize: 'small' },
      leaf,
      fc
        .record({ operator: fc.constantFrom(...operators), left: tie('tree'), right: tie('tree') })
        .map((parts): Expression => ({ kind: 'binary', ...parts })),
      fc
        .record({ operator: fc.constantFrom('-' as const, 'not' as const), operand: tie('tree') })
        .map((parts): Expression => ({ kind: 'unary', ...parts })),
      fc
        .record({ condition: tie('tree'), whenTrue: tie('tree'), whenFalse: tie('tree') })
        .map((parts): Expression => ({ kind: 'conditional', ...parts })),
      fc.constantFrom(...Object.keys(FUNCTIONS).filter(isFunctionName)).chain((name) => {
        const { least, most } = functionNamed(name);
        return fc
          .array(tie('tree'), { minLength: least, maxLength: Math.min(most, least + 1) })
          .map((given): Expression => ({ kind: 'call', name, given }));
      }),
    ),
  }));
  return tree;
}

/** Formulas of up to three definitions, each of which may use the earlier ones. */
export function formulas(names: readonly string[]): fc.Arbitrary<Formula> {
  return fc.nat({ max: 3 }).chain((count) => {
    const own = ['p', 'q', 's'].slice(0, count);
    const values = own.map((_, index) => expressions([...names, ...own.slice(0, index)]));
    return fc.tuple(fc.tuple(...values), expressions([...names, ...own])).map(([defined, result]) => ({
      definitions: own.map((name, index) => ({ name, value: defined[index] })),
      result,
    }));
  });
}
