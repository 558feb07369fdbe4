/**
 * Every document that a command makes can be drawn: each enabled step meets a picture that it can work on. A command that
 * would break this, even for a later step (a crop switched on above another crop), is refused with a sentence that names the step.
 * So the shapes of all results are known from the document alone.
 *
 * Stacks are checked at every command, though few of their steps ever change. What was found the last time is therefore
 * remembered, for a step and for a whole stack, and holds for as long as the same values meet the same shape.
 */

import { fail, succeed, type Fault, type Result } from '../raster/fault';
import { channelsFor, colourChannelsOf, hasAlpha, sameShape, type Shape } from '../raster/raster';
import {
  layerOf,
  stackOf,
  type Document,
  type Layer,
  type StackOwner,
  type Step,
  type StepId,
} from './document';
import { sourceOf, stepIndex } from './change';
import { stepTitle } from './naming';
import { checkSources, checkStep, stepSources } from './step-check';

/** The shape of a layer after its stack; the fault names the step that has no result. */
export function layerShape(document: Document, layer: Layer): Result<Shape> {
  return layerShapeAfter(document, layer, []);
}

/** The shape of the canvas below its own stack: the frame, or with a single layer that layer's result. */
export function compositeShape(document: Document): Result<Shape> {
  let inColour = colourChannelsOf(document) === 3;
  let size = document.frame;
  for (const layer of document.layers) {
    const shape = layerShape(document, layer);
    if (!shape.ok) return shape;
    size ??= shape.value;
    if (layer.visible && colourChannelsOf(shape.value) === 3) inColour = true;
  }
  if (size === null) return fail('empty-result', 'a document needs at least one layer');
  const channels = channelsFor(inColour ? 3 : 1, hasAlpha(document));
  return succeed({ width: size.width, height: size.height, channels, depth: document.depth });
}

/** The shape of the whole document's picture; where layers leave transparent parts, its file also has alpha. */
export function canvasShape(document: Document): Result<Shape> {
  return canvasShapeAfter(document, []);
}

/** Checks what a command changed: `after` itself where all its steps can stand, else the fault of the first that cannot. */
export function checkStacks(before: Document, after: Document): Result<Document> {
  const deeper = before.depth !== after.depth;
  if (!deeper && before.layers === after.layers && before.canvas === after.canvas) return succeed(after);
  for (const layer of after.layers) {
    const earlier = layerOf(before, layer.id);
    if (earlier === layer && !deeper) continue;
    const shape = layerShapeAfter(after, layer, earlier?.stack ?? []);
    if (!shape.ok) return shape;
  }
  if (after.canvas.length === 0) return succeed(after);
  const canvas = canvasShapeAfter(after, before.canvas);
  return canvas.ok ? succeed(after) : canvas;
}

/** The shape of the picture that a step meets. */
export function metShape(document: Document, owner: StackOwner, id: StepId): Result<Shape> {
  const stack = stackOf(document, owner);
  const index = stepIndex(document, owner, stack, id);
  if (!index.ok) return index;
  const before = stack.slice(0, index.value);
  const layer = owner === 'canvas' ? undefined : layerOf(document, owner);
  if (layer) return layerShape(document, { ...layer, stack: before });
  const composite = compositeShape(document);
  return composite.ok ? stackShape(document, before, composite.value, []) : composite;
}

function layerShapeAfter(document: Document, layer: Layer, earlier: readonly Step[]): Result<Shape> {
  const source = sourceOf(document, layer.source);
  if (!source) return fail('not-found', `the picture of ${layer.name} is not open in this document`);
  const { width, height, channels } = source;
  return stackShape(document, layer.stack, { width, height, channels, depth: document.depth }, earlier);
}

function canvasShapeAfter(document: Document, earlier: readonly Step[]): Result<Shape> {
  const composite = compositeShape(document);
  return composite.ok ? stackShape(document, document.canvas, composite.value, earlier) : composite;
}

/** What became of a shape the last time that something worked on it. */
class Passages<T extends object> {
  private readonly last = new WeakMap<T, { readonly input: Shape; readonly output: Shape }>();

  find(through: T, input: Shape): Shape | null {
    const passage = this.last.get(through);
    return passage && sameShape(passage.input, input) ? passage.output : null;
  }

  keep(through: T, input: Shape, output: Shape): void {
    this.last.set(through, { input, output });
  }
}

const throughStacks = new Passages<readonly Step[]>();
const throughSteps = new Passages<Step>();

/** The shape after a stack. One that only grew since `earlier` is checked from where that ended. */
function stackShape(
  document: Document,
  stack: readonly Step[],
  input: Shape,
  earlier: readonly Step[],
): Result<Shape> {
  const known = throughStacks.find(stack, input);
  if (known) return succeed(known);
  const start = earlier.every((step, at) => step === stack[at]) ? throughStacks.find(earlier, input) : null;
  let shape = start ?? input;
  for (const step of start ? stack.slice(earlier.length) : stack) {
    const output = stepShape(document, step, shape);
    if (!output.ok) return faultOf(stack, step, output.fault);
    shape = output.value;
  }
  throughStacks.keep(stack, input, shape);
  return succeed(shape);
}

/** The shape after a step; a disabled one only needs valid values. */
function stepShape(document: Document, step: Step, input: Shape): Result<Shape> {
  const known = throughSteps.find(step, input);
  if (known) return succeed(known);
  const met = step.enabled ? input : null;
  const checked = checkStep(step, met);
  if (!checked.ok) return checked;
  const output = checked.value.output ?? input;
  // Not remembered where it depends on what the document knows besides.
  if (stepSources(step).length > 0) {
    const sources = checkSources(document, step, met);
    return sources.ok ? succeed(output) : sources;
  }
  throughSteps.keep(step, input, output);
  return succeed(output);
}

/** A fault that says which step of a stack it is about. */
export function faultOf(stack: readonly Step[], step: Step, fault: Fault): ReturnType<typeof fail> {
  return fail(fault.code, `${stepTitle(stack, step)}: ${fault.message}`, fault.remedy);
}
