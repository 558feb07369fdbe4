/**
 * What a parameter accepts: as words (`a number from 0.01 to 10`), which checks, command-line help and the manual share, and
 * as a test of one value.
 */

import {
  CONDITION_CHANNELS,
  CONDITION_OPERATORS,
  type Condition,
  type GivenStep,
  type NumberParameter,
  type NumbersParameter,
  type Parameter,
  type PictureNumberParameter,
  type ToneParameter,
} from './parameter';

/** The highest bit plane of any depth. */
export const HIGHEST_PLANE = 15;

function listed(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} or ${quoted[quoted.length - 1]}`;
}

function numberText(parameter: NumberParameter | PictureNumberParameter | NumbersParameter): string {
  const above = 'above' in parameter && parameter.above === true;
  const word = parameter.integer === true ? 'whole number' : 'number';
  return `a ${word} ${above ? 'above' : 'from'} ${parameter.min} to ${parameter.max}`;
}

function orNull(parameter: NumbersParameter | ToneParameter, text: string): string {
  return parameter.optional === true ? `${text}, or null` : text;
}

/** What a valid value is, to go after "expected". */
export function expectationOf(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'number':
      return numberText(parameter);
    case 'pictureNumber':
      return `${numberText(parameter)}, or null for ${parameter.automatic}`;
    case 'numbers': {
      const { entries } = parameter;
      const each = numberText(parameter).replace(/^a (whole number|number)/, '$1s');
      return orNull(parameter, `a list of ${entries.length} ${each} (${entries.join(', ')})`);
    }
    case 'matrix':
      return `a matrix of ${parameter.rows.length} rows of ${parameter.columns.length} numbers`;
    case 'points':
      return `a list of ${parameter.least} to ${parameter.most} points [x, y] from 0 to 255 with increasing x`;
    case 'conditions':
      return `a list of 1 to ${parameter.most} conditions {"channel": "r", "op": "<", "value": 128} with a channel of ${CONDITION_CHANNELS.join(', ')}, an op of ${CONDITION_OPERATORS.join(' ')} and a value from 0 to 255`;
    case 'choices':
      return `a list of different ones of ${listed(parameter.choices)}`;
    case 'tone':
      return orNull(parameter, 'a number from 0 to 255 or a list of three');
    case 'choice':
      return parameter.choices.length === 1
        ? listed(parameter.choices)
        : `one of ${listed(parameter.choices)}`;
    case 'boolean':
      return 'true or false';
    case 'planes':
      return `a list of distinct whole numbers from 0 to ${HIGHEST_PLANE}`;
    case 'kernel':
      return `the name of a kernel (${parameter.names.join(', ')}) or a rectangular matrix of numbers of at most ${parameter.largest} rows and columns`;
    case 'divisor':
      return 'a number other than 0, "auto", or null for the kernel\'s own';
    case 'source':
      return 'a picture';
    case 'steps':
      return `a list of 1 to ${parameter.most} operations {"id": "gamma", "params": {"gamma": 2.2}}`;
  }
}

/** Whether a value of unknown origin is one of this parameter's. NaN and infinity never are. */
export function accepts(parameter: Parameter, value: unknown): boolean {
  switch (parameter.kind) {
    case 'number':
      return isInRange(parameter, value);
    case 'pictureNumber':
      return value === null || isInRange(parameter, value);
    case 'numbers': {
      if (value === null) return parameter.optional === true;
      const { length } = parameter.entries;
      return (
        isListOf(value, isFiniteNumber) &&
        value.length === length &&
        value.every((each) => isInRange(parameter, each))
      );
    }
    case 'matrix': {
      const [rows, columns] = [parameter.rows.length, parameter.columns.length];
      return isListOf(value, isRow) && value.length === rows && value.every((row) => row.length === columns);
    }
    case 'points':
      return isCurve(value) && value.length >= parameter.least && value.length <= parameter.most;
    case 'conditions':
      return isListOf(value, isCondition) && value.length >= 1 && value.length <= parameter.most;
    case 'choices':
      return (
        isListOf(value, isText) &&
        value.every((each) => parameter.choices.includes(each)) &&
        new Set(value).size === value.length
      );
    case 'tone':
      if (value === null) return parameter.optional === true;
      return isTone(value) || (isListOf(value, isTone) && value.length === 3);
    case 'choice':
      return typeof value === 'string' && parameter.choices.includes(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'planes':
      return isListOf(value, isPlane) && new Set(value).size === value.length;
    case 'kernel':
      return typeof value === 'string' ? parameter.names.includes(value) : isMatrix(value, parameter.largest);
    case 'divisor':
      return value === null || value === 'auto' || (isFiniteNumber(value) && value !== 0);
    case 'source':
      return typeof value === 'string' && value !== '';
    case 'steps':
      return isListOf(value, isGivenStep) && value.length >= 1 && value.length <= parameter.most;
  }
}

function isInRange(
  parameter: NumberParameter | PictureNumberParameter | NumbersParameter,
  value: unknown,
): boolean {
  const above = 'above' in parameter && parameter.above === true;
  return (
    isFiniteNumber(value) &&
    (above ? value > parameter.min : value >= parameter.min) &&
    value <= parameter.max &&
    (parameter.integer !== true || Number.isInteger(value))
  );
}

/** A number on the 255 scale. */
function isTone(value: unknown): value is number {
  return isFiniteNumber(value) && value >= 0 && value <= 255;
}

function isPoint(value: unknown): value is readonly number[] {
  return isListOf(value, isTone) && value.length === 2;
}

function isCurve(value: unknown): value is readonly (readonly number[])[] {
  return isListOf(value, isPoint) && value.every(([x], at) => at === 0 || value[at - 1][0] < x);
}

function isCondition(value: unknown): value is Condition {
  if (typeof value !== 'object' || value === null) return false;
  const {
    channel,
    op,
    value: tone,
    ...others
  } = { channel: undefined, op: undefined, value: undefined, ...value };
  return (
    (channel === undefined || isOneOf(CONDITION_CHANNELS, channel)) &&
    isOneOf(CONDITION_OPERATORS, op) &&
    isTone(tone) &&
    Object.keys(others).length === 0
  );
}

/** As far as its form goes; which operations and values there are, `checkValue` knows. */
function isGivenStep(value: unknown): value is GivenStep {
  if (typeof value !== 'object' || value === null) return false;
  const { id, params } = { id: undefined, params: {}, ...value };
  return typeof id === 'string' && typeof params === 'object' && params !== null && !Array.isArray(params);
}

function isOneOf(words: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && words.includes(value);
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isListOf<T>(value: unknown, belongs: (entry: unknown) => entry is T): value is readonly T[] {
  return Array.isArray(value) && value.every(belongs);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isPlane(value: unknown): value is number {
  return isFiniteNumber(value) && Number.isInteger(value) && value >= 0 && value <= HIGHEST_PLANE;
}

function isRow(value: unknown): value is readonly number[] {
  return isListOf(value, isFiniteNumber);
}

function isMatrix(value: unknown, largest: number): boolean {
  if (!isListOf(value, isRow) || value.length === 0 || value.length > largest) return false;
  const columns = value[0].length;
  return columns >= 1 && columns <= largest && value.every((row) => row.length === columns);
}

/** A received value in words, cut short where it is long. */
export function receivedText(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'bigint' || typeof value === 'symbol' ? String(value) : JSON.stringify(value);
  // Functions have no JSON; no gate lets one through, but a sentence must not fail.
  if (typeof text !== 'string') return `a ${typeof value}`;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
