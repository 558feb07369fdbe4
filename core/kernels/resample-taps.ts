/**
 * One direction of a resampling (OPERATIONS.md 12a, Pillow's definition): which input samples each output sample is the weighted
 * mean of. When a picture shrinks the filter is stretched, so that every input sample counts.
 */

export const RESAMPLE_FILTERS = ['nearest', 'bilinear', 'bicubic', 'lanczos3'] as const;
export type ResampleFilter = (typeof RESAMPLE_FILTERS)[number];

/** Keys' cubic with a = −1/2, which goes through the samples. */
export function keysCubic(distance: number): number {
  const d = Math.abs(distance);
  if (d <= 1) return (1.5 * d - 2.5) * d * d + 1;
  return d < 2 ? ((-0.5 * d + 2.5) * d - 4) * d + 2 : 0;
}

/** Nothing at whole numbers, where the sine of a rounded multiple of π would leave a trace. */
function sinc(x: number): number {
  if (x === 0) return 1;
  return Number.isInteger(x) ? 0 : Math.sin(Math.PI * x) / (Math.PI * x);
}

interface Filter {
  /** How far it reaches to both sides. */
  readonly support: number;
  weight(distance: number): number;
}

const FILTERS: Readonly<Record<Exclude<ResampleFilter, 'nearest'>, Filter>> = {
  bilinear: { support: 1, weight: (d) => Math.max(0, 1 - Math.abs(d)) },
  bicubic: { support: 2, weight: keysCubic },
  lanczos3: { support: 3, weight: (d) => (Math.abs(d) < 3 ? sinc(d) * sinc(d / 3) : 0) },
};

/** The taps of a run of output samples. */
export interface ResampleTaps {
  /** The first input sample of each. */
  readonly first: Int32Array;
  /** How many input samples each one reads. */
  readonly count: Int32Array;
  /** Where its weights begin. */
  readonly at: Int32Array;
  /** They add up to 1 for each. */
  readonly weights: Float64Array;
}

/** Every strip of a picture asks for the taps of the same columns, whose sines cost more than a strip's sums. */
const known = new Map<string, ResampleTaps>();
const MOST_KNOWN = 4;

/** The taps of output samples `start` … `start + length − 1`, where `from` samples become `to`. To be read only. */
export function resampleTaps(
  filter: ResampleFilter,
  from: number,
  to: number,
  start: number,
  length: number,
): ResampleTaps {
  const name = [filter, from, to, start, length].join();
  const taps = known.get(name) ?? makeTaps(filter, from, to, start, length);
  // The last one asked for comes last, so the columns' taps outlive those of row after row.
  known.delete(name);
  known.set(name, taps);
  const [oldest] = known.keys();
  if (known.size > MOST_KNOWN) known.delete(oldest);
  return taps;
}

function makeTaps(
  filter: ResampleFilter,
  from: number,
  to: number,
  start: number,
  length: number,
): ResampleTaps {
  const first = new Int32Array(length);
  const count = new Int32Array(length);
  const at = new Int32Array(length);
  const weights: number[] = [];
  for (let index = 0; index < length; index++) {
    at[index] = weights.length;
    const [begin, own] = tapsOf(filter, from, to, start + index);
    first[index] = begin;
    count[index] = own.length;
    for (const weight of own) weights.push(weight);
  }
  return { first, count, at, weights: Float64Array.from(weights) };
}

/**
 * Counted in halves of the finer grid, so that every position is a whole number: places that coincide do so exactly, and a tap that
 * weighs nothing in real arithmetic weighs nothing here.
 */
function tapsOf(
  filter: ResampleFilter,
  from: number,
  to: number,
  index: number,
): readonly [first: number, weights: readonly number[]] {
  const centre = (2 * index + 1) * from;
  if (filter === 'nearest') return [Math.floor(centre / (2 * to)), [1]];
  const { support, weight } = FILTERS[filter];
  const unit = 2 * Math.max(from, to);
  const begin = Math.max(0, Math.floor((centre - support * unit + to) / (2 * to)));
  const end = Math.min(from, Math.floor((centre + support * unit + to) / (2 * to)));
  const own = Array.from({ length: end - begin }, (_, tap) =>
    weight(((2 * (begin + tap) + 1) * to - centre) / unit),
  );
  const sum = own.reduce((total, each) => total + each, 0);
  return [begin, own.map((each) => each / sum)];
}

/** The input samples that a run of output samples reads. */
export function resampleReach(
  filter: ResampleFilter,
  from: number,
  to: number,
  start: number,
  length: number,
): readonly [first: number, count: number] {
  const [begin] = tapsOf(filter, from, to, start);
  const [last, own] = tapsOf(filter, from, to, start + length - 1);
  return [begin, last + own.length - begin];
}
