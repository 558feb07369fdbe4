// The engine's histograms against counting the picture that it exports, sample by sample.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import type { Document } from '../../../../core/document/document';
import { operations } from '../../../../core/operations/index';
import type { Measurement } from '../../../../core/operation/operation';
import { histogramOf, type Histogram } from '../../../../core/raster/histogram';
import { measure } from '../../../../core/operation/measure';
import { wholeOf } from '../../../../core/raster/rectangle';
import { Cancelled } from '../../../../core/raster/signal';
import { documentWith, randomDocument, sharedNoise, sourceFor, stepOf } from '../../../support/documents';
import type { Pictures } from '../../../support/plain-picture';

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 2, tile: { width: 16, height: 16 } });
});
afterAll(() => engine.close());

function know(pictures: Pictures): void {
  for (const [id, raster] of Object.entries(pictures))
    if (!engine.hasSource(id)) engine.addSource(id, raster);
}

async function counted(document: Document, look: Measurement, signal?: AbortSignal): Promise<Histogram> {
  const looked = await engine.look({ document, look, as: 'itself' }, signal);
  if (!looked.ok || looked.value.kind !== 'histogram') throw new Error('not counted');
  return looked.value.histogram;
}

/** The picture on the screen, and whether its histograms are known then. */
async function shown(
  on: Engine,
  document: Document,
  asked: Partial<Parameters<Engine['render']>[0]>,
): Promise<{ readonly pixels: readonly number[]; readonly known: boolean }> {
  const view = { document, level: 1, exact: true, region: null, format: 'display' } as const;
  const rendered = await on.render({ ...view, ...asked });
  if (!rendered.ok) throw new Error('not made');
  const looks = ['histogramWithAlpha', 'lumaHistogram'] as const;
  const seen = await Promise.all(looks.map((look) => on.seen({ document, look, as: 'itself' })));
  const known = seen.every((each) => each.ok && each.value !== null);
  return { pixels: [...rendered.value.raster.data], known };
}

async function check(document: Document): Promise<void> {
  const rendered = await engine.render({
    document,
    level: 0,
    exact: true,
    region: null,
    format: 'export',
  });
  if (!rendered.ok) throw new Error('not made');
  const { raster } = rendered.value;
  const channels = await counted(document, 'histogramWithAlpha');
  const luma = await counted(document, 'lumaHistogram');
  // An export drops alpha that says nothing.
  const expected = histogramOf(raster, wholeOf(raster), raster.channels);
  expect(channels.bins.slice(0, raster.channels)).toEqual(expected.bins);
  const lumas = measure('lumaHistogram', raster);
  expect(lumas.kind === 'histogram' && lumas.histogram.bins).toEqual(luma.bins);
}

describe('the histogram of a document', () => {
  it('counts what is exported, through tables as through anything else', async () => {
    const some = ['negative', 'gamma', 'levels', 'hueSaturation', 'logTransform', 'boxBlur', 'flip'];
    const from = operations.filter(({ id }) => some.includes(id));
    await fc.assert(
      fc.asyncProperty(randomDocument({ layers: 2, steps: 3, from }), async ({ document, pictures }) => {
        know(pictures);
        await check(document);
      }),
      { numRuns: 12 },
    );
  });

  it.each([1, 2, 3, 4] as const)('follows a chain of tables (%i channels)', async (channels) => {
    const raster = sharedNoise({ width: 50, height: 40, channels, depth: 8 }, channels);
    know({ [`chain-${channels}`]: raster });
    const source = sourceFor(`chain-${channels}`, raster);
    for (const gamma of [0.5, 2]) {
      await check(documentWith(source, [stepOf('gamma', { gamma }), stepOf('percentileStretch', {})]));
    }
  });

  it('is counted while the exact view of all of it is made, whose pixels stay the same', async () => {
    const other = startEngine({ workers: 2, tile: { width: 16, height: 16 } });
    const from = operations.filter(({ kind }) => kind !== 'geometry');
    let counts = 0;
    try {
      await fc.assert(
        fc.asyncProperty(
          randomDocument({ layers: 3, steps: 2, from }),
          fc.integer({ min: 1, max: 3 }),
          async ({ document, pictures }, level) => {
            engine.forgetEverything();
            other.forgetEverything();
            know(pictures);
            for (const [id, raster] of Object.entries(pictures))
              if (!other.hasSource(id)) other.addSource(id, raster);
            const plain = await shown(other, document, { level });
            const counting = await shown(engine, document, { level, counts: true });
            expect(counting.pixels).toEqual(plain.pixels);
            counts += Number(counting.known);
            await check(document);
          },
        ),
        { numRuns: 14 },
      );
    } finally {
      await other.close();
    }
    expect(counts).toBeGreaterThan(9);
  });

  it.each([3, 4] as const)(
    'of a larger picture is counted strip by strip (%i channels)',
    async (channels) => {
      const raster = sharedNoise({ width: 613, height: 457, channels, depth: 8 }, channels);
      const id = `strips-${channels}`;
      know({ [id]: raster });
      for (const steps of [[stepOf('boxBlur', { size: 9 })], [stepOf('gamma', { gamma: 0.4 })]]) {
        const document = documentWith(sourceFor(id, raster), steps);
        expect(await shown(engine, document, { counts: true })).toMatchObject({ known: true });
        await check(document);
      }
    },
  );

  it('is not taken from a part, from tiles that were there, from a preview, or where nobody asks', async () => {
    const raster = sharedNoise({ width: 301, height: 200, channels: 3, depth: 8 }, 9);
    know({ parts: raster });
    const blurred = (size: number): Document =>
      documentWith(sourceFor('parts', raster), [stepOf('boxBlur', { size })]);
    const asked = { counts: true };
    expect(await shown(engine, blurred(3), {})).toMatchObject({ known: false });
    const region = { x: 0, y: 0, width: 151, height: 60 };
    expect(await shown(engine, blurred(5), { ...asked, region })).toMatchObject({ known: false });
    // Its upper tiles are in the cache now.
    expect(await shown(engine, blurred(5), asked)).toMatchObject({ known: false });
    expect(await shown(engine, blurred(7), { ...asked, exact: false })).toMatchObject({ known: false });
    for (const size of [3, 5, 7]) await check(blurred(size));
  });

  it('stops when it is aborted, and counts the same afterwards', async () => {
    const raster = sharedNoise({ width: 900, height: 700, channels: 3, depth: 8 }, 2);
    know({ aborted: raster });
    const document = documentWith(sourceFor('aborted', raster), [stepOf('median', { size: 9 })]);
    const abort = new AbortController();
    const counting = counted(document, 'histogram', abort.signal);
    abort.abort();
    await expect(counting).rejects.toBeInstanceOf(Cancelled);
    await check(document);
  });
});
