/**
 * Steps to take elsewhere, each with a tick: those of a layer and of the canvas of an open document, or those of a recipe. What
 * changes the geometry is left out at first, because it was made for the one picture.
 */

import type { Document, Layer } from '../../core/document/document';
import { stepTitle } from '../../core/document/naming';
import { findOperation, type Application } from '../../core/document/step-check';
import { checkValues } from '../../core/operation/check';
import { keptNumbers } from '../../core/operation/kept';
import { operationById } from '../../core/operations';
import { summaryOf } from '../panels/step-summary';

export interface Offered {
  /** A step's id; in a recipe, its place. */
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** It works on the whole picture. */
  readonly canvas: boolean;
  readonly step: Application;
}

export class StepChoice {
  offered = $state.raw<readonly Offered[]>([]);
  /** Measured numbers go along; else they are measured anew on the new picture. */
  keep = $state(false);
  #ticked = $state.raw<readonly string[]>([]);

  readonly ticked: readonly Offered[] = $derived(this.offered.filter(({ id }) => this.#ticked.includes(id)));

  offer(steps: readonly Offered[]): void {
    this.offered = steps;
    this.keep = steps.some(({ step }) => step.measured !== null);
    this.#ticked = steps.filter(({ step }) => !changesGeometry(step)).map(({ id }) => id);
  }

  has(id: string): boolean {
    return this.#ticked.includes(id);
  }

  tick(id: string, on: boolean): void {
    const others = this.#ticked.filter((each) => each !== id);
    this.#ticked = on ? [...others, id] : others;
  }

  tickAll(on: boolean): void {
    this.#ticked = on ? this.offered.map(({ id }) => id) : [];
  }
}

export function stepsOfLayer(document: Document, layer: Layer): readonly Offered[] {
  return [
    ...layer.stack.map((step) => ({ step, stack: layer.stack, canvas: false })),
    ...document.canvas.map((step) => ({ step, stack: document.canvas, canvas: true })),
  ].map(({ step, stack, canvas }) => {
    const { id, ...application } = step;
    const title = stepTitle(stack, step);
    return { id, title, summary: summaryOf(document, step), canvas, step: application };
  });
}

export function stepsOfRecipe(operations: readonly Application[]): readonly Offered[] {
  const steps = operations.map((step, at) => ({ ...step, id: `step-${at}` }));
  return steps.map((step, at) => ({
    id: step.id,
    title: stepTitle(steps, step),
    summary: summaryOf({ sources: {} }, step),
    canvas: false,
    step: operations[at],
  }));
}

/** Whether a step has numbers that it could keep. */
export function measures({ operation, params, measured }: Application): boolean {
  if (measured !== null) return true;
  const found = findOperation(operation);
  const values = found.ok ? checkValues(found.value, params, null) : found;
  return found.ok && values.ok && keptNumbers(found.value, values.value) !== null;
}

function changesGeometry({ operation }: Application): boolean {
  return operationById.get(operation)?.kind === 'geometry';
}
