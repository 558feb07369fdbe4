/** The levels along a line are those of the plain picture at the line's pixels, for random documents, and of long lines too. */

import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { linePixels, type Line } from '../../../../core/derive/line-profile';
import { canvasShape } from '../../../../core/document/stack-check';
import { startEngine, type Engine } from '../../../../core/node/engine/engine';
import { readProfile } from '../../../../core/node/pixels/read-profile';
import type { Raster } from '../../../../core/raster/raster';
import {
  documentWith,
  randomDocument,
  sharedNoise,
  sourceFor,
  type RandomDocument,
} from '../../../support/documents';
import { plainPicture } from '../../../support/plain-picture';
import { randomLine } from '../../../support/random-selection';

let engine: Engine;
beforeAll(() => {
  engine = startEngine({ workers: 1 });
});
afterAll(() => engine.close());

function plainLevels({ data, channels, width }: Raster, line: Line): number[] {
  return linePixels(line).flatMap(({ x, y }) => {
    const at = (y * width + x) * channels;
    return [...data.subarray(at, at + channels)];
  });
}

it('reads the stored levels of every pixel of the line', async () => {
  const kind = randomDocument({ layers: 2, steps: 3 }).chain((random) => {
    const shape = canvasShape(random.document);
    if (!shape.ok) throw new Error(shape.fault.message);
    return fc.tuple(fc.constant(random), randomLine(shape.value));
  });
  const check = async ([{ document, pictures }, line]: [RandomDocument, Line]): Promise<void> => {
    for (const [id, raster] of Object.entries(pictures)) engine.addSource(id, raster);
    const plain = plainPicture(document, pictures);
    const { channels, depth } = plain;
    expect(await readProfile({ engine }, document, line)).toEqual({
      channels,
      depth,
      levels: plainLevels(plain, line),
    });
    for (const id of Object.keys(pictures)) engine.dropSource(id);
  };
  await fc.assert(fc.asyncProperty(kind, check), { numRuns: 25 });
}, 600_000);

it('reads a line of many pieces', async () => {
  const raster = sharedNoise({ width: 700, height: 411, channels: 3, depth: 8 }, 5);
  engine.addSource('long', raster);
  const document = documentWith(sourceFor('long', raster), []);
  for (const line of [
    { from: { x: 0, y: 0 }, to: { x: 699, y: 410 } },
    { from: { x: 650, y: 17 }, to: { x: 3, y: 380 } },
    { from: { x: 12, y: 410 }, to: { x: 12, y: 0 } },
  ]) {
    expect((await readProfile({ engine }, document, line)).levels).toEqual(plainLevels(raster, line));
  }
});
