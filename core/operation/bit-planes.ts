/** Bit planes are real bit positions, so their range follows the depth (OPERATIONS.md 1). */

import type { Shape } from '../raster/raster';

/** What is wrong with a plane of this number in such a picture, or null. */
export function planeFault(name: string, plane: number, shape: Shape | null): string | null {
  if (shape === null || plane < shape.depth) return null;
  const last = shape.depth - 1;
  return `expected a whole number from 0 to ${last} for ${name} in an ${shape.depth}-bit picture but received ${plane}`;
}
