// Strong blurs are previewed on a smaller picture: close to what the exact picture shows, whatever the size and the strength.
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../../core/node/engine/engine';
import { operations } from '../../../core/operations/index';
import { createSharedRaster, type Raster } from '../../../core/raster/raster';
import { documentWith, sourceFor, stepOf } from '../../support/documents';

let engine: Engine;

beforeAll(() => {
  engine = startEngine({ workers: 2 });
});
afterAll(() => engine.close());

/** Black and white areas with straight edges between them, the hardest of what a blur meets. */
function areas(width: number, height: number, block: number): Raster {
  const raster = createSharedRaster({ width, height, channels: 3, depth: 8 });
  for (let at = 0; at < raster.data.length; at++) {
    const x = Math.floor(at / 3) % width;
    const y = Math.floor(at / 3 / width);
    raster.data[at] = (Math.floor(x / block) + Math.floor(y / block)) % 2 === 0 ? 255 : 0;
  }
  return raster;
}

it.each(
  operations.flatMap((operation) => (operation.kind === 'area' && operation.coarse ? [operation] : [])),
)('a strong $id differs by a few levels from the exact picture', async (operation) => {
  let count = 0;
  const random = fc.record({
    columns: fc.integer({ min: 5, max: 10 }),
    rows: fc.integer({ min: 5, max: 10 }),
    more: fc.oneof(fc.constant(0), fc.nat(31)),
    block: fc.integer({ min: 20, max: 90 }),
    sigma: fc.double({ min: 9, max: 60, noNaN: true }),
    level: fc.integer({ min: 1, max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(random, async ({ columns, rows, more, block, sigma, level }) => {
      const [width, height] = [32 * columns + more, 32 * rows + more];
      const id = `areas ${count++}`;
      const picture = areas(width, height, block);
      engine.addSource(id, picture);
      const document = documentWith(sourceFor(id, picture), [stepOf(operation.id, { sigma })]);
      const shown = async (exact: boolean): Promise<Uint8Array> => {
        const rendered = await engine.render({ document, level, exact, region: null, format: 'display' });
        if (!rendered.ok) throw new Error(rendered.fault.message);
        return Uint8Array.from(rendered.value.raster.data);
      };
      const [preview, exact] = [await shown(false), await shown(true)];
      const apart = preview.map((each, at) => Math.abs(each - exact[at]));
      expect(apart.reduce((sum, each) => sum + each, 0) / apart.length).toBeLessThanOrEqual(2);
      // Where sides cannot be halved without a rest, what is mirrored at them lies half a pixel of the smaller picture off.
      if (more === 0) expect(Math.max(...apart)).toBeLessThanOrEqual(6);
      engine.dropSource(id);
    }),
    { numRuns: 25 },
  );
  expect(count).toBeGreaterThan(0);
});
