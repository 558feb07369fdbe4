/** Parameters that several of the module's exports have alike (exports.ts), which says what they are counted in. */

/** Addresses of the first pixels. */
export type CopyAlpha = (target: number, source: number, pixels: number, channels: number) => void;

/** Addresses of two rows of `count` levels. */
export type BoxExchange = (sums: number, entering: number, leaving: number, count: number) => void;

export type BoxMeans = (sums: number, output: number, width: number, channels: number, size: number) => void;

/** Entries of 64 bytes, as `Pass` in ../fourier-passes.ts counts them; addresses of doubles. */
export type FourierPass = (from: number, to: number, inner: number, outer: number, turns: number) => void;

/** `line` is in bytes. */
export type GradientRow = (
  input: number,
  line: number,
  output: number,
  count: number,
  channels: number,
  side: number,
  middle: number,
  component: number,
  scale: number,
) => void;

/** Lines and `bytes`, what a row takes, are in bytes. */
export type Lower = (
  target: number,
  targetLine: number,
  first: number,
  firstLine: number,
  second: number,
  secondLine: number,
  bytes: number,
  rows: number,
) => void;

/** Everything is in bytes. */
export type SmallMedian = (input: number, line: number, output: number, bytes: number, pixel: number) => void;

export type MedianOfColumns = (
  input: number,
  line: number,
  output: number,
  bytes: number,
  pixel: number,
  ranks: number,
) => void;

export type RealSums = (input: number, output: number, count: number, taps: number, tapCount: number) => void;

export type RealLevels = (
  sums: number,
  output: number,
  count: number,
  divisor: number,
  offset: number,
  absolute: boolean,
) => void;

export type MapGrey = (input: number, output: number, count: number, table: number) => void;

export type MapColours = (
  input: number,
  output: number,
  count: number,
  first: number,
  second: number,
  third: number,
) => void;

/** `pixels` are of the output. */
export type HalveRow = (
  above: number,
  below: number,
  output: number,
  pixels: number,
  channels: number,
) => void;

export type CountRow = (
  input: number,
  pixels: number,
  channels: number,
  counts: number,
  other: number,
) => void;

export type LumaRow = (input: number, pixels: number, channels: number, output: number) => void;

/** Unrounded. */
export type LargestLuma = (input: number, pixels: number, channels: number) => number;

/** `period` is the number of channels where the last is alpha, else 0. */
export type Shift = (
  input: number,
  output: number,
  count: number,
  plus: number,
  minus: number,
  flip: number,
  period: number,
) => void;

export type Slice = (
  input: number,
  output: number,
  count: number,
  low: number,
  high: number,
  inside: number,
  outside: number,
  period: number,
) => void;

export type TestBit = (
  input: number,
  output: number,
  count: number,
  bit: number,
  set: number,
  clear: number,
  period: number,
) => void;

/** `least` and `largest` are 48 bytes of levels each, which it goes on with. */
export type FindExtremes = (input: number, count: number, least: number, largest: number) => void;

/** `room` is for `size` rows of `bytes` + `size` · `pixel` + 64 bytes. */
export type RankRow = (
  input: number,
  line: number,
  output: number,
  bytes: number,
  pixel: number,
  size: number,
  index: number,
  room: number,
) => void;

/** `into` is where the planes of the result begin, `plane` the bytes from one to the next. */
export type ComposeFirst = (
  into: number,
  plane: number,
  source: number,
  count: number,
  channels: number,
  opacity: number,
) => void;

/** `mode` is a place in BLEND_MODES; `room` is that of the layer's planes. */
export type ComposeNext = (
  mode: number,
  into: number,
  plane: number,
  source: number,
  count: number,
  channels: number,
  opacity: number,
  opaque: 0 | 1,
  room: number,
) => void;

export type StoreComposed = (
  from: number,
  plane: number,
  count: number,
  channels: number,
  target: number,
) => void;

/** `offsets` are bytes from a window's corner to its neighbours in `planes`, where a row is (count + 2 · radius + 1) · 8 bytes a colour. */
export type BilateralBlock = (
  input: number,
  inputLine: number,
  output: number,
  outputLine: number,
  rows: number,
  count: number,
  channels: number,
  radius: number,
  offsets: number,
  nearness: number,
  neighbours: number,
  likeness: number,
  planes: number,
) => void;
