/**
 * The law of explanations: for every registered operation, any valid values and any limits, the explained level is the level of
 * the plain picture, and what an explanation starts from is the level that the step met.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explainStep, lumaRegion, questionPart } from '../../../core/derive/explain';
import type { ChannelArithmetic, Explanation } from '../../../core/derive/explanation';
import { STEP_CHANNELS, type Document, type Step } from '../../../core/document/document';
import { checkStep } from '../../../core/document/step-check';
import { measure } from '../../../core/operation/measure';
import type { Found } from '../../../core/operation/kept';
import { measurementFor } from '../../../core/operation/point-formula';
import { operations } from '../../../core/operations/index';
import { toColour } from '../../../core/raster/convert';
import { pixelOf } from '../../../core/raster/pixel';
import {
  copyRegion,
  createRaster,
  topOf,
  type Raster,
  type Region,
  type Shape,
} from '../../../core/raster/raster';
import { intersect, isEmpty, wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { store } from '../../../core/raster/rounding';
import { sharedNoise, sourceFor, stepOf } from '../../support/documents';
import { plainMask } from '../../support/plain-mask';
import { plainPicture } from '../../support/plain-picture';
import { randomKept, randomMask } from '../../support/random-limits';
import { applicationOf } from '../../support/random-values';
import { runs } from '../../support/runs';

function shapesUpTo(size: number): fc.Arbitrary<Shape> {
  return fc.record({
    width: fc.integer({ min: 1, max: size }),
    height: fc.integer({ min: 1, max: size }),
    channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
    depth: fc.constantFrom(8 as const, 16 as const),
  });
}

function cut(raster: Raster, part: Rectangle): Region {
  const region = {
    raster: createRaster({ ...raster, width: part.width, height: part.height }),
    rectangle: part,
  };
  copyRegion({ raster, rectangle: wholeOf(raster) }, region, part);
  return region;
}

/** The result of one step on a picture, the plain way. */
function plainResult(step: Step, input: Raster, second: Raster): Raster {
  const document: Document = {
    id: 'document',
    name: 'first',
    depth: input.depth,
    channels: input.channels,
    frame: null,
    sources: { first: sourceFor('first', input), second: sourceFor('second', second) },
    layers: [
      {
        id: 'layer',
        name: 'Background',
        source: 'first',
        visible: true,
        opacity: 1,
        mode: 'normal',
        stack: [step],
      },
    ],
    canvas: [],
  };
  return plainPicture(document, { first: input, second });
}

/** Explains a pixel of a step's result with nothing but the part of the input that it asks for; null where the step cannot stand. */
function explained(step: Step, input: Raster, second: Raster, x: number, y: number): Explanation | null {
  const checked = checkStep(step, input);
  if (!checked.ok) return null;
  const { operation, values } = checked.value;
  const { channels, opacity } = step;
  const mask = step.mask && plainMask(step.mask, input, { second })[y * input.width + x];
  const asked = { operation, values, channels, opacity, mask, whole: input, x, y, outcome: null };
  let measured: Found | null = step.measured && { kind: 'kept', kept: step.measured };
  if (operation.kind === 'global' && measured === null) {
    const met = channels === 'luma' ? lumaRegion({ raster: input, rectangle: wholeOf(input) }).raster : input;
    const wanted = measurementFor(operation, values, met);
    measured = wanted === null ? null : measure(wanted, met);
  }
  const part = intersect(questionPart(asked), wholeOf(input));
  const pixel = { x, y, width: 1, height: 1 };
  return explainStep({
    ...asked,
    input: cut(input, part),
    measured,
    second: operation.kind === 'blend' ? cut(second, pixel).raster : null,
    outcome: null,
  });
}

