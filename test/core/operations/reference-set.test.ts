/**
 * The numeric reference sets: small pictures with the results that numpy, scipy, scikit-image, OpenCV and Pillow give for them.
 * `reference` came with the definitions, `generated` is what test/oracle/generate.py makes. Every 8- and 16-bit case of a
 * registered operation is a test; its tolerance, with the reason, is in the manifest.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { operationById, operations } from '../../../core/operations/index';
import { checkValues } from '../../../core/operation/check';
import { byStep, type StepValues } from '../../../core/derive/reported-values';
import { runOperation, type OperationRun } from '../../../core/operation/run';
import { sameShape, type Raster } from '../../../core/raster/raster';
import { readPng } from '../../support/png';

const oracle = fileURLToPath(new URL('../../oracle/', import.meta.url));

const picture = v.object({
  file: v.string(),
  bitDepth: v.union([v.literal(8), v.literal(16), v.literal('f32')]),
});

const manifest = v.object({
  cases: v.array(
    v.object({
      name: v.string(),
      id: v.string(),
      params: v.record(v.string(), v.unknown()),
      input: picture,
      source: v.optional(picture),
      output: v.optional(picture),
      values: v.optional(v.record(v.string(), v.unknown())),
      tolerance: v.object({ maxAbs: v.number(), maxFraction: v.number() }),
    }),
  ),
});

const cases = ['reference', 'generated']
  .flatMap((set) => {
    const folder = `${oracle}${set}/`;
    const { cases: own } = v.parse(manifest, JSON.parse(readFileSync(`${folder}manifest.json`, 'utf8')));
    return own.map((each) => ({ ...each, folder }));
  })
  .filter(
    ({ id, input, output }) =>
      operationById.has(id) && input.bitDepth !== 'f32' && output?.bitDepth !== 'f32',
  );

describe('the reference sets', () => {
  it('has cases for every registered operation', () => {
    const covered = new Set(cases.map(({ id }) => id));
    expect(operations.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it.each(cases)('$name', async ({ folder, id, params, input, source, output, values, tolerance }) => {
    const operation = operationById.get(id);
    if (operation === undefined) throw new Error(`${id} is not registered`);
    const raster = await readPng(folder + input.file);
    const second = source && (await readPng(folder + source.file));
    // The recipe's path of the second picture is not part of a case.
    const given = source ? { ...params, source: source.file } : params;
    const checked = checkValues(operation, given, raster);
    if (!checked.ok) throw new Error(checked.fault.message);
    const run = runOperation(operation, checked.value, raster, second);
    const result = run.raster;
    const reported: Readonly<Record<string, unknown>> = reportedOf(run);

    if (output === undefined) {
      // Cases of numbers alone: the picture is what it was.
      expect(difference(result, raster)).toEqual({ largest: 0, count: 0 });
    } else {
      const { largest, count } = difference(result, await readPng(folder + output.file));
      expect(largest).toBeLessThanOrEqual(tolerance.maxAbs);
      // One sample more is allowed where any is, because the pictures are small.
      const allowed = tolerance.maxFraction * result.data.length + (tolerance.maxAbs > 0 ? 1 : 0);
      expect(count).toBeLessThanOrEqual(allowed);
    }
    for (const [name, wanted] of Object.entries(values ?? {})) {
      // The best inertia that random starts have ever found is no number of ours; 5 % above it is good enough.
      if (name === 'bestInertia') expect(reported['inertia']).toBeLessThanOrEqual(1.05 * Number(wanted));
      else expectNear(reported[name], wanted);
    }
  });
});

/** What `--json` says: of a chain the numbers of its steps. */
function reportedOf({ reported, steps }: OperationRun): StepValues {
  if (steps === undefined) return reported;
  const applications = steps.map(({ operation, values }) => ({ id: operation.id, params: values }));
  return byStep(applications, (_, index) => reportedOf(steps[index]));
}

function difference(got: Raster, wanted: Raster): { readonly largest: number; readonly count: number } {
  if (!sameShape(got, wanted)) {
    const text = ({ width, height, channels, depth }: Raster) =>
      `${width} × ${height} × ${channels}, ${depth} bit`;
    throw new Error(`expected ${text(wanted)} but got ${text(got)}`);
  }
  let largest = 0;
  let count = 0;
  for (let at = 0; at < got.data.length; at++) {
    const distance = Math.abs(got.data[at] - wanted.data[at]);
    if (distance > largest) largest = distance;
    if (distance > 0) count++;
  }
  return { largest, count };
}

/** Reported numbers agree to six digits; lists have the same length. */
function expectNear(got: unknown, wanted: unknown): void {
  if (Array.isArray(wanted)) {
    expect(got).toHaveLength(wanted.length);
    wanted.forEach((entry, index) => expectNear(Array.isArray(got) ? got[index] : undefined, entry));
    return;
  }
  if (typeof wanted === 'object' && wanted !== null && typeof got === 'object' && got !== null) {
    for (const [name, entry] of Object.entries(wanted)) expectNear(Reflect.get(got, name), entry);
    return;
  }
  if (typeof wanted !== 'number' || typeof got !== 'number') {
    expect(got).toEqual(wanted);
    return;
  }
  expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(wanted)));
}
