/**
 * What the WebAssembly module exports (assembly/index.ts), by name; a test holds both lists together. Addresses are bytes from
 * the beginning of the pool, counts are of samples, sizes of pixels unless a line says otherwise.
 */
export interface Exports {
  boxSums8(sums: number, input: number, rows: number, count: number): void;
  boxSums16(sums: number, input: number, rows: number, count: number): void;
  boxBand8: BoxBand;
  boxBand16: BoxBand;
  bilateralBlock8: BilateralBlock;
  bilateralBlock16: BilateralBlock;
  composeFirst8: ComposeFirst;
  composeFirst16: ComposeFirst;
  composeNext8: ComposeNext;
  composeNext16: ComposeNext;
  storeComposed8: StoreComposed;
  storeComposed16: StoreComposed;
  spreadLevels8(source: number, count: number, target: number): void;
  spreadLevels16(source: number, count: number, target: number): void;
  /** Three 32-bit numbers a pixel at `taps`: its first input pixel, how many it reads, where its weights begin. */
  sumAcross(
    row: number,
    taps: number,
    weights: number,
    width: number,
    channels: number,
    target: number,
  ): void;
  /** At `rows` stand addresses. */
  sumDown(rows: number, weights: number, taps: number, count: number, sums: number): void;
  storeSums8(sums: number, count: number, target: number): void;
  storeSums16(sums: number, count: number, target: number): void;
  pairTable(pairs: number, low: number, high: number): void;
  mapPairs2(input: number, output: number, count: number, first: number, second: number): void;
  mapPairs3: MapColours;
  mapWords1: MapGrey;
  mapWords2: MapGrey;
  mapWords3: MapColours;
  mapWords4: MapColours;
  shift8: Shift;
  shift16: Shift;
  slice8: Slice;
  slice16: Slice;
  test8: TestBit;
  test16: TestBit;
  halve8: HalveRow;
  halve16: HalveRow;
  count8: CountRow;
  count16: CountRow;
  shufflePixels(
    input: number,
    output: number,
    pixels: number,
    inBytes: number,
    outBytes: number,
    order: number,
    filling: number,
  ): void;
}

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

/** `input` and `output` are the addresses of rows without gaps; `width` is of the output. */
export type BoxBand = (
  sums: number,
  input: number,
  output: number,
  rows: number,
  width: number,
  channels: number,
  colours: number,
  size: number,
  scale: number,
  shift: number,
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
