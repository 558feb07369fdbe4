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
    case 'pictureNumber':
      return [parameter.min - 1, parameter.max + 1, Number.NaN, Infinity, 'automatic', true, [parameter.min]];
    case 'numbers': {
      const { entries, min, max, above, integer, optional } = parameter;
      const all = (number: number): readonly number[] => new Array<number>(entries.length).fill(number);
      return [
        [],
        [...all(max), max],
        all(min - 1),
        all(max + 1),
        all(Number.NaN),
        ...(above === true ? [all(min)] : []),
        ...(integer === true ? [all(min + 0.5)] : []),
        entries.map(String),
        max,
        '1',
        ...(optional === true ? [] : [null]),
      ];
    }
    case 'matrix':
      return [
        [],
        [[]],
        [[1]],
        parameter.default.flat(),
        parameter.default.map((row) => row.map(String)),
        1,
        null,
      ];
    case 'points':
      return [
        [],
        [[0, 0]],
        [
          [0, 0],
          [0, 1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        [
          [0, 0],
          [256, 1],
        ],
        [[0], [1]],
        [0, 1],
        'line',
        null,
      ];
    case 'conditions':
      return [
        [],
        {},
        [{}],
        [{ op: '<' }],
        [{ op: '=', value: 1 }],
        [{ op: '<', value: 256 }],
        [{ op: '<', value: '1' }],
        [{ channel: 'a', op: '<', value: 1 }],
        [{ op: '<', value: 1, also: 2 }],
        [null],
        null,
      ];
    case 'choices':
      return [
        'no such choice',
        ['no such choice'],
        [0],
        [parameter.choices[0], parameter.choices[0]],
        0,
        null,
      ];
    case 'tone':
      return [
        -1,
        256,
        Number.NaN,
        [],
        [1, 2],
        [1, 2, 256],
        ['1', '2', '3'],
        'white',
        ...(parameter.optional ? [] : [null]),
      ];
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
    case 'steps':
      return [
        [],
        {},
        'negative',
        ['negative'],
        [{}],
        [{ id: 3 }],
        [{ id: 'negative', params: [] }],
        Array.from({ length: parameter.most + 1 }, () => ({ id: 'negative' })),
        null,
      ];
  }
}
