/** Values at random for any operation, made from its declarations alone. */

import fc from 'fast-check';
import type { Application, Operation } from '../../core/operation/operation';
import type { Parameter, ParameterValue } from '../../core/operation/parameter';

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
        : fc.double({ min: parameter.min, minExcluded: parameter.above === true, max, noNaN: true }).map((value) => value + 0);
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
  }
}

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
