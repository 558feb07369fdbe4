/** From a number's declaration to the range of its controls, for the picture at hand. */

import type { NumberParameter } from '../../core/operation/parameter';
import type { Depth } from '../../core/raster/raster';
import type { Size } from '../../core/raster/rectangle';
import type { NumberRange } from './number-entry';

export interface UsefulRange {
  readonly range: NumberRange;
  /** What the slider's track spans. */
  readonly span: readonly [number, number];
}

/** Bit planes end where the document's depth does; places in the picture end where the picture does. */
export function usefulRange(parameter: NumberParameter, depth: Depth, picture: Size | null): UsefulRange {
  const { min, step, integer = false, unit } = parameter;
  const max = unit === 'plane' ? Math.min(parameter.max, depth - 1) : parameter.max;
  const [low, high] = parameter.slider ?? [min, max];
  const end = picture !== null && unit === 'px' ? Math.max(picture.width, picture.height) : high;
  return { range: { min, max, step, integer }, span: [Math.max(min, low), Math.min(max, high, end)] };
}
