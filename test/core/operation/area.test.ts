import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyArea, neededRegion, referenceArea, windowRegion } from '../../../core/operation/area';
import { checkValues } from '../../../core/operation/check';
import type { AnyValues, AreaOperation } from '../../../core/operation/operation';
import type { GivenValues } from '../../../core/operation/parameter';
import { boxBlur } from '../../../core/operations/box-blur';
import { convolve } from '../../../core/operations/convolve';
import { BOUNDARIES } from '../../../core/raster/boundary';
import { copyRegion, createRaster, hasAlpha, type Raster, type Region } from '../../../core/raster/raster';
import { intersect, wholeOf, type Rectangle } from '../../../core/raster/rectangle';
import { neverAborted } from '../../../core/raster/signal';
import { DEPTHS, LAYOUTS, noise } from '../../support/rasters';

function valuesOf(operation: AreaOperation, given: GivenValues): AnyValues {
  const checked = checkValues(operation, given, null);
  if (!checked.ok) throw new Error(checked.fault.message);
  return checked.value;
}

/** Nothing but a part, so that reading beside it shows. */
function cut(picture: Raster, part: Rectangle): Region {
  const region = {
    raster: createRaster({ ...picture, width: part.width, height: part.height }),
    rectangle: part,
  };
  copyRegion({ raster: picture, rectangle: wholeOf(picture) }, region, part);
  return region;
}

function resultOf(operation: AreaOperation, values: AnyValues, input: Raster): Raster | null {
  const shape = operation.shape?.(values, input) ?? { ok: true as const, value: input };
  return shape.ok ? createRaster(shape.value) : null;
}

/** One part of the result, from the part of the input that it needs. */
function part(operation: AreaOperation, values: AnyValues, input: Raster, rectangle: Rectangle): Region {
  const raster = createRaster({ ...input, width: rectangle.width, height: rectangle.height });
  const source = cut(input, neededRegion(operation, values, input, rectangle));
  applyArea(operation, values, source, input, { raster, rectangle }, neverAborted);
  return { raster, rectangle };
}

const picture = fc
  .record({
    width: fc.integer({ min: 1, max: 12 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(...LAYOUTS),
    depth: fc.constantFrom(...DEPTHS),
    seed: fc.nat(),
  })
  .map(({ seed, ...shape }) => noise(shape, seed));

const edges = {
  boundary: fc.constantFrom(...BOUNDARIES),
  constant: fc.constantFrom(0, 255, 77, 0.5, 12.1),
};

/** Windows up to many times larger than the pictures. */
const blurs = fc.record({ size: fc.integer({ min: 1, max: 40 }), ...edges });

const kernels = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
  .chain(([rows, columns]) => {
    const row = fc.array(fc.integer({ min: -3, max: 5 }), { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });

const convolutions = fc.record({
  kernel: kernels,
  operation: fc.constantFrom('convolution', 'correlation'),
  divisor: fc.constantFrom(null, 'auto', 9),
  offset: fc.constantFrom(0, 128),
  response: fc.constantFrom('clamp', 'absolute'),
  mode: fc.constantFrom('same', 'valid'),
  stride: fc.integer({ min: 1, max: 5 }),
  ...edges,
});

describe('windowRegion', () => {
  it('covers the windows of an output, and leaves the picture at its edges', () => {
    const nine = valuesOf(boxBlur, { size: 9 });
    expect(windowRegion(boxBlur, nine, { x: 0, y: 10, width: 5, height: 1 })).toEqual({
      x: -4,
      y: 6,
      width: 13,
      height: 9,
    });
  });

  it('reaches one further up and left for an even window', () => {
    const thirty = valuesOf(boxBlur, { size: 30 });
    expect(windowRegion(boxBlur, thirty, { x: 100, y: 200, width: 1, height: 1 })).toEqual({
      x: 85,
      y: 185,
      width: 30,
      height: 30,
    });
  });

  it('strides, and starts inside for valid windows', () => {
    const values = valuesOf(convolve, { kernel: 'gaussian5', stride: 3, mode: 'valid' });
    expect(windowRegion(convolve, values, { x: 2, y: 0, width: 4, height: 1 })).toEqual({
      x: 6,
      y: 0,
      width: 14,
      height: 5,
    });
  });
});

describe('neededRegion', () => {
  const whole = { width: 100, height: 50, channels: 3, depth: 8 } as const;
  const corner = { x: 0, y: 0, width: 10, height: 10 };

  it.each([
    ['symmetric', { x: 0, y: 0, width: 14, height: 14 }],
    ['reflect', { x: 0, y: 0, width: 14, height: 14 }],
    ['replicate', { x: 0, y: 0, width: 14, height: 14 }],
    ['constant', { x: 0, y: 0, width: 14, height: 14 }],
    ['wrap', { x: 0, y: 0, width: 100, height: 50 }],
  ] as const)('stays inside the picture with the rule %s', (boundary, expected) => {
    expect(neededRegion(boxBlur, valuesOf(boxBlur, { size: 9, boundary }), whole, corner)).toEqual(expected);
  });

  it('is the whole picture for a window that covers it', () => {
    const values = valuesOf(boxBlur, { size: 999 });
    expect(neededRegion(boxBlur, values, whole, corner)).toEqual(wholeOf(whole));
  });
});

const tested: readonly (readonly [string, AreaOperation, fc.Arbitrary<GivenValues>])[] = [
  ['boxBlur', boxBlur, blurs],
  ['convolve', convolve, convolutions],
];

describe.each(tested)('%s', (_, operation, applications) => {
  it('gives the samples of the reference, any part of it alone', () => {
    const where = fc.record({
      x: fc.nat({ max: 12 }),
      y: fc.nat({ max: 9 }),
      width: fc.integer({ min: 1, max: 12 }),
      height: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(applications, picture, where, (given, input, wanted) => {
        const values = valuesOf(operation, given);
        const result = resultOf(operation, values, input);
        fc.pre(result !== null);
        if (result === null) return;
        const reference = referenceArea(operation, values, input);
        expect(part(operation, values, input, wholeOf(result)).raster).toEqual(reference);
        const rectangle = intersect(wanted, wholeOf(result));
        if (rectangle.width === 0) return;
        expect(part(operation, values, input, rectangle)).toEqual(cut(reference, rectangle));
      }),
      { numRuns: 150 },
    );
  });

  it('does not look at alpha and picks it from the window’s anchor', () => {
    fc.assert(
      fc.property(applications, picture, (given, input) => {
        fc.pre(hasAlpha(input));
        const values = valuesOf(operation, given);
        const result = resultOf(operation, values, input);
        fc.pre(result !== null);
        if (result === null) return;
        const { raster } = part(operation, values, input, wholeOf(result));
        const { stride, offsetX, offsetY } = operation.window(values);
        const { channels } = input;
        for (let pixel = 0; pixel < raster.width * raster.height; pixel++) {
          const x = (pixel % raster.width) * stride + offsetX;
          const y = Math.floor(pixel / raster.width) * stride + offsetY;
          const alpha = input.data[(y * input.width + x + 1) * channels - 1];
          expect(raster.data[(pixel + 1) * channels - 1]).toBe(alpha);
        }
      }),
    );
  });
});
