/**
 * Every document that a command makes can be drawn: each enabled step meets a picture that it can work on. A command that
 * would break this, even for a later step (a crop switched on above another crop), is refused with a sentence that names the step.
 * So the shapes of all results are known from the document alone.
 */

import { fail, succeed, type Fault, type Result } from '../raster/fault';
import { channelsFor, colourChannelsOf, hasAlpha, sameShape, type Shape } from '../raster/raster';
import { sourceOf } from './change';
import type { Document, Layer, Step } from './document';
import { stepTitle } from './naming';
import { checkSources, checkStep, sourceParameters } from './step-check';

/** The shape of a layer after its stack; the fault names the step that has no result. */
export function layerShape(document: Document, layer: Layer): Result<Shape> {
  const source = sourceOf(document, layer.source);
  if (!source) return fail('not-found', `the picture of ${layer.name} is not open in this document`);
  const { width, height, channels } = source;
  return stackShape(document, layer.stack, { width, height, channels, depth: document.depth });
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

/** The shape of the whole document's picture, which is what an export has. */
export function canvasShape(document: Document): Result<Shape> {
  const composite = compositeShape(document);
  return composite.ok ? stackShape(document, document.canvas, composite.value) : composite;
}

/** The shape after a stack. Disabled steps only need valid values. */
function stackShape(document: Document, stack: readonly Step[], input: Shape): Result<Shape> {
  let shape = input;
  for (const step of stack) {
    const output = stepShape(document, step, shape);
    if (!output.ok) return faultOf(stack, step, output.fault);
    shape = output.value;
  }
  return succeed(shape);
}

/** A fault that says which step of a stack it is about. */
export function faultOf(stack: readonly Step[], step: Step, fault: Fault): ReturnType<typeof fail> {
  return fail(fault.code, `${stepTitle(stack, step)}: ${fault.message}`, fault.remedy);
}

/** What was found for a step the last time: stacks are walked at every command, and their steps seldom change. */
const found = new WeakMap<Step, { readonly input: Shape; readonly output: Shape }>();

function stepShape(document: Document, step: Step, input: Shape): Result<Shape> {
  const last = found.get(step);
  if (last && sameShape(last.input, input)) return succeed(last.output);
  const checked = checkStep(step, step.enabled ? input : null);
  if (!checked.ok) return checked;
  const output = checked.value.output ?? input;
  if (sourceParameters(step).length === 0) {
    found.set(step, { input, output });
    return succeed(output);
  }
  const sources = checkSources(document, step, step.enabled ? input : null);
  return sources.ok ? succeed(output) : sources;
}

/** Checks what a command changed: `after` itself where all its steps can stand, else the fault of the first that cannot. */
export function checkStacks(before: Document, after: Document): Result<Document> {
  const deeper = before.depth !== after.depth;
  if (!deeper && before.layers === after.layers && before.canvas === after.canvas) return succeed(after);
  for (const layer of after.layers) {
    if (!deeper && before.layers.includes(layer)) continue;
    const shape = layerShape(after, layer);
    if (!shape.ok) return shape;
  }
  if (after.canvas.length === 0) return succeed(after);
  const canvas = canvasShape(after);
  return canvas.ok ? succeed(after) : canvas;
}
