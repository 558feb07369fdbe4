/**
 * What commands and panels do to a document beyond one plain command: adding operations and layers, which want ids and
 * sometimes a file, and whatever depends on which layer is chosen.
 */

import type { Operation } from '../../core/operation/operation';
import {
  PLAIN_STEP,
  stackOf,
  type Layer,
  type Source,
  type StackOwner,
  type Step,
} from '../../core/document/document';
import { FARTHEST } from '../../core/document/mask';
import { newLayerName } from '../../core/document/naming';
import { selectionMask } from '../../core/document/selection-mask';
import { titleOf, type GivenValues } from '../../core/operation/parameter';
import { newId } from './new-id';
import type { Fault } from '../../core/raster/fault';
import { intersect, isEmpty } from '../../core/raster/rectangle';
import type { OpenDocument } from './open-document.svelte';
import type { Incoming } from './openings.svelte';
import type { Session } from './session.svelte';
import { startValues } from './start-values';

/** Adds an operation at the end of a stack and chooses it. One that needs a second picture asks for its file first. */
export async function addOperation(
  session: Session,
  operation: Operation,
  owner: StackOwner,
  event: Event,
  given?: GivenValues,
): Promise<void> {
  const document = session.active;
  if (document === null || !session.editable) return;
  const params = given ?? valuesOfSelection(document, operation, owner) ?? startValues(operation);
  const wanting = Object.entries(operation.parameters).find(
    ([name, { kind }]) => kind === 'source' && params[name] === undefined,
  );
  if (wanting === undefined) return insert(session, document, operation, owner, params, null, event);
  await withChosenSource(session, document, (source, given) =>
    insert(session, document, operation, owner, { ...params, [wanting[0]]: source.id }, source, given),
  );
}

async function insert(
  session: Session,
  document: OpenDocument,
  operation: Operation,
  owner: StackOwner,
  params: GivenValues,
  source: Source | null,
  event?: Event,
): Promise<void> {
  const index = stackOf(document.document, owner).length;
  const everywhere: Step = { id: newId(), operation: operation.id, params, ...PLAIN_STEP };
  const adding = (step: Step) =>
    ({ type: 'step.add', owner, step, index, ...(source && { source }) }) as const;
  const step = limitedToSelection(session, document, operation, owner, everywhere, (limited) =>
    document.refusal(adding(limited)),
  );
  if (step === null) return;
  session.lastAdded = { operation: operation.id, params };
  const done = document.commit(adding(step), event);
  document.choice.chooseStep(owner, step.id);
  session.focusRequest = step.id;
  await report(session, done);
}

/** The values that make a picture of what is selected, where the operation makes one of a part; else null. */
function valuesOfSelection(
  document: OpenDocument,
  operation: Operation,
  owner: StackOwner,
): GivenValues | null {
  const { area } = document.selection;
  if (area === null || area.inverted || operation.kind !== 'geometry') return null;
  const mask = selectionMask(document.document, owner, area);
  const part = mask.ok ? mask.value.parts[0] : null;
  if (part === null || !('width' in part)) return null;
  // A layer may lie on the canvas with a part of the selection beside it.
  const inside = intersect(part, { x: 0, y: 0, width: FARTHEST, height: FARTHEST });
  return isEmpty(inside) ? null : (operation.around?.(inside) ?? null);
}

/**
 * The step as the selection limits it. What moves pixels or changes the size works on the whole picture; where the selection has no
 * outline in what the step works on, that is told, and there is no step (null).
 */
function limitedToSelection(
  session: Session,
  document: OpenDocument,
  { id, kind }: Operation,
  owner: StackOwner,
  step: Step,
  refusal: (step: Step) => Fault | null,
): Step | null {
  const { area } = document.selection;
  if (area === null || kind === 'geometry') return step;
  const mask = selectionMask(document.document, owner, area);
  if (!mask.ok) {
    session.messages.alert(mask.fault);
    return null;
  }
  const limited = { ...step, mask: mask.value };
  if (refusal(limited) === null || refusal(step) !== null) return limited;
  session.messages.notice(`${titleOf(id)} changes the size, so it is not limited to the selection`);
  return step;
}

