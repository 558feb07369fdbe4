/**
 * Stacks: operations added to a layer or to the canvas, removed, moved, changed, switched off and on, limited; and whole
 * recipes applied at once.
 */

import { titleOf, type GivenValues } from '../../operation/parameter';
import { fail, succeed, type Result } from '../../raster/fault';
import { changeStack, checkIndex, checkNewStepIds, moved, stepIndex, withSources } from '../change';
import type { StackCommand } from '../command';
import {
  layerOf,
  stackOf,
  type Document,
  type Source,
  type StackOwner,
  type Step,
  type StepId,
} from '../document';
import { changedInMask, maskText } from '../mask';
import { stepTitle } from '../naming';
import { faultOf } from '../stack-check';
import { checkStep, findOperation } from '../step-check';
import { did, percent, plainNumber, set, tellValues, withValues, type Told } from '../telling';
import { changedParameters, patched, sameValue } from '../values';

type Of<T extends StackCommand['type']> = Extract<StackCommand, { type: T }>;

export function reduceStack(document: Document, command: StackCommand): Result<Document> {
  switch (command.type) {
    case 'step.add':
      return insert(
        document,
        command.owner,
        command.index,
        [command.step],
        command.source ? [command.source] : [],
      );
    case 'recipe.apply':
      if (command.steps.length === 0) return fail('bad-recipe', 'the recipe has no operations');
      return insert(document, command.owner, command.index, command.steps, command.sources);
    case 'step.remove':
      return changeSteps(document, command, (stack, index) => succeed(stack.toSpliced(index, 1)));
    case 'step.move':
      return changeSteps(document, command, (stack, from) => {
        const to = checkIndex(command.index, stack.length - 1, 'an operation');
        if (!to.ok) return to;
        return succeed(from === to.value ? stack : moved(stack, from, to.value));
      });
    case 'step.enable':
      return changeSteps(document, command, (stack, index) => {
        const step = stack[index];
        if (step.enabled === command.enabled) return succeed(stack);
        return succeed(stack.with(index, { ...step, enabled: command.enabled }));
      });
    case 'step.set': {
      const known = withSources(document, command.source ? [command.source] : []);
      const changed = changeSteps(known, command, (stack, index) => setValues(command, stack, index));
      // A picture that no value asks for is not worth an entry in the history.
      return changed.ok && changed.value === known ? succeed(document) : changed;
    }
    case 'step.limit':
      return changeSteps(document, command, (stack, index) => limit(command, stack, index));
    case 'step.keep':
      return changeSteps(document, command, (stack, index) => {
        const step = stack[index];
        if (sameValue(step.measured, command.measured)) return succeed(stack);
        return succeed(stack.with(index, { ...step, measured: command.measured }));
      });
  }
}

/** `change` applied to the stack that holds the command's step, at that step's index. */
function changeSteps(
  document: Document,
  command: { readonly owner: StackOwner; readonly step: StepId },
  change: (stack: readonly Step[], index: number) => Result<readonly Step[]>,
): Result<Document> {
  return changeStack(document, command.owner, (stack) => {
    const index = stepIndex(document, command.owner, stack, command.step);
    return index.ok ? change(stack, index.value) : index;
  });
}

function insert(
  document: Document,
  owner: StackOwner,
  index: number,
  steps: readonly Step[],
  sources: readonly Source[],
): Result<Document> {
  const ids = checkNewStepIds(
    document,
    steps.map((step) => step.id),
  );
  if (!ids.ok) return ids;
  return changeStack(withSources(document, sources), owner, (stack) => {
    const place = checkIndex(index, stack.length, 'the new operation');
    return place.ok ? succeed(stack.toSpliced(place.value, 0, ...steps)) : place;
  });
}

/**
 * The stack with other values; the very same one where they come to the same, defaults filled in. Kept numbers were found with
 * the values before, so other values are measured with again.
 */
function setValues(command: Of<'step.set'>, stack: readonly Step[], index: number): Result<readonly Step[]> {
  const before = stack[index];
  const step = { ...before, params: patched(before.params, command.params) };
  // Before anything is compared: an unknown name or a wrong value must not pass for "no change".
  const checked = checkStep(step, null);
  if (!checked.ok) return faultOf(stack, before, checked.fault);
  const changed = changedParameters(checked.value.operation.parameters, before.params, step.params);
  return succeed(changed.length === 0 ? stack : stack.with(index, { ...step, measured: null }));
}

/** The luma is another picture than the colours: what was found on one is not kept for the other. */
function limit(command: Of<'step.limit'>, stack: readonly Step[], index: number): Result<readonly Step[]> {
  const before = stack[index];
  const channels = command.channels ?? before.channels;
  const step: Step = {
    ...before,
    channels,
    opacity: command.opacity ?? before.opacity,
    mask: command.mask === undefined ? before.mask : command.mask,
    measured: (channels === 'luma') === (before.channels === 'luma') ? before.measured : null,
  };
  const same =
    step.channels === before.channels && step.opacity === before.opacity && sameValue(step.mask, before.mask);
  return succeed(same ? stack : stack.with(index, step));
}

