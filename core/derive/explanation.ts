/**
 * How one pixel of a step's result came about: the numbers that went in, the formula, the unrounded result and the stored
 * level, one number a channel (alpha last). These are the very numbers of the computation, not a description of them:
 * `stored` is what the engine stores.
 */

import type { FilledLine } from '../operation/formula/print';
import type { Found } from '../operation/kept';
import type { AnyValues, DetailPart, Operation, Reported, Study } from '../operation/operation';
import type { StepChannels } from '../document/document';
import type { Boundary } from '../raster/boundary';
import type { Raster, Region, Shape } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';

/** A pixel of a step's result, and all that its value depends on. */
export interface Question {
  readonly operation: Operation;
  /** Complete and checked. */
  readonly values: AnyValues;
  readonly channels: StepChannels;
  readonly opacity: number;
  /** The mask's level at the pixel, 0 … 255; null where the step has no mask. */
  readonly mask: number | null;
  /** The whole input's shape. */
  readonly whole: Shape;
  /** The pixel, in the step's result. */
  readonly x: number;
  readonly y: number;
  /** A part of the input that holds `questionPart`. */
  readonly input: Region;
  /** The numbers that the step keeps, or what a global operation measured on its whole input (with channels `luma`: on its luma); else null. */
  readonly measured: Found | null;
  /** The pixel of the second picture of a blend, one pixel large; else null. */
  readonly second: Raster | null;
  /**
   * What is known already of an operation that reads the whole picture, for which the input then need not hold more than the pixel, or
   * that passes over its window several times; null where the operation is to be done on the input.
   */
  readonly outcome: Outcome | null;
  /** True: of a window's levels, weights and products no more is listed than panels show (window-view.ts). Sums are of all. */
  readonly brief?: boolean;
}

/** What an operation made of the pixel, before the step's limits. */
export interface Outcome {
  readonly stored: readonly number[];
  /** Of an operation on the whole picture: what it found out about it, where it looks at it beforehand. */
  readonly study: Study | null;
  /**
   * Of such a one: what telling of a pixel needs besides (`WholeOperation.detail`); null where it needs nothing, `awaited` where that
   * takes long and nobody has waited for it.
   */
  readonly detail: DetailPart | 'awaited' | null;
  /** Of a composed operation: its explained steps, in order. */
  readonly steps: readonly Explanation[];
}

/** Larger windows are not listed sample by sample: nobody could read them. */
export const MOST_LISTED = 128 * 128;

/** The window of a neighbourhood on one channel, row by row. */
export interface WindowArithmetic {
  /** Input pixel of its top left corner; may lie outside the picture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The part of it that lies in the picture, counted from its top left corner; the rest is continued, or left out. */
  readonly inside: Rectangle;
  /** How the picture is continued beyond its edges; null where what lies outside is left out. */
  readonly boundary: Boundary | null;
  /**
   * The part whose levels are listed, counted from its top left corner: all of it, or what can be shown (window-view.ts); nothing of a
   * window that is too large.
   */
  readonly listed: Rectangle;
  /** Levels of the listed part, continued beyond the edges. */
  readonly levels: readonly number[];
  /** Null where the result is no weighted sum, or its levels are not listed. */
  readonly weighted: WeightedSum | null;
  /** Weighted sums that the result is made from, by the names that they have in the channel's lines. */
  readonly parts: readonly PartSum[];
  /** Null where the result is no sample chosen by its size. */
  readonly ranked: RankedSamples | null;
}

export interface PartSum extends Pick<WeightedSum, 'weights' | 'products' | 'sum' | 'divisor'> {
  readonly name: string;
}

export interface RankedSamples {
  /** Levels of the samples that count from the smallest to the largest: all of them, or those around the result. */
  readonly sorted: readonly number[];
  /** Which of these is the result. */
  readonly chosen: number;
  /** How many more there are before and after these. */
  readonly before: number;
  readonly after: number;
  /** Those of the listed levels that count, as indices into them. */
  readonly counting: readonly number[];
  /** The result among the listed levels; null where it is not one of them. */
  readonly at: number | null;
}

export interface WeightedSum {
  /** Of the listed levels, as they lie on the picture, row by row. */
  readonly weights: readonly number[];
  readonly products: readonly number[];
  /** Of all products of the window, listed or not. */
  readonly sum: number;
  readonly divisor: number;
  /** In levels. */
  readonly offset: number;
  /** Whether the result counts by its size. */
  readonly absolute: boolean;
}

/** The arithmetic of one channel. */
export interface ChannelArithmetic {
  /** "R", "G", "B", "Grey", "A". */
  readonly name: string;
  /** The formula with this pixel's numbers, definitions first; empty where a sample is only moved or kept. */
  readonly lines: readonly FilledLine[];
  readonly window: WindowArithmetic | null;
}

export interface Explanation {
  readonly id: string;
  /** The pixel in the step's result. */
  readonly x: number;
  readonly y: number;
  /** Where it comes from in the step's input: the same place, the centre of the window, or where it was moved from. */
  readonly from: { readonly x: number; readonly y: number };
  readonly formula: string;
  /** The mask's level at the pixel, null without a mask. */
  readonly mask: number | null;
  /** Stored levels of the input at `from`. */
  readonly in: readonly number[];
  readonly unrounded: readonly number[];
  readonly stored: readonly number[];
  /** What the operation measured or kept. */
  readonly values: Reported | null;
  /** Whether those are kept. */
  readonly kept: boolean;
  readonly arithmetic: readonly ChannelArithmetic[];
  /** Some of the arithmetic is left out, because it takes long and nobody has waited for it. */
  readonly awaited?: true;
  /** Of a composed operation: its steps, in order, each at the pixel from which the next one started. */
  readonly steps?: readonly Explanation[];
}

/** What one kind of operation says, before the step's limits. */
export type Plain = Omit<Explanation, 'id' | 'x' | 'y' | 'mask' | 'kept'>;

/** The name of a channel of a picture with so many. */
export function channelName(channels: number, channel: number): string {
  if (channels % 2 === 0 && channel === channels - 1) return 'A';
  return channels <= 2 ? 'Grey' : 'RGB'.charAt(channel);
}
