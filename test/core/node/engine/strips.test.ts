import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../../../core/document/document';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { inTurn } from '../../../../core/node/engine/in-turn';
import { shapeOf } from '../../../../core/raster/raster';
import { Cancelled } from '../../../../core/raster/signal';
import { documentWith, randomDocument, sharedNoise, sourceFor, stepOf } from '../../../support/documents';
import type { Pictures } from '../../../support/plain-picture';

/** Strips of one piece of work, of a few, and of odd numbers of rows. */
const WAYS = [
  { workers: 1, tile: { width: 16, height: 4 }, strip: 1 },
  { workers: 2, tile: { width: 37, height: 11 }, strip: 3_000 },
];

const engines: Engine[] = [];

beforeAll(() => {
  for (const way of WAYS) engines.push(startEngine(way));
});

afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
});

function open(engine: Engine, pictures: Pictures): void {
  for (const [id, raster] of Object.entries(pictures)) {
    if (!engine.hasSource(id)) engine.addSource(id, raster);
  }
}

async function stripsOf(engine: Engine, document: Document, signal?: AbortSignal): Promise<number[][]> {
  const rendered = await engine.strips(document, signal);
  if (!rendered.ok) throw new Error(rendered.fault.message);
  const { strips, ...picture } = rendered.value;
  const parts: number[][] = [Object.values(shapeOf(picture))];
  for await (const strip of strips) parts.push([...strip]);
  return parts;
}

async function wholeOf(engine: Engine, document: Document): Promise<number[]> {
  const request = { document, level: 0, exact: true, region: null, format: 'export' } as const;
  const rendered = await engine.render(request);
  if (!rendered.ok) throw new Error(rendered.fault.message);
  const { raster } = rendered.value;
  return [...Object.values(shapeOf(raster)), ...raster.data];
}

describe('the strips of a picture', () => {
  it('are together the whole, for random documents', async () => {
    await fc.assert(
      fc.asyncProperty(randomDocument(), async ({ document, pictures }) => {
        for (const engine of engines) {
          open(engine, pictures);
          expect((await stripsOf(engine, document)).flat()).toEqual(await wholeOf(engine, document));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('are several also where a window, a turn or a resize looks far beyond each', async () => {
    const [engine] = engines;
    const picture = sharedNoise({ width: 41, height: 331, channels: 3, depth: 16 }, 5);
    open(engine, { tall: picture });
    for (const [operation, params] of [
      ['boxBlur', { size: 31 }],
      ['rotate', { angle: 5 }],
      ['resize', { width: 30, height: 500 }],
      ['gaussianBlur', { sigma: 4 }],
    ] as const) {
      const blurred = stepOf('boxBlur', { size: 3 });
      const document = documentWith(sourceFor('tall', picture), [blurred, stepOf(operation, params)]);
      const parts = await stripsOf(engine, document);
      expect(parts.length, operation).toBeGreaterThan(2);
      expect(parts.flat(), operation).toEqual(await wholeOf(engine, document));
    }
  });

  it('have no alpha where the result is opaque and the first picture had none', async () => {
    const [engine] = engines;
    const picture = sharedNoise({ width: 9, height: 7, channels: 3, depth: 8 }, 6);
    open(engine, { opaque: picture });
    const turned = documentWith(sourceFor('opaque', picture), [stepOf('rotate', { angle: 90 })]);
    const [shape] = await stripsOf(engine, turned);
    expect(shape).toEqual([7, 9, 3, 8]);
  });

  it('end as cancelled when they are aborted half-way, and the engine goes on', async () => {
    const [engine] = engines;
    const picture = sharedNoise({ width: 64, height: 64, channels: 3, depth: 8 }, 7);
    open(engine, { aborted: picture });
    const document = documentWith(sourceFor('aborted', picture), [stepOf('boxBlur', { size: 9 })]);
    const abort = new AbortController();
    const rendered = await engine.strips(document, abort.signal);
    if (!rendered.ok) throw new Error(rendered.fault.message);
    let seen = 0;
    const reading = async (): Promise<void> => {
      for await (const strip of rendered.value.strips) {
        seen += strip.length;
        abort.abort();
      }
    };
    await expect(reading()).rejects.toThrow(Cancelled);
    expect(seen).toBeLessThan(picture.data.length);
    expect((await stripsOf(engine, document)).flat()).toEqual(await wholeOf(engine, document));
  });

  it('throw a fault where the picture was closed meanwhile', async () => {
    const [engine] = engines;
    const picture = sharedNoise({ width: 64, height: 64, channels: 3, depth: 8 }, 8);
    open(engine, { closed: picture });
    const document = documentWith(sourceFor('closed', picture), []);
    const rendered = await engine.strips(document);
    if (!rendered.ok) throw new Error(rendered.fault.message);
    engine.dropSource('closed');
    const reading = rendered.value.strips[Symbol.asyncIterator]();
    await expect(reading.next()).rejects.toThrow('is not open');
  });
});

describe('work in turn', () => {
  const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

  it('hands on results in order, whichever is there first', async () => {
    const seen: number[] = [];
    for await (const value of inTurn([9, 3, 6, 0, 1], 2, async (item) => (await later(item), item)))
      seen.push(value);
    expect(seen).toEqual([9, 3, 6, 0, 1]);
  });

  it('has one result with the consumer and the next few under way, and no more', async () => {
    let begun = 0;
    const turns = inTurn([0, 1, 2, 3, 4, 5], 2, async (item) => (begun++, item));
    await turns.next();
    expect(begun).toBe(3);
    await turns.next();
    expect(begun).toBe(4);
    await turns.return();
    expect(begun).toBe(4);
  });

  it('waits for what is under way before it throws', async () => {
    let ended = 0;
    const turns = inTurn([0, 5, 5], 2, async (item) => {
      await later(item);
      ended += 1;
      if (item === 0) throw new Error('the first');
    });
    await expect(turns.next()).rejects.toThrow('the first');
    expect(ended).toBe(3);
  });
});
