/**
 * Which commands turn the same control. What counts is what a command changes, not what it carries: a panel may send all
 * values of an operation though one slider moved.
 */

import { operationById } from '../operations';
import type { Command } from './command';
import { stackOf, type Document, type StackOwner, type Step, type StepId } from './document';
import { changedInMask } from './mask';
import { changedParameters, sameValue } from './values';

/** Whether `next` turns the control that `previous` turned, so that both are one change. */
export function sameControl(
  previous: { readonly command: Command; readonly before: Document },
  next: { readonly command: Command; readonly before: Document; readonly after: Document },
): boolean {
  if (previous.command.type !== next.command.type) return false;
  const first = controlOf(previous.command, previous.before, next.before);
  return first !== null && first === controlOf(next.command, next.before, next.after);
}

/** A name for the control that made `after` from `before`; null for commands that never join. */
function controlOf(command: Command, before: Document, after: Document): string | null {
  switch (command.type) {
    case 'layer.opacity':
    case 'layer.mode':
      return JSON.stringify([command.layer]);
    case 'step.set':
    case 'step.limit': {
      const from = findStep(before, command);
      const to = findStep(after, command);
      return from && to ? JSON.stringify([command.owner, command.step, ...changes(from, to)]) : null;
    }
    case 'layer.add':
    case 'layer.duplicate':
    case 'layer.remove':
    case 'layer.move':
    case 'layer.rename':
    case 'layer.show':
    case 'step.add':
    case 'step.remove':
    case 'step.move':
    case 'step.enable':
    case 'step.keep':
    case 'recipe.apply':
    case 'document.depth':
      return null;
  }
}

function findStep(
  document: Document,
  at: { readonly owner: StackOwner; readonly step: StepId },
): Step | undefined {
  return stackOf(document, at.owner).find((step) => step.id === at.step);
}

function changes(from: Step, to: Step): readonly string[] {
  const parameters = operationById.get(from.operation)?.parameters ?? {};
  const changed = [...changedParameters(parameters, from.params, to.params)];
  if (from.channels !== to.channels) changed.push('channels of the step');
  if (from.opacity !== to.opacity) changed.push('opacity of the step');
  if (!sameValue(from.mask, to.mask)) changed.push(...maskControls(from, to));
  return changed;
}

/** One control a number of a mask; another shape is another mask. */
function maskControls(from: Step, to: Step): readonly string[] {
  const numbers = from.mask && to.mask ? changedInMask(from.mask, to.mask) : null;
  return (numbers ?? [{ part: -1, name: '' }]).map(({ part, name }) => `mask of the step: ${part} ${name}`);
}
