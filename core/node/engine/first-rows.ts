/** A part of a raster that lies in the same memory. */

import { sampleCount, shapeOf, type Raster, type Shape } from '../../raster/raster';

export function firstRows(raster: Raster, height: number): Raster {
  const shape: Shape = { ...shapeOf(raster), height };
  return { ...shape, data: raster.data.subarray(0, sampleCount(shape)) };
}
