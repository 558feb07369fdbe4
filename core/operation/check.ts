/**
 * The gate before every operation: values of unknown origin become complete, checked values or one exact sentence that names
 * the parameter (OPERATIONS.md 1, Parameter checking). Nothing is ever clamped silently.
 */

import { fail, succeed, type FaultCode, type Result } from '../raster/fault';
import type { Shape } from '../raster/raster';
import { accepts, expectationOf, receivedText } from './expectation';
import { nearestName } from './nearest-name';
import type { AnyValues, Operation } from './operation';
import { defaultOf, type GivenValues, type Parameter, type ParameterValue } from './parameter';

/** One thing wrong with given values. Callers that know a path (`operations[1].params.size`) put it before `message`. */
export interface Problem {
  readonly code: Extract<FaultCode, 'unknown-parameter' | 'bad-parameter'>;
  /** The parameter's name; null for a rule between several. */
  readonly parameter: string | null;
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
  const { parameters } = operation;
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined) return refuse(unknownParameter(operation, unknown));

  const values: Record<string, ParameterValue> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    const value = own === undefined ? defaultOf(parameter) : own;
    const problem = checkValue(name, parameter, value);
    if (problem !== null) return refuse(problem);
    if (isValue(parameter, value)) values[name] = completed(parameter, value, shape);
  }
  const broken = operation.constraint?.(values, shape) ?? null;
  if (broken !== null) return refuse({ code: 'bad-parameter', parameter: null, message: broken, remedy: '' });
  return succeed(values);
}

/** What the picture decides where nothing is given. */
function completed(parameter: Parameter, value: ParameterValue, shape: Shape | null): ParameterValue {
  const follows = parameter.kind === 'pictureNumber' && value === null && shape !== null;
  return follows ? parameter.automaticOf(shape) : value;
}

/** What is wrong with one value, or null. Undefined is a missing value. */
export function checkValue(name: string, parameter: Parameter, value: unknown): Problem | null {
  if (isValue(parameter, value)) return null;
  const expected = `expected ${expectationOf(parameter)}`;
  const message =
    value === undefined
      ? `missing parameter ${name}: ${expected}`
      : `${expected} for ${name} but received ${receivedText(value)}`;
  return { code: 'bad-parameter', parameter: name, message, remedy: '' };
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
  return { code: 'unknown-parameter', parameter: name, message: `unknown parameter "${name}"`, remedy };
}

function isValue(parameter: Parameter, value: unknown): value is ParameterValue {
  return accepts(parameter, value);
}

function refuse(problem: Problem): ReturnType<typeof fail> {
  return fail(problem.code, problem.message, problem.remedy);
}
