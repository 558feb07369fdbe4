/**
 * The formula of a point or global operation, typeset, with a legend. One formula is printed whole: that of the sample's choices. Of
 * what another choice makes of it only the equations that differ are printed, one choice at a time, so that a reader sees what it
 * changes and nothing else.
 */

import type { Definition, Expression, Formula } from '../../operation/formula/syntax';
import { partsOf } from '../../operation/formula/syntax';
import type { AnyValues } from '../../operation/operation';
import type { FormulaOperation } from '../../operation/point-formula';
import { deciding, variantsOf, type Variant } from '../formula-variants';
import { latexEquations } from '../latex';
import { legendOf } from './legend';
import { block, code, joined, list } from './markdown';

/** The name of the result printed first, in another that is made from it. */
const FIRST = 'above';

const equationsOf = ({ definitions, result }: Formula): readonly Definition[] => [
  ...definitions,
  { name: 'result', value: result },
];

const isSame = (a: Expression, b: Expression): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The expression with every part that is `known` replaced by its name; a part as short as a name stays. */
function shortened(expression: Expression, known: Expression): Expression {
  if (partsOf(known).length > 0 && isSame(expression, known)) return { kind: 'name', name: FIRST };
  const inside = (part: Expression): Expression => shortened(part, known);
  switch (expression.kind) {
    case 'number':
    case 'name':
      return expression;
    case 'unary':
      return { ...expression, operand: inside(expression.operand) };
    case 'binary':
      return { ...expression, left: inside(expression.left), right: inside(expression.right) };
    case 'conditional':
      return {
        ...expression,
        condition: inside(expression.condition),
        whenTrue: inside(expression.whenTrue),
        whenFalse: inside(expression.whenFalse),
      };
    case 'call':
      return { ...expression, given: expression.given.map(inside) };
  }
}

/** What stands in the other formula and not in the first. */
function differing(first: Formula, other: Formula): readonly Definition[] {
  const known = equationsOf(first);
  return equationsOf(other)
    .filter(({ name, value }) => !known.some((each) => each.name === name && isSame(each.value, value)))
    .map(({ name, value }) => ({ name, value: shortened(value, first.result) }));
}

type Choices = Variant['when'][number];

const holds = ({ when }: Variant, choices: Choices, names: readonly string[]): boolean =>
  when.some((chosen) => names.every((name) => chosen[name] === choices[name]));

interface Change {
  readonly name: string;
  readonly options: readonly string[];
  readonly equations: readonly Definition[];
}

/** For every deciding parameter, what each of its other options changes; options that change the same are told together. */
function changesOf(
  variants: readonly Variant[],
  first: Variant,
  values: AnyValues,
  names: readonly string[],
): readonly Change[] {
  return names.flatMap((name) => {
    const options = [...new Set(variants.flatMap(({ when }) => when.map((chosen) => chosen[name])))];
    const changes = new Map<string, Change>();
    for (const option of options) {
      const variant = variants.find((each) => holds(each, { ...values, [name]: option }, names));
      if (variant === undefined || variant === first) continue;
      const equations = differing(first.formula, variant.formula);
      const key = JSON.stringify(equations);
      const before = changes.get(key)?.options ?? [];
      changes.set(key, { name, options: [...before, String(option)], equations });
    }
    return [...changes.values()];
  });
}

export function mathematics(operation: FormulaOperation, values: AnyValues): string {
  const variants = variantsOf(operation, values);
  const names = deciding(operation, variants);
  const first = variants.find((variant) => holds(variant, values, names));
  if (first === undefined) throw new Error(`the sample of ${operation.id} has no formula`);
  const changes = changesOf(variants, first, values, names);
  const chosen = names.map((name) => `${code(name)} is ${code(String(values[name]))}`);
  const legend = legendOf(
    operation,
    variants.map(({ formula }) => formula),
  );
  const namesFirst = changes.some(({ equations }) => JSON.stringify(equations).includes(`"${FIRST}"`));
  return joined([
    chosen.length === 0 ? '' : `Where ${chosen.join(' and ')}:`,
    block('math', latexEquations(equationsOf(first.formula))),
    ...changes.flatMap(({ name, options, equations }) => [
      `Where ${code(name)} is ${options.map(code).join(' or ')}, instead:`,
      block('math', latexEquations(equations)),
    ]),
    list([...legend, ...(namesFirst ? [`$\\mathit{${FIRST}}$: the result above`] : [])]),
  ]);
}
