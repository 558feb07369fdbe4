import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import type { Mask } from '../../../../core/document/mask';
import { toDisplay } from '../../../../core/raster/convert';
import {
  createSharedRaster,
  type ChannelCount,
  type Depth,
  type Raster,
} from '../../../../core/raster/raster';
import { wholeOf } from '../../../../core/raster/rectangle';
import { Cancelled } from '../../../../core/raster/signal';
import { plainLevel, plainPicture, type Pictures } from '../../../support/plain-picture';
import { documentWith, randomDocument, sharedNoise, sourceFor, stepOf } from '../../../support/documents';
import { randomMask } from '../../../support/random-limits';
import { runs } from '../../../support/runs';

/** Every way to divide the work that a picture must not depend on. */
const WAYS = [
  { workers: 1, tile: { width: 1024, height: 256 } },
  { workers: 2, tile: { width: 16, height: 16 } },
  { workers: 4, tile: { width: 37, height: 11 } },
  { workers: 2, tile: { width: 64, height: 8 }, fuse: false },
];

const engines: Engine[] = [];

beforeAll(() => {
  for (const way of WAYS) engines.push(startEngine(way));
});

afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()));
});

function samplesOf(raster: Raster): readonly number[] {
  return [raster.width, raster.height, raster.channels, raster.depth, ...raster.data];
}

async function renderAll(
  pictures: Pictures,
  request: Parameters<Engine['render']>[0],
): Promise<readonly Raster[]> {
  const results: Raster[] = [];
  for (const engine of engines) {
    for (const [id, raster] of Object.entries(pictures)) {
      if (!engine.hasSource(id)) engine.addSource(id, raster);
    }
    const rendered = await engine.render(request);
    if (!rendered.ok) throw new Error(rendered.fault.message);
    results.push(rendered.value.raster);
  }
  return results;
}

