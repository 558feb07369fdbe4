/**
 * What holds of every registered operation, whatever it computes. A new operation is covered by being in the list; only what it
 * computes needs tests of its own, and most of those are its examples and its cases of the reference set.
 */

import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkValues } from '../../../core/operation/check';
import { checkDeclaration } from '../../../core/operation/check-declaration';
import { expectationOf } from '../../../core/operation/expectation';
import type { AnyValues, Operation } from '../../../core/operation/operation';
import { defaultOf, initialOf, type GivenValues } from '../../../core/operation/parameter';
import { runOperation } from '../../../core/operation/run';
import { needsColour } from '../../../core/operation/working-shape';
import { operationById, operations } from '../../../core/operations/index';
import { sentence } from '../../../core/raster/fault';
import { toColour } from '../../../core/raster/convert';
import { colourChannelsOf, hasAlpha, topOf, type Raster, type Shape } from '../../../core/raster/raster';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { badValues } from '../../support/bad-values';
import { plainReference } from '../../support/plain-reference';
import { applicationOf } from '../../support/random-values';
import { DEPTHS, LAYOUTS, noise, shapes, shapeText } from '../../support/rasters';
import { partsOf, resultShape, runInParts } from '../../support/run-parts';
import { runs } from '../../support/runs';

/** A line, a column, a dot, and odd sizes, in every layout and depth. */
const smallShapes = shapes([1, 1], [1, 7], [9, 1], [5, 3], [13, 8]);

const files = readdirSync(new URL('../../../core/operations/', import.meta.url));

function kebabCase(id: string): string {
  return id.replace(/[A-Z]+/g, (letters) => `-${letters.toLowerCase()}`);
}

/** What the window starts with; a second picture stands for any. */
function initialValues(operation: Operation): GivenValues {
  return Object.fromEntries(
    Object.entries(operation.parameters).map(([name, parameter]) => [
      name,
      parameter.kind === 'source' ? 'second' : initialOf(parameter),
    ]),
  );
}

/** The same for pictures of a few pixels: a result as large as a photograph would only take time. */
function smallValues(operation: Operation): GivenValues {
  return Object.fromEntries(
    Object.entries(initialValues(operation)).map(([name, value]) => [
      name,
      typeof value === 'number' && value >= 1000 ? value / 100 : value,
    ]),
  );
}

function valuesFor(operation: Operation, given: GivenValues, shape: Shape | null): AnyValues {
  const checked = checkValues(operation, given, shape);
  if (!checked.ok) throw new Error(sentence(checked.fault));
  return checked.value;
}

const alphaOf = ({ data, channels }: Raster): readonly number[] =>
  [...data].filter((_, at) => at % channels === channels - 1);

function expectSame(got: Raster, wanted: Raster): void {
  expect(shapeText(got)).toBe(shapeText(wanted));
  expect([...got.data]).toEqual([...wanted.data]);
}

/** Fast = plain, parts = whole, the input as it was, alpha as it was. */
function expectLaws(operation: Operation, values: AnyValues, input: Raster): void {
  const second = noise(input, 2);
  const before = input.data.slice();
  const { raster } = runOperation(operation, values, input, second);
  expect([...input.data]).toEqual([...before]);
  expectSame(runInParts(operation, values, input, second, neverAborted), raster);
  const plain = plainReference(operation, values, input);
  if (plain !== null) expectSame(raster, plain);
  const top = topOf(raster.depth);
  expect(raster.data.every((level) => level <= top)).toBe(true);
  const keepsAlpha = !['geometry', 'blend', 'composed'].includes(operation.kind);
  const sameSize = raster.width === input.width && raster.height === input.height;
  if (keepsAlpha && sameSize && hasAlpha(input)) expect(alphaOf(raster)).toEqual(alphaOf(input));
}

it('is listed once, under its id', () => {
  expect(operationById.size).toBe(operations.length);
  expect(files.filter((file) => file !== 'index.ts').sort()).toEqual(
    operations.map(({ id }) => `${kebabCase(id)}.ts`).sort(),
  );
});