/** Of the channels alone: what the account of a window comes to, before the step's limits. */
function expectAccount({ window, lines }: ChannelArithmetic, unrounded: number): void {
  if (window === null) return;
  const { levels, parts, ranked, inside, width } = window;
  if (ranked !== null) {
    const { sorted, counting, chosen, at: place } = ranked;
    expect(sorted).toEqual(counting.map((at) => levels[at]).sort((a, b) => a - b));
    expect(new Set(counting).size).toBe(sorted.length);
    expect(sorted[chosen]).toBe(unrounded);
    expect(levels[place ?? -1]).toBe(unrounded);
    if (window.boundary === null) {
      const { x, y } = inside;
      const isIn = (at: number): boolean => {
        const [column, row] = [at % width, Math.floor(at / width)];
        return column >= x && row >= y && column < x + inside.width && row < y + inside.height;
      };
      expect(counting.filter((at) => !isIn(at))).toEqual([]);
    }
  }
  for (const { weights, products, sum } of parts) {
    expect(products).toEqual(levels.map((level, at) => level * weights[at]));
    expect(sum).toBe(products.reduce((total, product) => total + product, 0));
  }
  if (parts.length > 0) expect(lines.at(-1)?.value).toBe(unrounded);
}

/** A neighbourhood shows the levels that it saw; a weighted one what becomes of each, and their sum. */
function expectWindows({ arithmetic }: Explanation, input: Shape): void {
  for (const { window } of arithmetic) {
    if (window === null) continue;
    const { x, y, width, height, levels, weighted, inside } = window;
    const picture = intersect({ x, y, width, height }, wholeOf(input));
    expect({ ...inside, x: inside.x + x, y: inside.y + y }).toEqual(
      isEmpty(picture) ? { ...picture, x, y } : picture,
    );
    const listed = width * height <= 128 * 128;
    expect(levels).toHaveLength(listed ? width * height : 0);
    if (weighted === null) continue;
    const { weights, products, sum } = weighted;
    expect(weights).toHaveLength(levels.length);
    expect(products).toEqual(levels.map((level, at) => level * weights[at]));
    expect(sum).toBe(products.reduce((total, product) => total + product, 0));
  }
}

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  it('is explained as it is computed, at any pixel', () => {
    const random = fc.record({
      // Rectangles at random seldom lie in a small picture.
      shape: shapesUpTo(operation.kind === 'geometry' ? 90 : 24),
      seed: fc.nat(1000),
      applied: applicationOf(operation).chain((application) =>
        fc.record({
          application: fc.constant(application),
          measured: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, randomKept(operation, application)),
        }),
      ),
      mask: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, randomMask('second')),
      channels: fc.oneof(
        { weight: 2, arbitrary: fc.constant('rgb' as const) },
        { weight: 1, arbitrary: fc.constantFrom(...STEP_CHANNELS) },
      ),
      opacity: fc.oneof(
        { weight: 2, arbitrary: fc.constant(1) },
        fc.double({ min: 0.01, max: 1, noNaN: true }),
      ),
      places: fc.array(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { minLength: 3, maxLength: 3 }),
    });
    let pixels = 0;
    fc.assert(
      fc.property(
        random,
        ({ shape, seed, applied: { application, measured }, mask, channels, opacity, places }) => {
          const input = sharedNoise(shape, seed);
          const second = sharedNoise(shape, seed + 1);
          const limits = { channels, opacity, mask, measured };
          const step = stepOf(application.id, application.params, limits);
          fc.pre(checkStep(step, input).ok);
          const result = plainResult(step, input, second);
          for (const [across, down] of places) {
            const x = across % result.width;
            const y = down % result.height;
            const explanation = explained(step, input, second, x, y);
            expect(explanation).not.toBeNull();
            if (explanation === null) return;
            const { from, stored, unrounded, in: given } = explanation;
            expect(stored).toEqual(pixelOf({ raster: result, rectangle: wholeOf(result) }, x, y));
            // Operations that give colour meet a gray picture in RGB.
            const met = given.length === input.channels ? input : toColour(input);
            expect(given).toEqual(pixelOf({ raster: met, rectangle: wholeOf(met) }, from.x, from.y));
            expect(unrounded.map((value) => store(value, topOf(shape.depth)))).toEqual(stored);
            if (operation.kind === 'area') {
              expectWindows(explanation, input);
              if (channels === 'rgb' && opacity === 1 && mask === null)
                explanation.arithmetic.forEach((own, at) => expectAccount(own, unrounded[at]));
            }
            pixels += 1;
          }
        },
      ),
      { numRuns: runs(16), maxSkipsPerRun: 1000 },
    );
    // Times the number of operations, more than two thousand.
    expect(pixels).toBeGreaterThanOrEqual(48);
  });
});

