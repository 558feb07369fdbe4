import type { Region } from './raster';

/** The levels of a pixel of a region, alpha last; `x`, `y` in the picture's coordinates. */
export function pixelOf({ raster, rectangle }: Region, x: number, y: number): readonly number[] {
  const at = ((y - rectangle.y) * raster.width + (x - rectangle.x)) * raster.channels;
  return Array.from(raster.data.subarray(at, at + raster.channels));
}
