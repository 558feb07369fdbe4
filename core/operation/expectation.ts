/**
 * What a parameter accepts: as words (`a number from 0.01 to 10`), which checks, command-line help and the manual share, and
 * as a test of one value.
 */

import type { Parameter } from './parameter';

/** The highest bit plane of any depth. */
export const HIGHEST_PLANE = 15;

function listed(words: readonly string[]): string {
  const quoted = words.map((word) => `"${word}"`);
  return quoted.length < 2
    ? quoted.join('')
    : `${quoted.slice(0, -1).join(', ')} or ${quoted[quoted.length - 1]}`;
}

/** What a valid value is, to go after "expected". */
export function expectationOf(parameter: Parameter): string {
  switch (parameter.kind) {
    case 'number':
      return `a ${parameter.integer === true ? 'whole number' : 'number'} ${parameter.above === true ? 'above' : 'from'} ${parameter.min} to ${parameter.max}`;
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
  }
}

/** Whether a value of unknown origin is one of this parameter's. NaN and infinity never are. */
export function accepts(parameter: Parameter, value: unknown): boolean {
  switch (parameter.kind) {
    case 'number':
      return (
        isFiniteNumber(value) &&
        (parameter.above === true ? value > parameter.min : value >= parameter.min) &&
        value <= parameter.max &&
        (parameter.integer !== true || Number.isInteger(value))
      );
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
  }
}

function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isListOf<T>(value: unknown, belongs: (entry: unknown) => entry is T): value is readonly T[] {
  return Array.isArray(value) && value.every(belongs);
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
