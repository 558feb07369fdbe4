/** What the names and functions of a formula mean, in words: the legend under it. */

import type { FunctionName } from '../../operation/formula/functions';
import { isFixedName } from '../../operation/formula/names';
import { freeNames, partsOf, type Expression, type Formula } from '../../operation/formula/syntax';
import type { Operation } from '../../operation/operation';
import type { FormulaOperation } from '../../operation/point-formula';
import { latexName } from '../latex';
import { fixedLegend, namedParameters, type LegendLine } from '../legend';
import { explainedConstants, type Typeset } from '../typeset-formula';

const FUNCTIONS: Partial<Readonly<Record<FunctionName, string>>> = {
  clamp: 'clamp(x, a, b) is x held between a and b',
  luma: 'luma(R, G, B) is 0.299·R + 0.587·G + 0.114·B, unrounded',
  store: 'store(x) is the level that x is stored as, rounded half up and held between 0 and T',
  bitAnd: 'bitAnd(a, b) has the bits that both numbers have',
  bitXor: 'bitXor(a, b) has the bits that exactly one of the two numbers has',
  hash: 'hash(z) scatters a whole number over 0 … 2³² − 1, the same way everywhere',
  dec: 'dec turns an sRGB value of 0 … 1 into an amount of light (IEC 61966-2-1)',
  enc: 'enc turns an amount of light back into an sRGB value',
};

function functionsIn(expression: Expression, into: Set<FunctionName>): Set<FunctionName> {
  if (expression.kind === 'call') into.add(expression.name);
  for (const part of partsOf(expression)) functionsIn(part, into);
  return into;
}

const math = (name: string): string => `$${latexName(name)}$`;

/** Where an operation's constants come from: read off the whole picture, or worked out from its lists and choices. */
function originOf({ kind }: FormulaOperation): string {
  return kind === 'global'
    ? 'measured from the whole picture at full resolution'
    : 'worked out from the values beforehand';
}

function derivedLines(operation: FormulaOperation, names: readonly string[]): readonly string[] {
  const explained = explainedConstants(operation, names).map(([symbol, meaning]) =>
    lineOf({ symbol, meaning }),
  );
  if (explained.length === 0) return [];
  return [
    ...explained,
    `${explained.length === 1 ? 'This number is' : 'These numbers are'} ${originOf(operation)}.`,
  ];
}

const lineOf = ({ symbol, meaning }: LegendLine): string =>
  `${symbol
    .split(', ')
    .map((each) => `$${each}$`)
    .join(', ')}: ${meaning}`;

function namedLine(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return [`${names.map(math).join(', ')}: ${names.length === 1 ? 'the parameter' : 'the parameters'} below`];
}

/** Of a formula that the operation declares typeset. */
export function declaredLegend(operation: Operation, formula: Typeset): readonly string[] {
  const own = formula.where.map(([symbol, meaning]) => lineOf({ symbol, meaning }));
  return [...own, ...fixedLegend(formula).map(lineOf), ...namedLine(namedParameters(operation, formula))];
}

export function legendOf(operation: FormulaOperation, formulas: readonly Formula[]): readonly string[] {
  const free = new Set(formulas.flatMap((formula) => [...freeNames(formula)]));
  const called = new Set<FunctionName>();
  for (const { definitions, result } of formulas) {
    for (const { value } of definitions) functionsIn(value, called);
    functionsIn(result, called);
  }
  const formula: Typeset = { equations: [], result: '', names: free, where: [] };
  const named = namedParameters(operation, formula);
  const derived = [...free].filter(
    (name) => !isFixedName(name) && !Object.hasOwn(operation.parameters, name) && name !== 'pi',
  );
  return [
    ...fixedLegend(formula).map(lineOf),
    ...namedLine(named),
    ...derivedLines(operation, derived),
    ...Object.entries(FUNCTIONS).flatMap(([name, meaning]) =>
      [...called].some((each) => each === name) ? [meaning] : [],
    ),
  ];
}
