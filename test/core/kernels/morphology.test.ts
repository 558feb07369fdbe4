import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { covers, type ElementShape } from '../../../core/kernels/element';
import { reachOf, stepsOf } from '../../../core/kernels/element-steps';
import { dilate, erode, plainDilate, plainErode } from '../../../core/kernels/morphology';
import { withArena } from '../../../core/raster/scratch';
import { neverAborted } from '../../../core/raster/signal';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { expectSameLevels, noise } from '../../support/rasters';
import { inputFor, twins } from '../../support/twins';

describe('the steps to an element', () => {
  const shapes: readonly ElementShape[] = ['square', 'cross', 'disk'];

  /** All small ones, and those of which the sides differ most; 50 is the largest. */
  const RADII = [...Array.from({ length: 20 }, (_, at) => at + 1), 25, 30, 35, 47, 50];

  it('cover exactly its pixels, for every shape', () => {
    for (const shape of shapes) {
      for (const radius of RADII) {
        const side = 2 * radius + 1;
        const reached = new Uint8Array(side * side);
        const { chains, rest } = stepsOf({ shape, radius });
        for (const chain of chains) {
          const { x, y } = reachOf(chain);
          let field = new Uint8Array(side * side);
          field[(radius - y / 2) * side + radius - x / 2] = 1;
          for (const { dx, dy, copies } of chain) {
            const next = new Uint8Array(side * side);
            field.forEach((is, at) => {
              for (let copy = 0; is === 1 && copy <= copies; copy++) next[at + copy * (dy * side + dx)] = 1;
            });
            field = next;
          }
          field.forEach((is, at) => (reached[at] |= is));
        }
        for (const { dx, dy } of rest) reached[(dy + radius) * side + dx + radius] = 1;
        const expected = reached.map((_, at) =>
          Number(covers({ shape, radius }, (at % side) - radius, Math.floor(at / side) - radius)),
        );
        expect(reached).toEqual(expected);
      }
    }
  });

  it('are few: what no chain reaches is hardly more than the tips of a disk', () => {
    for (let radius = 1; radius <= 50; radius++) {
      const { chains, rest } = stepsOf({ shape: 'disk', radius });
      expect(rest.length).toBeLessThanOrEqual(20);
      expect(chains[0].length).toBeLessThanOrEqual(2 + 2 * radius ** (2 / 3));
    }
  });
});

describe('morphology with fast kernels', () => {
  withFastKernels();

  it('gives the same levels as in plain TypeScript, alpha too', () => {
    const element = fc.record({
      shape: fc.constantFrom<ElementShape[]>('square', 'cross', 'disk'),
      radius: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 50 })),
    });
    const size = fc.record({
      width: fc.integer({ min: 1, max: 90 }),
      height: fc.integer({ min: 1, max: 70 }),
    });
    fc.assert(
      fc.property(twins, size, element, fc.integer({ min: 1, max: 3 }), (kind, shape, under, times) => {
        for (const [fast, plain, name] of [
          [erode, plainErode, kind.depth === 8 ? 'lower8' : 'lower16'],
          [dilate, plainDilate, kind.depth === 8 ? 'raise8' : 'raise16'],
        ] as const) {
          const expected = inputFor({ ...kind, ...shape }, 0, 0);
          const actual = pooled(expected);
          plain(expected, under, times, neverAborted);
          expectFast([name], () => fast(actual, under, times, neverAborted));
          expectSameLevels(actual, expected);
        }
      }),
      { numRuns: 250 },
    );
  });

  it('goes on where one part of the picture ends', () => {
    const picture = inputFor(
      {
        channels: 3,
        depth: 8,
        width: 700,
        height: 500,
        seed: 3,
        content: 'noise',
        inputInPool: true,
        outputInPool: true,
      },
      0,
      0,
    );
    for (const shape of ['square', 'cross', 'disk'] as const) {
      const expected = { ...picture, data: picture.data.slice() };
      const actual = pooled(picture);
      plainErode(expected, { shape, radius: 13 }, 1, neverAborted);
      erode(actual, { shape, radius: 13 }, 1, neverAborted);
      expectSameLevels(actual, expected);
    }
  });

  it('gives the same whatever room there is: a field is never left half done', () => {
    const shape = { width: 60_000, height: 5, channels: 4, depth: 16 } as const;
    const expected = noise(shape);
    const given = pooled(expected);
    plainErode(expected, { shape: 'square', radius: 1 }, 1, neverAborted);
    for (const room of [2 ** 12, 2 ** 16, 2 ** 18, 393_600, 420_000, 2 ** 19, 2 ** 20]) {
      const actual = pooled(given);
      const isLent = withArena(2 ** 24 - room, () => {
        erode(actual, { shape: 'square', radius: 1 }, 1, neverAborted);
        return true;
      });
      expect(isLent).toBe(true);
      expectSameLevels(actual, expected);
    }
  });
});
