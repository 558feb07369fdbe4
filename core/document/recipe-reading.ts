/**
 * Reading recipes of any origin. Strict, because a misspelt name that is silently ignored gives a wrong picture: every unknown
 * field, wrong value or newer version is refused in one line that begins with its path.
 */

import { checkValue, checkValues, unknownParameter, type Problem } from '../operation/check';
import { nearestName } from '../operation/nearest-name';
import type { Operation } from '../operation/operation';
import { fail, succeed, type FaultCode, type Result } from '../raster/fault';
import { isKept, keptProblem } from '../operation/kept';
import type { Kept } from '../operation/operation';
import type { GivenValues } from '../operation/parameter';
import { STEP_CHANNELS, type StepChannels } from './document';
import { isPlainObject, joinPath, jsonProblem, type JsonLimits } from './json';
import { maskFrom, type Mask } from './mask';
import { RECIPE_VERSION, type Recipe } from './recipe';
import { findOperation, type Application } from './step-check';

const LIMITS: JsonLimits = { depth: 64, values: 1_000_000, text: 65_536 };
const LARGEST_TEXT = 64 * 1024 * 1024;
const MOST_OPERATIONS = 1000;

const RECIPE_FIELDS = ['burnish', 'operations'];
const STEP_FIELDS = ['id', 'params', 'enabled', 'channels', 'opacity', 'mask', 'measured'];

/** A recipe from the text of its file. */
export function recipeFromText(text: string): Result<Recipe> {
  if (text.length > LARGEST_TEXT)
    return fail('too-large', `a recipe of more than ${LARGEST_TEXT} characters`);
  let value: unknown;
  try {
    // A byte order mark is what some editors begin a file with.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse('', `not valid JSON (${error instanceof Error ? oneLine(error.message) : 'unreadable'})`);
  }
  return recipeFromJson(value);
}

/** A recipe from a parsed JSON value of any origin. */
export function recipeFromJson(value: unknown): Result<Recipe> {
  const problem = jsonProblem(value, LIMITS);
  if (problem !== null) return refuse(problem.path, problem.message);
  if (!isPlainObject(value)) return refuse('', 'a recipe is an object: { "burnish": 1, "operations": […] }');
  const version = own(value, 'burnish');
  if (version === undefined)
    return refuse('burnish', `missing: a recipe begins with "burnish": ${RECIPE_VERSION}`);
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return refuse('burnish', `expected ${RECIPE_VERSION} but received ${shortly(version)}`);
  }
  if (version > RECIPE_VERSION) {
    const message = `this recipe is of version ${version}, and version ${RECIPE_VERSION} is the newest that can be read here`;
    return refuse('burnish', message, 'update Burnish');
  }
  const unknown = unknownField(value, RECIPE_FIELDS, '');
  if (unknown) return unknown;
  const operations = operationsFromJson(own(value, 'operations'), 'operations');
  return operations.ok ? succeed({ operations: operations.value }) : operations;
}

/** The list of steps alone, as recipes and the lines of a jobs file hold it; `path` is where it stands. */
export function operationsFromJson(value: unknown, path: string): Result<readonly Application[]> {
  const problem = value === undefined ? null : jsonProblem(value, LIMITS);
  if (problem !== null) return refuse(underPath(path, problem.path), problem.message);
  if (!Array.isArray(value)) {
    return refuse(path, expected('a list of operations', value));
  }
  if (value.length > MOST_OPERATIONS) return refuse(path, `more than ${MOST_OPERATIONS} operations`);
  const steps: Application[] = [];
  for (const [at, item] of value.entries()) {
    const step = stepFromJson(item, `${path}[${at}]`);
    if (!step.ok) return step;
    steps.push(step.value);
  }
  return succeed(steps);
}

