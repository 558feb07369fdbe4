/** What the names and functions of a formula mean, in words: the legend under it. */

import type { FunctionName } from '../../operation/formula/functions';
import {
  isFixedName,
  type FixedName,
  type PLACE_NAMES,
  type SIZE_NAMES,
} from '../../operation/formula/names';
import { freeNames, partsOf, type Expression, type Formula } from '../../operation/formula/syntax';
import type { FormulaOperation } from '../../operation/point-formula';
import { latexName } from '../latex';

type KnownName = FixedName | (typeof PLACE_NAMES)[number] | (typeof SIZE_NAMES)[number];

const NAMES: Readonly<Record<KnownName, string>> = {
  r: 'the sample, one number of one pixel',
  u: 'the sample on the 255 scale, r / K',
  R: 'the pixel’s red',
  G: 'the pixel’s green',
  B: 'the pixel’s blue',
  A: 'the pixel’s alpha, T in a picture without',
  Y: 'the pixel’s luma, 0.299·R + 0.587·G + 0.114·B, rounded',
  T: 'the largest level: 255, or 65,535 in 16-bit pictures',
  K: 'levels to a unit of the 255 scale: 1, or 257 in 16-bit pictures',
  L: 'the number of levels: 256, or 65,536 in 16-bit pictures',
  channel: '0 for red or gray, 1 for green, 2 for blue',
  x: 'the pixel’s column, from 0 at the left',
  y: 'the pixel’s row, from 0 at the top',
  W: 'the picture’s width in pixels',
  H: 'the picture’s height in pixels',
};

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

/** What a global operation reads off the whole picture, or any operation works out from its lists and choices beforehand. */
function derivedLine(operation: FormulaOperation, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const origin =
    operation.kind === 'global'
      ? 'measured from the whole picture at full resolution, a number for each colour channel'
      : 'worked out from the values beforehand, a number for each colour channel';
  // Numbered ones are told together: the points of a curve, the limits of conditions.
  const together = new Set(names.map((name) => math(name).replace(/_\{\d+\}\$$/, '_i$')));
  return [`${[...together].join(', ')}: ${origin}`];
}

export function legendOf(operation: FormulaOperation, formulas: readonly Formula[]): readonly string[] {
  const free = new Set(formulas.flatMap((formula) => [...freeNames(formula)]));
  const called = new Set<FunctionName>();
  for (const { definitions, result } of formulas) {
    for (const { value } of definitions) functionsIn(value, called);
    functionsIn(result, called);
  }
  const fixed = Object.entries(NAMES).flatMap(([name, meaning]) =>
    free.has(name) ? [`${math(name)}: ${meaning}`] : [],
  );
  const named = Object.keys(operation.parameters).filter((name) => free.has(name) && !isFixedName(name));
  const derived = [...free].filter(
    (name) => !isFixedName(name) && !Object.hasOwn(operation.parameters, name) && name !== 'pi',
  );
  return [
    ...fixed,
    ...(named.length === 0
      ? []
      : [`${named.map(math).join(', ')}: ${named.length === 1 ? 'the parameter' : 'the parameters'} below`]),
    ...derivedLine(operation, derived),
    ...Object.entries(FUNCTIONS).flatMap(([name, meaning]) =>
      [...called].some((each) => each === name) ? [meaning] : [],
    ),
  ];
}
