/**
 * What the panels say of a pixel is the level that the step stores: every operation, with random values, on pictures of both depths, grey
 * and in colour, with alpha and without, at many pixels. The stories come from the function that answers the page; what they are held
 * against is the plain picture, made without the engine.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patchOf, sortedView } from '../../../../core/derive/window-view';
import type { ChannelArithmetic, Explanation } from '../../../../core/derive/explanation';
import type { Pixel } from '../../../../core/derive/pixel-story';
import type { Transfer } from '../../../../core/derive/transfer';
import type { Document } from '../../../../core/document/document';
import { reduce } from '../../../../core/document/reduce';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { explainPixel } from '../../../../core/node/pixels/pixel-story';
import { stepTransfer } from '../../../../core/node/pixels/step-transfer';
import type { Operation } from '../../../../core/operation/operation';
import { operations } from '../../../../core/operations';
import { scaleOf, type Raster, type Shape } from '../../../../core/raster/raster';
import { documentWith, sharedNoise, sourceFor, stepOf } from '../../../support/documents';
import { plainPicture, type Pictures } from '../../../support/plain-picture';
import { applicationOf } from '../../../support/random-values';
import { shapes, shapeText } from '../../../support/rasters';

/** Pixels of every operation, over pictures of every layout and depth, each with values of its own. */
const PIXELS = Number(process.env.PX ?? 1000);
const SHAPES = shapes([23, 17]);
/** By which random values name a second picture. */
const SECOND = 'second';

/** The engine remembers pictures by name, so each has one of its own. */
let pictures = 0;

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 2 });
});
afterAll(() => engine.close());

interface Drawn {
  readonly document: Document;
  /** The one that the step meets comes first. */
  readonly pictures: Pictures;
}

/** A document with one step of the operation; values that it cannot stand with are passed over. */
function drawn(operation: Operation, shape: Shape): Drawn {
  const [first, other] = [`first-${pictures}`, `second-${pictures++}`];
  const sources = { [first]: sourceFor(first, shape), [other]: sourceFor(other, shape) };
  const plain = { ...documentWith(sources[first], []), sources };
  for (const application of fc.sample(applicationOf(operation), { numRuns: 40, seed: pictures })) {
    const params = Object.fromEntries(
      Object.entries(application.params).map(([name, value]) => [name, value === SECOND ? other : value]),
    );
    const step = stepOf(operation.id, params);
    const added = reduce(plain, { type: 'step.add', time: 0, owner: 'background', step, index: 0 });
    if (!added.ok) continue;
    return {
      document: added.value,
      pictures: { [first]: sharedNoise(shape, pictures), [other]: sharedNoise(shape, pictures + 1) },
    };
  }
  throw new Error(`no values of ${operation.id} can stand on ${shapeText(shape)}`);
}

function levelsAt({ data, width, channels }: Raster, { x, y }: Pixel): readonly number[] {
  const at = (y * width + x) * channels;
  return [...data.subarray(at, at + channels)];
}

/** The cells of the Pixels panel are the levels of the picture that the step met. */
function expectPatch({ from }: Explanation, { window }: ChannelArithmetic, channel: number, met: Raster): void {
  if (window === null || window.levels.length === 0) return;
  for (const [j, row] of patchOf(window, from).rows.entries()) {
    for (const cell of row) {
      const x = window.x + (cell.at % window.width);
      const y = window.y + Math.floor(cell.at / window.width);
      if (!cell.outside) expect(cell.level, `cell of row ${j}`).toBe(levelsAt(met, { x, y })[channel]);
    }
  }
}

/** Of a sample chosen by its size, the one that is marked in the list is what is stored. */
function expectChosen({ stored }: Explanation, { window }: ChannelArithmetic, channel: number): void {
  if (window?.ranked == null || window.levels.length === 0) return;
  const { levels, chosen } = sortedView(window.ranked, window.levels);
  expect(levels[chosen]).toBe(stored[channel]);
}

/** The dot of the transfer curve lies on it. */
function expectOnCurve({ in: before, stored }: Explanation, { curves }: Transfer, shape: Shape): void {
  const scale = scaleOf(shape.depth);
  for (const [channel, level] of before.entries()) {
    const curve = curves[curves.length === 1 ? 0 : channel] as readonly number[] | undefined;
    const isAlpha = shape.channels % 2 === 0 && channel === before.length - 1;
    if (curve === undefined || isAlpha || level % scale !== 0) continue;
    expect(curve[level / scale]).toBe(stored[channel] / scale);
  }
}

async function expectTold({ document, pictures: own }: Drawn, count: number, seed: number): Promise<void> {
  for (const [id, raster] of Object.entries(own)) engine.addSource(id, raster);
  const [met] = Object.values(own);
  const plain = plainPicture(document, own);
  const [step] = document.layers[0].stack;
  const transfer = await stepTransfer({ engine }, document, 'background', step.id);
  const place = fc.record({ x: fc.nat(plain.width - 1), y: fc.nat(plain.height - 1) });
  const tell = async (pixel: Pixel): Promise<void> => {
    const levels = levelsAt(plain, pixel);
    const story = await explainPixel({ engine }, document, pixel);
    expect(story.levels).toEqual(levels);
    const [{ explanation }] = story.layers[0].steps;
    expect(explanation.stored).toEqual(levels);
    explanation.arithmetic.forEach((channelOwn, channel) => {
      expectPatch(explanation, channelOwn, channel, met);
      expectChosen(explanation, channelOwn, channel);
    });
    if (transfer !== null) expectOnCurve(explanation, transfer, plain);
  };
  await Promise.all(fc.sample(place, { numRuns: count, seed }).map(tell));
  for (const id of Object.keys(own)) engine.dropSource(id);
}

describe('what is told of a pixel is stored', () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))('%s', async (_, operation) => {
    const start = performance.now();
    for (const [index, shape] of SHAPES.entries()) {
      await expectTold(drawn(operation, shape), PIXELS / SHAPES.length, index);
    }
    console.log(operation.id, Math.round(performance.now() - start));
  });
});
