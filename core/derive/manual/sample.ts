/**
 * What the manual shows of an operation: the values of its picture, how the command line and Python write them, and the steps run
 * on a picture one by one. Nothing here names an operation; what is special about one stands in its definition.
 */

import { findOperation } from '../../document/step-check';
import { checkValues } from '../../operation/check';
import type { Application, Operation, Reported } from '../../operation/operation';
import { defaultOf, type GivenValues } from '../../operation/parameter';
import { sampleValues } from '../../operation/sample-values';
import { runOperation } from '../../operation/run';
import type { Raster } from '../../raster/raster';

export interface SampleSteps {
  /** What is done to the picture first. */
  readonly before: readonly Application[];
  /** The operation with its values, as a recipe writes it. */
  readonly application: Application;
}

/** The values that a recipe has to give: those that are no defaults. */
export function givenOf(operation: Operation, values: GivenValues): GivenValues {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => {
      const preset = defaultOf(operation.parameters[name]);
      return preset === undefined || JSON.stringify(preset) !== JSON.stringify(value);
    }),
  );
}

/** What the picture shows; null for an operation that never changes one. */
export function sampleOf(operation: Operation): SampleSteps | null {
  const never = operation.identity !== undefined && Object.keys(operation.identity).length === 0;
  if (never) return null;
  const params = givenOf(operation, sampleValues(operation));
  return { before: operation.sample?.before ?? [], application: { id: operation.id, params } };
}

function argumentValue(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return /^[\w.-]+$/.test(value) ? value : JSON.stringify(value);
}

/** `boxBlur size=9`, as `--op` takes it. */
export function argumentOf({ id, params }: Application): string {
  return [id, ...Object.entries(params).map(([name, value]) => `${name}=${argumentValue(value)}`)].join(' ');
}

export interface AppliedSteps {
  readonly raster: Raster;
  /** By the last of the steps. */
  readonly reported: Reported;
}

/** Runs the steps one by one; `second` is the picture that a blend takes. Throws where one cannot be carried out. */
export function applySteps(steps: readonly Application[], input: Raster, second: Raster): AppliedSteps {
  let applied: AppliedSteps = { raster: input, reported: {} };
  for (const { id, params } of steps) {
    const operation = findOperation(id);
    if (!operation.ok) throw new Error(operation.fault.message);
    const values = checkValues(operation.value, params, applied.raster);
    if (!values.ok) throw new Error(`${id}: ${values.fault.message}`);
    applied =
      operation.value.kind === 'composed'
        ? applySteps(operation.value.steps(values.value), applied.raster, second)
        : runOperation(operation.value, values.value, applied.raster, second);
  }
  return applied;
}
