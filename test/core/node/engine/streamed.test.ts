// Pictures that stay in their files: whatever is asked of the engine, it answers as if it had all of them.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../../../core/document/document';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import type { RenderRequest } from '../../../../core/node/engine/render-request';
import { FaultError } from '../../../../core/raster/fault';
import { shapeOf, type Raster, type Samples } from '../../../../core/raster/raster';
import { Cancelled } from '../../../../core/raster/signal';
import { valueOf } from '../../document/sample';
import { documentWith, randomDocument, sharedNoise, sourceFor, stepOf } from '../../../support/documents';
import { filed, type FiledPicture } from '../../../support/filed-picture';
import type { Pictures } from '../../../support/plain-picture';
import { runs } from '../../../support/runs';

/** With room for everything, and with hardly room for a tile. */
const WAYS = [
  { workers: 2, tile: { width: 1024, height: 256 } },
  { workers: 2, tile: { width: 16, height: 8 }, memory: 4_000, strip: 500 },
];

let plain: Engine;
const engines: Engine[] = [];

beforeAll(() => {
  plain = startEngine({ workers: 1 });
  for (const way of WAYS) engines.push(startEngine(way));
});

afterAll(async () => {
  await Promise.all([plain, ...engines].map((engine) => engine.close()));
});

const partSize = fc.record({
  width: fc.integer({ min: 5, max: 70 }),
  height: fc.integer({ min: 3, max: 50 }),
});

/** Opens them whole in the plain engine, and as files in the others. */
function open(pictures: Pictures, part: { readonly width: number; readonly height: number }): void {
  for (const [id, raster] of Object.entries(pictures)) {
    if (!plain.hasSource(id)) plain.addSource(id, raster);
    for (const engine of engines) if (!engine.hasSource(id)) engine.addFile(id, filed(raster, part));
  }
}

/** As text, which is compared a hundred times faster than lists. */
function textOf({ buffer, byteOffset, byteLength }: Samples): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}

function samplesOf(raster: Raster): readonly unknown[] {
  return [...Object.values(shapeOf(raster)), textOf(raster.data)];
}

async function rendered(engine: Engine, request: RenderRequest): Promise<unknown> {
  const answer = await engine.render(request);
  if (!answer.ok) return answer.fault;
  const { raster, key, whole, reported } = answer.value;
  return { samples: samplesOf(raster), key, whole, reported };
}

async function stripsOf(engine: Engine, document: Document): Promise<string> {
  const answer = await engine.strips(document);
  if (!answer.ok) throw new FaultError(answer.fault);
  const parts: Uint8Array[] = [];
  // Its memory is used again.
  for await (const { buffer, byteOffset, byteLength } of answer.value.strips)
    parts.push(new Uint8Array(buffer, byteOffset, byteLength).slice());
  return textOf(Buffer.concat(parts));
}

