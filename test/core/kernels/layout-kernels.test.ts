import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countLevels } from '../../../core/kernels/count-levels';
import { halve } from '../../../core/kernels/halve';
import { displayPixels, dropAlphaOf } from '../../../core/kernels/shuffle-pixels';
import { dropAlpha, toDisplay } from '../../../core/raster/convert';
import { histogramOf } from '../../../core/raster/histogram';
import { halfSize, halve as plainHalve } from '../../../core/raster/pyramid';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';
import { runs } from '../../support/runs';

const layout = fc.record({
  channels: fc.constantFrom(...LAYOUTS),
  depth: fc.constantFrom(...DEPTHS),
  width: fc.integer({ min: 1, max: 40 }),
  height: fc.integer({ min: 1, max: 9 }),
});

/** In the pool with a fence behind it, which must stay. */
function fenced(raster: Raster): { readonly raster: Raster; untouched(): void } {
  const larger = pooled({ ...raster, height: raster.height + 8 });
  const data = larger.data.subarray(0, raster.data.length);
  data.set(raster.data);
  const fence = larger.data.subarray(raster.data.length).fill(77);
  return {
    raster: { ...raster, data },
    untouched: () => expect(fence.every((level) => level === 77)).toBe(true),
  };
}

describe('with fast kernels', () => {
  withFastKernels();

  it('displayPixels shows the same bytes, and writes nothing beside them', () => {
    fc.assert(
      fc.property(layout, fc.nat(), fc.boolean(), (shape, seed, inPool) => {
        const input = noise(shape, seed);
        const expected = createRaster({ ...shape, channels: 4, depth: 8 });
        toDisplay({ raster: input, rectangle: wholeOf(input) }, wholeOf(input), expected.data as Uint8Array);
        const output = fenced(createRaster(expected));
        const run = (): void => displayPixels(inPool ? pooled(input) : input, output.raster, neverAborted);
        if (shape.depth === 8) expectFast(['shufflePixels'], run);
        else run();
        expectSameLevels(output.raster, expected);
        output.untouched();
      }),
      { numRuns: runs(80) },
    );
  });

  it('dropAlphaOf keeps the colours, and writes nothing beside them', () => {
    const withAlpha = layout.map(({ channels, ...rest }) => ({
      ...rest,
      channels: channels <= 2 ? (2 as const) : (4 as const),
    }));
    fc.assert(
      fc.property(withAlpha, fc.nat(), (shape, seed) => {
        const input = noise(shape, seed);
        const expected = createRaster({ ...shape, channels: shape.channels === 2 ? 1 : 3 });
        dropAlpha(input, expected);
        const output = fenced(createRaster(expected));
        expectFast(['shufflePixels'], () => dropAlphaOf(pooled(input), output.raster, neverAborted));
        expectSameLevels(output.raster, expected);
        output.untouched();
      }),
      { numRuns: runs(80) },
    );
  });

  it('halve gives the same means for any part of the next level', () => {
    fc.assert(
      fc.property(layout, fc.nat(), fc.nat(), fc.nat(), (shape, seed, left, top) => {
        const picture = noise(shape, seed);
        const half = halfSize(shape);
        const x = left % half.width;
        const y = top % half.height;
        const part: Rectangle = { x, y, width: half.width - x, height: half.height - y };
        const input = { raster: picture, rectangle: wholeOf(picture) };
        const expected = createRaster({ ...shape, width: part.width, height: part.height });
        plainHalve(input, { raster: expected, rectangle: part });
        const output = fenced(createRaster(expected));
        const run = (): void =>
          halve(
            { ...input, raster: pooled(picture) },
            { raster: output.raster, rectangle: part },
            neverAborted,
          );
        if (shape.width % 2 === 0) expectFast([shape.depth === 8 ? 'halve8' : 'halve16'], run);
        else run();
        expectSameLevels(output.raster, expected);
        output.untouched();
      }),
      { numRuns: runs(120) },
    );
  });

  it('halve stops between rows when it is aborted', () => {
    const picture = pooled(noise({ width: 8, height: 200, channels: 3, depth: 8 }));
    const raster = pooled(createRaster({ ...picture, width: 4, height: 100 }));
    let asked = 0;
    const signal = {
      get aborted() {
        return ++asked > 1;
      },
    };
    const run = (): void =>
      halve({ raster: picture, rectangle: wholeOf(picture) }, { raster, rectangle: wholeOf(raster) }, signal);
    expect(run).toThrow(Cancelled);
  });

  it('countLevels counts the same, also of a part and with alpha', () => {
    for (const depth of DEPTHS) {
      for (const channels of LAYOUTS) {
        const picture = noise({ width: 91, height: 77, channels, depth }, channels);
        const part: Rectangle = { x: 3, y: 2, width: 86, height: 70 };
        for (const counted of [undefined, channels]) {
          expectFast([depth === 8 ? 'count8' : 'count16'], () => {
            expect(countLevels(pooled(picture), part, counted)).toEqual(histogramOf(picture, part, counted));
          });
        }
      }
    }
  });
});

it('without fast kernels they do what their twins do', () => {
  const picture = noise({ width: 90, height: 70, channels: 4, depth: 8 });
  const bare = createRaster({ ...picture, channels: 3 });
  dropAlphaOf(picture, bare, neverAborted);
  const expected = createRaster(bare);
  dropAlpha(picture, expected);
  expectSameLevels(bare, expected);
  expect(countLevels(picture, wholeOf(picture))).toEqual(histogramOf(picture, wholeOf(picture)));
});
