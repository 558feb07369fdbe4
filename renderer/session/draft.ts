/** Commands on their way: what a control gives, with the time added, and what a measuring point says of them. */

import type { Command } from '../../core/document/command';
import { stackOf, type Document } from '../../core/document/document';
import { momentOf } from './measures';
import type { Mark } from './timeline.svelte';

type WithoutTime<C> = C extends Command ? Omit<C, 'time'> : never;

/** A command before it is sent. */
export type Draft = WithoutTime<Command>;

export function timed(draft: Draft): Command {
  return { ...draft, time: Date.now() };
}

/** The mark of an event that causes a command; `document` is the one before it. */
export function markOf(command: Command, document: Document, event?: Event): Mark {
  return { at: momentOf(event), kind: 'edit', operation: operationIn(command, document) ?? command.type };
}

/** The mark of an undo, a redo or a click in the history. */
export function historyMark(event?: Event): Mark {
  return { at: momentOf(event), kind: 'history', operation: null };
}

/** The operation that a command is about. */
function operationIn(command: Command, document: Document): string | null {
  if (command.type === 'step.add') return command.step.operation;
  if (!('owner' in command) || !('step' in command)) return null;
  return stackOf(document, command.owner).find((step) => step.id === command.step)?.operation ?? null;
}