describe('the engine', () => {
  it('gives the plain picture of random documents, whatever the workers, the tiles and the order', async () => {
    await fc.assert(
      fc.asyncProperty(randomDocument(), async ({ document, pictures }) => {
        const expected = samplesOf(plainPicture(document, pictures));
        for (const raster of await renderAll(pictures, {
          document,
          level: 0,
          exact: true,
          region: null,
          format: 'export',
        })) {
          expect(samplesOf(raster)).toEqual(expected);
        }
      }),
      { numRuns: runs(24) },
    );
  });

  it('lends what it would give, unharmed by other loans for as long as it is lent', async () => {
    const random = fc.array(randomDocument(), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(random, async (documents) => {
        for (const engine of engines) {
          const lent = documents.map(async ({ document, pictures }) => {
            for (const [id, raster] of Object.entries(pictures)) {
              if (!engine.hasSource(id)) engine.addSource(id, raster);
            }
            const request = { document, level: 0, exact: true, region: null, format: 'export' } as const;
            const samples = await engine.lend(request, async ({ raster }) => {
              await engine.render(request);
              return samplesOf(raster);
            });
            return samples.ok && samples.value;
          });
          expect(await Promise.all(lent)).toEqual(
            documents.map(({ document, pictures }) => samplesOf(plainPicture(document, pictures))),
          );
        }
      }),
      { numRuns: runs(5) },
    );
  });

  it('shows below 100 % what the full picture gives when it is halved', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomDocument(),
        fc.integer({ min: 0, max: 3 }),
        async ({ document, pictures }, level) => {
          const halved = plainLevel(plainPicture(document, pictures), level);
          const expected = new Uint8Array(halved.width * halved.height * 4);
          toDisplay({ raster: halved, rectangle: wholeOf(halved) }, wholeOf(halved), expected);
          for (const raster of await renderAll(pictures, {
            document,
            level,
            exact: true,
            region: null,
            format: 'display',
          })) {
            expect([...raster.data]).toEqual([...expected]);
          }
        },
      ),
      { numRuns: runs(12) },
    );
  });

  it('gives any part as that part of the whole', async () => {
    const part = fc.record({
      x: fc.integer({ min: 0, max: 30 }),
      y: fc.integer({ min: 0, max: 30 }),
      width: fc.integer({ min: 1, max: 30 }),
      height: fc.integer({ min: 1, max: 30 }),
    });
    await fc.assert(
      fc.asyncProperty(randomDocument(), part, async ({ document, pictures }, region) => {
        const request = { document, level: 0, exact: true, format: 'display' } as const;
        const [whole] = await renderAll(pictures, { ...request, region: null });
        fc.pre(region.x < whole.width && region.y < whole.height);
        const width = Math.min(region.width, whole.width - region.x);
        const height = Math.min(region.height, whole.height - region.y);
        const expected: number[] = [];
        for (let y = region.y; y < region.y + height; y++) {
          const start = (y * whole.width + region.x) * 4;
          expected.push(...whole.data.subarray(start, start + width * 4));
        }
        for (const raster of await renderAll(pictures, { ...request, region })) {
          expect([raster.width, raster.height]).toEqual([width, height]);
          expect([...raster.data]).toEqual(expected);
        }
      }),
      { numRuns: runs(12) },
    );
  });

  it('takes whole-image constants from full resolution, also for a reduced preview', async () => {
    const picture = sharedNoise({ width: 64, height: 48, channels: 1, depth: 8 }, 3);
    // One bright pixel that halving would dim.
    picture.data.fill(40);
    picture.data[100] = 251;
    const document = documentWith(sourceFor('a', picture), [stepOf('logTransform', {})]);
    const [engine] = engines;
    engine.addSource('a', picture);
    for (const exact of [true, false]) {
      const rendered = await engine.render({ document, level: 2, exact, region: null, format: 'display' });
      if (!rendered.ok) throw new Error(rendered.fault.message);
      expect(Object.values(rendered.value.reported)).toEqual([{ c: [255 / Math.log(252)], max: [251] }]);
    }
    engine.dropSource('a');
  });

  it('agrees in preview and export on masks and on kept numbers', async () => {
    // Every sample of a flat picture is that of its halves, so a preview can be held against the export to the level.
    const picture = createSharedRaster({ width: 64, height: 48, channels: 3, depth: 8 });
    picture.data.fill(80);
    const mask: Mask = {
      parts: [
        { shape: 'rectangle', mode: 'add', x: 16, y: 8, width: 32, height: 24, feather: 0 },
        {
          shape: 'polygon',
          mode: 'subtract',
          points: [
            [16, 8],
            [32, 8],
            [32, 16],
            [16, 16],
          ],
          feather: 0,
        },
        { shape: 'picture', mode: 'intersect', source: 'flat' },
      ],
      inverted: false,
    };
    const stretch = stepOf('percentileStretch', {}, { measured: { low: [40], high: [140] } });
    const document = documentWith(sourceFor('flat', picture), [
      stretch,
      stepOf('logTransform', {}, { mask, measured: { max: [90, 200, 255] } }),
    ]);
    const expected = plainLevel(plainPicture(document, { flat: picture }), 2);
    for (const engine of engines) {
      engine.addSource('flat', picture);
      for (const exact of [true, false]) {
        const rendered = await engine.render({ document, level: 2, exact, region: null, format: 'export' });
        if (!rendered.ok) throw new Error(rendered.fault.message);
        expect(samplesOf(rendered.value.raster)).toEqual(samplesOf(expected));
        expect(rendered.value.reported[stretch.id]).toEqual({ low: [40, 40, 40], high: [140, 140, 140] });
      }
      engine.dropSource('flat');
    }
  });

  it('places masks in a reduced preview where the full picture has them', async () => {
    const pictures = { smooth: createSharedRaster({ width: 90, height: 70, channels: 1, depth: 8 }) };
    pictures.smooth.data.fill(200);
    await fc.assert(
      fc.asyncProperty(randomMask('smooth'), fc.integer({ min: 1, max: 2 }), async (mask, level) => {
        const document = documentWith(sourceFor('smooth', pictures.smooth), [
          stepOf('negative', {}, { mask }),
        ]);
        const expected = plainLevel(plainPicture(document, pictures), level);
        const request = { document, level, exact: false, region: null, format: 'export' } as const;
        const [preview] = await renderAll(pictures, request);
        expect([preview.width, preview.height]).toEqual([expected.width, expected.height]);
        // A preview's pixel has the mask of its middle, so it may differ along edges: a tenth of the picture by most of the
        // contrast of 145. A mask in another place or size would differ at large.
        const apart = Array.from(expected.data, (sample, at) => Math.abs(sample - preview.data[at]));
        expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThan(14);
      }),
      { numRuns: runs(12), seed: 11 },
    );
  });

  it('gives the same key for the same pixels and another for others', async () => {
    const picture = sharedNoise({ width: 20, height: 20, channels: 3, depth: 8 }, 1);
    const [engine] = engines;
    engine.addSource('key', picture);
    const key = async (gamma: number, mask: Mask | null = null): Promise<string> => {
      const document = documentWith(sourceFor('key', picture), [stepOf('gamma', { gamma }, { mask })]);
      const rendered = await engine.render({
        document,
        level: 0,
        exact: true,
        region: null,
        format: 'display',
      });
      if (!rendered.ok) throw new Error(rendered.fault.message);
      return rendered.value.key;
    };
    expect(await key(2)).toBe(await key(2));
    expect(await key(2)).not.toBe(await key(2.1));
    const box = { shape: 'rectangle', mode: 'add', x: 1, y: 1, width: 9, height: 9, feather: 0 } as const;
    expect(await key(2, { parts: [box], inverted: false })).not.toBe(await key(2));
    expect(await key(2, { parts: [box], inverted: false })).not.toBe(
      await key(2, { parts: [box], inverted: true }),
    );
    engine.dropSource('key');
  });

  it('stops within a job when it is aborted, and what follows is as if nothing had happened', async () => {
    const picture = createSharedRaster({ width: 3000, height: 2000, channels: 3, depth: 8 });
    for (let at = 0; at < picture.data.length; at++) picture.data[at] = (at * 2_654_435_761) >>> 24;
    const document = documentWith(sourceFor('large', picture), [
      stepOf('convolve', {
        kernel: Array.from({ length: 25 }, (_, row) => Array.from({ length: 25 }, (_, x) => row + x / 7)),
      }),
    ]);
    const engine = startEngine({ workers: 2, tile: { width: 4096, height: 4096 } });
    try {
      engine.addSource('large', picture);
      const abort = new AbortController();
      const request = { document, level: 0, exact: true, region: null, format: 'display' } as const;
      const work = engine.render(request, abort.signal);
      setTimeout(() => abort.abort(), 20);
      await expect(work).rejects.toBeInstanceOf(Cancelled);
      const after = documentWith(sourceFor('large', picture), [stepOf('negative', {})]);
      const small = await engine.render({
        ...request,
        document: after,
        region: { x: 5, y: 5, width: 1, height: 1 },
      });
      if (!small.ok) throw new Error(small.fault.message);
      const at = (5 * 3000 + 5) * 3;
      expect([...small.value.raster.data]).toEqual(
        [...picture.data.subarray(at, at + 3)].map((v) => 255 - v).concat(255),
      );
    } finally {
      await engine.close();
    }
  });

  it('refuses in words what cannot be composed', async () => {
    const picture = sharedNoise({ width: 20, height: 20, channels: 3, depth: 8 }, 1);
    const [engine] = engines;
    engine.addSource('known', picture);
    const document = documentWith(sourceFor('unknown', picture), []);
    const rendered = await engine.render({ document, level: 0, exact: true, region: null, format: 'export' });
    expect(rendered).toMatchObject({ ok: false, fault: { code: 'not-found' } });
    engine.dropSource('known');
  });

  it('keeps within its budget of memory and is right when nothing fits', async () => {
    const engine = startEngine({ workers: 2, memory: 10_000, tile: { width: 32, height: 32 } });
    try {
      const shape = { width: 150, height: 90, channels: 3 as ChannelCount, depth: 8 as Depth };
      const picture = sharedNoise(shape, 9);
      engine.addSource('tight', picture);
      const document = documentWith(sourceFor('tight', picture), [
        stepOf('boxBlur', { size: 5 }),
        stepOf('convolve', { kernel: 'sharpen' }),
        stepOf('boxBlur', { size: 9 }),
      ]);
      const rendered = await engine.render({
        document,
        level: 0,
        exact: true,
        region: null,
        format: 'display',
      });
      if (!rendered.ok) throw new Error(rendered.fault.message);
      const plain = plainPicture(document, { tight: picture });
      const expected = new Uint8Array(plain.width * plain.height * 4);
      toDisplay({ raster: plain, rectangle: wholeOf(plain) }, wholeOf(plain), expected);
      expect([...rendered.value.raster.data]).toEqual([...expected]);
      expect(engine.statistics().bytes).toBeLessThanOrEqual(10_000);
    } finally {
      await engine.close();
    }
  });
});
