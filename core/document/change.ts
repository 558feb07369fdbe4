/**
 * Small pure changes of documents and lists, of which the commands are made. Whatever does not change is shared with the
 * document before: ten thousand states cost little more than one, and "the same object" means "nothing changed".
 */

import { fail, succeed, type Result } from '../raster/fault';
import {
  layerOf,
  type Document,
  type Layer,
  type LayerId,
  type Source,
  type StackOwner,
  type Step,
  type StepId,
} from './document';

/** The list with the item at `from` taken out and put back so that it stands at `to`. */
export function moved<T>(list: readonly T[], from: number, to: number): readonly T[] {
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from]);
}

/** Refuses an index that is not a whole number in 0 … last. */
export function checkIndex(index: number, last: number, what: string): Result<number> {
  if (Number.isInteger(index) && index >= 0 && index <= last) return succeed(index);
  return fail(
    'bad-parameter',
    `the position of ${what} must be a whole number from 0 to ${last}, not ${index}`,
  );
}

/** Refuses what is not a number in 0 … 1. */
export function checkOpacity(opacity: number): Result<number> {
  if (opacity >= 0 && opacity <= 1) return succeed(opacity);
  return fail('bad-parameter', `opacity must be a number from 0 to 1, not ${opacity}`);
}

/** The most characters that the name of a layer or recipe has. */
export const LONGEST_NAME = 255;

const CONTROL_CHARACTER = /\p{Cc}/u;

/** Refuses an empty name, one that is too long, and line breaks or other control characters. */
export function checkName(name: string): Result<string> {
  if (name.trim() === '') return fail('bad-parameter', 'a name needs at least one visible character');
  if (name.length > LONGEST_NAME) {
    return fail('bad-parameter', `a name has at most ${LONGEST_NAME} characters, not ${name.length}`);
  }
  if (CONTROL_CHARACTER.test(name))
    return fail('bad-parameter', 'a name has no line breaks or control characters');
  return succeed(name);
}

/** Where a layer lies in the list, from the bottom up. */
export function layerIndex(document: Document, id: LayerId): Result<number> {
  const index = document.layers.findIndex((layer) => layer.id === id);
  return index >= 0 ? succeed(index) : fail('not-found', `there is no layer "${id}" in this document`);
}

/** `change` applied to one layer; the very same document where it gives back the very same layer. */
export function changeLayer(
  document: Document,
  id: LayerId,
  change: (layer: Layer) => Result<Layer>,
): Result<Document> {
  const index = layerIndex(document, id);
  if (!index.ok) return index;
  const before = document.layers[index.value];
  const after = change(before);
  if (!after.ok) return after;
  if (after.value === before) return succeed(document);
  return succeed({ ...document, layers: document.layers.with(index.value, after.value) });
}

/** `change` applied to one stack; the very same document where it gives back the very same list. */
export function changeStack(
  document: Document,
  owner: StackOwner,
  change: (stack: readonly Step[]) => Result<readonly Step[]>,
): Result<Document> {
  if (owner !== 'canvas') {
    return changeLayer(document, owner, (layer) => {
      const stack = change(layer.stack);
      if (!stack.ok) return stack;
      return succeed(stack.value === layer.stack ? layer : { ...layer, stack: stack.value });
    });
  }
  const canvas = change(document.canvas);
  if (!canvas.ok) return canvas;
  return succeed(canvas.value === document.canvas ? document : { ...document, canvas: canvas.value });
}

/** Where a step lies in its stack, in order of application. */
export function stepIndex(
  document: Document,
  owner: StackOwner,
  stack: readonly Step[],
  id: StepId,
): Result<number> {
  const index = stack.findIndex((step) => step.id === id);
  if (index >= 0) return succeed(index);
  const where = owner === 'canvas' ? 'the canvas' : (layerOf(document, owner)?.name ?? owner);
  return fail('not-found', `there is no operation "${id}" on ${where}`);
}

/** Refuses ids that are in use anywhere in the document, or that occur twice among the new ones. */
export function checkNewStepIds(document: Document, ids: readonly StepId[]): Result<readonly StepId[]> {
  const fresh = new Set(ids);
  const stacks = [document.canvas, ...document.layers.map((layer) => layer.stack)];
  const taken =
    fresh.size === ids.length
      ? stacks.flatMap((stack) => stack.find((step) => fresh.has(step.id)) ?? [])[0]?.id
      : ids.find((id, at) => ids.indexOf(id) !== at);
  return taken === undefined
    ? succeed(ids)
    : fail('exists', `there is already an operation with the id "${taken}"`);
}

/** Refuses an id that is in use, or that would be mistaken for the canvas. */
export function checkNewLayerId(document: Document, id: LayerId): Result<LayerId> {
  if (id === 'canvas') return fail('bad-parameter', 'a layer cannot have the id "canvas"');
  if (layerOf(document, id)) return fail('exists', `there is already a layer with the id "${id}"`);
  return succeed(id);
}

/** A source that this document knows. */
export function sourceOf(document: Pick<Document, 'sources'>, id: string): Source | undefined {
  return Object.hasOwn(document.sources, id) ? document.sources[id] : undefined;
}

/** The document knowing these pictures too. A source is named by its bytes, so one that is known stays as it is. */
export function withSources(document: Document, sources: readonly Source[]): Document {
  const unknown = sources.filter((source) => sourceOf(document, source.id) === undefined);
  if (unknown.length === 0) return document;
  const added = Object.fromEntries(unknown.map((source) => [source.id, source]));
  return { ...document, sources: { ...document.sources, ...added } };
}
