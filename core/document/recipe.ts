/**
 * A recipe is a stack without a document: what "Save as recipe" writes, "Apply recipe" reads and `burnish apply` takes.
 *
 *     { "burnish": 1, "operations": [ { "id": "gamma", "params": { "gamma": 2.2 } } ] }
 *
 * Writing leaves out what has its usual value, so that recipes stay readable. Reading is strict; see recipe-reading.ts.
 */

import { checkValues } from '../operation/check';
import { keptFrom } from '../operation/kept';
import type { Kept, Reported } from '../operation/operation';
import type { GivenValues } from '../operation/parameter';
import type { Depth } from '../raster/raster';
import type { Step, StepChannels, StepId } from './document';
import { maskToJson, withMaskSources, type MaskJson } from './mask';
import { findOperation, sourceParameters, stepSources, type Application } from './step-check';

export const RECIPE_VERSION = 1;

/** Steps with complete fields; second pictures are paths, relative to the recipe unless absolute. */
export interface Recipe {
  readonly operations: readonly Application[];
}

/** An operation as recipes write it. */
export interface RecipeOperation {
  readonly id: string;
  readonly params?: GivenValues;
  readonly enabled?: false;
  readonly channels?: StepChannels;
  readonly opacity?: number;
  readonly mask?: MaskJson;
  readonly measured?: Kept;
}

/** A recipe as a JSON value. */
export interface RecipeJson {
  readonly burnish: typeof RECIPE_VERSION;
  readonly operations: readonly RecipeOperation[];
}

/** The recipe as a JSON value; what has its usual value is left out. */
export function recipeToJson(recipe: Recipe): RecipeJson {
  const operations = recipe.operations.map(
    ({ operation, params, enabled, channels, opacity, mask, measured }): RecipeOperation => ({
      id: operation,
      ...(Object.keys(params).length > 0 && { params }),
      ...(!enabled && { enabled: false }),
      ...(channels !== 'rgb' && { channels }),
      ...(opacity !== 1 && { opacity }),
      ...(mask !== null && { mask: maskToJson(mask) }),
      ...(measured !== null && { measured }),
    }),
  );
  return { burnish: RECIPE_VERSION, operations };
}

/** The recipe as the text of its file: an operation a line, which is how people compare and edit them. */
export function recipeToText(recipe: Recipe): string {
  const lines = recipeToJson(recipe).operations.map((operation) => `    ${JSON.stringify(operation)}`);
  const list = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "burnish": ${RECIPE_VERSION},\n  "operations": ${list}\n}\n`;
}

/** What steps measured, so that a recipe keeps it. */
export interface Measurements {
  /** What each step reported about the picture that it met, by step. */
  readonly reported: Readonly<Record<StepId, Reported>>;
  /** The document's, in whose levels that is. */
  readonly depth: Depth;
}

/**
 * Steps of a document as a recipe. `pathOf` says where a second picture lies; in a document it is a source id. With `keep` every
 * step that can keeps the numbers that it measured; without, it measures anew wherever the recipe is applied, unless its numbers
 * are kept in the document already.
 */
export function recipeFromSteps(
  steps: readonly Step[],
  pathOf: (source: string) => string,
  keep: Measurements | null = null,
): Recipe {
  const operations = steps.map(({ id, ...step }): Application => {
    const measured = step.measured ?? (keep === null ? null : measuredBy(id, step, keep));
    return withSourcesBy({ ...step, measured }, pathOf);
  });
  return { operations };
}

/** The numbers that this step can keep of what it measured; null where there are none. */
function measuredBy(id: StepId, step: Application, { reported, depth }: Measurements): Kept | null {
  const operation = findOperation(step.operation);
  if (!operation.ok || !Object.hasOwn(reported, id)) return null;
  const values = checkValues(operation.value, step.params, null);
  return values.ok ? keptFrom(operation.value, values.value, depth, reported[id]) : null;
}

/**
 * A recipe's operations as steps of a document: `ids` names each, `sourceOf` says as what source a second picture's path was
 * opened. Throws a RangeError where there are not as many ids as operations.
 */
export function stepsFromRecipe(
  recipe: Recipe,
  ids: readonly StepId[],
  sourceOf: (path: string) => string,
): readonly Step[] {
  if (ids.length !== recipe.operations.length) throw new RangeError(`${recipe.operations.length} ids needed`);
  return recipe.operations.map((step, at) => ({ id: ids[at], ...withSourcesBy(step, sourceOf) }));
}

/** Every path or id of a second picture in a recipe, in order, each once. */
export function recipeSources(recipe: Recipe): readonly string[] {
  return [...new Set(recipe.operations.flatMap(stepSources))];
}

function withSourcesBy(given: Application, rename: (source: string) => string): Application {
  const step = given.mask === null ? given : { ...given, mask: withMaskSources(given.mask, rename) };
  const sources = sourceParameters(step);
  if (sources.length === 0) return step;
  const renamed = Object.fromEntries(sources.map(([name, source]) => [name, rename(source)]));
  return { ...step, params: { ...step.params, ...renamed } };
}
