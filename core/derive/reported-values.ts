/**
 * What a step reports, as `--json` tells it: the numbers that it measured, and of a chain those of its steps, by their ids. Of
 * several with one id the later ones are numbered, as in the window: `autoThreshold`, `autoThreshold 2`.
 */

import type { Step } from '../document/document';
import { checkValues } from '../operation/check';
import { partId, type Application, type Reported } from '../operation/operation';
import { operationById } from '../operations';

export type StepValues = Reported | { readonly steps: Readonly<Record<string, StepValues>> };

/** The numbers under each of several operations' ids. */
export function byStep(
  steps: readonly Application[],
  valuesOf: (step: Application, index: number) => StepValues,
): StepValues {
  const values = new Map<string, StepValues>();
  const counts = new Map<string, number>();
  for (const [index, step] of steps.entries()) {
    const count = (counts.get(step.id) ?? 0) + 1;
    counts.set(step.id, count);
    values.set(count === 1 ? step.id : `${step.id} ${count}`, valuesOf(step, index));
  }
  return { steps: Object.fromEntries(values) };
}

/** `reported` is by step; the steps of a chain have its id and their place in it. */
export function reportedValues(
  { id, operation, params }: Pick<Step, 'id' | 'operation' | 'params'>,
  reported: Readonly<Record<string, Reported>>,
): StepValues {
  const found = operationById.get(operation);
  if (found?.kind !== 'composed') return Object.hasOwn(reported, id) ? reported[id] : {};
  const checked = checkValues(found, params, null);
  if (!checked.ok) return {};
  return byStep(found.steps(checked.value), (step, index) =>
    reportedValues({ id: partId(id, index), operation: step.id, params: step.params }, reported),
  );
}
