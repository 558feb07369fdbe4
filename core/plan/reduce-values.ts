/**
 * Lengths at a reduced level: the planner rescales parameters declared in pixels, so kernels never see the zoom.
 * A reduced neighbourhood operation is an approximation, shown only until the exact picture replaces it.
 */

import type { AnyValues, Operation } from '../operation/operation';
import type { ParameterValue } from '../operation/parameter';
import type { Shape } from '../raster/raster';

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
    if (declaration?.kind !== 'number' || declaration.unit !== 'px' || typeof value !== 'number') {
      reduced[name] = value;
      continue;
    }
    const scaled = value / 2 ** level;
    const whole = declaration.integer === true ? Math.round(scaled) : scaled;
    reduced[name] = Math.min(declaration.max, Math.max(declaration.min, whole));
  }
  // A rectangle that rounding pushed outside is pulled back by at least one pixel.
  if (typeof reduced.x === 'number') reduced.x = Math.min(reduced.x, shape.width - 1);
  if (typeof reduced.y === 'number') reduced.y = Math.min(reduced.y, shape.height - 1);
  return reduced;
}