function stepFromJson(value: unknown, path: string): Result<Application> {
  if (!isPlainObject(value)) return refuse(path, expected('{ "id": …, "params": {…} }', value));
  const unknown = unknownField(value, STEP_FIELDS, path);
  if (unknown) return unknown;

  const id = own(value, 'id');
  if (typeof id !== 'string') return refuse(`${path}.id`, expected('the id of an operation', id));
  const found = findOperation(id);
  if (!found.ok) return refuseProblem(`${path}.id`, found.fault);
  const params = own(value, 'params', {});
  if (!isPlainObject(params)) return refuse(`${path}.params`, expected('an object of parameters', params));
  const wrong = paramsProblem(found.value, params, `${path}.params`);
  if (wrong) return wrong;

  const enabled = own(value, 'enabled', true);
  if (typeof enabled !== 'boolean') return refuse(`${path}.enabled`, expected('true or false', enabled));
  const channels = own(value, 'channels', 'rgb');
  if (!isStepChannels(channels)) {
    return refuse(
      `${path}.channels`,
      expected(`one of ${STEP_CHANNELS.map((name) => `"${name}"`).join(', ')}`, channels),
    );
  }
  const opacity = own(value, 'opacity', 1);
  if (typeof opacity !== 'number' || opacity < 0 || opacity > 1) {
    return refuse(`${path}.opacity`, expected('a number from 0 to 1', opacity));
  }
  const mask = maskFromJson(own(value, 'mask', null), `${path}.mask`);
  if (!mask.ok) return mask;
  const measured = measuredFromJson(found.value, params, own(value, 'measured', null), `${path}.measured`);
  if (!measured.ok) return measured;
  return succeed({
    operation: id,
    params,
    enabled,
    channels,
    opacity,
    mask: mask.value,
    measured: measured.value,
  });
}

function maskFromJson(value: unknown, path: string): Result<Mask | null> {
  if (value === null) return succeed(null);
  const mask = maskFrom(value);
  return 'path' in mask ? refuse(underPath(path, mask.path), mask.message) : succeed(mask);
}

/** Kept numbers; whether they fit a picture is for later. */
function measuredFromJson(
  operation: Operation,
  params: GivenValues,
  value: unknown,
  path: string,
): Result<Kept | null> {
  if (value === null) return succeed(null);
  if (!isPlainObject(value)) return refuse(path, expected('an object of numbers', value));
  const values = checkValues(operation, params, null);
  if (!values.ok) return values;
  const problem = keptProblem(operation, values.value, null, value);
  if (problem !== null) return refuse(underPath(path, problem.path), problem.message, problem.remedy);
  return isKept(value) ? succeed(value) : refuse(path, 'not numbers');
}

/** The first wrong parameter, with its path. */
function paramsProblem(
  operation: Operation,
  params: Readonly<Record<string, unknown>>,
  path: string,
): ReturnType<typeof fail> | null {
  for (const name of Object.keys(params)) {
    if (Object.hasOwn(operation.parameters, name)) continue;
    return refuseProblem(joinPath(path, name), {
      ...unknownParameter(operation, name),
      message: 'unknown parameter',
    });
  }
  for (const [name, parameter] of Object.entries(operation.parameters)) {
    if (!Object.hasOwn(params, name)) continue;
    const problem = checkValue(name, parameter, params[name]);
    if (problem !== null) return refuseProblem(`${joinPath(path, name)}${problem.inside}`, problem);
  }
  // What is left: parameters that are missing, and rules between several.
  const values = checkValues(operation, params, null);
  return values.ok ? null : refuseProblem(path, values.fault);
}

function refuseProblem(
  path: string,
  problem: Pick<Problem, 'message' | 'remedy'> & { readonly code: FaultCode },
) {
  return fail(problem.code, `${path}: ${problem.message}`, problem.remedy);
}

function unknownField(value: object, known: readonly string[], path: string): ReturnType<typeof fail> | null {
  const name = Object.keys(value).find((field) => !known.includes(field));
  if (name === undefined) return null;
  const nearest = nearestName(name, known);
  const remedy = nearest === null ? `known are ${known.join(', ')}` : `did you mean "${nearest}"?`;
  return refuse(joinPath(path, name.slice(0, 64)), 'unknown field', remedy);
}

function refuse(path: string, message: string, remedy = ''): ReturnType<typeof fail> {
  return fail('bad-recipe', path === '' ? message : `${path}: ${message}`, remedy);
}

function underPath(path: string, inner: string): string {
  if (inner === '') return path;
  return inner.startsWith('[') ? `${path}${inner}` : `${path}.${inner}`;
}

function expected(what: string, value: unknown): string {
  return value === undefined ? `missing: ${what}` : `expected ${what} but received ${shortly(value)}`;
}

/** A received value in words. */
function shortly(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return oneLine(JSON.stringify(value) ?? 'nothing');
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** A field, `absent` where it is left out. */
function own(value: Readonly<Record<string, unknown>>, name: string, absent?: unknown): unknown {
  return Object.hasOwn(value, name) ? value[name] : absent;
}

function isStepChannels(value: unknown): value is StepChannels {
  return STEP_CHANNELS.some((name) => name === value);
}