/** Asks for a file and adds it as a layer above the chosen one. */
export async function addLayer(session: Session): Promise<void> {
  const document = session.active;
  if (document === null || !session.editable) return;
  await withChosenSource(session, document, (source, event) => insertLayer(session, document, source, event));
}

/** Adds files as layers, one above the other. */
export async function addLayersFrom(session: Session, files: readonly Incoming[]): Promise<void> {
  const document = session.active;
  if (document === null || !session.editable) return;
  for (const file of files)
    await withSource(session, document, file, (source) => insertLayer(session, document, source));
}

async function insertLayer(
  session: Session,
  document: OpenDocument,
  source: Source,
  event?: Event,
): Promise<void> {
  const { layers } = document.document;
  const below = layers.findIndex((layer) => layer.id === document.choice.layer?.id);
  const layer = newId();
  const name = newLayerName(document.document, source.name);
  const done = document.commit({ type: 'layer.add', layer, source, name, index: below + 1 }, event);
  document.choice.chooseLayer(layer);
  await report(session, done);
}

/** Asks for a file, decodes it, and does something with it. The document counts as busy all the while. */
export async function withChosenSource(
  session: Session,
  document: OpenDocument,
  use: (source: Source, event?: Event) => Promise<void>,
): Promise<void> {
  const { files } = await session.chooser.choose(false);
  if (files.length > 0) await withSource(session, document, files[0], use);
}

async function withSource(
  session: Session,
  document: OpenDocument,
  file: Incoming,
  use: (source: Source, event?: Event) => Promise<void>,
): Promise<void> {
  let used: Promise<void> | undefined;
  document.timeline.expect('file');
  try {
    const source = await session.openings.source(document.id, file);
    if (source) used = use(source);
  } finally {
    document.timeline.arrive('file');
  }
  await used;
}

export async function duplicateLayer(
  session: Session,
  document: OpenDocument,
  layer: Layer,
  event?: Event,
): Promise<void> {
  const copy = newId();
  const steps = layer.stack.map(() => newId());
  const done = document.commit({ type: 'layer.duplicate', layer: layer.id, copy, steps }, event);
  document.choice.chooseLayer(copy);
  await report(session, done);
}

export async function removeLayer(
  session: Session,
  document: OpenDocument,
  layer: Layer,
  event?: Event,
): Promise<void> {
  const { layers } = document.document;
  const at = layers.indexOf(layer);
  const next = layers[at - 1] ?? layers[at + 1];
  const done = document.commit({ type: 'layer.remove', layer: layer.id }, event);
  if (next) document.choice.chooseLayer(next.id);
  await report(session, done);
}

/** Moves a layer up (+1) or down (−1) in the picture; nothing where it cannot go further. */
export async function moveLayer(
  session: Session,
  document: OpenDocument,
  layer: Layer,
  by: number,
  event?: Event,
): Promise<void> {
  const { layers } = document.document;
  const index = layers.indexOf(layer) + by;
  if (index < 0 || index >= layers.length) return;
  await report(session, document.commit({ type: 'layer.move', layer: layer.id, index }, event));
}

/** Chooses the next layer above (+1) or below (−1). */
export function chooseNeighbour(document: OpenDocument, by: number): void {
  const { layers } = document.document;
  const at = layers.findIndex((layer) => layer.id === document.choice.layer?.id);
  const next = layers[at + by];
  if (next) document.choice.chooseLayer(next.id);
}

/** Tells a refused command as an error. */
export async function report(session: Session, done: ReturnType<OpenDocument['commit']>): Promise<void> {
  const fault = await done;
  if (fault) session.messages.alert(fault);
}
