/** Documents for tests: made by hand, or at random over every registered operation. */

import fc from 'fast-check';
import { BLEND_MODES } from '../../core/colour/blend-mode';
import type { Command } from '../../core/document/command';
import {
  PLAIN_STEP,
  STEP_CHANNELS,
  type Document,
  type Source,
  type Step,
} from '../../core/document/document';
import type { Operation } from '../../core/operation/operation';
import { append, current, openLog } from '../../core/document/log';
import { withMaskSources } from '../../core/document/mask';
import { reduce } from '../../core/document/reduce';
import { randomKept, randomMask } from './random-limits';
import { applicationOf } from './random-values';
import { createSharedRaster, shapeOf, type Raster, type Shape } from '../../core/raster/raster';
import { operations } from '../../core/operations/index';
import type { Pictures } from './plain-picture';

let steps = 0;

export function stepOf(operation: string, params: Step['params'], more: Partial<Step> = {}): Step {
  return { id: `step-${steps++}`, operation, params, ...PLAIN_STEP, ...more };
}

export function sourceFor(id: string, raster: Shape): Source {
  return { id, name: `${id}.png`, format: 'PNG', profile: null, ...shapeOf(raster) };
}

/** A document of one layer with this stack. Throws where the steps cannot stand. */
export function documentWith(source: Source, stack: readonly Step[]): Document {
  let log = openLog({ type: 'document.open', time: 0, document: 'document', layer: 'background', source });
  for (const [index, step] of stack.entries()) {
    const next = append(log, { type: 'step.add', time: 0, owner: 'background', step, index });
    if (!next.ok) throw new Error(next.fault.message);
    log = next.value;
  }
  return current(log);
}

/** Samples that depend on the seed and the position alone, in shared memory. */
export function sharedNoise(shape: Shape, seed: number): Raster {
  const raster = createSharedRaster(shape);
  const mask = shape.depth === 8 ? 0xff : 0xffff;
  for (let at = 0; at < raster.data.length; at++) {
    let z = Math.imul(at + 1, 0x9e3779b1) ^ Math.imul(seed + 1, 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 15), 0x2c1b3c6d);
    z ^= z >>> 13;
    raster.data[at] = (z >>> 8) & mask;
  }
  return raster;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  width: fc.integer({ min: 1, max: 60 }),
  height: fc.integer({ min: 1, max: 45 }),
  channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  depth: fc.constantFrom(8 as const, 16 as const),
});

export interface RandomDocument {
  readonly document: Document;
  readonly pictures: Pictures;
}

let pictureCount = 0;

/** In a random mask: the picture of the step's own layer, which fits as long as nothing changed the size. */
const OWN_PICTURE = 'own';

/** How large random documents grow, and of which operations they are made. */
export interface RandomKind {
  readonly layers: number;
  /** Most steps of a layer. */
  readonly steps: number;
  readonly from: readonly Operation[];
}

/** Documents of a few layers with random stacks, limits, blend modes and canvas steps. Steps that cannot stand are left out. */
export function randomDocument({
  layers: mostLayers = 3,
  steps: mostSteps = 5,
  from = operations,
}: Partial<RandomKind> = {}): fc.Arbitrary<RandomDocument> {
  const step = fc.record({
    applied: fc.constantFrom(...from.filter(({ kind }) => kind !== 'blend')).chain((operation) =>
      applicationOf(operation).chain((application) =>
        fc.record({
          application: fc.constant(application),
          measured: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, randomKept(operation, application)),
        }),
      ),
    ),
    mask: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, randomMask(OWN_PICTURE)),
    channels: fc.oneof(
      { weight: 3, arbitrary: fc.constant('rgb' as const) },
      { weight: 1, arbitrary: fc.constantFrom(...STEP_CHANNELS) },
    ),
    opacity: fc.oneof(
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    ),
    enabled: fc.oneof(
      { weight: 6, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    onCanvas: fc.oneof(
      { weight: 5, arbitrary: fc.constant(false) },
      { weight: 1, arbitrary: fc.constant(true) },
    ),
  });
  const layer = fc.record({
    shape,
    seed: fc.nat(1000),
    stack: fc.array(step, { maxLength: mostSteps }),
    opacity: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
    mode: fc.constantFrom(...BLEND_MODES),
    visible: fc.oneof(
      { weight: 6, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
  });
  return fc.array(layer, { minLength: 1, maxLength: mostLayers }).map((layers) => {
    const pictures: Record<string, Raster> = {};
    const sources = layers.map((given) => {
      const id = `random-${pictureCount++}`;
      pictures[id] = sharedNoise(given.shape, given.seed);
      return sourceFor(id, given.shape);
    });
    let document = documentWith(sources[0], []);
    const attempt = (command: Command): void => {
      const next = reduce(document, command);
      if (next.ok) document = next.value;
    };
    for (const [index, given] of layers.entries()) {
      const owner = index === 0 ? 'background' : `layer-${index}`;
      if (index > 0) {
        attempt({ type: 'layer.add', time: 0, layer: owner, source: sources[index], name: owner, index });
      }
      for (const part of given.stack) {
        const { channels, opacity, enabled } = part;
        const { application, measured } = part.applied;
        const mask = part.mask && withMaskSources(part.mask, () => sources[index].id);
        const limits = { channels, opacity, enabled, mask, measured };
        const made = stepOf(application.id, application.params, limits);
        const place = part.onCanvas ? 'canvas' : owner;
        const stack = place === 'canvas' ? document.canvas : document.layers[index].stack;
        attempt({ type: 'step.add', time: 0, owner: place, step: made, index: stack.length });
      }
      attempt({ type: 'layer.opacity', time: 0, layer: owner, opacity: given.opacity });
      attempt({ type: 'layer.mode', time: 0, layer: owner, mode: given.mode });
      attempt({ type: 'layer.show', time: 0, layer: owner, visible: given.visible });
    }
    return { document, pictures };
  });
}
