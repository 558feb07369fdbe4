/**
 * What the WebAssembly module exports (assembly/index.ts), by name; a test holds both lists together.
 */

import type {
  CopyAlpha,
  BoxExchange,
  BoxMeans,
  FourierPass,
  GradientRow,
  Lower,
  SmallMedian,
  MedianOfColumns,
  RealSums,
  RealLevels,
  MapGrey,
  MapColours,
  HalveRow,
  CountRow,
  LumaRow,
  LargestLuma,
  Shift,
  Slice,
  TestBit,
  FindExtremes,
  RankRow,
  ComposeFirst,
  ComposeNext,
  StoreComposed,
  BilateralBlock,
} from './export-shapes';

/** Addresses are bytes from the beginning of the pool, counts are of samples, sizes of pixels unless a line says otherwise. */
export interface Exports {
  copyBytes(target: number, source: number, bytes: number): void;
  copyAlpha8: CopyAlpha;
  copyAlpha16: CopyAlpha;
  boxExchange8: BoxExchange;
  boxExchange8Wide: BoxExchange;
  boxExchange16: BoxExchange;
  boxMeans8: BoxMeans;
  boxMeans8Wide: BoxMeans;
  boxMeans16: BoxMeans;
  extremes8: FindExtremes;
  extremes16: FindExtremes;
  fourierPass2: FourierPass;
  fourierPass3: FourierPass;
  fourierPass4: FourierPass;
  fourierPass5: FourierPass;
  fourierPassOdd(
    from: number,
    to: number,
    radix: number,
    inner: number,
    outer: number,
    turns: number,
    roots: number,
  ): void;
  gaussianColumns8(
    middle: number,
    line: number,
    count: number,
    weights: number,
    radius: number,
    high: number,
    low: number,
    single: number,
    highScale: number,
    lowScale: number,
  ): void;
  gaussianRow8(
    single: number,
    high: number,
    low: number,
    taps: number,
    exactTaps: number,
    ratio: number,
    radius: number,
    step: number,
    count: number,
    levels: number,
    output: number,
    mix: number,
    amount: number,
    least: number,
    bound: number,
    exactBound: number,
    list: number,
    room: number,
  ): number;
  gaussianBounds8(
    extremes: number,
    pitch: number,
    parts: number,
    blocks: number,
    turns: number,
    groups: number,
    reach: number,
    aside: number,
    coarseBase: number,
    coarseSlope: number,
    fineBase: number,
    fineSlope: number,
    room: number,
    coarse: number,
    fine: number,
  ): void;
  gaussianExtremes8(upper: number, lower: number, count: number, target: number, more: 0 | 1): void;
  gaussianStrip8(strip: number, at: number, rows: number, count: number, from: number, into: number): number;
  gradientMagnitude8(
    input: number,
    line: number,
    output: number,
    count: number,
    channels: number,
    side: number,
    middle: number,
  ): void;
  gradientRow8: GradientRow;
  gradientRow16: GradientRow;
  lower8: Lower;
  lower16: Lower;
  raise8: Lower;
  raise16: Lower;
  median3x3Row8: SmallMedian;
  median3x3Row16: SmallMedian;
  median5x5Row8: MedianOfColumns;
  median5x5Row16: MedianOfColumns;
  medianColumns8(histograms: number, leaving: number, entering: number, columns: number, step: number): void;
  medianRow8(
    histograms: number,
    window: number,
    output: number,
    width: number,
    step: number,
    size: number,
    index: number,
  ): void;
  rankRow8: RankRow;
  rankRow16: RankRow;
  realSums8: RealSums;
  realSums16: RealSums;
  realSums: RealSums;
  realLevels8: RealLevels;
  realLevels16: RealLevels;
  windowRow8(
    input: number,
    output: number,
    count: number,
    taps: number,
    tapCount: number,
    shift: number,
    scale: number,
    absolute: boolean,
  ): void;
  windowSums8(input: number, sums: number, count: number, pairs: number, pairCount: number): void;
  windowSums16(
    input: number,
    sums: number,
    count: number,
    pairs: number,
    pairCount: number,
    bias: number,
  ): void;
  windowLevels8(
    sums: number,
    output: number,
    count: number,
    shift: number,
    scale: number,
    absolute: boolean,
  ): void;
  windowLevels(
    sums: number,
    output: number,
    count: number,
    shift: number,
    scale: number,
    absolute: boolean,
    bytes: number,
  ): void;
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
  bilateralBlock8: BilateralBlock;
  bilateralBlock16: BilateralBlock;
  /** `steps` as assembly/bilateral-levels.ts says. */
  bilateralLevels8(
    input: number,
    inputLine: number,
    output: number,
    outputLine: number,
    rows: number,
    count: number,
    wide: number,
    channels: number,
    radius: number,
    steps: number,
    stepCount: number,
    likeness: number,
    bytes: number,
    floats: number,
    pairs: number,
    offsets: number,
    nearness: number,
    neighbours: number,
    exactLikeness: number,
    bound: number,
  ): void;
  composeFirst8: ComposeFirst;
  composeFirst16: ComposeFirst;
  composeNext8: ComposeNext;
  composeNext16: ComposeNext;
  storeComposed8: StoreComposed;
  storeComposed16: StoreComposed;
  /** A record of 32 bytes a layer; says how many of the `count` pixels it made in doubles (assembly/compose-levels.ts). */
  composeLevels(
    records: number,
    layers: number,
    count: number,
    target: number,
    channels: number,
    margin: number,
    room: number,
  ): number;
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
  /** Rows are `line` bytes apart. */
  resampleColumns8(
    input: number,
    line: number,
    rows: number,
    count: number,
    weights: number,
    high: number,
    low: number,
    single: number,
    highScale: number,
    lowScale: number,
  ): void;
  /** `taps` as for sumAcross; returns how many samples remain in doubt. */
  resampleRow8(
    single: number,
    high: number,
    low: number,
    taps: number,
    weights: number,
    exactWeights: number,
    ratio: number,
    width: number,
    channels: number,
    output: number,
    raise: number,
    bound: number,
    exactBound: number,
  ): number;
  halve8: HalveRow;
  halve16: HalveRow;
  count8: CountRow;
  count16: CountRow;
  lumaRow8: LumaRow;
  lumaRow16: LumaRow;
  countLuma8: CountRow;
  countLuma16: CountRow;
  largestLuma8: LargestLuma;
  largestLuma16: LargestLuma;
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
