/**
 * How a lesson turns a page: the commands that make one stack of another, as a person would give them. What stays in place with other
 * values is changed, what is too much is removed, what is missing is added at the end; so the history reads like a story.
 */

import type { Command } from '../../document/command';
import type { LayerId, Step, StepId } from '../../document/document';
import { findOperation, type Application } from '../../document/step-check';
import { changedParameters, sameValue } from '../../document/values';
import { defaultOf, type GivenValues } from '../../operation/parameter';

type WithoutTime<C> = C extends Command ? Omit<C, 'time'> : never;
/** A command that waits for its time. */
export type Move = WithoutTime<Command>;

/** Commands that turn the stack of a layer into `wanted`; none where it is that already. `newId` names the steps that are added. */
export function movesBetween(
  layer: LayerId,
  stack: readonly Step[],
  wanted: readonly Application[],
  newId: () => StepId,
): readonly Move[] {
  const kept = keptSteps(stack, wanted);
  const changes = stack.slice(0, kept).flatMap((step, at) => changeOf(layer, step, wanted[at]));
  const removals = stack
    .slice(kept)
    .toReversed()
    .map((step): Move => ({ type: 'step.remove', owner: layer, step: step.id }));
  const additions = wanted.slice(kept).map((step, at): Move => ({
    type: 'step.add',
    owner: layer,
    step: { id: newId(), ...step },
    index: kept + at,
  }));
  return [...changes, ...removals, ...additions];
}

/** How many steps from the first on can stay, if with other values. */
function keptSteps(stack: readonly Step[], wanted: readonly Application[]): number {
  const at = wanted.findIndex((step, index) => {
    const there = stack[index];
    return there === undefined || !differsInValuesAlone(there, step);
  });
  return at < 0 ? wanted.length : at;
}

function differsInValuesAlone(there: Step, wanted: Application): boolean {
  return (
    there.operation === wanted.operation &&
    there.enabled === wanted.enabled &&
    there.channels === wanted.channels &&
    there.opacity === wanted.opacity &&
    sameValue(there.mask, wanted.mask) &&
    // Other values are measured with again, so numbers that are kept do not outlive them.
    there.measured === null &&
    wanted.measured === null &&
    missing(there.params, wanted.params).every(
      (name) => defaultOfParameter(there.operation, name) !== undefined,
    )
  );
}

/** Parameters that are given there and left out here. */
function missing(there: GivenValues, here: GivenValues): readonly string[] {
  return Object.keys(there).filter((name) => !Object.hasOwn(here, name));
}

function defaultOfParameter(operation: string, name: string) {
  const found = findOperation(operation);
  const parameter = found.ok ? found.value.parameters[name] : undefined;
  return parameter === undefined ? undefined : defaultOf(parameter);
}

/** A value that is left out is set to its default, because a command cannot take one away. */
function changeOf(owner: LayerId, step: Step, wanted: Application): readonly Move[] {
  const found = findOperation(step.operation);
  if (!found.ok) return [];
  const changed = changedParameters(found.value.parameters, step.params, wanted.params);
  if (changed.length === 0) return [];
  const params = Object.fromEntries(
    changed.flatMap((name) => {
      const value = wanted.params[name] ?? defaultOfParameter(step.operation, name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
  return [{ type: 'step.set', owner, step: step.id, params }];
}
