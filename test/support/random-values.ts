/** Values at random for any operation, made from its declarations alone. */

import fc from 'fast-check';
import type { Application, Operation } from '../../core/operation/operation';
import { registered } from '../../core/operation/registry';
import {
  CONDITION_CHANNELS,
  CONDITION_OPERATORS,
  type Condition,
  type Parameter,
  type ParameterValue,
} from '../../core/operation/parameter';

export function applicationOf(operation: Operation): fc.Arbitrary<Application> {
  const fields = Object.fromEntries(
    Object.entries(operation.parameters).map(([name, parameter]) => [name, valueOf(parameter)]),
  );
  return fc.record(fields).map((params) => ({ id: operation.id, params }));
}

function valueOf(parameter: Parameter): fc.Arbitrary<ParameterValue> {
  switch (parameter.kind) {
    case 'number': {
      // Lengths stay near the size of the small pictures that tests use; windows may still be larger than those. A sigma's
      // window is up to sixteen times as wide.
      const longest = parameter.integer === true ? 70 : 6;
      const max = parameter.unit === 'px' ? Math.min(parameter.max, longest) : parameter.max;
      return parameter.integer === true
        ? fc.integer({ min: parameter.min, max })
        : fc
            .double({ min: parameter.min, minExcluded: parameter.above === true, max, noNaN: true })
            .map((value) => value + 0);
    }
    case 'pictureNumber': {
      const max = Math.min(parameter.max, 70);
      return fc.option(
        parameter.integer === true
          ? fc.integer({ min: parameter.min, max })
          : fc.double({ min: Math.max(parameter.min, -70), max, noNaN: true }).map((value) => value + 0),
      );
    }
    case 'numbers': {
      const { entries, min, max, integer, unit, optional } = parameter;
      const range = unit === 'px' ? { min: Math.max(min, -30), max: Math.min(max, 30) } : { min, max };
      const each: fc.Arbitrary<number> =
        integer === true
          ? fc.integer(range)
          : fc
              .double({ ...range, noNaN: true, minExcluded: parameter.above === true })
              .map((value) => value + 0);
      const list = fc.array(each, { minLength: entries.length, maxLength: entries.length });
      return optional === true ? fc.option(list) : list;
    }
    case 'matrix': {
      const weight = fc.oneof(fc.integer({ min: -2, max: 2 }), fc.double({ min: -3, max: 3, noNaN: true }));
      const row = fc.array(weight, {
        minLength: parameter.columns.length,
        maxLength: parameter.columns.length,
      });
      return fc.array(row, { minLength: parameter.rows.length, maxLength: parameter.rows.length });
    }
    case 'points':
      return fc
        .uniqueArray(fc.nat({ max: 510 }), { minLength: parameter.least, maxLength: 6 })
        .chain((columns) =>
          fc.tuple(...columns.toSorted((a, b) => a - b).map((x) => fc.tuple(fc.constant(x / 2), tone))),
        );
    case 'conditions':
      return fc.array(condition, { minLength: 1, maxLength: Math.min(parameter.most, 3) });
    case 'choices':
      return fc.uniqueArray(fc.constantFrom(...parameter.choices));
    case 'tone': {
      const value = fc.oneof(tone, fc.array(tone, { minLength: 3, maxLength: 3 }));
      return parameter.optional === true ? fc.option(value) : value;
    }
    case 'choice':
      return fc.constantFrom(...parameter.choices);
    case 'boolean':
      return fc.boolean();
    case 'planes':
      return fc.uniqueArray(fc.integer({ min: 0, max: 7 }), { maxLength: 8 });
    case 'kernel':
      return fc.oneof(fc.constantFrom(...parameter.names), matrix);
    case 'divisor':
      return fc.oneof(fc.constant(null), fc.constant('auto' as const), fc.integer({ min: 1, max: 60 }));
    case 'source':
      return fc.constant('second');
    case 'steps':
      return fc.array(
        fc.constantFrom(...[...registered.values()].filter(isStepOfChain)).chain(applicationOf),
        { minLength: 1, maxLength: 3 },
      );
  }
}

/** Any but those with a second picture, and chains, which would grow without end. */
function isStepOfChain(operation: Operation): boolean {
  return operation.kind !== 'blend' && operation.kind !== 'composed';
}

const tone = fc
  .oneof(fc.nat({ max: 255 }), fc.double({ min: 0, max: 255, noNaN: true }))
  .map((value) => value + 0);

const condition: fc.Arbitrary<Condition> = fc
  .record({
    channel: fc.option(fc.constantFrom(...CONDITION_CHANNELS)),
    op: fc.constantFrom(...CONDITION_OPERATORS),
    value: tone,
  })
  .map(({ channel, op, value }) => (channel === null ? { op, value } : { channel, op, value }));

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), fc.boolean())
  .chain(([rows, columns, whole]) =>
    fc.array(
      fc.array(whole ? fc.integer({ min: -5, max: 9 }) : fc.double({ min: -3, max: 3, noNaN: true }), {
        minLength: columns,
        maxLength: columns,
      }),
      { minLength: rows, maxLength: rows },
    ),
  );
