/**
 * A selection of the document's picture as the mask of a step. A mask counts in pixels of its step's input, so the selection is taken back
 * through everything that comes after: later steps of the same stack, and for a layer its place on the canvas and the canvas's steps. Moves
 * of pixels (cuts, mirrors, quarter turns) turn a box into a box exactly; where pixels are computed or painted, or turned by other angles,
 * no box is left, and that is said instead of guessed.
 */

import type { AnyValues, Operation } from '../operation/operation';
import { titleOf, type GivenValues } from '../operation/parameter';
import { fail, succeed, type Result } from '../raster/fault';
import type { Shape } from '../raster/raster';
import { translate, type Rectangle } from '../raster/rectangle';
import { maskOf, type SelectedArea } from '../raster/selection';
import {
  isLimited,
  layerOf,
  stackOf,
  type Document,
  type LayerId,
  type StackOwner,
  type Step,
  type StepId,
} from './document';
import type { Mask } from './mask';
import { compositeShape, layerShape, metShape } from './stack-check';
import { checkStep } from './step-check';

/**
 * The mask of a step of a stack, by default of one that is added at its end; a fault where the selection has no place there.
 */
export function selectionMask(
  document: Document,
  owner: StackOwner,
  area: SelectedArea,
  step: StepId | null = null,
): Result<Mask> {
  const inStack = owner === 'canvas' ? succeed(area) : belowCanvas(document, owner, area);
  if (!inStack.ok) return inStack;
  const stack = stackOf(document, owner);
  const [next, ...further] = step === null ? [] : stack.slice(stack.findIndex(({ id }) => id === step) + 1);
  if (next === undefined) return succeed(maskOf({ ...area, ...boxOf(inStack.value) }));
  const met = metShape(document, owner, next.id);
  if (!met.ok) return met;
  const below = belowSteps([next, ...further], met.value, inStack.value);
  return below.ok ? succeed(maskOf({ ...area, ...boxOf(below.value) })) : below;
}

function boxOf({ x, y, width, height }: Rectangle): Rectangle {
  return { x, y, width, height };
}

/** What a rectangle of the picture is in the result of a layer. */
function belowCanvas(document: Document, id: LayerId, above: Rectangle): Result<Rectangle> {
  const layer = layerOf(document, id);
  if (layer === undefined) return fail('not-found', `there is no layer ${id}`);
  const composite = compositeShape(document);
  if (!composite.ok) return composite;
  const own = layerShape(document, layer);
  if (!own.ok) return own;
  const below = belowSteps(document.canvas, composite.value, above);
  if (!below.ok) return below;
  // Layers stand in the middle of the canvas, as they are composed.
  const dx = Math.floor((composite.value.width - own.value.width) / 2);
  const dy = Math.floor((composite.value.height - own.value.height) / 2);
  return succeed(translate(below.value, -dx, -dy));
}

/** What a rectangle of the result of steps was before them. */
function belowSteps(stack: readonly Step[], input: Shape, above: Rectangle): Result<Rectangle> {
  const moves: Move[] = [];
  let shape = input;
  for (const step of stack) {
    if (!step.enabled) continue;
    const checked = checkStep(step, shape);
    if (!checked.ok) return checked;
    const { operation, values, output } = checked.value;
    // What is limited stays where it is.
    if (!isLimited(step)) {
      const found = movesOf(operation, values, shape);
      if (found === null) return cannot(operation);
      moves.push(...found);
    }
    shape = output ?? shape;
  }
  return succeed(moves.reduceRight((rectangle, move) => move(rectangle), above));
}

/** From a rectangle of a result to one of the input. */
type Move = (above: Rectangle) => Rectangle;

/** First operation first; null where a box of the result is not made from a box of the input. */
function movesOf(operation: Operation, values: AnyValues, input: Shape): readonly Move[] | null {
  switch (operation.kind) {
    case 'geometry':
      // Pixels that only move come from as many.
      if (operation.placement === undefined) return null;
      return [(above) => operation.source(values, input, above)];
    case 'area': {
      const output = operation.shape?.(values, input);
      const staysSize =
        output === undefined ||
        (output.ok && output.value.width === input.width && output.value.height === input.height);
      return staysSize ? [] : null;
    }
    case 'composed':
      return movesOfSteps(operation.steps(values), input);
    case 'point':
    case 'global':
    case 'whole':
    case 'blend':
      return [];
  }
}

function movesOfSteps(
  steps: readonly { readonly id: string; readonly params: GivenValues }[],
  input: Shape,
): readonly Move[] | null {
  const moves: Move[] = [];
  let shape = input;
  for (const { id, params } of steps) {
    const application = { operation: id, params, enabled: true, channels: 'rgb', opacity: 1 } as const;
    const checked = checkStep({ ...application, mask: null, measured: null }, shape);
    const found = checked.ok ? movesOf(checked.value.operation, checked.value.values, shape) : null;
    if (!checked.ok || found === null) return null;
    moves.push(...found);
    shape = checked.value.output ?? shape;
  }
  return moves;
}

function cannot({ id }: Operation): ReturnType<typeof fail> {
  return fail(
    'refused',
    `the selection cannot be carried through ${titleOf(id)} to what lies below it`,
    'select nothing first, and give the operation a mask of its own',
  );
}
