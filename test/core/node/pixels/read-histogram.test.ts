/** The histograms that are told are a plain count of the plain picture, for random documents of several layers. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { readHistogram } from '../../../../core/node/pixels/read-histogram';
import { luma } from '../../../../core/raster/luma';
import { INSIDE } from '../../../../core/kernels/selected';
import { canvasShape } from '../../../../core/document/stack-check';
import { levelsOf, topOf, type Raster } from '../../../../core/raster/raster';
import { store } from '../../../../core/raster/rounding';
import { maskOf, type SelectedArea } from '../../../../core/raster/selection';
import { plainMask } from '../../../support/plain-mask';
import { randomArea } from '../../../support/random-selection';
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

/** How often every level occurs in the selected pixels, by looking at each. */
function plainSelected(raster: Raster, area: SelectedArea): { count: number; bins: number[][] } {
  const { data, channels, depth, width, height } = raster;
  const mask = plainMask(maskOf({ ...area, inverted: false }), { width, height }, {});
  const bins = Array.from({ length: channels }, () => new Array<number>(levelsOf(depth)).fill(0));
  let count = 0;
  mask.forEach((level, at) => {
    if (level >= INSIDE === area.inverted) return;
    count++;
    bins.forEach((own, channel) => own[data[at * channels + channel]]++);
  });
  return { count, bins };
}

it('counts the pixels of a selection and no others; with those of its inverse they are all', async () => {
  const kind = randomDocument({ layers: 2, steps: 3 }).chain((random) => {
    const shape = canvasShape(random.document);
    if (!shape.ok) throw new Error(shape.fault.message);
    return fc.tuple(fc.constant(random), randomArea(shape.value));
  });
  const check = async ([{ document, pictures }, area]: [RandomDocument, SelectedArea]): Promise<void> => {
    for (const [id, raster] of Object.entries(pictures)) engine.addSource(id, raster);
    const plain = plainPicture(document, pictures);
    const expected = plainSelected(plain, area);
    const whole = await readHistogram({ engine }, document);
    const own = await readHistogram({ engine }, document, area);
    const rest = await readHistogram({ engine }, document, { ...area, inverted: !area.inverted });
    expect({ channels: own.channels, count: own.count }).toEqual({
      channels: plain.channels,
      count: expected.count,
    });
    expect(own.bins).toEqual(expected.bins);
    const together = (a: readonly number[], b: readonly number[]) =>
      a.map((count, level) => count + b[level]);
    expect(own.bins.map((counts, channel) => together(counts, rest.bins[channel]))).toEqual(whole.bins);
    if (own.luma && rest.luma) expect(together(own.luma, rest.luma)).toEqual(whole.luma);
    for (const id of Object.keys(pictures)) engine.dropSource(id);
  };
  await fc.assert(fc.asyncProperty(kind, check), { numRuns: 40 });
}, 600_000);
