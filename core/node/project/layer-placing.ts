/**
 * Where a layer of another program lies, said in Burnish's own terms. Burnish centres layers, others give them a corner; a canvas
 * that is as much larger on one side as the layer lies off the centre puts it in its place, and cuts nothing off.
 */

import type { Step, StepId } from '../../document/document';
import { PLAIN_STEP } from '../../document/document';
import type { Size } from '../../raster/rectangle';

interface Side {
  /** Of the layer with its margin. */
  readonly length: number;
  /** Which side of the layer stays where it is. */
  readonly anchor: 'start' | 'center' | 'end';
}

/** One direction: a layer of this length whose first pixel lies at `offset` of the canvas. */
function sideOf(canvas: number, length: number, offset: number): Side {
  const centred = Math.floor((canvas - length) / 2);
  if (offset === centred) return { length, anchor: 'center' };
  return offset < centred
    ? { length: canvas - 2 * offset, anchor: 'start' }
    : { length: 2 * (offset + length) - canvas, anchor: 'end' };
}

function canvasStep(id: StepId, params: Step['params']): Step {
  return { ...PLAIN_STEP, id, operation: 'canvasSize', params };
}

export interface Placing {
  readonly canvas: Size;
  readonly layer: Size;
  readonly x: number;
  readonly y: number;
  /** Whether it is the only layer, whose result then is the canvas. */
  readonly only: boolean;
}

/** The steps that bring the layer there; none where it lies there by itself. `idOf` names the nth. */
export function placingSteps(
  { canvas, layer, x, y, only }: Placing,
  idOf: (index: number) => StepId,
): readonly Step[] {
  const across = sideOf(canvas.width, layer.width, x);
  const down = sideOf(canvas.height, layer.height, y);
  const [width, height] = [across.length, down.length];
  const steps: Step[] = [];
  if (width !== layer.width || height !== layer.height) {
    const anchorX = { start: 'left', center: 'center', end: 'right' }[across.anchor];
    const anchorY = { start: 'top', center: 'center', end: 'bottom' }[down.anchor];
    steps.push(canvasStep(idOf(0), { width, height, anchorX, anchorY }));
  }
  if (only && (width !== canvas.width || height !== canvas.height)) {
    steps.push(canvasStep(idOf(steps.length), { width: canvas.width, height: canvas.height }));
  }
  return steps;
}
