import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ACCUMULATED } from '../../../core/colour/accumulator';
import { BLEND_MODES } from '../../../core/colour/blend-mode';
import { composeFast } from '../../../core/colour/fast-composition';
import { composePlainly, type ComposedLayer } from '../../../core/colour/compose';
import { channelsFor, createRaster, topOf, type Depth, type Shape } from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, kernels, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, expectSameLevels, noise } from '../../support/rasters';

withFastKernels();

/** Inside a row part, and across the border of two. */
const width = fc.oneof(
  fc.integer({ min: 1, max: 20 }),
  fc.constant(ACCUMULATED),
  fc.constant(2 * ACCUMULATED + 3),
);

const canvas = fc.record({
  width,
  height: fc.integer({ min: 1, max: 3 }),
  colours: fc.constantFrom(1 as const, 3 as const),
  alpha: fc.boolean(),
  depth: fc.constantFrom(...DEPTHS),
});

const layer = fc.record({
  alpha: fc.boolean(),
  covers: fc.boolean(),
  x: fc.integer({ min: -9, max: 9 }),
  y: fc.integer({ min: -1, max: 1 }),
  mode: fc.constantFrom(...BLEND_MODES),
  opacity: fc.oneof(fc.constantFrom(1, 0.5, 1e-9), fc.double({ min: 2 ** -30, max: 1, noNaN: true })),
  seed: fc.nat(),
  inPool: fc.boolean(),
});

type Layer = typeof layer extends fc.Arbitrary<infer T> ? T : never;

function composed(shape: Shape, colours: 1 | 3, made: Layer): ComposedLayer {
  const { alpha, covers, x, y, mode, opacity, seed, inPool } = made;
  const size = covers ? shape : { width: shape.width + 1 - (seed % 3), height: shape.height };
  const wanted = { ...shape, ...size, width: Math.max(1, size.width), channels: channelsFor(colours, alpha) };
  const drawn = noise(wanted, seed);
  const raster = inPool ? pooled(drawn) : drawn;
  const place = covers ? { x: 0, y: 0 } : { x, y };
  return { region: { raster, rectangle: wholeOf(raster) }, whole: raster, mode, opacity, ...place };
}

it('composes random layers of every mode, depth and layout to the bytes of the plain accumulator', () => {
  const depths = new Set<Depth>();
  expectFast(
    ['composeFirst8', 'composeNext8', 'storeComposed8', 'composeFirst16', 'composeNext16', 'storeComposed16'],
    () => {
      fc.assert(
        fc.property(
          canvas,
          fc.array(layer, { maxLength: 5 }),
          fc.boolean(),
          ({ colours, alpha, ...size }, made, inPool) => {
            const shape: Shape = { ...size, channels: channelsFor(colours, alpha) };
            const layers = made.map((each) => composed(shape, colours, each));
            const expected = createRaster(shape);
            const rectangle = wholeOf(shape);
            composePlainly(layers, { raster: expected, rectangle }, neverAborted);
            const output = inPool ? pooled(shape) : createRaster(shape);
            // What was there before must not shine through.
            output.data.fill(77);
            expect(composeFast(kernels(), layers, { raster: output, rectangle }, neverAborted)).toBe(true);
            expectSameLevels(output, expected);
            depths.add(shape.depth);
          },
        ),
        { numRuns: 400 },
      );
    },
  );
  expect(depths.size).toBe(2);
});

it.each(BLEND_MODES)(
  'meets every pair of bytes in %s over what is opaque, half there and not there',
  (mode) => {
    const pairs: Shape = { width: 256, height: 256, channels: 2, depth: 8 };
    const below = pooled(pairs);
    const above = pooled(pairs);
    for (const alphas of [
      [255, 255],
      [128, 255],
      [255, 77],
      [3, 129],
      [0, 254],
      [255, 0],
    ]) {
      for (let i = 0; i < 65_536; i++) {
        below.data.set([i & 255, alphas[0]], 2 * i);
        above.data.set([i >> 8, alphas[1]], 2 * i);
      }
      const layers = [below, above].map((raster, at): ComposedLayer => {
        const rectangle = wholeOf(raster);
        return {
          region: { raster, rectangle },
          whole: raster,
          x: 0,
          y: 0,
          opacity: 1,
          mode: at ? mode : 'normal',
        };
      });
      const rectangle = wholeOf(pairs);
      const expected = createRaster(pairs);
      composePlainly(layers, { raster: expected, rectangle }, neverAborted);
      const output = createRaster(pairs);
      composeFast(kernels(), layers, { raster: output, rectangle }, neverAborted);
      expectSameLevels(output, expected);
    }
  },
);

it.each(DEPTHS)('keeps every level of a single layer at %s bit', (depth) => {
  const shape: Shape = { width: topOf(depth) + 1, height: 1, channels: 1, depth };
  const raster = createRaster(shape);
  for (let level = 0; level < raster.data.length; level++) raster.data[level] = level;
  const rectangle = wholeOf(shape);
  const output = createRaster(shape);
  const alone: ComposedLayer = {
    region: { raster, rectangle },
    whole: shape,
    x: 0,
    y: 0,
    opacity: 1,
    mode: 'normal',
  };
  composeFast(kernels(), [alone], { raster: output, rectangle }, neverAborted);
  expectSameLevels(output, raster);
});

it('leaves layers of another depth or with other colours to the plain accumulator', () => {
  const shape: Shape = { width: 4, height: 4, channels: 3, depth: 8 };
  const output = { raster: createRaster(shape), rectangle: wholeOf(shape) };
  for (const other of [{ ...shape, depth: 16 } as const, { ...shape, channels: 1 } as const]) {
    const raster = noise(other);
    const rectangle = wholeOf(raster);
    const stranger: ComposedLayer = {
      region: { raster, rectangle },
      whole: raster,
      x: 0,
      y: 0,
      opacity: 1,
      mode: 'normal',
    };
    expect(composeFast(kernels(), [stranger], output, neverAborted)).toBe(false);
  }
});

it('stops when it is aborted', () => {
  const shape: Shape = { width: 4, height: 4, channels: 3, depth: 8 };
  const output = { raster: createRaster(shape), rectangle: wholeOf(shape) };
  expect(() => composeFast(kernels(), [], output, { aborted: true })).toThrow(Cancelled);
});
