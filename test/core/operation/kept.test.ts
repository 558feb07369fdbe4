/**
 * Numbers that are kept instead of measured: keeping what was just measured changes no sample, at either depth; and what is kept
 * means the same on another picture and at another depth.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkValues } from '../../../core/operation/check';
import { keptFrom, keptNumbers, keptProblem } from '../../../core/operation/kept';
import type { Kept, Operation, ReportedValue } from '../../../core/operation/operation';
import type { GivenValues } from '../../../core/operation/parameter';
import { runOperation } from '../../../core/operation/run';
import { operationById, operations } from '../../../core/operations';
import { convertDepth } from '../../../core/raster/convert';
import type { Shape } from '../../../core/raster/raster';
import { sharedNoise } from '../../support/documents';
import { randomKept } from '../../support/random-limits';
import { applicationOf } from '../../support/random-values';

const keeping = operations.filter(
  (operation) =>
    (operation.kind === 'global' || operation.kind === 'whole') && operation.keeping !== undefined,
);

const shape: fc.Arbitrary<Shape> = fc.record({
  width: fc.integer({ min: 1, max: 30 }),
  height: fc.integer({ min: 1, max: 20 }),
  channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  depth: fc.constantFrom(8 as const, 16 as const),
});

/** Of a double: what a division by 257 and a multiplication may together be off by. */
const ONE_BIT = 2 ** -52;

function numbersIn(value: ReportedValue): readonly number[] {
  return typeof value === 'number' ? [value] : value.flat();
}

/** Below this a 257th is a subnormal double, whose spacing is absolute: the relative error of the division has no bound. */
const FULLY_PRECISE = 2 ** -1013;

/** The largest relative difference, smaller numbers measured as if they were the smallest that divide precisely. */
function apart(some: readonly number[], others: readonly number[]): number {
  expect(some.length).toBe(others.length);
  return Math.max(
    ...some.map((each, at) => Math.abs(each - others[at]) / Math.max(Math.abs(others[at]), FULLY_PRECISE)),
  );
}

function named(id: string): Operation {
  const operation = operationById.get(id);
  if (operation === undefined) throw new Error(id);
  return operation;
}

function problemOf(id: string, given: GivenValues, kept: Kept, met: Shape | null = null): string | null {
  const operation = named(id);
  const values = checkValues(operation, given, null);
  if (!values.ok) throw new Error(values.fault.message);
  const problem = keptProblem(operation, values.value, met, kept);
  return problem && `${problem.path}: ${problem.message}; ${problem.remedy}`;
}

it('can be done by every operation that measures numbers to go on from', () => {
  expect(keeping.map(({ id }) => id).toSorted()).toEqual([
    'autoThreshold',
    'kmeansQuantize',
    'logTransform',
    'percentileStretch',
    'whiteBalance',
  ]);
});

describe.each(keeping.map((operation) => [operation.id, operation] as const))('%s', (_, operation) => {
  it('makes the same samples of its picture with the numbers that it reported, and reports them again', () => {
    const random = fc.record({ shape, seed: fc.nat(1000), application: applicationOf(operation) });
    let runs = 0;
    fc.assert(
      fc.property(random, ({ shape: of, seed, application }) => {
        const input = sharedNoise(of, seed);
        // A search that is stopped before it comes to rest assigns by older centres than it reports.
        const params = {
          ...application.params,
          ...('maxIterations' in application.params && { maxIterations: 1000 }),
        };
        const values = checkValues(operation, params, input);
        fc.pre(values.ok);
        if (!values.ok) return;
        const measured = runOperation(operation, values.value, input);
        const kept = keptFrom(operation, values.value, of.depth, measured.reported);
        if (kept === null) return;
        runs += 1;
        expect(keptProblem(operation, values.value, of, kept)).toBeNull();
        const again = runOperation(operation, values.value, input, undefined, kept);
        expect(again.raster).toEqual(measured.raster);
        for (const [name, value] of Object.entries(again.reported)) {
          expect(apart(numbersIn(value), numbersIn(measured.reported[name]))).toBeLessThanOrEqual(ONE_BIT);
        }
      }),
      { numRuns: 100, maxSkipsPerRun: 100 },
    );
    expect(runs).toBeGreaterThan(20);
  });

  it('takes the same numbers at both depths for the same levels', () => {
    const random = fc
      .record({ seed: fc.nat(1000), application: applicationOf(operation) })
      .chain(({ seed, application }) =>
        randomKept(operation, application).map((kept) => ({ seed, application, kept })),
      );
    fc.assert(
      fc.property(random, ({ seed, application, kept }) => {
        const input = sharedNoise({ width: 12, height: 9, channels: 3, depth: 8 }, seed);
        const values = checkValues(operation, application.params, input);
        fc.pre(values.ok && kept !== null);
        if (!values.ok) return;
        const shallow = runOperation(operation, values.value, input, undefined, kept).raster;
        const deep = runOperation(operation, values.value, convertDepth(input, 16), undefined, kept).raster;
        // The deep result lies within half a shallow level of the shallow one, which is as near as that can be.
        const differences = Array.from(deep.data, (level, at) => Math.abs(level / 257 - shallow.data[at]));
        expect(Math.max(...differences)).toBeLessThanOrEqual(0.5 + 1 / 257);
      }),
      { numRuns: 50, maxSkipsPerRun: 100 },
    );
  });
});

