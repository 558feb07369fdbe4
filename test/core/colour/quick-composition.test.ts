import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BLEND_MODES, type BlendMode } from '../../../core/colour/blend-mode';
import { composePlainly, type ComposedLayer } from '../../../core/colour/compose';
import { composeFast } from '../../../core/colour/fast-composition';
import { quickMargin } from '../../../core/colour/quick-bound';
import { QUICKLY } from '../../../core/colour/quick-composition';
import { createRaster, hasAlpha, topOf, type Raster, type Shape } from '../../../core/raster/raster';
import { wholeOf } from '../../../core/raster/rectangle';
import { neverAborted } from '../../../core/raster/signal';
import { kernels, pooled, withFastKernels } from '../../support/fast-kernels';
import { composePixel, nothing, type Paint } from '../../support/plain-composition';
import { expectSameLevels, noise } from '../../support/rasters';

withFastKernels();

const single = (mode: BlendMode): boolean =>
  quickMargin([
    { mode: 'normal', opacity: 1, covers: false },
    { mode, opacity: 1, covers: false },
  ]) !== null;
const MODES = BLEND_MODES.filter(single);

function placed(raster: Raster, mode: BlendMode, opacity: number): ComposedLayer {
  return { region: { raster, rectangle: wholeOf(raster) }, whole: raster, x: 0, y: 0, mode, opacity };
}

/** By the fast kernels; says how many calls of the quick one there were, and how many pixels these made in doubles. */
function composed(layers: readonly ComposedLayer[], output: Raster): { calls: number; again: number } {
  let calls = 0;
  let again = 0;
  const fast = kernels();
  const watched: typeof fast = {
    ...fast,
    composeLevels: (...given) => {
      calls++;
      const made = fast.composeLevels(...given);
      again += made;
      return made;
    },
  };
  expect(composeFast(watched, layers, { raster: output, rectangle: wholeOf(output) }, neverAborted)).toBe(
    true,
  );
  return { calls, again };
}

function plainly(layers: readonly ComposedLayer[], shape: Shape): Raster {
  const expected = createRaster(shape);
  composePlainly(layers, { raster: expected, rectangle: wholeOf(shape) }, neverAborted);
  return expected;
}

const channels = fc.constantFrom(3 as const, 4 as const);
const layer = fc.record({
  channels,
  mode: fc.constantFrom(...MODES),
  opacity: fc.oneof(fc.constantFrom(1, 0.5, 0.25), fc.double({ min: 2 ** -20, max: 1, noNaN: true })),
  seed: fc.nat(),
});

it('knows the modes that are continuous and no steeper than 2', () => {
  expect(MODES).toEqual([
    'normal',
    'multiply',
    'screen',
    'overlay',
    'darken',
    'lighten',
    'hardLight',
    'difference',
    'exclusion',
  ]);
});

it('composes random layers to the bytes of the plain accumulator', () => {
  let calls = 0;
  let again = 0;
  let pixels = 0;
  fc.assert(
    fc.property(
      fc.record({
        width: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: QUICKLY - 4, max: QUICKLY + 5 })),
        height: fc.integer({ min: 1, max: 3 }),
        channels,
      }),
      fc.array(layer, { minLength: 1, maxLength: 6 }),
      (size, given) => {
        const shape: Shape = { ...size, depth: 8 };
        const layers = given.map(({ channels: own, mode, opacity, seed }) =>
          placed(pooled(noise({ ...shape, channels: own }, seed)), mode, opacity),
        );
        const output = pooled(shape);
        const made = composed(layers, output);
        expectSameLevels(output, plainly(layers, shape));
        calls += made.calls;
        again += made.again;
        pixels += shape.width * shape.height;
      },
    ),
    { numRuns: 500 },
  );
  // Both ways were gone.
  expect(calls).toBeGreaterThan(500);
  expect(again).toBeGreaterThan(0);
  expect(again).toBeLessThan(pixels);
});

