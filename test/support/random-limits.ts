/** Masks and kept numbers at random. */

import fc from 'fast-check';
import { MASK_MODES, type Mask, type MaskPart } from '../../core/document/mask';
import { checkValues } from '../../core/operation/check';
import { keptNumbers } from '../../core/operation/kept';
import type { Application, Kept, KeptNumber, Operation, ReportedValue } from '../../core/operation/operation';

const mode = fc.constantFrom(...MASK_MODES);
const feather = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 40, noNaN: true }));

/** Half of them whole, as people draw them. */
function coordinate(min: number, max: number): fc.Arbitrary<number> {
  const fraction = fc.double({ min, max, noNaN: true }).map((value) => value + 0);
  return fc.oneof(fc.integer({ min: Math.ceil(min), max }), fraction);
}

const box: fc.Arbitrary<MaskPart> = fc.record({
  shape: fc.constantFrom('rectangle' as const, 'ellipse' as const),
  mode,
  x: coordinate(-15, 50),
  y: coordinate(-15, 40),
  width: coordinate(0.01, 60),
  height: coordinate(0.01, 50),
  feather,
});

const polygon: fc.Arbitrary<MaskPart> = fc.record({
  shape: fc.constant('polygon' as const),
  mode,
  points: fc.array(fc.tuple(coordinate(-15, 70), coordinate(-15, 60)), { minLength: 3, maxLength: 8 }),
  feather,
});

/** Of a size that suits the small pictures of tests; `sources` are such as could be its pictures. */
export function randomMask(...sources: readonly string[]): fc.Arbitrary<Mask> {
  const picture: fc.Arbitrary<MaskPart>[] =
    sources.length === 0
      ? []
      : [fc.record({ shape: fc.constant('picture' as const), mode, source: fc.constantFrom(...sources) })];
  return fc.record({
    parts: fc.array(fc.oneof(box, polygon, ...picture), { minLength: 1, maxLength: 4 }),
    inverted: fc.boolean(),
  });
}

/** Numbers that the operation could keep with these values; null where it keeps none. */
export function randomKept(operation: Operation, { params }: Application): fc.Arbitrary<Kept | null> {
  const values = checkValues(operation, params, null);
  const declared = values.ok ? keptNumbers(operation, values.value) : null;
  if (declared === null) return fc.constant(null);
  return fc.record(
    Object.fromEntries(Object.entries(declared).map(([name, number]) => [name, keptValue(number)])),
  );
}

function keptValue({ form, min, max }: KeptNumber): fc.Arbitrary<ReportedValue> {
  const number = fc.double({ min, max: Math.min(max, 255), noNaN: true }).map((value) => value + 0);
  const channels = fc.oneof(fc.tuple(number), fc.tuple(number, number, number));
  if (form === 'one') return number;
  return form === 'channels' ? channels : fc.array(channels, { minLength: 1, maxLength: 6 });
}
