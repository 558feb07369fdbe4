/** A single step with random values that can stand on a picture, for tests that look at very many pixels of it. */

import fc from 'fast-check';
import type { Document, Step } from '../../core/document/document';
import { checkStep } from '../../core/document/step-check';
import type { Operation } from '../../core/operation/operation';
import type { Shape } from '../../core/raster/raster';
import { documentWith, sourceFor, stepOf } from './documents';
import type { Pictures } from './plain-picture';
import { applicationOf } from './random-values';

/** By which random values name a second picture. */
const SECOND = 'second';
/** Longest side of a window: large ones are explained by the same code (explain.test.ts), a thousand times more slowly. */
const LARGEST_WINDOW = 15;
const MOST_ATTEMPTS = 1000;

/** The same for the same seed. `second` names the picture that the step blends in, where it does. */
export function randomStep(operation: Operation, shape: Shape, second: string, seed: number): Step {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const draw = { numRuns: 1, seed: MOST_ATTEMPTS * seed + attempt };
    const [{ params: drawn }] = fc.sample(applicationOf(operation), draw);
    const params = Object.fromEntries(
      Object.entries(drawn).map(([name, value]) => [name, value === SECOND ? second : value]),
    );
    const step = stepOf(operation.id, params);
    if (canStand(step, shape)) return step;
  }
  throw new Error(`no values of ${operation.id} can stand on ${shape.width} × ${shape.height} pixels`);
}

function canStand(step: Step, shape: Shape): boolean {
  const checked = checkStep(step, shape);
  if (!checked.ok) return false;
  const { operation, values } = checked.value;
  if (operation.kind !== 'area') return true;
  const { left, right } = operation.window(values);
  return left + 1 + right <= LARGEST_WINDOW;
}

/** A document of the first of these pictures with the step on it, in which all of them are open. */
export function documentOf(step: Step, pictures: Pictures): Document {
  const sources = Object.entries(pictures).map(([id, raster]) => [id, sourceFor(id, raster)] as const);
  const plain = documentWith(sources[0][1], []);
  return {
    ...plain,
    sources: Object.fromEntries(sources),
    layers: plain.layers.map((layer) => ({ ...layer, stack: [step] })),
  };
}
