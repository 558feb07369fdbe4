/**
 * Gaussian weights as whole numbers of 16 bits for sums over pairs of neighbours (wasm/assembly/gaussian-pairs.ts), and how far a mean made
 * with them can lie from that with the true ones.
 */

/** Bytes of a turn: how far its pair lies behind the first, two weights for the even output, two for the odd one. */
export const TURN = 12;

/** In the stages weights are counted in units of so many parts of a unit of the sum; after each stage the sums are divided by four. */
export const STAGES = { down: [64, 16, 4], across: [16, 4] } as const;
type Units = readonly number[];

const LARGEST = 2 ** 15 - 1;
/** Sums must fit 32 bits with their sign; a unit is left for what rounding adds. */
const ROOM = 2 ** 31 - 2 ** 16;
/** So many weights are rounded to find a good scale: errors differ by a factor of four and more, the less the wider the window. */
const TRIALS = 2 ** 13;

/** For one direction. */
export interface PairWeights {
  /** What the true weights were multiplied with. */
  readonly scale: number;
  /** Which pair each turn takes, from the ends of the window inward. */
  readonly order: readonly number[];
  /** Four a turn: for the even output the first and the second of the pair, for the odd output likewise. */
  readonly weights: Int16Array;
  /** After how many turns each stage ends. */
  readonly ends: readonly number[];
  /** The sum of the weights in units of the sum, for the even and the odd output. */
  readonly sums: readonly [number, number];
  /** The sum of how far the weights, divided by their sum, are off; of the output for which it is larger. */
  readonly error: number;
}

/** Which pair each turn takes. */
function orderOf(pairs: number): number[] {
  return Array.from({ length: pairs }, (_, turn) => (turn % 2 === 0 ? turn / 2 : pairs - (turn + 1) / 2));
}

let room = new Float64Array(0);

/** Lends numbers that nobody else uses meanwhile: many scales are tried. */
function roomFor(count: number): Float64Array {
  if (room.length < count) room = new Float64Array(count);
  return room;
}

/**
 * Rounds weights, four a turn, at a scale, for samples of at most `largest` without their sign. Answers the error, and tells `each`, where
 * it is given, every rounded weight and the stage it belongs to.
 */
function round(
  scale: number,
  wanted: Float64Array,
  units: Units,
  largest: number,
  each?: (place: number, whole: number, stage: number) => void,
): number {
  let stage = 0;
  let unit = units[0];
  const rounded = roomFor(wanted.length);
  // The largest sums that samples can make so far, in units of the stage, for the even and the odd output.
  let mostEven = 0;
  let mostOdd = 0;
  let sumEven = 0;
  let sumOdd = 0;
  for (let at = 0; at < wanted.length;) {
    const factor = scale * unit;
    const a = Math.round(wanted[at] * factor);
    const b = Math.round(wanted[at + 1] * factor);
    const c = Math.round(wanted[at + 2] * factor);
    const d = Math.round(wanted[at + 3] * factor);
    const even = mostEven + (a + b) * largest;
    const odd = mostOdd + (c + d) * largest;
    if (even > ROOM || odd > ROOM || a > LARGEST || b > LARGEST || c > LARGEST || d > LARGEST) {
      if (stage === units.length - 1) return Infinity;
      const finer = unit;
      unit = units[++stage];
      mostEven *= unit / finer;
      mostOdd *= unit / finer;
      continue;
    }
    mostEven = even;
    mostOdd = odd;
    sumEven += (a + b) / unit;
    sumOdd += (c + d) / unit;
    [rounded[at], rounded[at + 1]] = [a / unit, b / unit];
    [rounded[at + 2], rounded[at + 3]] = [c / unit, d / unit];
    if (each !== undefined) [a, b, c, d].forEach((whole, which) => each(at + which, whole, stage));
    at += 4;
  }
  let errorEven = 0;
  let errorOdd = 0;
  for (let at = 0; at < wanted.length; at += 4) {
    errorEven +=
      Math.abs(rounded[at] / sumEven - wanted[at]) + Math.abs(rounded[at + 1] / sumEven - wanted[at + 1]);
    errorOdd +=
      Math.abs(rounded[at + 2] / sumOdd - wanted[at + 2]) +
      Math.abs(rounded[at + 3] / sumOdd - wanted[at + 3]);
  }
  return Math.max(errorEven, errorOdd);
}

/**
 * The weights, which add up to 1, at the scale of at most `limit` that leaves the least error; `cost` is added to that, what the scale costs
 * elsewhere. `weights.length` is odd. A pair's weights in the even output are those of a window that begins with the pair, in the odd output
 * those of one that begins a place later. Null where the numbers do not fit.
 */
export function pairWeights(
  weights: Float64Array,
  units: Units,
  limit: number,
  largest: number,
  cost: (scale: number) => number,
  weight = 1,
): PairWeights | null {
  const order = orderOf((weights.length + 1) / 2);
  const wanted = Float64Array.from(
    order.flatMap((pair) => [2 * pair, 2 * pair + 1, 2 * pair - 1, 2 * pair]),
    (place) => weights[place] ?? 0,
  );
  const heaviest = wanted.reduce((most, weight) => Math.max(most, weight), 0);
  const last = units[units.length - 1];
  const top = Math.min(limit, LARGEST / (heaviest * last), ROOM / (largest * last));
  const trials = Math.ceil(TRIALS / wanted.length);
  let scale = 0;
  let least = Infinity;
  for (let trial = 0; trial < trials; trial++) {
    const tried = top * (1 - trial / (2 * trials));
    const loss = weight * round(tried, wanted, units, largest) + cost(tried);
    if (loss < least) [scale, least] = [tried, loss];
  }
  if (scale === 0) return null;
  const rounded = new Int16Array(wanted.length);
  const sums: [number, number] = [0, 0];
  const ends = units.map(() => order.length);
  const error = round(scale, wanted, units, largest, (place, whole, stage) => {
    rounded[place] = whole;
    sums[(place >> 1) & 1] += whole / units[stage];
    for (let before = 0; before < stage; before++) ends[before] = Math.min(ends[before], place >> 2);
  });
  return { scale, order, weights: rounded, ends, sums, error };
}

/** The turns as the kernels read them; `offsetOf` says how many bytes a pair lies behind the first. */
export function turnTable(
  { order, weights }: PairWeights,
  offsetOf: (pair: number) => number,
): Int16Array<ArrayBuffer> {
  const table = new Int16Array((order.length * TURN) / 2);
  const offsets = new Int32Array(table.buffer);
  order.forEach((pair, turn) => {
    offsets[(turn * TURN) / 4] = offsetOf(pair);
    table.set(weights.subarray(4 * turn, 4 * turn + 4), (turn * TURN) / 2 + 2);
  });
  return table;
}