describe('the arithmetic', () => {
  const input = sharedNoise({ width: 9, height: 8, channels: 3, depth: 8 }, 5);

  it('shows a formula with the numbers of the pixel, ending with the unrounded result', () => {
    const explanation = explained(stepOf('levels', { inBlack: 10, gamma: 1.3 }), input, input, 4, 4);
    for (const [channel, { lines }] of (explanation?.arithmetic ?? []).entries()) {
      expect(lines.map((line) => line.name)).toEqual(['p', null]);
      expect(lines[0].text).toMatch(/^clamp\(\(\d+ − 10\)\/\(255 − 10\), 0, 1\)$/);
      expect(lines[1].value).toBe(explanation?.unrounded[channel]);
    }
    expect(explanation?.arithmetic).toHaveLength(3);
  });

  it('shows the window as the boundary continues it, weights, products and their sum', () => {
    const step = stepOf('convolve', { kernel: [[1, 2, 3]], divisor: 3, offset: 5, boundary: 'replicate' });
    const [red] = explained(step, input, input, 0, 2)?.arithmetic ?? [];
    const at = (x: number) => input.data[(2 * 9 + x) * 3];
    // A convolution lays the kernel turned by 180°.
    const products = [3 * at(0), 2 * at(0), 1 * at(1)];
    expect(red.window).toMatchObject({ x: -1, y: 2, width: 3, height: 1, levels: [at(0), at(0), at(1)] });
    expect(red.window?.weighted).toEqual({
      weights: [3, 2, 1],
      products,
      sum: products[0] + products[1] + products[2],
      divisor: 3,
      offset: 5,
      absolute: false,
    });
  });

  it('sorts the samples of a median and of an erosion, which leaves what lies outside out', () => {
    const [red] =
      explained(stepOf('median', { size: 3, boundary: 'replicate' }), input, input, 0, 0)?.arithmetic ?? [];
    const window = red.window;
    expect(window).toMatchObject({ inside: { x: 1, y: 1, width: 2, height: 2 }, boundary: 'replicate' });
    expect(window?.ranked?.sorted).toHaveLength(9);
    expect(window?.ranked?.chosen).toBe(4);
    const erosion = explained(stepOf('morphology', { operation: 'erode', radius: 1 }), input, input, 0, 0);
    const eroded = erosion?.arithmetic[0].window;
    expect(eroded?.boundary).toBeNull();
    expect(eroded?.ranked?.counting).toEqual([4, 5, 7, 8]);
    expect(eroded?.ranked?.chosen).toBe(0);
  });

  it('shows a gradient as its two weighted sums', () => {
    const [red] = explained(stepOf('gradient', {}), input, input, 4, 4)?.arithmetic ?? [];
    const [gx, gy] = red.window?.parts ?? [];
    expect([gx.name, gy.name]).toEqual(['gx', 'gy']);
    expect(gx.weights).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
    expect(gy.weights).toEqual([-1, -2, -1, 0, 0, 0, 1, 2, 1]);
    expect(red.lines.at(-1)?.value).toBe(Math.sqrt(gx.sum ** 2 + gy.sum ** 2));
  });

  it('names what was measured', () => {
    const explanation = explained(stepOf('logTransform', {}), input, input, 0, 0);
    const largest = Math.max(...input.data);
    expect(explanation?.values).toEqual({
      c: Array<number>(3).fill(255 / Math.log(1 + largest)),
      max: [largest, largest, largest],
    });
  });
});
