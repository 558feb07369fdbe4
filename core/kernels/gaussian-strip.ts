/** What a strip of Gaussian means is computed with, as wasm/assembly/gaussian-strip.ts reads it. */

/** Doubles: the first fields of `Strip` there, in the same order. */
const DOUBLES = [
  // What is made of a mean (gaussian-mix.ts).
  'amount',
  'least',
  // How far values may be off as they come first, base + slope · what levels lie apart; then from wide column sums in single precision.
  'coarseBase',
  'coarseSlope',
  'fineBase',
  'fineSlope',
  // By how much less they are off in doubles; and how far from exact column sums.
  'surer',
  'exactBound',
  // What a unit of `low` is to one of `high`.
  'ratio',
  // Levels that a unit of the column sums stands for, of the upper one of two rows and of the lower one; and what sums of 0 stand for.
  'upperUnit',
  'lowerUnit',
  'upperRest',
  'lowerRest',
  // Narrow column sums that a unit of the sums along the row stands for, at even pixels and at odd ones.
  'evenUnit',
  'oddUnit',
] as const;

/** Whole numbers and addresses: its other fields, likewise. */
const WORDS = [
  // Says at the end how many places are to be computed by the definition.
  'found',
  // Of the window, in pixels.
  'radius',
  'channels',
  // Bytes of an input row and of an output row.
  'line',
  'row',
  // Which mix it is.
  'mix',
  // Samples that means at odd pixels reach further than their window where they follow from those at even ones; else 0.
  'aside',
  // Most places that are left to the definition one by one.
  'room',
  // Added to wide column sums (gaussianColumnPairs8).
  'upperCut',
  'lowerCut',
  // Stages down the columns and along the row.
  'downStages',
  'acrossStages',
  // Fours of rows of which extremes are kept, and blocks of columns.
  'fours',
  'blocks',
  // Pairs of rows, and bytes of one.
  'woven',
  'pitch',
  // Column sums.
  'upperWide',
  'lowerWide',
  'upperNarrow',
  'lowerNarrow',
  // Those of neighbours, and means of even pixels.
  'paired',
  'evens',
  // Turns and the ends of their stages (gaussian-pairs.ts).
  'downTurns',
  'downEnds',
  'acrossTurns',
  'acrossEnds',
  // The tables of gaussian-layout.ts.
  'layout',
  'turns',
  'orders',
  // Contrast (gaussian-contrast.ts), and the bounds that follow from it.
  'extremes',
  'contrasts',
  'coarse',
  'fine',
  // What is in doubt, as bits and as places.
  'doubts',
  'list',
  // Weights outward, as floats, as doubles, and as doubles in units of `high`; and as whole numbers (gaussian-weights.ts).
  'singleTaps',
  'doubleTaps',
  'exactTaps',
  'whole',
  // Exact column sums, and room for what nobody needs of them; which of them are there.
  'high',
  'low',
  'scratch',
  'done',
] as const;

export const STRIP_BYTES = 8 * DOUBLES.length + 4 * WORDS.length;
/** Where `found` is read. */
export const FOUND = 8 * DOUBLES.length + 4 * WORDS.indexOf('found');

export type Strip = Readonly<Record<(typeof DOUBLES)[number] | (typeof WORDS)[number], number>>;

export function bytesOfStrip(strip: Strip): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(STRIP_BYTES);
  new Float64Array(bytes.buffer, 0, DOUBLES.length).set(DOUBLES.map((name) => strip[name]));
  new Int32Array(bytes.buffer, 8 * DOUBLES.length).set(WORDS.map((name) => strip[name]));
  return bytes;
}
