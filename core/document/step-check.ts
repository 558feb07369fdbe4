/**
 * Whether a step can stand where it is: its operation exists, its values are valid for the picture that it meets, the pictures
 * that it blends in are there and fit, and it may be limited as it says (OPERATIONS.md 2.6 refuses limits for steps that
 * change the size).
 */

import { checkValues } from '../operation/check';
import { keptProblem } from '../operation/kept';
import { nearestName } from '../operation/nearest-name';
import type { AnyValues, Operation } from '../operation/operation';
import type { GivenValues } from '../operation/parameter';
import { needsColour, workingShape } from '../operation/working-shape';
import { operationById } from '../operations';
import { fail, succeed, type Fault, type Result } from '../raster/fault';
import type { Shape } from '../raster/raster';
import { isLimited, STEP_CHANNELS, type Document, type Step } from './document';
import { checkOpacity, sourceOf } from './change';
import { maskProblem, maskSources } from './mask';
import { inOneLine } from './naming';

/** What a step does, without the id by which a document names it. */
export type Application = Omit<Step, 'id'>;

/** A step's operation and its complete values. */
export interface CheckedStep {
  readonly operation: Operation;
  readonly values: AnyValues;
  /** The shape of the result; null where the input's is not known. */
  readonly output: Shape | null;
}

/** Finds an operation by id; the fault names the nearest one. */
export function findOperation(id: string): Result<Operation> {
  const operation = operationById.get(id);
  if (operation) return succeed(operation);
  const near = nearestName(id, [...operationById.keys()]);
  return fail(
    'unknown-operation',
    `unknown operation "${id}"`,
    near === null ? '' : `did you mean "${near}"?`,
  );
}

/** Checks all of a step that does not depend on where it stands; with `input`, the shape that it works on, that too. */
export function checkStep(step: Application, input: Shape | null): Result<CheckedStep> {
  const found = findOperation(step.operation);
  if (!found.ok) return found;
  const operation = found.value;
  const values = checkValues(operation, step.params, input);
  if (!values.ok) return values;
  if (!STEP_CHANNELS.includes(step.channels)) {
    return fail(
      'bad-parameter',
      `channels must be one of ${STEP_CHANNELS.join(', ')}, not ${String(step.channels)}`,
    );
  }
  if (step.channels === 'luma' && givesColour(operation, values.value)) {
    return fail(
      'bad-parameter',
      `channels cannot be luma: ${operation.id} gives colour, and luma has none`,
      'remove the limit',
    );
  }
  const opacity = checkOpacity(step.opacity);
  if (!opacity.ok) return opacity;
  const broken = step.mask === null ? null : maskProblem(step.mask);
  if (broken !== null) return fail('bad-parameter', `mask: ${atPath(broken.path, broken.message)}`);
  const kept = checkKept(step, operation, values.value, input);
  if (!kept.ok) return kept;
  if (input === null) return succeed({ operation, values: values.value, output: null });

  const outcome = outcomeOf(operation, values.value, input);
  if (!outcome.ok) return outcome;
  const { output, resizes } = outcome.value;
  if (resizes && isLimited(step)) {
    return fail(
      'bad-parameter',
      'channels, opacity and a mask cannot limit a step that changes the size',
      'remove the limit',
    );
  }
  // Nothing of the step is left, not even that it gives colour.
  const left = step.opacity === 0 ? input : output;
  return succeed({ operation, values: values.value, output: left });
}

function checkKept(
  { channels, measured }: Application,
  operation: Operation,
  values: AnyValues,
  input: Shape | null,
): Result<Application['measured']> {
  if (measured === null) return succeed(null);
  const met: Shape | null = input !== null && channels === 'luma' ? { ...input, channels: 1 } : input;
  const problem = keptProblem(operation, values, met, measured);
  if (problem === null) return succeed(measured);
  return fail('bad-parameter', `measured: ${atPath(problem.path, problem.message)}`, problem.remedy);
}

