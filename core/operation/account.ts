/**
 * How an operation tells what it does: its formula typeset, and the arithmetic of one pixel. What is told must agree with what is computed;
 * tests hold one against the other for every operation.
 */

import type { Rectangle } from '../raster/rectangle';
import type { Region, Shape } from '../raster/raster';
import type { FilledLine } from './formula/print';
import type { DetailPart, Study } from './operation';
import type { Matrix, Parameters, Values } from './parameter';

/**
 * A formula that needs sums over a window, cases in words or the whole picture, which the formula language does not have: typeset, the result
 * `s` at column x and row y made from `v`, the step's input. Choices are already made in it; numbers are called by their parameters' names.
 */
export interface TypesetFormula {
  /** LaTeX, the two sides of an equation each, that of the result first. Only commands that GitHub's mathematics accepts. */
  readonly equations: readonly (readonly [left: string, right: string])[];
  /** What symbols mean that are neither parameters nor names of the formula language. */
  readonly where?: readonly (readonly [symbol: string, meaning: string])[];
}

/** The unrounded result `sum / divisor + offset·K` of a weighted window, or its size if `absolute`. */
export interface WindowSum {
  /** As the weights lie on the picture. */
  readonly matrix: Matrix;
  readonly divisor: number;
  /** On the 255 scale. */
  readonly offset: number;
  readonly absolute: boolean;
}

/** How a result comes of its window where it is no weighted sum, or more than one. */
export interface WindowAccount {
  /** Weighted sums that `lines` go on with, by the name that they have there. */
  readonly parts?: readonly WindowPart[];
  /** Where the result is one of the window's samples, chosen by its size. */
  readonly rank?: WindowRank;
  /** What is done with the parts, the unrounded result last (`name` null); not where there is a rank. */
  readonly lines?: readonly FilledLine[];
}

/** `sum / divisor` of a weighted window. */
export interface WindowPart {
  readonly name: string;
  /** As the weights lie on the picture. */
  readonly matrix: Matrix;
  readonly divisor: number;
}

export interface WindowRank {
  /** Whether the sample at an offset from the anchor is among those that are sorted. */
  readonly counts: (dx: number, dy: number) => boolean;
  /** Which of so many sorted samples is the result, from 0. */
  readonly place: (count: number) => number;
}

/** A pixel that is put together from a rectangle of samples. */
export interface GatheredPixel {
  /** In pixels of the input; may reach outside the picture. */
  readonly part: Rectangle;
  /** The pixel that lies there, all channels, in levels; null where the part never reaches outside. */
  readonly outside: readonly number[] | null;
  /** How each channel comes of the part: a weighted sum, or what is done with the samples (the unrounded result last). */
  readonly channels: readonly (WindowSum | readonly FilledLine[])[];
}

/** A pixel of a whole operation's result. */
export interface ToldPixel<P extends Parameters> {
  readonly values: Values<P>;
  /** What the operation found out about the whole input, where it looks at it beforehand; null where it does not. */
  readonly study: Study | null;
  /** What `detail` of the operation gives around the pixel; null where it was not looked at. */
  readonly detail: DetailPart | null;
  /** Stored levels of the result, all channels. */
  readonly stored: readonly number[];
  /** Holds `accountPart`, as far as the picture goes. */
  readonly input: Region;
  readonly whole: Shape;
  readonly x: number;
  readonly y: number;
}
