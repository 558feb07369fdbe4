/**
 * What a point or global operation computes for given values and a given picture: one formula, and the numbers behind its
 * names. Tables, loops, the plain reference and `explain` all start from here.
 */

import { colourChannelsOf, hasAlpha, topOf, type Shape } from '../raster/raster';
import { store } from '../raster/rounding';
import { evaluate, scopeWithDefinitions } from './formula/evaluate';
import { depthScope, namesSize, numberFor, pixelScope, type Place, type Scope } from './formula/names';
import { parseFormula } from './formula/parse';
import type { Formula } from './formula/syntax';
import { globalConstants, type Found } from './kept';
import type {
  AnyValues,
  Constants,
  GlobalOperation,
  Measurement,
  PointOperation,
  Reported,
} from './operation';

/** Operations whose result for a pixel depends on that pixel alone, and perhaps on a measurement of the whole. */
export type FormulaOperation = PointOperation | GlobalOperation;

export interface PointFormula {
  readonly text: string;
  readonly formula: Formula;
  /** Parameters and constants by name, one number a colour channel. */
  readonly constants: Constants;
  /** What the operation reports about the picture; empty for point operations. */
  readonly reported: Reported;
}

/** What has to be measured of the whole picture before the operation's formula is known; null where nothing. */
export function measurementFor(
  operation: FormulaOperation,
  values: AnyValues,
  shape: Shape,
): Measurement | null {
  return operation.kind === 'global' ? operation.measurement(values, shape) : null;
}

/** `values` are complete and checked; `found` is what `measurementFor` asks for, or numbers kept instead. */
export function pointFormula(
  operation: FormulaOperation,
  values: AnyValues,
  shape: Shape,
  found: Found | null,
): PointFormula {
  const colours = colourChannelsOf(shape);
  const constants: Record<string, readonly number[]> = {};
  for (const [name, value] of Object.entries(values)) {
    const number = numberFor(value);
    if (number !== null) constants[name] = new Array<number>(colours).fill(number);
  }
  const text = operation.formula(values, shape);
  const formula = parseFormula(text);
  const derived =
    operation.kind === 'global'
      ? globalConstants(operation, values, shape, found)
      : { constants: operation.constants?.(values, shape) ?? {}, reported: {} };
  return {
    text,
    formula,
    constants: { ...constants, ...sizeOf(formula, shape), ...derived.constants },
    reported: derived.reported,
  };
}

/** The picture's size as constants, where the formula asks for it. */
function sizeOf(formula: Formula, { width, height, channels }: Shape): Constants {
  if (!namesSize(formula)) return {};
  const each = (size: number): readonly number[] =>
    new Array<number>(colourChannelsOf({ channels })).fill(size);
  return { W: each(width), H: each(height) };
}

/** The numbers of one channel, without those of a pixel. */
export function channelScope(constants: Constants, channel: number, shape: Shape): Record<string, number> {
  const scope: Record<string, number> = { ...depthScope(shape.depth), channel };
  for (const [name, numbers] of Object.entries(constants)) scope[name] = numbers[channel];
  return scope;
}

/** The arithmetic of one pixel, a number a colour channel. */
export interface PointResult {
  readonly unrounded: readonly number[];
  /** All channels; alpha as it was. */
  readonly stored: readonly number[];
  /** The numbers behind every name, definitions included, for each colour channel. */
  readonly scopes: readonly Scope[];
}

/**
 * Evaluates the formula for one pixel (its stored samples, alpha last) at its place in the picture, plainly: the reference for
 * tables and loops.
 */
export function evaluatePixel(
  point: PointFormula,
  pixel: readonly number[],
  shape: Shape,
  place: Place,
): PointResult {
  const colours = colourChannelsOf(shape);
  const top = topOf(shape.depth);
  const scopes: Scope[] = [];
  const unrounded: number[] = [];
  const stored: number[] = [];
  for (let channel = 0; channel < colours; channel++) {
    const scope = scopeWithDefinitions(point.formula, {
      ...channelScope(point.constants, channel, shape),
      ...pixelScope(pixel, channel, shape.depth),
      ...place,
    });
    const result = evaluate(point.formula, scope);
    scopes.push(scope);
    unrounded.push(result);
    stored.push(store(result, top));
  }
  if (hasAlpha(shape)) stored.push(pixel[colours]);
  return { unrounded, stored, scopes };
}