function atPath(path: string, message: string): string {
  return path === '' ? message : `${path}: ${message}`;
}

/**
 * Checks that a document knows the pictures which a step blends in or is masked with, and with `input` that they have its size.
 */
export function checkSources(
  document: Document,
  step: Application,
  input: Shape | null,
): Result<Application> {
  for (const id of stepSources(step)) {
    const source = sourceOf(document, id);
    if (!source)
      return fail('not-found', `the picture "${id}" is not open in this document`, 'choose a file for it');
    if (input && (source.width !== input.width || source.height !== input.height)) {
      return fail(
        'size-mismatch',
        `${inOneLine(source.name)} has ${source.width} × ${source.height} pixels, but ${input.width} × ${input.height} are needed`,
        'add it as a layer, or choose a picture of the same size',
      );
    }
  }
  return succeed(step);
}

/** Every second picture that a step takes, its mask's too: source ids in a document, paths in a recipe. */
export function stepSources(step: Application): readonly string[] {
  return [...sourceParameters(step).map(([, source]) => source), ...maskSources(step.mask)];
}

/** The second pictures that a step's operation takes, by parameter: source ids in a document, paths in a recipe. */
export function sourceParameters(step: Application): readonly (readonly [name: string, source: string])[] {
  const parameters = operationById.get(step.operation)?.parameters ?? {};
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const value =
      parameter.kind === 'source' && Object.hasOwn(step.params, name) ? step.params[name] : undefined;
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
}

/** Whether an operation, or a step of a composed one, turns a gray picture into RGB. */
function givesColour(operation: Operation, values: AnyValues): boolean {
  if (operation.kind !== 'composed') return needsColour(operation);
  return operation.steps(values).some(({ id, params }) => {
    const inner = operationById.get(id);
    const checked = inner && checkValues(inner, params, null);
    return inner !== undefined && checked?.ok === true && givesColour(inner, checked.value);
  });
}

/** What becomes of a shape. */
interface Outcome {
  readonly output: Shape;
  /** Whether the size changes on the way. */
  readonly resizes: boolean;
}

/** What an operation makes of a shape; a fault where these values give nothing on such a picture. */
function outcomeOf(operation: Operation, values: AnyValues, input: Shape): Result<Outcome> {
  if (operation.kind === 'composed') return outcomeOfSteps(operation.steps(values), input);
  const output = outputShape(operation, values, input);
  if (!output.ok) return output;
  const { width, height } = output.value;
  return succeed({ output: output.value, resizes: width !== input.width || height !== input.height });
}

function outcomeOfSteps(
  steps: readonly { readonly id: string; readonly params: GivenValues }[],
  input: Shape,
): Result<Outcome> {
  let outcome: Outcome = { output: input, resizes: false };
  for (const [at, { id, params }] of steps.entries()) {
    const about = ({ code, message, remedy }: Fault): ReturnType<typeof fail> =>
      fail(code, `steps[${at}], ${id}: ${message}`, remedy);
    const found = findOperation(id);
    if (!found.ok) return about(found.fault);
    const values = checkValues(found.value, params, outcome.output);
    if (!values.ok) return about(values.fault);
    const next = outcomeOf(found.value, values.value, outcome.output);
    if (!next.ok) return about(next.fault);
    outcome = { output: next.value.output, resizes: outcome.resizes || next.value.resizes };
  }
  return succeed(outcome);
}

/** The shape of the result of an operation that is not made of others. */
function outputShape(
  operation: Exclude<Operation, { readonly kind: 'composed' }>,
  values: AnyValues,
  input: Shape,
): Result<Shape> {
  switch (operation.kind) {
    case 'geometry':
      return operation.shape(values, input);
    case 'area':
      return operation.shape ? operation.shape(values, input) : succeed(input);
    case 'point':
    case 'global':
    case 'whole':
    case 'blend':
      return succeed(workingShape(operation, input));
  }
}