function ownerName(document: Document, owner: StackOwner): string {
  return owner === 'canvas' ? 'the canvas' : (layerOf(document, owner)?.name ?? owner);
}

/** What the telling of a command about one step speaks of: the step on either side, and its title. */
function toldStep(
  command: { readonly owner: StackOwner; readonly step: StepId },
  before: Document,
  after: Document,
) {
  const stack = stackOf(before, command.owner);
  const from = stack.find((step) => step.id === command.step);
  const to = stackOf(after, command.owner).find((step) => step.id === command.step);
  return { stack, from, to, title: from ? stepTitle(stack, from) : command.step };
}

export function describeStack(command: StackCommand, before: Document, after: Document): Told {
  const owner = ownerName(before, command.owner);
  switch (command.type) {
    case 'step.add': {
      const { operation, params, mask } = command.step;
      const place = mask === null ? `to ${owner}` : `to ${owner}, ${maskText(mask)}`;
      return did('Added', 'add', named(after, operation, params), place);
    }
    case 'recipe.apply': {
      const count = command.steps.length === 1 ? '1 operation' : `${command.steps.length} operations`;
      return did(
        'Applied',
        'apply',
        command.name === '' ? count : `${command.name} (${count})`,
        `to ${owner}`,
      );
    }
    case 'step.remove':
      return did('Removed', 'remove', toldStep(command, before, after).title, `from ${owner}`);
    case 'step.move': {
      const { stack, title } = toldStep(command, before, after);
      const later = command.index > stack.findIndex((step) => step.id === command.step);
      return did('Moved', 'move', `${title} ${later ? 'later' : 'earlier'}`, `on ${owner}`);
    }
    case 'step.enable': {
      const { title } = toldStep(command, before, after);
      return command.enabled
        ? did('Enabled', 'enable', title, `on ${owner}`)
        : did('Disabled', 'disable', title, `on ${owner}`);
    }
    case 'step.set':
      return describeValues(command, before, after);
    case 'step.limit':
      return describeLimit(command, before, after);
    case 'step.keep': {
      const { title } = toldStep(command, before, after);
      return command.measured === null
        ? did('Recomputed', 'recompute', `the numbers of ${title}`, `on ${owner}`)
        : did('Kept', 'keep', `the numbers of ${title}`, `on ${owner}`);
    }
  }
}

function named(document: Document, id: string, params: GivenValues): string {
  const operation = findOperation(id);
  return operation.ok ? withValues(document, operation.value, params) : titleOf(id);
}

function describeValues(command: Of<'step.set'>, before: Document, after: Document): Told {
  const { from, to, title } = toldStep(command, before, after);
  const place = `on ${ownerName(before, command.owner)}`;
  const operation = from && findOperation(from.operation);
  if (!from || !to || !operation?.ok) return did('Changed', 'change', title, place);
  return tellValues(
    { before, after },
    operation.value,
    title,
    { before: from.params, after: to.params },
    place,
  );
}

const CHANNEL_NAMES = { rgb: 'RGB', r: 'red', g: 'green', b: 'blue', luma: 'luma' } as const;

function describeLimit(command: Of<'step.limit'>, before: Document, after: Document): Told {
  const { from, to, title } = toldStep(command, before, after);
  const place = `on ${ownerName(before, command.owner)}`;
  if (!from || !to) return did('Changed', 'change', title, place);
  if (!sameValue(from.mask, to.mask)) return describeMask(from, to, title, place);
  const channels = `channels ${CHANNEL_NAMES[from.channels]} → ${CHANNEL_NAMES[to.channels]}`;
  const both = from.channels !== to.channels && from.opacity !== to.opacity;
  if (both) return set(`${title} ${channels}, opacity`, percent(from.opacity), percent(to.opacity), place);
  if (from.opacity !== to.opacity)
    return set(`${title} opacity`, percent(from.opacity), percent(to.opacity), place);
  return set(`${title} channels`, CHANNEL_NAMES[from.channels], CHANNEL_NAMES[to.channels], place);
}

/** "Gamma mask: ellipse → none", "Gamma mask: feather 0 → 20"; a mask that changed in several ways is moved. */
function describeMask(from: Step, to: Step, title: string, place: string): Told {
  const numbers = from.mask && to.mask ? changedInMask(from.mask, to.mask) : null;
  if (numbers === null) return set(`${title} mask:`, maskText(from.mask), maskText(to.mask), place);
  if (numbers.length !== 1) return did('Moved', 'move', `the mask of ${title}`, place);
  const [{ name, from: before, to: after }] = numbers;
  return set(`${title} mask: ${name}`, plainNumber(before), plainNumber(after), place);
}
