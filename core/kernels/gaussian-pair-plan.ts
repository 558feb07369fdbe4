/**
 * Whole weights for Gaussian means in pairs of both directions, and how far a mean made with them can be off.
 *
 * How far a mean can be off, in levels: whole weights W stand for W/ΣW, true ones are w, and both add up to 1. So a sum over levels within
 * R of each other is off by at most Σ|W/ΣW − w| · R/2, whatever they are: once down the columns and once along the row, whose column
 * sums lie no further apart. R is measured (wasm/assembly/gaussian-contrast.ts), and in photographs mostly small. Dividing by four cuts off
 * less than a unit in all stages together, and 127.5, which is taken away from every level, is rounded: 1.5/ΣW. A column sum of 16 bits
 * is off by another 128/ΣW; along the row less than a unit is cut off again.
 *
 * Of a wide window only the means at even pixels are summed up along the row. One at an odd pixel is what the polynomial of degree 7 through the
 * eight even ones around it has there (Lagrange's weights in the middle, BETWEEN), which is a sum over the row again, with weights w' that can be
 * written down and also add up to 1: it is off by at most Σ|w' − w| · R/2, with R measured seven pixels further on both sides, and what the
 * column sums are off by counts Σ|w'| times. Most of Σ|w' − w| comes of the ends of the window, where the weights drop to nothing.
 */

import { pairWeights, STAGES, type PairWeights } from './gaussian-pair-weights';
import { wholeWeights, type WholeWeights } from './gaussian-weights';

/** How far apart the levels of a window are taken to be where that has to be guessed. */
export const TYPICAL = 64;
/** What is in doubt because of the columns' weights is computed a second time, which costs so much more. */
const DEARER = 7;
/**
 * A column sum of at most 127.5 levels without its sign must fit 16 bits when divided by 256. Where it does not fill them, weights along the
 * row can be more precise, which is what counts for wide windows.
 */
const COLUMN_SCALES = [1, 0.7, 0.5].map((part) => part * 2 ** 16);

/** What the even pixels one, three, five and seven places away count, so many parts of 2048 (`between` in wasm/assembly/gaussian-pairs.ts). */
const BETWEEN = [1225, -245, 49, -5].map((part) => part / 2048);
/** Pixels that such a mean reaches further than its window. */
export const ASIDE = 2 * BETWEEN.length - 1;
/** Where odd pixels would be off by more than this in addition, in levels, what is in doubt costs more than is saved. */
const MOST_BETWEEN = 0.0035;

export interface Plan {
  /** For what 16 bits leave in doubt at the end. */
  readonly whole: WholeWeights;
  readonly down: PairWeights;
  readonly across: PairWeights;
  /** How far a mean can be off where all levels are the same: from 16 bits; from the wide column sums in single precision, in doubles. */
  readonly error: number;
  readonly wideError: number;
  readonly doubleError: number;
  /** What R is multiplied with and added to `error`. */
  readonly slope: number;
  /** The same two for all pixels where means at odd ones follow from those at even ones; null where they are to be summed up. */
  readonly between: { readonly error: number; readonly slope: number } | null;
}

/** Error bounds of `float32` arithmetic on a mean that is made of three roundings of levels up to 255. */
const FLOAT = 4 * 255 * 2 ** -24;

let lastWeights: Float64Array | null = null;
let lastPlan: Plan | null = null;

/** The plan for these weights, or null where they do not fit; the last one is kept, because a picture is computed in many pieces. */
export function planFor(weights: Float64Array): Plan | null {
  const same =
    lastWeights?.length === weights.length && lastWeights.every((weight, at) => weight === weights[at]);
  if (!same) {
    lastWeights = weights.slice();
    lastPlan = makePlan(weights);
  }
  return lastPlan;
}

function makePlan(weights: Float64Array): Plan | null {
  let best: Plan | null = null;
  let least = Infinity;
  const whole = wholeWeights(weights);
  for (const limit of COLUMN_SCALES) {
    const plan = planWithin(limit, weights, whole);
    if (plan === null) continue;
    const { error, slope } = plan.between ?? plan;
    const loss = error + (slope + ((DEARER - 1) * plan.down.error) / 2) * TYPICAL;
    if (loss < least) [best, least] = [plan, loss];
  }
  return best;
}

function planWithin(limit: number, weights: Float64Array, whole: WholeWeights): Plan | null {
  const down = pairWeights(
    weights,
    STAGES.down,
    limit,
    255,
    (scale) => 128 / (DEARER * (TYPICAL / 2)) / scale,
  );
  if (down === null) return null;
  const across = pairWeights(
    weights,
    STAGES.across,
    Infinity,
    (127.5 * Math.max(...down.sums)) / 256 + 1,
    () => 0,
  );
  if (across === null) return null;
  const sum = Math.min(...down.sums);
  const doubleError = 1.5 / sum;
  const wideError = doubleError + FLOAT;
  const cutOff = 128 / sum;
  const rest = 256 / sum / Math.min(...across.sums);
  const error = wideError + cutOff + rest;
  const slope = (down.error + across.error) / 2;
  const { off, size } = betweenWeights(across, weights);
  const between = {
    error: (doubleError + cutOff) * size + 2 * (FLOAT + rest),
    slope: (down.error * size + Math.max(off, across.error)) / 2,
  };
  const more = between.error - error + (between.slope - slope) * TYPICAL;
  return {
    ...{ whole, down, across, error, wideError, doubleError, slope },
    between: more <= MOST_BETWEEN ? between : null,
  };
}

/** Σ|w' − w| and Σ|w'| of the weights that windows at odd pixels have when they are made from those at even ones. */
function betweenWeights(
  { order, weights: whole, ends, sums }: PairWeights,
  weights: Float64Array,
): { off: number; size: number } {
  const made = new Float64Array(weights.length + 2 * ASIDE);
  order.forEach((pair, turn) => {
    const unit = STAGES.across[ends.findIndex((end) => turn < end)] * sums[0];
    for (const place of [0, 1]) {
      const weight = whole[4 * turn + place] / unit;
      if (weight === 0) continue;
      BETWEEN.forEach((part, at) => {
        made[ASIDE + 2 * pair + place - (2 * at + 1)] += part * weight;
        made[ASIDE + 2 * pair + place + (2 * at + 1)] += part * weight;
      });
    }
  });
  return {
    off: made.reduce((all, weight, at) => all + Math.abs(weight - (weights[at - ASIDE] ?? 0)), 0),
    size: made.reduce((all, weight) => all + Math.abs(weight), 0),
  };
}
