// A preview that a page makes from what lies beneath a step: the bytes that the engine makes of the whole document.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../../core/node/engine/engine';
import type { Document, StepId } from '../../../core/document/document';
import { reduce } from '../../../core/document/reduce';
import { applyPoint } from '../../../core/operation/apply-point';
import { displayThroughTables } from '../../../core/operation/display-tables';
import { operations } from '../../../core/operations/index';
import { receivedLooks, sentLooks } from '../../../core/plan/held';
import { drawTree, treeOver, type HeldSamples } from '../../../core/plan/held-preview';
import { toDisplay } from '../../../core/raster/convert';
import {
  channelsFor,
  colourChannelsOf,
  type ChannelCount,
  type Depth,
  type Raster,
} from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { neverAborted } from '../../../core/raster/signal';
import {
  documentWith,
  randomDocument,
  sharedNoise,
  sourceFor,
  stepOf,
  type RandomDocument,
} from '../../support/documents';
import type { Pictures } from '../../support/plain-picture';

let engine: Engine;

beforeAll(() => {
  engine = startEngine({ workers: 2 });
});
afterAll(() => engine.close());

function know(pictures: Pictures): void {
  for (const [id, raster] of Object.entries(pictures))
    if (!engine.hasSource(id)) engine.addSource(id, raster);
}

/** What a page would have of it after it crossed; null where it would not be sent. */
async function held(
  document: Document,
  step: StepId,
  level: number,
  region: Rectangle,
): Promise<HeldSamples | null> {
  const made = await engine.beneath({ document, level, region, step });
  if (!made.ok || made.value === null || !made.value.light) return null;
  const { raster, node, looked } = made.value;
  const { width, height } = raster;
  const crossed: unknown = JSON.parse(JSON.stringify(sentLooks(looked)));
  return {
    node,
    level,
    region: { raster: { ...raster, data: raster.data.slice() }, rectangle: { ...region, width, height } },
    known: receivedLooks(crossed as ReturnType<typeof sentLooks>),
  };
}

async function fromEngine(document: Document, level: number, region: Rectangle): Promise<Uint8Array> {
  const exact = level === 0;
  const rendered = await engine.render({ document, level, exact, region, format: 'display' });
  if (!rendered.ok) throw new Error(rendered.fault.message);
  return Uint8Array.from(rendered.value.raster.data);
}

function fromHeld(document: Document, samples: HeldSamples): Uint8Array | null {
  const tree = treeOver(document, samples);
  if (tree === null) return null;
  const { width, height } = samples.region.raster;
  const target = new Uint8ClampedArray(width * height * 4);
  drawTree(tree, samples, target);
  return new Uint8Array(target.buffer);
}

/** Tables for the most part, and two that mix channels. */
const points = operations.filter(({ id }) =>
  [
    'negative',
    'gamma',
    'levels',
    'curves',
    'posterize',
    'solarize',
    'threshold',
    'brightnessContrast',
    'contrastStretch',
    'logTransform',
    'percentileStretch',
    'hueSaturation',
    'grayscale',
  ].includes(id),
);

