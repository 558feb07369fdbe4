/**
 * A point or global operation made ready for a picture. A formula over the own sample alone becomes a table a colour channel;
 * one that mixes the pixel's channels, or asks where the pixel lies, becomes a loop. Programs are plain data and travel to worker threads; tables lie in
 * shared memory.
 *
 * Because results are whole levels, tables compose exactly: a chain of them is one table (ARCHITECTURE.md).
 */

import { colourChannelsOf, hasAlpha, levelsOf, topOf, type Samples, type Shape } from '../raster/raster';
import { store } from '../raster/rounding';
import { namesPlace, PIXEL_NAMES } from './formula/names';
import { freeNames, type Formula } from './formula/syntax';
import type { Found } from './kept';
import type { AnyValues, Constants } from './operation';
import { channelScope, pointFormula, type FormulaOperation } from './point-formula';
import { isEven } from './point-loop';
import { createTable, makeTable } from './point-table';

export { applyPoint, applyPointTo } from './apply-point';

export interface TableProgram {
  readonly kind: 'table';
  /** One a colour channel, an entry a level; channels with equal tables share one array. */
  readonly tables: readonly Samples[];
}

export interface LoopProgram {
  readonly kind: 'loop';
  readonly formula: string;
  /** By name, one number a colour channel. */
  readonly constants: Constants;
}

export type PointProgram = TableProgram | LoopProgram;

/** `values` are complete and checked; `found` is what the operation measured or kept, null where it needs nothing. */
export function pointProgram(
  operation: FormulaOperation,
  values: AnyValues,
  shape: Shape,
  found: Found | null,
): PointProgram {
  const { text, formula, constants } = pointFormula(operation, values, shape, found);
  if (mixesChannels(formula, shape) || namesPlace(formula)) return { kind: 'loop', formula: text, constants };
  const count = colourChannelsOf(shape);
  const first = makeTable(formula, channelScope(constants, 0, shape), shape);
  const tables = [first];
  const alike = isAlike(formula, constants);
  for (let channel = 1; channel < count; channel++) {
    tables.push(alike ? first : makeTable(formula, channelScope(constants, channel, shape), shape));
  }
  return { kind: 'table', tables };
}

/** Whether a channel's result depends on other samples of the pixel than its own. */
function mixesChannels(formula: Formula, shape: Shape): boolean {
  const names = freeNames(formula);
  // In a grey picture R, G, B and Y are r itself; without alpha, A is the constant T.
  const others = colourChannelsOf(shape) === 3 ? PIXEL_NAMES.filter((name) => name !== 'A') : [];
  return others.some((name) => names.has(name)) || (hasAlpha(shape) && names.has('A'));
}

function isAlike(formula: Formula, constants: Constants): boolean {
  const names = freeNames(formula);
  return (
    !names.has('channel') &&
    Object.entries(constants).every(([name, numbers]) => !names.has(name) || isEven(numbers))
  );
}

/** The tables that do `first`, then `second`. */
export function composeTables(first: TableProgram, second: TableProgram, shape: Shape): TableProgram {
  return mapTables(first.tables, shape, (table, channel) => {
    const then = second.tables[channel];
    return { ingredients: [table, then], entry: (level) => then[table[level]] };
  });
}

/**
 * Tables limited as a step may be (OPERATIONS.md 2.6), which are tables again. Null where they are not: for loops, and where
 * the luma of a colour picture decides. On a grey picture any single channel means the grey one.
 */
export function limitTables(
  program: PointProgram,
  channels: 'rgb' | 'r' | 'g' | 'b' | 'luma',
  opacity: number,
  shape: Shape,
): TableProgram | null {
  const grey = colourChannelsOf(shape) === 1;
  if (program.kind === 'loop' || (channels === 'luma' && !grey)) return null;
  const top = topOf(shape.depth);
  return mapTables(program.tables, shape, (table, channel) =>
    grey || channels === 'rgb' || channels === 'rgb'.charAt(channel)
      ? { ingredients: [table], entry: (v) => store(v + opacity * (table[v] - v), top) }
      : { ingredients: [], entry: (v) => v },
  );
}

/** New tables, one for each; made once where they are made from the same. */
function mapTables(
  tables: readonly Samples[],
  shape: Shape,
  recipe: (
    table: Samples,
    channel: number,
  ) => { readonly ingredients: readonly Samples[]; entry(level: number): number },
): TableProgram {
  const made: { readonly ingredients: readonly Samples[]; readonly table: Samples }[] = [];
  for (const [channel, source] of tables.entries()) {
    const { ingredients, entry } = recipe(source, channel);
    const same = made.find(
      (earlier) =>
        earlier.ingredients.length === ingredients.length &&
        earlier.ingredients.every((ingredient, index) => ingredient === ingredients[index]),
    );
    const table = same?.table ?? createTable(shape);
    if (same === undefined) {
      const levels = levelsOf(shape.depth);
      for (let level = 0; level < levels; level++) table[level] = entry(level);
    }
    made.push({ ingredients, table });
  }
  return { kind: 'table', tables: made.map(({ table }) => table) };
}
