/** What the letters of a typeset formula mean: the names of the formula language, the parameters with their values, and what the operation says. */

import { isFixedName, type FixedName, type PLACE_NAMES, type SIZE_NAMES } from '../operation/formula/names';
import type { AnyValues, Operation } from '../operation/operation';
import { titleOf } from '../operation/parameter';
import { latexName } from './latex';
import type { Typeset } from './typeset-formula';

/** A symbol as LaTeX, and its meaning in words. */
export interface LegendLine {
  readonly symbol: string;
  readonly meaning: string;
}

type KnownName = FixedName | (typeof PLACE_NAMES)[number] | (typeof SIZE_NAMES)[number] | 'v';

const NAMES: Readonly<Record<KnownName, string>> = {
  r: 'the sample, one number of one pixel',
  u: 'the sample on the 255 scale, r / K',
  v: 'the step’s input; v(x, y) is its sample in column x and row y, from 0 at the top left',
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

/** The symbols that the operation explains itself, one by one. */
function explained({ where }: Typeset): ReadonlySet<string> {
  return new Set(where.flatMap(([symbol]) => symbol.split(/, /)));
}

/** The names of the formula language that a formula uses, in a fixed order. */
export function fixedLegend(formula: Typeset): readonly LegendLine[] {
  const own = explained(formula);
  // What v(x, y) is says what its column and row are.
  const besides = formula.names.has('v') && !own.has('v') ? new Set(['x', 'y']) : new Set<string>();
  return Object.entries(NAMES).flatMap(([name, meaning]) =>
    formula.names.has(name) && !own.has(name) && !besides.has(name)
      ? [{ symbol: latexName(name), meaning }]
      : [],
  );
}

/** The parameters that a formula names, by their names. */
export function namedParameters({ parameters }: Operation, formula: Typeset): readonly string[] {
  const own = explained(formula);
  return Object.keys(parameters).filter(
    (name) => formula.names.has(name) && !isFixedName(name) && !own.has(latexName(name)),
  );
}

/** All of a formula's letters: parameters with their values first. */
export function legendFor(operation: Operation, values: AnyValues, formula: Typeset): readonly LegendLine[] {
  const parameters = namedParameters(operation, formula).map((name) => ({
    symbol: latexName(name),
    meaning: `${titleOf(name)}, ${String(values[name]).replace('-', '−')}`,
  }));
  const own = formula.where.map(([symbol, meaning]) => ({ symbol, meaning }));
  return [...parameters, ...own, ...fixedLegend(formula)];
}
