/**
 * An operation on a picture part by part, each part from nothing but the input that it may ask for. What the engine does with
 * tiles and workers, without either.
 */

import { blendRegions } from '../../core/colour/compose';
import { checkValues } from '../../core/operation/check';
import { runSteps } from '../../core/operation/run';
import { operationById } from '../../core/operations/index';
import { applyArea, neededRegion } from '../../core/operation/area';
import { measure } from '../../core/operation/measure';
import type { AnyValues, Application, Operation } from '../../core/operation/operation';
import { measurementFor } from '../../core/operation/point-formula';
import { applyPoint, pointProgram } from '../../core/operation/point-program';
import { applyWhole, wholeRegion } from '../../core/operation/whole';
import { needsColour, workingShape } from '../../core/operation/working-shape';
import { toColour } from '../../core/raster/convert';
import { copyRegion, createRaster, type Raster, type Region, type Shape } from '../../core/raster/raster';
import { wholeOf, type Rectangle } from '../../core/raster/rectangle';
import type { Signal } from '../../core/raster/signal';

/** The result's shape, or null where these values give none. */
export function resultShape(operation: Operation, values: AnyValues, input: Shape): Shape | null {
  if (operation.kind === 'composed') return resultOfSteps(operation.steps(values), input);
  if (operation.kind !== 'area' && operation.kind !== 'geometry') return workingShape(operation, input);
  const shape = operation.shape?.(values, input);
  if (shape === undefined) return input;
  return shape.ok ? shape.value : null;
}

function resultOfSteps(steps: readonly Application[], input: Shape): Shape | null {
  return steps.reduce<Shape | null>((met, { id, params }) => {
    const operation = operationById.get(id);
    if (operation === undefined || met === null) return null;
    const checked = checkValues(operation, params, met);
    return checked.ok ? resultShape(operation, checked.value, met) : null;
  }, input);
}

/** Cuts a picture into four parts of unequal size; fewer where it is too small. */
export function partsOf({ width, height }: Shape): readonly Rectangle[] {
  const column = Math.ceil(width / 3);
  const row = Math.ceil(height / 3);
  return [
    { x: 0, y: 0, width: column, height: row },
    { x: column, y: 0, width: width - column, height: row },
    { x: 0, y: row, width: column, height: height - row },
    { x: column, y: row, width: width - column, height: height - row },
  ].filter((part) => part.width > 0 && part.height > 0);
}

/** The result, put together from parts that were made one after the other, the last one first. */
export function runInParts(
  operation: Operation,
  values: AnyValues,
  input: Raster,
  second: Raster,
  signal: Signal,
): Raster {
  const shape = resultShape(operation, values, input);
  if (shape === null) throw new Error(`${operation.id} has no result here`);
  const result = createRaster(shape);
  const whole: Region = { raster: result, rectangle: wholeOf(result) };
  const fill = filler(operation, values, input, second, signal);
  for (const part of partsOf(shape).toReversed()) {
    const raster = createRaster({ ...shape, width: part.width, height: part.height });
    fill({ raster, rectangle: part });
    copyRegion({ raster, rectangle: part }, whole, part);
  }
  return result;
}

/** Fills any part of the result. */
function filler(
  operation: Operation,
  values: AnyValues,
  input: Raster,
  second: Raster,
  signal: Signal,
): (output: Region) => void {
  switch (operation.kind) {
    case 'point':
    case 'global': {
      const wanted = measurementFor(operation, values, input);
      const measured = wanted === null ? null : measure(wanted, input);
      const wide = needsColour(operation) ? toColour(input) : input;
      const program = pointProgram(operation, values, wide, measured);
      return (output) => {
        copyRegion({ raster: wide, rectangle: wholeOf(wide) }, output, output.rectangle);
        applyPoint(program, output.raster, wholeOf(output.raster), signal, output.rectangle);
      };
    }
    case 'area':
      return (output) => {
        const source = cut(input, neededRegion(operation, values, input, output.rectangle));
        applyArea(operation, values, source, input, output, signal);
      };
    case 'geometry':
      return (output) => {
        const source = cut(input, operation.source(values, input, output.rectangle));
        operation.move(values, input, source, output, signal);
      };
    case 'whole': {
      const study = operation.study?.(values, input, signal) ?? null;
      return (output) => {
        const part = wholeRegion(operation, values, input, output.rectangle);
        applyWhole(operation, values, study, cut(input, part), input, output, signal);
      };
    }
    case 'blend':
      return (output) => {
        const part = output.rectangle;
        const opacity = operation.opacity(values);
        blendRegions(cut(input, part), cut(second, part), operation.mode(values), opacity, output, signal);
      };
    case 'composed': {
      const raster = runSteps(operation.steps(values), input).reduce(
        (met, step) => runInParts(step.operation, step.values, met, second, signal),
        input,
      );
      return (output) => copyRegion({ raster, rectangle: wholeOf(raster) }, output, output.rectangle);
    }
  }
}

/** A copy of a part of a picture, so that reading beside it fails or shows. */
function cut(input: Raster, part: Rectangle): Region {
  const region: Region = {
    raster: createRaster({ ...input, width: part.width, height: part.height }),
    rectangle: part,
  };
  copyRegion({ raster: input, rectangle: wholeOf(input) }, region, part);
  return region;
}
