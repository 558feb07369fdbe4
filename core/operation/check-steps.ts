/**
 * The steps of a chain (OPERATIONS.md 13), of unknown origin: known operations with values of theirs. What is wrong is said with the
 * place inside the list, so that a misspelt name in the third step of a chain is found at once.
 */

import { nearestName } from './nearest-name';
import type { Operation } from './operation';
import type { GivenStep, GivenValues, Parameter } from './parameter';
import { registered } from './registry';

/** Chains may hold chains, which hold none: deeper ones nobody could read. */
export const DEEPEST = 2;

/** What is wrong inside a list of steps, `place` counted from the list: `[1].params.size`. */
export interface StepsProblem {
  readonly code: 'unknown-parameter' | 'bad-parameter';
  readonly place: string;
  readonly message: string;
  readonly remedy: string;
}

/** Says what is wrong with the values of one step, its place counted from the values: `.size`, empty for a rule between several. */
type CheckParams = (operation: Operation, given: GivenValues, deep: number) => StepsProblem | null;

/** The first problem in the list, or null; `deep` is how many lists it lies in, itself included. */
export function stepsProblem(
  steps: readonly GivenStep[],
  deep: number,
  checkParams: CheckParams,
): StepsProblem | null {
  if (deep > DEEPEST) {
    const message = `chains are more than ${DEEPEST} deep inside each other`;
    return { code: 'bad-parameter', place: '', message, remedy: 'write the inner steps in their place' };
  }
  for (const [at, step] of steps.entries()) {
    const found = fieldProblem(step) ?? idProblem(step.id) ?? paramsProblem(step, deep, checkParams);
    if (found !== null) return { ...found, place: `[${at}]${found.place}` };
  }
  return null;
}

function fieldProblem(step: GivenStep): StepsProblem | null {
  const name = Object.keys(step).find((field) => field !== 'id' && field !== 'params');
  if (name === undefined) return null;
  const place = /^\w+$/.test(name) ? `.${name.slice(0, 64)}` : '';
  const remedy = 'a step of a chain has an id and params; limits belong to the chain as a whole';
  return { code: 'bad-parameter', place, message: 'unknown field', remedy };
}

function idProblem(id: string): StepsProblem | null {
  const operation = registered.get(id);
  const about = { code: 'bad-parameter', place: '.id' } as const;
  if (operation === undefined) {
    const near = nearestName(id, [...registered.keys()]);
    const remedy = near === null ? 'burnish operations lists them' : `did you mean "${near}"?`;
    return { ...about, message: `unknown operation "${id.slice(0, 64)}"`, remedy };
  }
  const takesPicture = Object.values(operation.parameters).some(({ kind }: Parameter) => kind === 'source');
  if (!takesPicture) return null;
  const message = `${id} takes a second picture, which a chain cannot hold`;
  return { ...about, message, remedy: 'make it a step of its own' };
}

function paramsProblem(
  { id, params }: GivenStep,
  deep: number,
  checkParams: CheckParams,
): StepsProblem | null {
  const operation = registered.get(id);
  if (operation === undefined) throw new Error(`${id} is not registered`);
  const found = checkParams(operation, params ?? {}, deep);
  return found === null ? null : { ...found, place: `.params${found.place}` };
}
