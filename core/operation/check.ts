/**
 * The gate before every operation: values of unknown origin become complete, checked values or one exact sentence that names
 * the parameter (OPERATIONS.md 1, Parameter checking). Nothing is ever clamped silently.
 */

import { fail, succeed, type FaultCode, type Result } from '../raster/fault';
import type { Shape } from '../raster/raster';
import { stepsProblem } from './check-steps';
import { accepts, expectationOf, receivedText } from './expectation';
import { nearestName } from './nearest-name';
import type { AnyValues, Operation } from './operation';
import {
  defaultOf,
  type GivenStep,
  type GivenValues,
  type Parameter,
  type ParameterValue,
} from './parameter';

/** One thing wrong with given values. Callers that know a path (`operations[1].params.size`) put it before `message`. */
export interface Problem {
  readonly code: Extract<FaultCode, 'unknown-parameter' | 'bad-parameter'>;
  /** The parameter's name; null for a rule between several. */
  readonly parameter: string | null;
  /** Where inside the parameter's value, like `[1].params.size`; empty for the value as a whole. */
  readonly inside: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * Complete values of an operation from given ones; what is left out (or undefined) takes its default. `shape` is the picture's,
 * null while it is not known; rules that depend on the picture are then left for later.
 */
export function checkValues(
  operation: Operation,
  given: GivenValues,
  shape: Shape | null,
): Result<AnyValues> {
  const checked = valuesOrProblem(operation, given, shape, 1);
  return checked.ok ? succeed(checked.values) : refuse(checked.problem);
}

type Checked =
  { readonly ok: true; readonly values: AnyValues } | { readonly ok: false; readonly problem: Problem };

/** `deep` is how many lists of steps these values lie in, counting one that they hold themselves. */
function valuesOrProblem(
  operation: Operation,
  given: GivenValues,
  shape: Shape | null,
  deep: number,
): Checked {
  const wrong = (problem: Problem): Checked => ({ ok: false, problem });
  const { parameters } = operation;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) return wrong(unknownParameter(operation, unknown));

  const values: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    const value = own === undefined ? defaultOf(parameter) : own;
    const problem = problemOf(name, parameter, value, deep);
    if (problem !== null) return wrong(problem);
    if (isValue(parameter, value)) values[name] = completed(parameter, value, shape);
  }
  const broken = operation.constraint?.(values, shape) ?? null;
  if (broken === null) return { ok: true, values };
  return wrong({ code: 'bad-parameter', parameter: null, inside: '', message: broken, remedy: '' });
}

/** What the picture decides where nothing is given. */
function completed(parameter: Parameter, value: ParameterValue, shape: Shape | null): ParameterValue {
  const follows = parameter.kind === 'pictureNumber' && value === null && shape !== null;
  return follows ? parameter.automaticOf(shape) : value;
}

/** What is wrong with one value, or null. Undefined is a missing value. */
export function checkValue(name: string, parameter: Parameter, value: unknown): Problem | null {
  return problemOf(name, parameter, value, 1);
}

function problemOf(name: string, parameter: Parameter, value: unknown, deep: number): Problem | null {
  if (isValue(parameter, value)) {
    const inner = isSteps(parameter, value) ? stepsProblem(value, deep, innerProblem) : null;
    return inner && { ...inner, parameter: name, inside: inner.place };
  }
  const expected = `expected ${expectationOf(parameter)}`;
  const message =
    value === undefined
      ? `missing parameter ${name}: ${expected}`
      : `${expected} for ${name} but received ${receivedText(value)}`;
  return { code: 'bad-parameter', parameter: name, inside: '', message, remedy: '' };
}

/** What is wrong with the values of a step of a chain. */
function innerProblem(
  operation: Operation,
  given: GivenValues,
  deep: number,
): ReturnType<typeof stepsProblem> {
  const checked = valuesOrProblem(operation, given, null, deep + 1);
  if (checked.ok) return null;
  const { code, parameter, inside, message, remedy } = checked.problem;
  const known = parameter === null || Object.hasOwn(operation.parameters, parameter);
  const place = parameter === null ? '' : `${joinedName(parameter)}${inside}`;
  return { code, place, message: known ? message : 'unknown parameter', remedy };
}

/** A name behind the path of what it belongs to. */
function joinedName(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name.slice(0, 64))}]`;
}

function isSteps(parameter: Parameter, _: ParameterValue): _ is readonly GivenStep[] {
  return parameter.kind === 'steps';
}

export function unknownParameter(operation: Operation, name: string): Problem {
  const names = Object.keys(operation.parameters);
  const nearest = nearestName(name, names);
  const remedy =
    nearest !== null
      ? `did you mean "${nearest}"?`
      : names.length === 0
        ? `${operation.id} takes none`
        : `${operation.id} takes ${names.join(', ')}`;
  const message = `unknown parameter "${name}"`;
  return { code: 'unknown-parameter', parameter: name, inside: '', message, remedy };
}

function isValue(parameter: Parameter, value: unknown): value is ParameterValue {
  return accepts(parameter, value);
}

function refuse(problem: Problem): ReturnType<typeof fail> {
  const { code, parameter, inside, message, remedy } = problem;
  return fail(code, inside === '' ? message : `${parameter}${inside}: ${message}`, remedy);
}
