import { expect, it } from 'vitest';
import type { Parameter } from '../../../core/operation/parameter';
import { typedValue } from '../../../core/operation/typed-value';

const number: Parameter = { kind: 'number', min: 0, max: 9, step: 1, default: 1, help: '-' };
const choice: Parameter = { kind: 'choice', choices: ['1', 'a'], default: 'a', help: '-' };
const boolean: Parameter = { kind: 'boolean', default: true, help: '-' };
const planes: Parameter = { kind: 'planes', suggested: [], help: '-' };
const kernel: Parameter = { kind: 'kernel', names: ['box3'], largest: 9, suggested: 'box3', help: '-' };
const divisor: Parameter = { kind: 'divisor', default: null, help: '-' };
const source: Parameter = { kind: 'source', help: '-' };

it.each<[Parameter, string, unknown]>([
  [number, '2.5', 2.5],
  [number, '-3', -3],
  [number, '+.5e1', 5],
  [number, '', ''],
  [number, '0x10', '0x10'],
  [number, '2,5', '2,5'],
  [number, 'NaN', 'NaN'],
  [choice, '1', '1'],
  [boolean, 'true', true],
  [boolean, 'false', false],
  [boolean, 'yes', 'yes'],
  [planes, '[0,7]', [0, 7]],
  [planes, '[0,7', '[0,7'],
  [kernel, 'box3', 'box3'],
  [
    kernel,
    '[[0,-1],[1,0]]',
    [
      [0, -1],
      [1, 0],
    ],
  ],
  [divisor, 'auto', 'auto'],
  [divisor, 'null', null],
  [divisor, '16', 16],
  [source, '12', '12'],
])('by the declaration %j the text %j stands for %j', (parameter, text, wanted) => {
  expect(typedValue(parameter, text)).toEqual(wanted);
});
