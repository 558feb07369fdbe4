/** Rasters in shared memory as messages carry them: where their samples lie, and not the samples. */

import { byteLength, sampleCount, shapeOf, type Raster, type Region, type Shape } from '../../raster/raster';
import type { Rectangle } from '../../raster/rectangle';
import type { SharedRegion } from './messages';

export function sharedBuffer(raster: Raster): SharedArrayBuffer {
  const { buffer } = raster.data;
  if (!(buffer instanceof SharedArrayBuffer)) throw new Error('tiles lie in shared memory');
  return buffer;
}

export function sharedRegion({ raster, rectangle }: Region): SharedRegion {
  return {
    rectangle,
    shape: shapeOf(raster),
    buffer: sharedBuffer(raster),
    byteOffset: raster.data.byteOffset,
  };
}

/** The rows of a raster that holds `region` as places to write strips of it to. */
export function rowsOf(raster: Raster, region: Rectangle): (strip: Rectangle) => SharedRegion {
  const row = byteLength({ ...raster, height: 1 });
  return (strip) => ({
    rectangle: strip,
    shape: { ...shapeOf(raster), height: strip.height },
    buffer: sharedBuffer(raster),
    byteOffset: raster.data.byteOffset + (strip.y - region.y) * row,
  });
}

export function firstRows(raster: Raster, height: number): Raster {
  const shape: Shape = { ...shapeOf(raster), height };
  return { ...shape, data: raster.data.subarray(0, sampleCount(shape)) };
}
