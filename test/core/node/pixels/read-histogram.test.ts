/** The histograms that are told are a plain count of the plain picture, for random documents of several layers. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { readHistogram } from '../../../../core/node/pixels/read-histogram';
import { luma } from '../../../../core/operation/formula/functions';
import { levelsOf, topOf, type Raster } from '../../../../core/raster/raster';
import { store } from '../../../../core/raster/rounding';
import { randomDocument, type RandomDocument } from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 1 });
});
afterAll(() => engine.close());

function plainCount({ data, channels, depth }: Raster, levelAt: (pixel: number) => number): number[] {
  const counts = new Array<number>(levelsOf(depth)).fill(0);
  for (let pixel = 0; pixel < data.length; pixel += channels) counts[levelAt(pixel)]++;
  return counts;
}

it('counts every pixel of the exact picture', async () => {
  const check = async ({ document, pictures }: RandomDocument): Promise<void> => {
    for (const [id, raster] of Object.entries(pictures)) engine.addSource(id, raster);
    const plain = plainPicture(document, pictures);
    const { data, channels, depth, width, height } = plain;
    const told = await readHistogram({ engine }, document);
    expect({ ...told, bins: [], luma: [] }).toEqual({
      channels,
      depth,
      count: width * height,
      bins: [],
      luma: [],
    });
    told.bins.forEach((bins, channel) => {
      expect(bins).toEqual(plainCount(plain, (pixel) => data[pixel + channel]));
    });
    const lumaAt = (at: number): number => store(luma(data[at], data[at + 1], data[at + 2]), topOf(depth));
    expect(told.luma).toEqual(channels < 3 ? null : plainCount(plain, lumaAt));
    for (const id of Object.keys(pictures)) engine.dropSource(id);
  };
  await fc.assert(fc.asyncProperty(randomDocument(), check), { numRuns: 25 });
}, 600_000);
