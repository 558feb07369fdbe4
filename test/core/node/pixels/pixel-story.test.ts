/**
 * What is told of a pixel is what the engine stores: on random documents of several layers, the told levels are those of the plain
 * picture, every step starts from what the one before stored, and the layers, composed as told, are the composite.
 */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Explanation } from '../../../../core/derive/explanation';
import type { StepStory } from '../../../../core/derive/pixel-story';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { explainPixel } from '../../../../core/node/pixels/pixel-story';
import { FaultError } from '../../../../core/raster/fault';
import { hasAlpha, topOf } from '../../../../core/raster/raster';
import { store } from '../../../../core/raster/rounding';
import { randomDocument, sharedNoise, type RandomDocument } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';
import { documentOf } from '../../../support/random-step';
import { step } from '../../document/sample';

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 1 });
});
afterAll(() => engine.close());

interface Random {
  readonly made: RandomDocument;
  /** Where in the picture, 0 … 1. */
  readonly across: number;
  readonly down: number;
}

const share = fc.double({ min: 0, max: 0.999, noNaN: true });
const full = process.env.BURNISH_FULL === '1';

/** Colours as they are; alpha only where both have it. */
function expectSame(told: readonly number[], levels: readonly number[]): void {
  const count = Math.min(told.length, levels.length);
  expect(told.slice(0, count)).toEqual(levels.slice(0, count));
}

/** Every step goes on from what the step before stored, at the pixel from which it says that it came. */
function expectChain(steps: readonly StepStory[], end: readonly number[]): void {
  const told: readonly Explanation[] = steps.map(({ explanation }) => explanation);
  told.forEach((explanation, at) => {
    const next = told[at + 1] as Explanation | undefined;
    if (next === undefined) {
      expectSame(explanation.stored, end);
      return;
    }
    expect({ x: explanation.x, y: explanation.y }).toEqual(next.from);
    // A gray picture becomes colour where an operation needs it.
    const wanted = next.in.length > explanation.stored.length ? next.in : explanation.stored;
    expect(next.in).toEqual(wanted);
  });
}

describe('the story of a pixel', () => {
  it('ends with the stored levels, and each part of it with what the next begins', async () => {
    const random: fc.Arbitrary<Random> = fc.record({ made: randomDocument(), across: share, down: share });
    const check = async ({ made: { document, pictures }, across, down }: Random): Promise<void> => {
      for (const [id, raster] of Object.entries(pictures)) engine.addSource(id, raster);
      const plain = plainPicture(document, pictures);
      const x = Math.floor(across * plain.width);
      const y = Math.floor(down * plain.height);
      const story = await explainPixel({ engine }, document, { x, y });
      const at = (y * plain.width + x) * plain.channels;
      const levels = [...plain.data.subarray(at, at + plain.channels)];
      expectSame(story.levels, levels);
      expectChain(story.canvas, story.levels);
      for (const layer of story.layers) expectChain(layer.steps, layer.levels);
      const last = story.layers.findLast(({ over }) => over.length > 0);
      if (last !== undefined) {
        const told = last.over.map((value) => store(value, topOf(story.depth)));
        const { levels: composite } = story.composite;
        expectSame(told.slice(0, hasAlpha(story) ? undefined : -1), composite);
      }
      for (const id of Object.keys(pictures)) engine.dropSource(id);
    };
    await fc.assert(fc.asyncProperty(random, check), { numRuns: full ? 400 : 40 });
  }, 600_000);

  it('tells of a large picture what is soon known, and the rest to who waits for it', async () => {
    const raster = sharedNoise({ width: 2100, height: 2000, channels: 1, depth: 8 }, 3);
    const values = { type: 'lowPass', cutoff: 0.1 };
    const document = documentOf(step('f', 'fourierFilter', values), { first: raster });
    engine.addSource('first', raster);
    const told = async (
      y: number,
      patient: boolean,
    ): Promise<readonly [boolean, number, readonly number[]]> => {
      const scene = patient ? { engine } : { engine, known: engine };
      const { awaited, layers } = await explainPixel(scene, document, { x: 7, y });
      const [{ explanation }] = layers[0].steps;
      return [awaited, explanation.unrounded[0], explanation.stored];
    };
    const [isAwaited, level, stored] = await told(40, false);
    expect([isAwaited, level]).toEqual([true, stored[0]]);
    const [, unrounded] = await told(40, true);
    expect([store(unrounded, 255)]).toEqual(stored);
    expect(unrounded).not.toBe(stored[0]);
    // What was found out holds for the rows around it, and not for those far away.
    expect(await told(40, false)).toEqual([false, unrounded, stored]);
    const [isNearAwaited, near, storedNear] = await told(1996, false);
    expect([isNearAwaited, store(near, 255)]).toEqual([false, storedNear[0]]);
    const [isFarAwaited] = await told(1997, false);
    expect(isFarAwaited).toBe(true);
    const [, far, storedFar] = await told(1997, true);
    expect([store(far, 255)]).toEqual(storedFar);
    engine.dropSource('first');
  }, 120_000);

  it('has no pixel outside the picture', async () => {
    const [{ document, pictures }] = fc.sample(randomDocument({ layers: 1, steps: 0 }), 1);
    for (const [id, raster] of Object.entries(pictures)) engine.addSource(id, raster);
    await expect(explainPixel({ engine }, document, { x: 100_000, y: 0 })).rejects.toThrow(FaultError);
  });
});
