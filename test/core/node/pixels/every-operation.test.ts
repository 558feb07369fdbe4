/**
 * What the panels say of a pixel is the level that the step stores: every operation, with random values, on pictures of both depths, grey
 * and in colour, with alpha and without, at many pixels. The stories come from the function that answers the page, which reads them
 * from the engine or, for most pixels, from the plain picture; they are held against the plain picture.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownStory } from '../../../../core/derive/shown-story';
import { patchOf, shownOf } from '../../../../core/derive/window-view';
import type { ChannelArithmetic, Explanation } from '../../../../core/derive/explanation';
import type { Pixel } from '../../../../core/derive/pixel-story';
import type { Transfer } from '../../../../core/derive/transfer';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { explainPixel } from '../../../../core/node/pixels/pixel-story';
import { stepTransfer } from '../../../../core/node/pixels/step-transfer';
import type { Operation } from '../../../../core/operation/operation';
import { operations } from '../../../../core/operations';
import { scaleOf, type Raster, type Shape } from '../../../../core/raster/raster';
import { sharedNoise, type RandomDocument } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';
import { plainScene } from '../../../support/plain-scene';
import { documentOf, randomStep } from '../../../support/random-step';
import { shapes } from '../../../support/rasters';

const SHAPES = shapes([23, 17]);
/** Pixels of every operation, over pictures of every layout and depth, each with values of its own. */
const PIXELS = 1000;
/** Those of them that the engine itself is asked for, of each picture. */
const FROM_ENGINE = 2;

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 2 });
});
afterAll(() => engine.close());

function levelsAt({ data, width, channels }: Raster, { x, y }: Pixel): readonly number[] {
  const at = (y * width + x) * channels;
  return Array.from({ length: channels }, (_, channel) => data[at + channel]);
}

/** The cells of the Pixels panel are the levels of the picture that the step met. */
function expectPatch(
  { from }: Explanation,
  { window }: ChannelArithmetic,
  channel: number,
  met: Raster,
): void {
  if (window === null) return;
  const inside = patchOf(shownOf(window, from), from)
    .rows.flat()
    .filter(({ outside }) => !outside);
  // One comparison a patch: there are a million cells.
  const wrong = inside.filter((cell) => cell.level !== levelsAt(met, cell)[channel]);
  expect(wrong).toEqual([]);
}

/** Of a sample chosen by its size, the one that is marked in the list is what is stored. */
function expectChosen({ from, stored }: Explanation, { window }: ChannelArithmetic, channel: number): void {
  if (window === null) return;
  const { ranked } = shownOf(window, from);
  if (ranked !== null) expect(ranked.sorted[ranked.chosen]).toBe(stored[channel]);
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

async function expectTold(
  { document, pictures: own }: RandomDocument,
  count: number,
  seed: number,
): Promise<void> {
  for (const [id, raster] of Object.entries(own)) engine.addSource(id, raster);
  const [met] = Object.values(own);
  const plain = plainPicture(document, own);
  const scene = plainScene(own);
  const [step] = document.layers[0].stack;
  const transfer = await stepTransfer({ engine }, document, 'background', step.id);
  const place = fc.record({ x: fc.nat(plain.width - 1), y: fc.nat(plain.height - 1) });
  for (const [index, pixel] of fc.sample(place, { numRuns: count, seed }).entries()) {
    const levels = levelsAt(plain, pixel);
    const story = await explainPixel(index < FROM_ENGINE ? { engine } : scene, document, pixel);
    expect(story.levels).toEqual(levels);
    if (index < FROM_ENGINE) {
      const brief = await explainPixel({ engine, brief: true }, document, pixel);
      expect(shownStory(brief)).toEqual(shownStory(story));
    }
    const [{ explanation }] = story.layers[0].steps;
    expect(explanation.stored).toEqual(levels);
    explanation.arithmetic.forEach((channelOwn, channel) => {
      expectPatch(explanation, channelOwn, channel, met);
      expectChosen(explanation, channelOwn, channel);
    });
    if (transfer !== null) expectOnCurve(explanation, transfer, plain);
  }
  for (const id of Object.keys(own)) engine.dropSource(id);
}

/** The engine remembers pictures by name, so each has one of its own. */
let drawings = 0;

function drawn(operation: Operation, shape: Shape, seed: number): RandomDocument {
  const [first, second] = [`first-${drawings}`, `second-${drawings++}`];
  const pictures = { [first]: sharedNoise(shape, 2 * seed), [second]: sharedNoise(shape, 2 * seed + 1) };
  return { document: documentOf(randomStep(operation, shape, second, seed), pictures), pictures };
}

describe('what is told of a pixel is stored', () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))('%s', async (_, operation) => {
    for (const [index, shape] of SHAPES.entries()) {
      await expectTold(drawn(operation, shape, index), PIXELS / SHAPES.length, index);
    }
  });
});