describe('a picture in its file', () => {
  it('gives what it gives in memory, for random documents, levels, parts and forms', async () => {
    const request = fc.record({
      level: fc.integer({ min: 0, max: 5 }),
      exact: fc.boolean(),
      format: fc.constantFrom('levels' as const, 'export' as const, 'display' as const),
      region: fc.option(
        fc.record({
          x: fc.nat(10),
          y: fc.nat(10),
          width: fc.integer({ min: 1, max: 40 }),
          height: fc.integer({ min: 1, max: 30 }),
        }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(
        randomDocument(),
        partSize,
        fc.array(request, { minLength: 1, maxLength: 4 }),
        async ({ document, pictures }, part, requests) => {
          open(pictures, part);
          for (const each of requests) {
            const expected = await rendered(plain, { document, ...each });
            for (const engine of engines)
              expect(await rendered(engine, { document, ...each })).toEqual(expected);
          }
        },
      ),
      { numRuns: runs(30) },
    );
  });

  it('gives the same strips, looks and pixels beneath a step', async () => {
    await fc.assert(
      fc.asyncProperty(randomDocument(), partSize, async ({ document, pictures }, part) => {
        open(pictures, part);
        const strips = await stripsOf(plain, document);
        const looks = await Promise.all(
          (['histogram', 'lumaHistogram', 'opaque'] as const).map((look) =>
            plain.look({ document, look, as: 'colour' }),
          ),
        );
        const steps = document.layers.flatMap(({ stack }) => stack);
        const region = { x: 0, y: 0, width: 20, height: 20 };
        const beneath = async (engine: Engine, level: number): Promise<unknown> => {
          const found: unknown[] = [];
          for (const { id } of steps) {
            const made = await engine.beneath({ document, level, region, step: id });
            if (!made.ok || made.value === null) found.push(made);
            else found.push([samplesOf(made.value.raster), made.value.node, made.value.light]);
          }
          return found;
        };
        const under = [await beneath(plain, 0), await beneath(plain, 1)];
        for (const engine of engines) {
          expect(await stripsOf(engine, document)).toEqual(strips);
          for (const [index, look] of (['histogram', 'lumaHistogram', 'opaque'] as const).entries())
            expect(await engine.look({ document, look, as: 'colour' })).toEqual(looks[index]);
          expect([await beneath(engine, 0), await beneath(engine, 1)]).toEqual(under);
        }
      }),
      { numRuns: runs(5) },
    );
  });
});

describe('of a picture in its file', () => {
  const noise = sharedNoise({ width: 640, height: 480, channels: 3, depth: 8 }, 2);
  const part = { width: 64, height: 32 };
  const viewOf = (document: Document, more: Partial<RenderRequest> = {}): RenderRequest => ({
    document,
    level: 0,
    exact: true,
    region: { x: 70, y: 40, width: 50, height: 20 },
    format: 'display',
    ...more,
  });

  function opened(id: string, picture: FiledPicture, ...steps: ReturnType<typeof stepOf>[]): Document {
    for (const engine of engines) engine.addFile(id, picture);
    return documentWith(sourceFor(id, noise), steps);
  }

  it('only the parts are read that are seen, and a part that was seen is not read again', async () => {
    const picture = filed(noise, part);
    const document = opened('seen', picture, stepOf('boxBlur', { size: 9 }));
    await rendered(engines[0], viewOf(document));
    const wanted = [...picture.reads];
    expect(wanted.length).toBeGreaterThan(0);
    for (const { x, y, width, height } of wanted) {
      expect([x % part.width, y % part.height, width, height]).toEqual([0, 0, part.width, part.height]);
      // Tiles of the blur begin anywhere near.
      expect(y).toBeLessThan(1024);
    }
    expect(new Set(wanted.map(({ x, y }) => `${x} ${y}`)).size).toBe(wanted.length);
    await rendered(engines[0], viewOf(document, { region: { x: 71, y: 40, width: 49, height: 20 } }));
    expect(picture.reads.length).toBe(wanted.length);
    const plainView = opened('plain-view', filed(noise, part));
    await rendered(engines[1], viewOf(plainView));
  });

  it('reduced pictures are made in one reading of the file and kept, whatever else goes by', async () => {
    const picture = filed(noise, part);
    const document = opened('reduced', picture);
    const level = (at: number): RenderRequest => viewOf(document, { level: at, exact: false, region: null });
    for (const engine of engines) {
      const before = picture.reads.length;
      await rendered(engine, level(4));
      const once = picture.reads.length - before;
      await stripsOf(engine, documentWith(sourceFor('reduced', noise), [stepOf('negative', {})]));
      const read = picture.reads.length;
      for (const at of [3, 4, 5, 6]) await rendered(engine, level(at));
      expect(picture.reads.length).toBe(read);
      expect(once).toBeGreaterThanOrEqual(150);
    }
  });

  it('the first rows are told of while the others are made, and they are as they will be', async () => {
    const document = opened('growing', filed(noise, part), stepOf('boxBlur', { size: 5 }));
    const rowsOf = ({ data, width, channels }: Raster, rows: number): string =>
      textOf(data.subarray(0, rows * width * channels));
    for (const [level, exact] of [
      [0, true],
      [0, false],
      [1, true],
    ] as const) {
      const told: { readonly rows: number; readonly text: string }[] = [];
      const grown = (raster: Raster, rows: number): void =>
        void told.push({ rows, text: rowsOf(raster, rows) });
      const [, engine] = engines;
      engine.forgetEverything();
      const request = viewOf(document, { level, exact, region: null });
      const { raster } = valueOf(await engine.render({ ...request, grown }));
      expect(told.length).toBeGreaterThan(2);
      expect(told.at(-1)?.rows).toBe(raster.height);
      for (const [index, { rows, text }] of told.entries()) {
        expect(rows).toBeGreaterThan(told[index - 1]?.rows ?? 0);
        expect(text).toBe(rowsOf(raster, rows));
      }
    }
  });

  it('a part that cannot be read is told as a fault, and the others are shown', async () => {
    const fault = { code: 'damaged', message: 'a part of it is damaged', remedy: '' } as const;
    const picture = filed(noise, part, ({ y }) => {
      if (y >= 320) throw new FaultError(fault);
    });
    const document = opened('damaged', picture, stepOf('negative', {}));
    for (const engine of engines) {
      expect(await rendered(engine, viewOf(document, { region: null }))).toEqual(fault);
      await expect(stripsOf(engine, document)).rejects.toThrow(FaultError);
      const intact = { x: 0, y: 0, width: 640, height: 256 };
      expect(await rendered(engine, viewOf(document, { region: intact }))).toHaveProperty('samples');
    }
  });

  it('what is given up stops reading, and can be asked for again', async () => {
    for (const [index, engine] of engines.entries()) {
      const abort = new AbortController();
      const picture = filed(noise, part, () => {
        if (picture.reads.length === 12) abort.abort();
      });
      const document = opened(`aborted-${index}`, picture, stepOf('boxBlur', { size: 5 }));
      plain.addSource(`aborted-${index}`, noise);
      const request = viewOf(document, { region: null });
      await expect(engine.render(request, abort.signal)).rejects.toThrow(Cancelled);
      expect(picture.reads.length).toBeLessThan(150);
      expect(await rendered(engine, request)).toEqual(await rendered(plain, request));
    }
  });

  it('what two ask for at once is read once, and given to the one also where the other gives up', async () => {
    for (const [index, engine] of engines.entries()) {
      const id = `shared-${index}`;
      const picture = filed(noise, part);
      engine.addFile(id, picture);
      plain.addSource(id, noise);
      const request = viewOf(documentWith(sourceFor(id, noise), []));
      const expected = await rendered(plain, request);
      const both = await Promise.all([rendered(engine, request), rendered(engine, request)]);
      expect(both).toEqual([expected, expected]);
      expect(new Set(picture.reads.map(({ x, y }) => `${x} ${y}`)).size).toBe(picture.reads.length);
      const abort = new AbortController();
      const blurred = viewOf(documentWith(sourceFor(id, noise), [stepOf('boxBlur', { size: 31 })]), {
        region: { x: 0, y: 0, width: 400, height: 400 },
      });
      const given = engine.render(blurred, abort.signal).catch((error: unknown) => error);
      const kept = rendered(engine, blurred);
      await new Promise(setImmediate);
      abort.abort();
      expect(await given).toBeInstanceOf(Cancelled);
      expect(await kept).toEqual(await rendered(plain, blurred));
    }
  });

  it('what is shown, exported, looked at and beneath a step is right where nothing was done to it yet', async () => {
    const bare = documentWith(sourceFor('bare', noise), []);
    const first = stepOf('negative', {});
    const edited = documentWith(sourceFor('bare', noise), [first]);
    plain.addSource('bare', noise);
    const region = { x: 3, y: 5, width: 200, height: 100 };
    const look = { document: bare, look: 'histogram', as: 'itself' } as const;
    for (const engine of engines) {
      engine.addFile('bare', filed(noise, part));
      for (const format of ['levels', 'export', 'display'] as const) {
        const request = viewOf(bare, { format, region: null });
        expect(await rendered(engine, request)).toEqual(await rendered(plain, request));
      }
      expect(await stripsOf(engine, bare)).toBe(textOf(noise.data));
      expect(await engine.look(look)).toEqual(await plain.look(look));
      const beneath = { document: edited, level: 0, region, step: first.id };
      const made = await engine.beneath(beneath);
      const expected = await plain.beneath(beneath);
      if (!made.ok || !expected.ok || made.value === null || expected.value === null)
        throw new Error('nothing');
      expect(samplesOf(made.value.raster)).toEqual(samplesOf(expected.value.raster));
    }
  });

  it('what was begun is ended although it is closed meanwhile, and then it is given up', async () => {
    for (const [index, engine] of engines.entries()) {
      const id = `closed-meanwhile-${index}`;
      plain.addSource(id, noise);
      const picture = filed(noise, part, () => {
        if (picture.reads.length === 9) engine.dropSource(id);
        expect(picture.closings()).toBe(0);
      });
      const document = opened(id, picture, stepOf('boxBlur', { size: 5 }));
      const request = viewOf(document, { region: null });
      expect(await rendered(engine, request)).toEqual(await rendered(plain, request));
      expect(picture.closings()).toBe(1);
      expect(engine.hasSource(id)).toBe(false);
      for (const other of engines) if (other !== engine) other.dropSource(id);
      // Opened again, it is another one to close.
      engine.addFile(id, picture);
      engine.dropSource(id);
      expect(picture.closings()).toBe(3);
    }
  });

  it('a document is refused once it is closed', async () => {
    const document = opened('closed', filed(noise, part));
    for (const engine of engines) {
      engine.dropSource('closed');
      expect(await rendered(engine, viewOf(document))).toMatchObject({ code: 'not-found' });
    }
  });
});