describe.each(operations.map((operation) => [operation.id, operation] as const))('%s', (id, operation) => {
  const parameters = Object.entries(operation.parameters);

  it('is exported under its id by the file of its name', async () => {
    const module: unknown = await import(`../../../core/operations/${kebabCase(id)}.ts`);
    expect(module).toHaveProperty(id, operation);
  });

  it('is declared as it must be', () => {
    expect(checkDeclaration(operation)).toBe(operation);
  });

  it('starts with valid values', () => {
    for (const shape of smallShapes) {
      expect(checkValues(operation, initialValues(operation), shape)).toMatchObject({ ok: true });
    }
  });

  it('does what its examples say', () => {
    expect(operation.examples.length).toBeGreaterThan(0);
    for (const { values, input, output, shape } of operation.examples) {
      const is: Shape = shape ?? { width: input.length, height: 1, channels: 1, depth: 8 };
      const raster: Raster = {
        ...is,
        data: is.depth === 8 ? Uint8Array.from(input) : Uint16Array.from(input),
      };
      const result = runOperation(operation, valuesFor(operation, values, is), raster, raster);
      expect([...result.raster.data]).toEqual(output);
    }
  });

  it('keeps its laws in every layout, depth and small size', () => {
    let met = 0;
    for (const shape of smallShapes) {
      const values = valuesFor(operation, smallValues(operation), shape);
      if (resultShape(operation, values, shape) === null) continue;
      expectLaws(operation, values, noise(shape));
      met++;
    }
    expect(met).toBeGreaterThan(0);
  });

  it('keeps its laws for random values and pictures', () => {
    const shape = fc.record({
      width: fc.integer({ min: 1, max: 12 }),
      height: fc.integer({ min: 1, max: 9 }),
      channels: fc.constantFrom(...LAYOUTS),
      depth: fc.constantFrom(...DEPTHS),
    });
    fc.assert(
      fc.property(applicationOf(operation), shape, fc.nat(), ({ params }, size, seed) => {
        const checked = checkValues(operation, params, size);
        // Rules between parameters, and results without a pixel, are not what this is about.
        fc.pre(checked.ok && resultShape(operation, checked.value, size) !== null);
        if (checked.ok) expectLaws(operation, checked.value, noise(size, seed));
      }),
      { numRuns: runs(10), maxSkipsPerRun: 500 },
    );
  });

  it('changes nothing with its neutral values', () => {
    if (operation.identity === undefined) return;
    for (const shape of smallShapes) {
      const values = valuesFor(operation, { ...initialValues(operation), ...operation.identity }, shape);
      const input = noise(shape);
      const same = needsColour(operation) ? toColour(input) : input;
      expectSame(runOperation(operation, values, input, noise(shape, 2)).raster, same);
    }
  });

  it('reports a number, or one a colour channel', () => {
    for (const shape of smallShapes) {
      const values = valuesFor(operation, smallValues(operation), shape);
      if (resultShape(operation, values, shape) === null) continue;
      const { reported } = runOperation(operation, values, noise(shape), noise(shape, 2));
      for (const numbers of Object.values(reported)) {
        const lengths = [colourChannelsOf(shape), shape.channels];
        const counted = operation.kind !== 'whole' && typeof numbers !== 'number';
        if (counted) expect(lengths).toContain(numbers.length);
        expect([numbers].flat(2).every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('stops when it is aborted', () => {
    const shape: Shape = { width: 8, height: 8, channels: 3, depth: 8 };
    const values = valuesFor(operation, smallValues(operation), shape);
    if (resultShape(operation, values, shape) === null) return;
    const aborted = { aborted: true };
    expect(() => runInParts(operation, values, noise(shape), noise(shape, 2), aborted)).toThrow(Cancelled);
    expect(partsOf(shape)).toHaveLength(4);
  });

  it('refuses bad values with a sentence that names the parameter and what it takes', () => {
    for (const [name, parameter] of parameters) {
      for (const value of badValues(parameter)) {
        const checked = checkValues(operation, { ...initialValues(operation), [name]: value }, null);
        const message = checked.ok ? `accepted ${JSON.stringify(value)}` : checked.fault.message;
        expect(message).toContain(`expected ${expectationOf(parameter)} for ${name} but received `);
      }
    }
  });

  it('says which parameter is missing', () => {
    for (const [name, parameter] of parameters) {
      if (defaultOf(parameter) !== undefined) continue;
      const checked = checkValues(operation, { ...initialValues(operation), [name]: undefined }, null);
      const message = checked.ok ? 'accepted' : checked.fault.message;
      expect(message).toBe(`missing parameter ${name}: expected ${expectationOf(parameter)}`);
    }
  });

  it('refuses a parameter that it does not have, and names the nearest', () => {
    const [name = ''] = parameters.map(([known]) => known);
    const checked = checkValues(operation, { ...initialValues(operation), [`${name}x`]: 1 }, null);
    const text = checked.ok ? 'accepted' : sentence(checked.fault);
    const remedy = name === '' ? `${id} takes none` : `did you mean "${name}"?`;
    expect(text).toBe(`unknown parameter "${name}x"; ${remedy}`);
  });
});
