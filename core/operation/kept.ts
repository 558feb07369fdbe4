/**
 * Measured numbers that are kept: an operation that measures the whole picture may be told what it found, and then means the same
 * on every picture. It declares which of the numbers that it reports it needs again, and how it goes on from them.
 *
 * Levels are kept on the 255 scale, so that they mean the same at every depth. Whole levels survive dividing by K and multiplying
 * again exactly, because K is 1 or 257 = 2⁸ + 2⁰ (D. Goldberg, What every computer scientist should know about floating-point
 * arithmetic, theorem 7), others but for their last bit, which is far below what rounding sees: so keeping what was just measured
 * changes no sample.
 */

import { colourChannelsOf, scaleOf, type Depth, type Shape } from '../raster/raster';
import { receivedText } from './expectation';
import { nearestName } from './nearest-name';
import type {
  AnyValues,
  GlobalNumbers,
  GlobalOperation,
  Kept,
  KeptNumber,
  KeptRows,
  Measured,
  Operation,
  Reported,
  ReportedValue,
  Study,
  WholeOperation,
} from './operation';

/** What a global operation goes on from: what it measured, or what it once did. */
export type Found = Measured | { readonly kind: 'kept'; readonly kept: Kept };

/** Most colours of a list. */
const MOST_COLOURS = 256;

/** Any measurement that these values could ask for, they ask for of a picture in colour. */
const COLOUR: Shape = { width: 1, height: 1, channels: 3, depth: 8 };

type Declared = Readonly<Record<string, KeptNumber>>;

/** The numbers that the operation can keep with these values; null where it measures nothing that can be kept. */
export function keptNumbers(operation: Operation, values: AnyValues): Declared | null {
  if (operation.kind !== 'global' && operation.kind !== 'whole') return null;
  return operation.keeping !== undefined && measures(operation, values, COLOUR)
    ? operation.keeping.numbers
    : null;
}

function measures(operation: GlobalOperation | WholeOperation, values: AnyValues, shape: Shape): boolean {
  return operation.kind === 'whole' || operation.measurement(values, shape) !== null;
}

/** What was reported about a picture of this depth, as numbers to keep; null where these values keep none. */
export function keptFrom(
  operation: Operation,
  values: AnyValues,
  depth: Depth,
  reported: Reported,
): Kept | null {
  const declared = keptNumbers(operation, values);
  if (declared === null) return null;
  const kept: Record<string, ReportedValue> = {};
  for (const [name, number] of Object.entries(declared)) {
    if (!Object.hasOwn(reported, name)) return null;
    kept[name] = keptValue(number, reported[name], number.levels === true ? scaleOf(depth) : 1);
  }
  return kept;
}

/** Equal numbers of all channels become one, which then holds for pictures of any layout. */
function keptValue({ form }: KeptNumber, value: ReportedValue, scale: number): ReportedValue {
  const scaled = mapNumbers(value, (number) => number / scale);
  if (form !== 'channels' || typeof scaled === 'number') return scaled;
  const [first] = scaled;
  return typeof first === 'number' && scaled.every((each) => each === first) ? [first] : scaled;
}

function mapNumbers(value: ReportedValue, change: (number: number) => number): ReportedValue {
  if (typeof value === 'number') return change(value);
  const rows = value.filter((each) => typeof each !== 'number');
  if (rows.length > 0) return rows.map((row) => row.map(change));
  return value.filter((each) => typeof each === 'number').map(change);
}

