/**
 * Whole weights for Gaussian means in pairs of both directions, and how far a mean made with them can be off.
 *
 * How far a mean can be off, in levels: whole weights W stand for W/ΣW, true ones are w, and both add up to 1. So a sum over levels within
 * R of each other is off by at most Σ|W/ΣW − w| · R/2, whatever they are: once down the columns and once along the row, whose column
 * sums lie no further apart. R is measured (wasm/assembly/gaussian-contrast.ts), and in photographs mostly small. Dividing by four cuts off
 * less than a unit in all stages together, and 127.5, which is taken away from every level, is rounded: 1.5/ΣW. A column sum of 16 bits
 * is off by another 128/ΣW; along the row less than a unit is cut off again.
 */

import { pairWeights, STAGES, type PairWeights } from './gaussian-pair-weights';

/** How far apart the levels of a window are taken to be where that has to be guessed. */
export const TYPICAL = 64;
/** What is in doubt because of the columns' weights is computed a second time, which costs so much more. */
const DEARER = 7;
/**
 * A column sum of at most 127.5 levels without its sign must fit 16 bits when divided by 256. Where it does not fill them, weights along the
 * row can be more precise, which is what counts for wide windows.
 */
const COLUMN_SCALES = [1, 0.7, 0.5].map((part) => part * 2 ** 16);

export interface Plan {
  readonly down: PairWeights;
  readonly across: PairWeights;
  /** How far a mean can be off where all levels are the same: from 16 bits; from the wide column sums in single precision, in doubles. */
  readonly error: number;
  readonly wideError: number;
  readonly doubleError: number;
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
  for (const limit of COLUMN_SCALES) {
    const plan = planWithin(limit, weights);
    if (plan === null) continue;
    const loss = plan.error + (plan.across.error + DEARER * plan.down.error) * (TYPICAL / 2);
    if (loss < least) [best, least] = [plan, loss];
  }
  return best;
}

function planWithin(limit: number, weights: Float64Array): Plan | null {
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
  const error = wideError + 128 / sum + 256 / sum / Math.min(...across.sums);
  return { down, across, error, wideError, doubleError };
}
