/**
 * The steps that a command carries out: those of the recipe, then one an `--op`, in order. Everything is checked here that can
 * be checked without a picture. From here on second pictures are absolute paths: in a recipe they are relative to it, in an
 * `--op` to the current folder.
 */

import { dirname, resolve } from 'node:path';
import type { Step } from '../../document/document';
import { stepsFromRecipe } from '../../document/recipe';
import { recipeFromText } from '../../document/recipe-reading';
import type { Application } from '../../document/step-check';
import { fail, succeed, type Result } from '../../raster/fault';
import { readWholeFile } from '../files/read-file';
import { stepFromArgument } from './operation-argument';

const LARGEST_RECIPE = 64 * 2 ** 20;

/** Names each step by its place and makes the paths of second pictures absolute. */
export function stepsIn(folder: string, operations: readonly Application[], first = 0): readonly Step[] {
  const ids = operations.map((_, at) => `step-${first + at}`);
  return stepsFromRecipe({ operations }, ids, (path) => resolve(folder, path));
}

async function recipeSteps(path: string): Promise<Result<readonly Step[]>> {
  const bytes = await readWholeFile(path, LARGEST_RECIPE);
  const recipe = bytes.ok ? recipeFromText(new TextDecoder().decode(bytes.value)) : bytes;
  if (!recipe.ok) return fail('usage', `${path}: ${recipe.fault.message}`, recipe.fault.remedy);
  return succeed(stepsIn(dirname(path), recipe.value.operations));
}

/** Faults are wrong usage: nothing has been touched. */
export async function stepsOf(
  recipe: string | null,
  operations: readonly string[],
): Promise<Result<readonly Step[]>> {
  const fromRecipe = recipe === null ? succeed([]) : await recipeSteps(recipe);
  if (!fromRecipe.ok) return fromRecipe;
  const given: Application[] = [];
  for (const argument of operations) {
    const step = stepFromArgument(argument);
    if (!step.ok) return step;
    given.push(step.value);
  }
  return succeed([...fromRecipe.value, ...stepsIn('.', given, fromRecipe.value.length)]);
}

/** Takes the recipe out of a command's arguments: the one that ends in `.json`. */
export function withoutRecipe(
  words: readonly string[],
): Result<{ readonly recipe: string | null; readonly inputs: readonly string[] }> {
  const recipes = words.filter((word) => word.toLowerCase().endsWith('.json'));
  if (recipes.length > 1) {
    return fail('usage', `two recipes, ${recipes[0]} and ${recipes[1]}`, 'give one, and the rest as --op');
  }
  const inputs = words.filter((word) => !recipes.includes(word));
  return succeed({ recipe: recipes[0] ?? null, inputs });
}