/** Something wrong with kept numbers: where (`max`, `centers[1][0]`; empty for all of them) and what. */
export interface KeptProblem {
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * The first thing wrong with kept numbers of unknown origin, or null. `shape` is the picture's that the operation meets, null while it
 * is not known.
 */
export function keptProblem(
  operation: Operation,
  values: AnyValues,
  shape: Shape | null,
  kept: Readonly<Record<string, unknown>>,
): KeptProblem | null {
  const declared = keptNumbers(operation, values);
  if (declared === null) {
    const message = `${operation.id} measures no numbers here that can be kept`;
    return { path: '', message, remedy: 'leave them out' };
  }
  for (const name of Object.keys(kept)) {
    if (Object.hasOwn(declared, name)) continue;
    const nearest = nearestName(name, Object.keys(declared));
    const known = `${operation.id} keeps ${Object.keys(declared).join(', ')}`;
    const remedy = nearest === null ? known : `did you mean "${nearest}"?`;
    return { path: name, message: 'unknown number', remedy };
  }
  const colours =
    shape !== null &&
    (operation.kind === 'global' || operation.kind === 'whole') &&
    measures(operation, values, shape)
      ? colourChannelsOf(shape)
      : null;
  for (const [name, number] of Object.entries(declared)) {
    const value: unknown = Object.hasOwn(kept, name) ? kept[name] : undefined;
    const problem = valueProblem(number, value, colours);
    if (problem !== null) return { ...problem, path: `${name}${problem.path}` };
  }
  return null;
}

function valueProblem(number: KeptNumber, value: unknown, colours: number | null): KeptProblem | null {
  const { form, min, max } = number;
  const range = `from ${min} to ${max}`;
  const single = (each: unknown, path: string): KeptProblem | null =>
    typeof each === 'number' && each >= min && each <= max
      ? null
      : problemAt(path, `expected a number ${range}`, each);
  const channels = (list: unknown, path: string): KeptProblem | null => {
    if (!Array.isArray(list) || (list.length !== 1 && list.length !== 3))
      return problemAt(
        path,
        `expected a list of 1 or 3 numbers ${range}, for gray or for red, green and blue`,
        list,
      );
    if (colours === 1 && list.length === 3) {
      const message = 'these are numbers of a picture in colour, and the picture here is gray';
      return { path, message, remedy: 'measure this picture anew' };
    }
    return firstOf(list, (each, at) => single(each, `${path}[${at}]`));
  };
  if (form === 'one') return single(value, '');
  if (form === 'channels') return channels(value, '');
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_COLOURS)
    return problemAt('', `expected a list of 1 to ${MOST_COLOURS} colours`, value);
  return firstOf(value, (each, at) => channels(each, `[${at}]`));
}

function problemAt(path: string, expected: string, value: unknown): KeptProblem {
  const message =
    value === undefined ? `missing: ${expected}` : `${expected} but received ${receivedText(value)}`;
  return { path, message, remedy: '' };
}

function firstOf(
  list: readonly unknown[],
  problem: (each: unknown, at: number) => KeptProblem | null,
): KeptProblem | null {
  for (const [at, each] of list.entries()) {
    const found = problem(each, at);
    if (found !== null) return found;
  }
  return null;
}

/** Kept numbers as an operation takes them: rows of one number a colour channel, levels in the picture's own. */
function rowsFor(declared: Declared, shape: Shape, kept: Kept): KeptRows {
  const colours = colourChannelsOf(shape);
  const wide = (row: readonly number[]): readonly number[] =>
    row.length === colours ? row : new Array<number>(colours).fill(row[0]);
  const rows: Record<string, readonly (readonly number[])[]> = {};
  for (const [name, { levels }] of Object.entries(declared)) {
    const scale = levels === true ? scaleOf(shape.depth) : 1;
    const value = mapNumbers(kept[name], (number) => number * scale);
    if (typeof value === 'number') {
      rows[name] = [wide([value])];
      continue;
    }
    const lists = value.filter((each) => typeof each !== 'number');
    const numbers = value.filter((each) => typeof each === 'number');
    rows[name] = lists.length > 0 ? lists.map(wide) : [wide(numbers)];
  }
  return rows;
}

/** The numbers in a global operation's formula, and what it reports. Kept numbers count only where something would be measured. */
export function globalConstants(
  operation: GlobalOperation,
  values: AnyValues,
  shape: Shape,
  found: Found | null,
): GlobalNumbers {
  if (found?.kind !== 'kept') return operation.constants(values, shape, found);
  if (!measures(operation, values, shape)) return operation.constants(values, shape, null);
  if (operation.keeping === undefined) throw new Error(`${operation.id} keeps no numbers`);
  return operation.keeping.found(values, shape, rowsFor(operation.keeping.numbers, shape, found.kept));
}

/** The study that kept numbers stand for. */
export function keptStudy(operation: WholeOperation, values: AnyValues, shape: Shape, kept: Kept): Study {
  if (operation.keeping === undefined) throw new Error(`${operation.id} keeps no numbers`);
  return operation.keeping.found(values, shape, rowsFor(operation.keeping.numbers, shape, kept));
}

/** Whether a value has the form of kept numbers, of whichever operation. */
export function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const numbers: readonly unknown[] = Object.values(value);
  return numbers.length > 0 && numbers.every(isReportedValue);
}

function isReportedValue(value: unknown): value is ReportedValue {
  if (typeof value === 'number') return true;
  if (!Array.isArray(value)) return false;
  const isNumber = (each: unknown): boolean => typeof each === 'number';
  return value.every(isNumber) || value.every((row) => Array.isArray(row) && row.every(isNumber));
}
