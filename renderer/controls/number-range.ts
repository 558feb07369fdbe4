/** From a number's declaration to the range of its controls, for the picture at hand. */

import type {
  NumberParameter,
  NumbersParameter,
  PictureNumberParameter,
} from '../../core/operation/parameter';
import type { Depth } from '../../core/raster/raster';
import type { Size } from '../../core/raster/rectangle';
import type { NumberRange } from './number-entry';

export interface UsefulRange {
  readonly range: NumberRange;
  /** What the slider's track spans. */
  readonly span: readonly [number, number];
}

/** How far above a bound that is not itself allowed a control stops, in steps. */
const CLOSE = 0.01;

/** Bit planes end where the document's depth does; places in the picture end where the picture does. */
export function usefulRange(
  parameter: NumberParameter | PictureNumberParameter,
  depth: Depth,
  picture: Size | null,
): UsefulRange {
  const { step, integer = false, unit } = parameter;
  const min = leastOf(parameter);
  const max = unit === 'plane' ? Math.min(parameter.max, depth - 1) : parameter.max;
  const [low, high] = parameter.slider ?? [min, max];
  const end = picture !== null && unit === 'px' ? longest(picture) : high;
  return { range: { min, max, step, integer }, span: [Math.max(min, low), Math.min(max, high, end)] };
}

/** The same for each of several numbers. */
export function numbersRange(parameter: NumbersParameter, picture: Size): UsefulRange {
  const { max, step, integer = false, unit } = parameter;
  const min = leastOf(parameter);
  const span: readonly [number, number] =
    unit === 'px' ? [Math.max(0, min), Math.min(max, longest(picture))] : [min, max];
  return { range: { min, max, step, integer }, span };
}

function leastOf(parameter: NumberParameter | PictureNumberParameter | NumbersParameter): number {
  const above = 'above' in parameter && parameter.above === true;
  return above ? parameter.min + parameter.step * (parameter.integer ? 1 : CLOSE) : parameter.min;
}

function longest({ width, height }: Size): number {
  return Math.max(width, height);
}
