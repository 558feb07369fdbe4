/**
 * A point or global operation has one formula for each of its choices that makes a difference: a method, what is tested. Here they
 * are told apart by their text, with the choices for which each holds; the manual prints them all, and a Python function has a
 * branch for each.
 */

import { parseFormula } from '../operation/formula/parse';
import type { Formula } from '../operation/formula/syntax';
import type { AnyValues } from '../operation/operation';
import type { Parameter, ParameterValue } from '../operation/parameter';
import type { FormulaOperation } from '../operation/point-formula';
import type { Shape } from '../raster/raster';
import { initialValues } from './operation-card';

/** Formulas are printed as they are for colour; on a gray picture R, G and B are all the gray. */
const COLOUR: Shape = { width: 1, height: 1, channels: 3, depth: 8 };

/** A formula, and the choices for which it holds: a list of values a parameter. */
export interface Variant {
  readonly formula: Formula;
  readonly when: readonly Readonly<Record<string, ParameterValue>>[];
}

function optionsOf(parameter: Parameter): readonly ParameterValue[] | null {
  if (parameter.kind === 'choice') return parameter.choices;
  return parameter.kind === 'boolean' ? [false, true] : null;
}

/** Every combination of choices. */
function combinations(operation: FormulaOperation): readonly Readonly<Record<string, ParameterValue>>[] {
  let all: readonly Readonly<Record<string, ParameterValue>>[] = [{}];
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    const options = optionsOf(parameter);
    if (options === null) continue;
    all = all.flatMap((chosen) => options.map((option) => ({ ...chosen, [name]: option })));
  }
  return all;
}

/** The formulas with every combination of choices; values that are no choices are those of `starting`. */
export function variantsOf(
  operation: FormulaOperation,
  starting: AnyValues = initialValues(operation),
): readonly Variant[] {
  const byText = new Map<string, Readonly<Record<string, ParameterValue>>[]>();
  for (const chosen of combinations(operation)) {
    const text = operation.formula({ ...starting, ...chosen }, COLOUR);
    byText.set(text, [...(byText.get(text) ?? []), chosen]);
  }
  return [...byText].map(([text, when]) => ({ formula: parseFormula(text), when }));
}

/** Parameters whose choice decides between the variants. */
export function deciding(operation: FormulaOperation, variants: readonly Variant[]): readonly string[] {
  return Object.entries(operation.parameters).flatMap(([name, parameter]) => {
    const options = optionsOf(parameter);
    if (options === null || variants.length === 1) return [];
    const decides = variants.some(
      ({ when }) => new Set(when.map((chosen) => chosen[name])).size < options.length,
    );
    return decides ? [name] : [];
  });
}

/** Whether a variant holds exactly for the product of its values of the deciding parameters. */
export function isProduct({ when }: Variant, names: readonly string[]): boolean {
  const seen = new Set(when.map((chosen) => JSON.stringify(names.map((name) => chosen[name]))));
  const product = names.reduce((count, name) => count * new Set(when.map((chosen) => chosen[name])).size, 1);
  return seen.size === product;
}
