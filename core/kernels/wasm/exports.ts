/**
 * What the WebAssembly module exports (assembly/index.ts), by name; a test holds both lists together. Addresses are bytes from
 * the beginning of the pool, counts are of samples, sizes of pixels unless a line says otherwise.
 */
export interface Exports {
  boxSums8(sums: number, input: number, rows: number, count: number): void;
  boxSums16(sums: number, input: number, rows: number, count: number): void;
  boxBand8: BoxBand;
  boxBand16: BoxBand;
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