describe('a preview over held samples', () => {
  it('is the engine’s, byte for byte, for any step of any document', async () => {
    let compared = 0;
    const check = async ({ document: given, pictures }: RandomDocument, level: number): Promise<void> => {
      know(pictures);
      // Layers that hide what is beneath them: others are composed, which is more than a table.
      const plain = { opacity: 1, mode: 'normal', visible: true } as const;
      const bare = given.layers.map((layer) => ({
        ...layer,
        ...plain,
        stack: layer.stack.map((step) => ({ ...step, mask: null })),
      }));
      const document = { ...given, layers: bare };
      const steps = [...document.layers.flatMap(({ stack }) => stack), ...document.canvas];
      const region = { x: 0, y: 0, width: 20, height: 15 };
      for (const { id } of steps) {
        const samples = await held(document, id, level, region);
        const made = samples && fromHeld(document, samples);
        if (samples === null || made === null) continue;
        const expected = await fromEngine(document, level, samples.region.rectangle);
        expect(Buffer.compare(made, expected)).toBe(0);
        compared++;
      }
    };
    const documents = randomDocument({ layers: 1, steps: 4, from: points });
    await fc.assert(fc.asyncProperty(documents, fc.integer({ min: 0, max: 1 }), check), { numRuns: 60 });
    expect(compared).toBeGreaterThan(20);
  });

  it.each([1, 2, 3, 4] as const)('follows the values of the step (%i channels)', async (channels) => {
    for (const depth of [8, 16] as const) {
      const raster = sharedNoise({ width: 61, height: 47, channels, depth }, channels);
      const id = `values-${channels}-${depth}`;
      know({ [id]: raster });
      const step = stepOf('gamma', { gamma: 1 });
      const before = documentWith(sourceFor(id, raster), [stepOf('negative', {}), step]);
      const region = { x: 0, y: 0, width: 31, height: 24 };
      const samples = await held(before, step.id, 1, region);
      if (samples === null) throw new Error('a table can be held');
      for (const gamma of [0.3, 1, 2.2]) {
        const params = { gamma };
        const set = { type: 'step.set', time: 0, owner: 'background', step: step.id, params } as const;
        const after = reduce(before, set);
        if (!after.ok) throw new Error(after.fault.message);
        const made = fromHeld(after.value, samples);
        expect(made).toEqual(await fromEngine(after.value, 1, region));
      }
    }
  });

  it('follows what a step measures on the picture beneath it', async () => {
    const raster = sharedNoise({ width: 40, height: 30, channels: 3, depth: 8 }, 9);
    know({ measuring: raster });
    const step = stepOf('percentileStretch', { low: 10, high: 80 });
    const document = documentWith(sourceFor('measuring', raster), [stepOf('logTransform', {}), step]);
    const samples = await held(document, step.id, 0, wholeOf(raster));
    if (samples === null) throw new Error('a table can be held');
    expect(fromHeld(document, samples)).toEqual(await fromEngine(document, 0, wholeOf(raster)));
  });

  it('is of no use for another state of what lies beneath, another level, or more than tables above', async () => {
    const raster = sharedNoise({ width: 64, height: 48, channels: 3, depth: 8 }, 3);
    know({ stale: raster });
    const [first, second] = [stepOf('gamma', { gamma: 2 }), stepOf('negative', {})];
    const source = sourceFor('stale', raster);
    const document = documentWith(source, [first, second]);
    const samples = await held(document, second.id, 1, { x: 0, y: 0, width: 32, height: 24 });
    if (samples === null) throw new Error('a table can be held');
    expect(fromHeld(document, samples)).not.toBeNull();
    const changed = documentWith(source, [{ ...first, params: { gamma: 3 } }, second]);
    expect(treeOver(changed, samples)).toBeNull();
    expect(treeOver(document, { ...samples, level: 0 })).toBeNull();
    const blurred = documentWith(source, [first, second, stepOf('boxBlur', { size: 5 })]);
    expect(treeOver(blurred, samples)).toBeNull();
    expect(await held(blurred, second.id, 1, { x: 0, y: 0, width: 32, height: 24 })).toBeNull();
  });

  it('is a table’s where the layer lies above others that it hides', async () => {
    const raster = sharedNoise({ width: 40, height: 30, channels: 3, depth: 8 }, 5);
    know({ low: raster, high: sharedNoise(raster, 6) });
    const step = stepOf('gamma', { gamma: 2 });
    const two = reduce(documentWith(sourceFor('low', raster), []), {
      type: 'layer.add',
      time: 0,
      layer: 'upper',
      source: sourceFor('high', raster),
      name: 'upper',
      index: 1,
    });
    if (!two.ok) throw new Error(two.fault.message);
    const done = reduce(two.value, { type: 'step.add', time: 0, owner: 'upper', step, index: 0 });
    if (!done.ok) throw new Error(done.fault.message);
    const samples = await held(done.value, step.id, 0, wholeOf(raster));
    if (samples === null) throw new Error('a table can be held');
    expect(fromHeld(done.value, samples)).toEqual(await fromEngine(done.value, 0, wholeOf(raster)));
  });
});

describe('tables to the screen in one pass', () => {
  const shapes = ([1, 2, 3, 4] as const).flatMap((channels) =>
    ([8, 16] as const).map((depth): [ChannelCount, Depth] => [channels, depth]),
  );
  it.each(shapes)('are the tables, then the screen’s bytes (%i channels, %i bits)', (channels, depth) => {
    const raster: Raster = sharedNoise({ width: 37, height: 11, channels, depth }, 1);
    const colours = colourChannelsOf({ channels: channelsFor(colourChannelsOf(raster), false) });
    const tables = Array.from({ length: colours }, (_, channel) => {
      const { data } = sharedNoise(
        { width: depth === 8 ? 256 : 65_536, height: 1, channels: 1, depth },
        channel,
      );
      return data;
    });
    const made = new Uint8ClampedArray(37 * 11 * 4);
    expect(displayThroughTables(raster, tables, made)).toBe(true);
    applyPoint({ kind: 'table', tables }, raster, wholeOf(raster), neverAborted);
    const expected = new Uint8ClampedArray(made.length);
    toDisplay({ raster, rectangle: wholeOf(raster) }, wholeOf(raster), expected);
    expect(made).toEqual(expected);
  });
});