describe('levels', () => {
  it('survive the way to the 255 scale and back: whole ones exactly, others but for the last bit', () => {
    const whole = Array.from({ length: 65_536 }, (_, level) => level);
    expect(whole.filter((level) => (level / 257) * 257 !== level)).toEqual([]);
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 65_535, noNaN: true }), (level) => {
        expect(apart([(level / 257) * 257], [level])).toBeLessThanOrEqual(ONE_BIT);
      }),
    );
  });
});

describe('numbers to keep', () => {
  const grey: Shape = { width: 4, height: 4, channels: 1, depth: 8 };

  it('are one where all channels have the same', () => {
    const operation = named('percentileStretch');
    const values = checkValues(operation, {}, null);
    if (!values.ok) throw new Error('bad values');
    const reported = { low: [257, 257, 257], high: [25_700, 51_400, 25_700] };
    expect(keptFrom(operation, values.value, 16, reported)).toEqual({ low: [1], high: [100, 200, 100] });
  });

  it('there are none where nothing is measured', () => {
    const balance = named('whiteBalance');
    const values = checkValues(balance, { method: 'gains', gains: [1, 2, 3] }, null);
    if (!values.ok) throw new Error('bad values');
    expect(keptNumbers(balance, values.value)).toBeNull();
    expect(keptFrom(balance, values.value, 8, { gains: [1, 2, 3] })).toBeNull();
    expect(keptNumbers(named('statistics'), {})).toBeNull();
    expect(keptNumbers(named('gamma'), { gamma: 1 })).toBeNull();
  });

  it.each([
    ['an unknown one', { low: [1], hi: [2] }, 'hi: unknown number; percentileStretch keeps low, high'],
    [
      'a missing one',
      { low: [1] },
      'high: missing: expected a list of 1 or 3 numbers from 0 to 255, for gray or for red, green and blue; ',
    ],
    [
      'one out of range',
      { low: [1, 256, 2], high: [2] },
      'low[1]: expected a number from 0 to 255 but received 256; ',
    ],
    [
      'two of three channels',
      { low: [1, 2], high: [3] },
      'low: expected a list of 1 or 3 numbers from 0 to 255, for gray or for red, green and blue but received [1,2]; ',
    ],
    [
      'a single number',
      { low: 1, high: [3] },
      'low: expected a list of 1 or 3 numbers from 0 to 255, for gray or for red, green and blue but received 1; ',
    ],
  ] as const)('are refused: %s', (_, kept, said) => {
    expect(problemOf('percentileStretch', {}, kept)).toBe(said);
  });

  it('of a picture in colour are refused on a gray one, unless nothing is measured there', () => {
    const kept = { low: [1, 2, 3], high: [200] };
    expect(problemOf('percentileStretch', {}, kept)).toBeNull();
    expect(problemOf('percentileStretch', {}, kept, { ...grey, channels: 3 })).toBeNull();
    expect(problemOf('percentileStretch', {}, kept, grey)).toBe(
      'low: these are numbers of a picture in colour, and the picture here is gray; measure this picture anew',
    );
    expect(problemOf('whiteBalance', { method: 'grayWorld' }, { gains: [1, 2, 3] }, grey)).toBeNull();
    expect(problemOf('logTransform', { source: 'range' }, { max: [1] })).toBe(
      ': logTransform measures no numbers here that can be kept; leave them out',
    );
  });

  it('may be colours, each with a number a channel', () => {
    expect(problemOf('kmeansQuantize', { colors: 2 }, { centers: [[1, 2, 3], [4]] })).toBeNull();
    expect(
      problemOf(
        'kmeansQuantize',
        { colors: 2 },
        {
          centers: [
            [1, 2, 3],
            [4, 5],
          ],
        },
      ),
    ).toMatch(/^centers\[1\]: /);
    expect(problemOf('kmeansQuantize', { colors: 2 }, { centers: [] })).toMatch(
      /^centers: expected a list of 1 to/,
    );
  });
});
