/** A text that changes with what a step meets, and with nothing else that is edited: what is shown of its input is asked for by it. */

import { stackOf, type Document, type StackOwner, type StepId } from '../../core/document/document';

export interface StepPlace {
  readonly owner: StackOwner;
  readonly id: StepId;
}

export function beneathOf(document: Document, { owner, id }: StepPlace): string {
  const { layers, depth } = document;
  const stack = stackOf(document, owner);
  const at = stack.findIndex((step) => step.id === id);
  const below = owner === 'canvas' ? layers : layers.find((layer) => layer.id === owner)?.source;
  const own = at < 0 ? null : [stack[at].enabled, stack[at].channels];
  return JSON.stringify([owner, id, below, stack.slice(0, Math.max(0, at)), own, depth]);
}