it.each(MODES)('meets every pair of bytes in %s over what is opaque, half there and not there', (mode) => {
  const pairs: Shape = { width: 256, height: 256, channels: 4, depth: 8 };
  const below = pooled(pairs);
  const above = pooled(pairs);
  const output = pooled(pairs);
  let calls = 0;
  for (const [under, over] of [
    [255, 255],
    [128, 254],
    [255, 77],
    [3, 129],
    [0, 254],
    [255, 0],
    [0, 0],
  ]) {
    for (let i = 0; i < 65_536; i++) {
      below.data.set([i & 255, 255 - (i & 255), i & 15, under], 4 * i);
      above.data.set([i >> 8, i >> 8, (i >> 4) & 255, over], 4 * i);
    }
    const layers = [placed(below, 'normal', 1), placed(above, mode, 1)];
    calls += composed(layers, output).calls;
    expectSameLevels(output, plainly(layers, pairs));
  }
  expect(calls).toBeGreaterThan(256);
});

it('composes over an opaque picture, keeps a picture alone as it is, and clears the colour of what is transparent', () => {
  const shape: Shape = { width: 100, height: 9, channels: 4, depth: 8 };
  const alone = pooled(noise(shape, 5));
  const output = pooled(shape);
  expect(composed([placed(alone, 'normal', 1)], output).again).toBe(0);
  for (let at = 0; at < alone.data.length; at += 4) {
    const expected = alone.data[at + 3] === 0 ? [0, 0, 0, 0] : [...alone.data.subarray(at, at + 4)];
    expect([...output.data.subarray(at, at + 4)]).toEqual(expected);
  }
  const opaque = pooled(noise({ ...shape, channels: 3 }, 6));
  for (const mode of MODES) {
    const layers = [placed(opaque, 'normal', 1), placed(alone, mode, 0.7), placed(opaque, mode, 0.31)];
    composed(layers, output);
    expectSameLevels(output, plainly(layers, shape));
  }
});

it('does not try the next parts where nearly all had to be made again', () => {
  // Half of each: every second mean is a half, on a rounding edge.
  const shape: Shape = { width: QUICKLY, height: 200, channels: 3, depth: 8 };
  const layers = [
    placed(pooled(noise(shape, 1)), 'normal', 1),
    placed(pooled(noise(shape, 2)), 'normal', 0.5),
  ];
  const output = pooled(shape);
  expect(composed(layers, output).calls).toBeLessThan(10);
  expectSameLevels(output, plainly(layers, shape));
});

/** Straight levels of one pixel by the formula itself, unrounded. */
function unrounded(layers: readonly ComposedLayer[], pixel: number): number[] {
  const paints = layers.map(({ region: { raster }, opacity, mode }): { mode: BlendMode; paint: Paint } => {
    const at = pixel * raster.channels;
    const [r, g, b] = raster.data.subarray(at, at + 3);
    const alpha = hasAlpha(raster) ? raster.data[at + 3] / 255 : 1;
    return { mode, paint: { colour: [r / 255, g / 255, b / 255], alpha: alpha * opacity } };
  });
  const { colour, alpha } = paints.reduce(
    (under, { mode, paint }) => composePixel(mode, under, paint, false),
    nothing,
  );
  return [...colour, alpha].map((value) => value * topOf(8));
}

it('is decided wrongly by single precision only within the margin', () => {
  let wrong = 0;
  fc.assert(
    fc.property(fc.array(layer, { minLength: 2, maxLength: 6 }), (given) => {
      const shape: Shape = { width: 400, height: 1, channels: 4, depth: 8 };
      const layers = given.map(({ channels: own, mode, opacity, seed }) =>
        placed(pooled(noise({ ...shape, channels: own }, seed)), mode, opacity),
      );
      const margin = quickMargin(
        layers.map(({ mode, opacity, region }) => ({
          mode,
          opacity,
          covers: opacity === 1 && !hasAlpha(region.raster),
        })),
      );
      if (margin === null) throw new Error('too many layers for this test');
      const output = pooled(shape);
      const fast = kernels();
      const withoutMargin: typeof fast = {
        ...fast,
        composeLevels: (records, count, pixels, target, of, _, room) =>
          fast.composeLevels(records, count, pixels, target, of, 0, room),
      };
      composeFast(withoutMargin, layers, { raster: output, rectangle: wholeOf(output) }, neverAborted);
      const expected = plainly(layers, shape);
      for (let i = 0; i < output.data.length; i++) {
        if (output.data[i] === expected.data[i]) continue;
        wrong++;
        const value = unrounded(layers, i >> 2)[i & 3] + 0.5;
        expect(Math.abs(value - Math.round(value))).toBeLessThan(margin);
      }
    }),
    { numRuns: 300 },
  );
  expect(wrong).toBeGreaterThan(0);
});
