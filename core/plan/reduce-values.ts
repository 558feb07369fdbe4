/**
 * Lengths at a reduced level: the planner rescales parameters declared in pixels, so kernels never see the zoom.
 * A reduced neighbourhood operation is an approximation, shown only until the exact picture replaces it.
 */

import type { AnyValues, Operation } from '../operation/operation';
import type { Parameter, ParameterValue } from '../operation/parameter';
import type { Shape } from '../raster/raster';

type Length = Extract<Parameter, { readonly unit?: unknown }>;

function isLength(declaration: Parameter | undefined): declaration is Length {
  return (
    declaration !== undefined &&
    'unit' in declaration &&
    (declaration.unit === 'px' || declaration.unit === 'cycles/px')
  );
}

function reducedLength(declaration: Length, value: ParameterValue, level: number): ParameterValue {
  const reduce = (length: number): number => {
    const scaled = declaration.unit === 'cycles/px' ? length * 2 ** level : length / 2 ** level;
    const whole = declaration.integer === true ? Math.round(scaled) : scaled;
    return Math.min(declaration.max, Math.max(declaration.min, whole));
  };
  if (typeof value === 'number') return reduce(value);
  return Array.isArray(value) ? value.map((each) => (typeof each === 'number' ? reduce(each) : each)) : value;
}

/** Values for a picture halved `level` times; `shape` is that picture's. */
export function reducedValues(
  operation: Operation,
  values: AnyValues,
  level: number,
  shape: Shape,
): AnyValues {
  if (level === 0) return values;
  const reduced: Record<string, ParameterValue> = {};
  for (const [name, value] of Object.entries(values)) {
    const declaration = operation.parameters[name];
    reduced[name] = isLength(declaration) ? reducedLength(declaration, value, level) : value;
  }
  // A rectangle that rounding pushed outside is pulled back by at least one pixel.
  if (typeof reduced.x === 'number') reduced.x = Math.min(reduced.x, shape.width - 1);
  if (typeof reduced.y === 'number') reduced.y = Math.min(reduced.y, shape.height - 1);
  return reduced;
}
