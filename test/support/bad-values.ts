/** Values that a parameter must refuse, made from its declaration alone. */

import type { Parameter } from '../../core/operation/parameter';

export function badValues(parameter: Parameter): readonly unknown[] {
  switch (parameter.kind) {
    case 'number': {
      const { min, max } = parameter;
      const outside = [min - 1, max + 1, Number.NaN, Infinity, -Infinity];
      return [
        ...outside,
        ...(parameter.integer === true ? [min + 0.5] : []),
        ...(parameter.above === true ? [min] : []),
        String(min),
        true,
        null,
        [min],
        {},
      ];
    }
    case 'choice':
      return ['no such choice', '', 0, null, [parameter.choices[0]]];
    case 'boolean':
      return ['true', 1, 0, null];
    case 'planes':
      return ['7', 7, [-1], [16], [0.5], [1, 1], ['1'], [Number.NaN], null];
    case 'kernel': {
      const tall = Array.from({ length: parameter.largest + 1 }, () => [1]);
      const wide = [new Array<number>(parameter.largest + 1).fill(1)];
      return ['no such kernel', 3, [], [[]], [[1], [1, 2]], [[Infinity]], [['1']], tall, wide, null];
    }
    case 'divisor':
      return [0, Number.NaN, Infinity, 'automatic', true];
    case 'source':
      return ['', 3, null];
  }
}
