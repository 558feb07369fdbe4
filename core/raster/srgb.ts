/** The transfer functions of sRGB (IEC 61966-2-1): what "linear light" means wherever an operation speaks of it. */

import { levelsOf, topOf, type Depth } from './raster';

/** A stored value, 0 … 1, as linear light. */
export function decodeSrgb(value: number): number {
  return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
}

/** Linear light, 0 … 1, as it is stored. */
export function encodeSrgb(light: number): number {
  return light <= 0.0031308 ? 12.92 * light : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
}

const known = new Map<Depth, Float64Array>();

/** The linear light of every level. */
export function lightOfLevels(depth: Depth): Float64Array {
  let light = known.get(depth);
  if (light === undefined) {
    const top = topOf(depth);
    light = Float64Array.from({ length: levelsOf(depth) }, (_, level) => decodeSrgb(level / top));
    known.set(depth, light);
  }
  return light;
}
