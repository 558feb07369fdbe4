/** Formulas over the own sample as tables: one entry a level, computed in doubles and stored once. */

import { levelsOf, samplesOver, topOf, type Samples, type Shape } from '../raster/raster';
import { store } from '../raster/rounding';
import { functionFrom, javascriptOf } from './formula/compile';
import { evaluate } from './formula/evaluate';
import type { Scope } from './formula/names';
import { freeNames, type Formula } from './formula/syntax';

/** Fills `table` for one channel; `scope` holds T, K, L, channel and the constants. */
export type FillTable = (table: Samples, scope: Scope) => void;

/**
 * An empty table of one entry a level, in shared memory where there is such a thing, so that worker threads read the same one.
 * Pages that are not isolated have none, and no workers of ours either.
 */
export function createTable(shape: Shape): Samples {
  const levels = levelsOf(shape.depth);
  const bytes = shape.depth === 8 ? levels : levels * 2;
  const buffer =
    typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
  return samplesOver(buffer, shape.depth, 0, levels);
}

/** The table of one channel. In a picture without alpha, or whose formula ignores it, every other name follows from `r`. */
export function makeTable(formula: Formula, scope: Scope, shape: Shape): Samples {
  const table = createTable(shape);
  const fill = fillerOf(formula);
  if (fill === null) fillPlainly(formula, table, scope, shape);
  else fill(table, scope);
  return table;
}

/** The interpreter's way, where a page refuses compiled code. Same table. */
export function fillPlainly(formula: Formula, table: Samples, scope: Scope, shape: Shape): void {
  const top = topOf(shape.depth);
  const named: Record<string, number> = { ...scope, A: top };
  for (let r = 0; r <= top; r++) {
    named['u'] = r / scope['K'];
    for (const name of ['r', 'R', 'G', 'B', 'Y']) named[name] = r;
    table[r] = store(evaluate(formula, named), top);
  }
}

const fillers = new WeakMap<Formula, { readonly fill: FillTable | null }>();

/** The compiled way; null where code from strings is refused. */
export function fillerOf(formula: Formula): FillTable | null {
  let known = fillers.get(formula);
  if (known === undefined) {
    known = { fill: functionFrom<FillTable>(fillerSource(formula)) };
    fillers.set(formula, known);
  }
  return known.fill;
}

function fillerSource(formula: Formula): string {
  const spell = (name: string): string => `$${name}`;
  const names = freeNames(formula);
  const fromSample: Readonly<Record<string, string>> = {
    u: '$r / $K',
    R: '$r',
    G: '$r',
    B: '$r',
    Y: '$r',
    A: '$T',
  };
  const given = new Set(
    ['T', 'K', ...names].filter((name) => name !== 'r' && !Object.hasOwn(fromSample, name)),
  );
  return [
    'function (table, scope) {',
    ...[...given].map((name) => `const $${name} = scope.${name};`),
    'for (let $r = 0; $r <= $T; $r++) {',
    ...Object.entries(fromSample).map(([name, source]) =>
      names.has(name) ? `const $${name} = ${source};` : '',
    ),
    ...formula.definitions.map(({ name, value }) => `const $${name} = ${javascriptOf(value, spell)};`),
    `table[$r] = store(${javascriptOf(formula.result, spell)}, $T);`,
    '} }',
  ].join('\n');
}
