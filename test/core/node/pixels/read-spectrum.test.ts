/** The spectrum that is told is that of the plain picture, for random documents of several layers, and remembered by its name. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { spectrumView } from '../../../../core/derive/spectrum-view';
import { writeLuma } from '../../../../core/kernels/luma';
import { spectrumOf } from '../../../../core/kernels/spectrum';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { readSpectrum, type SpectrumChannel } from '../../../../core/node/pixels/read-spectrum';
import { createRaster } from '../../../../core/raster/raster';
import { neverAborted } from '../../../../core/raster/signal';
import { randomDocument } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 1 });
});
afterAll(() => engine.close());

it('is that of the plain picture', async () => {
  const random = fc.record({
    made: randomDocument({ layers: 2, steps: 2 }),
    channel: fc.constantFrom<SpectrumChannel>('Luma', 'R', 'G', 'B'),
  });
  const check = async ({
    made: { document, pictures },
    channel,
  }: typeof random extends fc.Arbitrary<infer T> ? T : never): Promise<void> => {
    for (const [id, raster] of Object.entries(pictures)) engine.addSource(id, raster);
    const plain = plainPicture(document, pictures);
    const luma = createRaster({ ...plain, channels: 1 });
    writeLuma(plain, luma, neverAborted);
    const own = plain.channels >= 3 && channel !== 'Luma';
    const wanted = own
      ? spectrumOf(plain, 'RGB'.indexOf(channel), neverAborted)
      : spectrumOf(luma, 0, neverAborted);
    const told = await readSpectrum({ engine }, document, channel);
    expect(told).toEqual(spectrumView(wanted));
    for (const id of Object.keys(pictures)) engine.dropSource(id);
  };
  await fc.assert(fc.asyncProperty(random, check), { numRuns: 25 });
}, 600_000);
