/**
 * One operation on a whole picture: no tiles, no workers, no cache. Samples and tests use it; what the engine makes of the same
 * step is held against it.
 */

import { blendRegions } from '../colour/compose';
import { toColour } from '../raster/convert';
import { createRaster, type Raster, type Region, type Shape } from '../raster/raster';
import { wholeOf } from '../raster/rectangle';
import { neverAborted } from '../raster/signal';
import type { Result } from '../raster/fault';
import { applyArea } from './area';
import { measure } from './measure';
import { checkValues } from './check';
import { keptStudy, type Found } from './kept';
import type { AnyValues, Application, Kept, Operation, Reported } from './operation';
import { measurementFor, pointFormula, type FormulaOperation } from './point-formula';
import { applyPoint, pointProgram } from './point-program';
import { registered } from './registry';
import { applyWhole } from './whole';
import { needsColour } from './working-shape';

export interface OperationRun {
  readonly raster: Raster;
  readonly reported: Reported;
  /** Of a composed operation: each of its steps. */
  readonly steps?: readonly StepRun[];
}

export interface StepRun extends OperationRun {
  readonly operation: Operation;
  readonly values: AnyValues;
}

/** Steps of a composed operation, one after the other. They were checked with it. */
export function runSteps(steps: readonly Application[], input: Raster): readonly StepRun[] {
  const runs: StepRun[] = [];
  for (const { id, params } of steps) {
    const operation = registered.get(id);
    if (operation === undefined) throw new Error(`${id} is not registered`);
    const met = runs.at(-1)?.raster ?? input;
    const checked = checkValues(operation, params, met);
    if (!checked.ok) throw new Error(`${id}: ${checked.fault.message}`);
    runs.push({ operation, values: checked.value, ...runOperation(operation, checked.value, met) });
  }
  return runs;
}

/**
 * `values` are complete and checked for the input; `second` is the picture that a blend operation takes, of the input's size and
 * depth; `kept` are numbers to use instead of measuring. The input is not changed. Throws where the values give a picture of this
 * shape no result: callers ask for the shape first.
 */
export function runOperation(
  operation: Operation,
  values: AnyValues,
  input: Raster,
  second?: Raster,
  kept: Kept | null = null,
): OperationRun {
  const from: Region = { raster: input, rectangle: wholeOf(input) };
  switch (operation.kind) {
    case 'point':
    case 'global':
      return runFormula(operation, values, input, kept);
    case 'area': {
      const output = regionFor(operation.shape?.(values, input), input);
      applyArea(operation, values, from, input, output, neverAborted);
      return { raster: output.raster, reported: {} };
    }
    case 'geometry': {
      const output = regionFor(operation.shape(values, input), input);
      operation.move(values, input, from, output, neverAborted);
      return { raster: output.raster, reported: {} };
    }
    case 'whole': {
      const output = regionFor(undefined, input);
      const study =
        kept === null
          ? (operation.study?.(values, input, neverAborted) ?? null)
          : keptStudy(operation, values, input, kept);
      applyWhole(operation, values, study, from, input, output, neverAborted);
      return { raster: output.raster, reported: study?.reported ?? {} };
    }
    case 'blend': {
      if (second === undefined) throw new Error(`${operation.id} needs a second picture`);
      const output = regionFor(undefined, input);
      const source: Region = { raster: second, rectangle: wholeOf(second) };
      blendRegions(from, source, operation.mode(values), operation.opacity(values), output, neverAborted);
      return { raster: output.raster, reported: {} };
    }
    case 'composed': {
      const runs = runSteps(operation.steps(values), input);
      return { raster: runs.at(-1)?.raster ?? input, reported: {}, steps: runs };
    }
  }
}

function runFormula(
  operation: FormulaOperation,
  values: AnyValues,
  input: Raster,
  kept: Kept | null,
): OperationRun {
  const wanted = measurementFor(operation, values, input);
  const measured = wanted === null || kept !== null ? null : measure(wanted, input);
  const found: Found | null = kept === null ? measured : { kind: 'kept', kept };
  const wide = needsColour(operation) ? toColour(input) : input;
  const raster: Raster = { ...wide, data: wide.data.slice() };
  applyPoint(pointProgram(operation, values, raster, found), raster, wholeOf(raster), neverAborted);
  return { raster, reported: pointFormula(operation, values, raster, found).reported };
}

/** An empty picture of the result's shape: the input's own, where the operation has no say. */
function regionFor(shape: Result<Shape> | undefined, input: Shape): Region {
  if (shape?.ok === false) throw new Error(shape.fault.message);
  const raster = createRaster(shape?.value ?? input);
  return { raster, rectangle: wholeOf(raster) };
}
