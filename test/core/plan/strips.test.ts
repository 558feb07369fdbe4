import fc from 'fast-check';
import { expect, it } from 'vitest';
import { graphOf } from '../../../core/plan/graph';
import { tileName } from '../../../core/plan/plan';
import { programOf, type Program } from '../../../core/plan/program';
import { scheduleStrips } from '../../../core/plan/strips';
import { byteLength } from '../../../core/raster/raster';
import { documentWith, sourceFor, stepOf } from '../../support/documents';

const shape = { width: 200, height: 311, channels: 3, depth: 8 } as const;
const tile = { width: 64, height: 16 };

/** A turned blur above a blur: tiles of three programs, looked at from the corners of the picture inward. */
function turnedProgram(angle: number): Program {
  const steps = [
    stepOf('boxBlur', { size: 5 }),
    stepOf('rotate', { angle }),
    stepOf('gaussianBlur', { sigma: 2 }),
  ];
  const graph = graphOf({ document: documentWith(sourceFor('a', shape), steps), level: 0, known: new Map() });
  if (graph.kind !== 'graph') throw new Error(`the graph is ${graph.kind}`);
  return programOf(graph.full, { held: null, keep: false });
}

it('strips are the picture from the top down, of at most so many bytes or one piece of work', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200_000 }), (bytes) => {
      const top = turnedProgram(0);
      let next = 0;
      for (const { rectangle, plan } of scheduleStrips(top, tile, bytes)) {
        expect(rectangle).toEqual({ x: 0, y: next, width: top.shape.width, height: rectangle.height });
        const size = byteLength({ ...top.shape, height: rectangle.height });
        if (plan.strips.length > 1)
          expect(size).toBeLessThanOrEqual(bytes + byteLength({ ...top.shape, height: 1 }));
        let row = next;
        for (const strip of plan.strips) {
          expect(strip.y).toBe(row);
          row += strip.height;
        }
        next += rectangle.height;
        expect(row).toBe(next);
      }
      expect(next).toBe(top.shape.height);
    }),
    { numRuns: 20 },
  );
});

it('a tile is given up once, by the last strip that needs it', () => {
  fc.assert(
    fc.property(fc.integer({ min: -90, max: 90 }), (angle) => {
      const top = turnedProgram(angle);
      const schedule = scheduleStrips(top, tile, 10_000);
      const needed = schedule.map(({ plan }) =>
        plan.stages.flatMap(({ program, tiles }) => tiles.map((each) => tileName(program, each))),
      );
      const gone = new Set<string>();
      schedule.forEach(({ lastUsed }, index) => {
        for (const name of needed[index]) expect(gone.has(name)).toBe(false);
        for (const name of lastUsed) {
          expect(needed[index]).toContain(name);
          gone.add(name);
        }
      });
      expect(gone).toEqual(new Set(needed.flat()));
    }),
    { numRuns: 10 },
  );
});
