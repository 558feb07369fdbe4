/**
 * Gaussian means at 8 bit of a strip of a band of rows, from its first row to its last: rows are woven, columns and rows summed up
 * (gaussian-pairs.ts, gaussian-pair-rows.ts), and what is in doubt is computed again (gaussian-doubts.ts). What it is told stands in memory.
 */

import { gaussianBounds8, gaussianExtremes8 } from './gaussian-contrast';
import { gaussianDoubles8, gaussianExact8, gaussianSingles8 } from './gaussian-doubts';
import { gaussianRowBetween8, gaussianRowPairs8 } from './gaussian-pair-rows';
import { gaussianColumnPairs8, gaussianEvens8, gaussianPairs8, gaussianWeave8 } from './gaussian-pairs';

/** Samples of a row that are computed at a time: an even number of pixels of any layout (../../gaussian-layout.ts). */
const GROUP: i32 = 24;
/** Columns of which extremes are kept together (gaussian-contrast.ts). */
const BLOCK: i32 = 48;

/** What ../../gaussian-strip.ts writes; where it says what a field is, it says so there. */
@unmanaged
class Strip {
  amount: f64 = 0;
  least: f64 = 0;
  coarseBase: f64 = 0;
  coarseSlope: f64 = 0;
  fineBase: f64 = 0;
  fineSlope: f64 = 0;
  surer: f64 = 0;
  exactBound: f64 = 0;
  ratio: f64 = 0;
  upperUnit: f64 = 0;
  lowerUnit: f64 = 0;
  upperRest: f64 = 0;
  lowerRest: f64 = 0;
  evenUnit: f64 = 0;
  oddUnit: f64 = 0;
  found: i32 = 0;
  radius: i32 = 0;
  channels: i32 = 0;
  line: i32 = 0;
  row: i32 = 0;
  mix: i32 = 0;
  aside: i32 = 0;
  room: i32 = 0;
  upperCut: i32 = 0;
  lowerCut: i32 = 0;
  downStages: i32 = 0;
  acrossStages: i32 = 0;
  fours: i32 = 0;
  blocks: i32 = 0;
  woven: usize = 0;
  pitch: i32 = 0;
  upperWide: usize = 0;
  lowerWide: usize = 0;
  upperNarrow: usize = 0;
  lowerNarrow: usize = 0;
  paired: usize = 0;
  evens: usize = 0;
  downTurns: usize = 0;
  downEnds: usize = 0;
  acrossTurns: usize = 0;
  acrossEnds: usize = 0;
  layout: usize = 0;
  turns: usize = 0;
  orders: usize = 0;
  extremes: usize = 0;
  contrasts: usize = 0;
  coarse: usize = 0;
  fine: usize = 0;
  doubts: usize = 0;
  list: usize = 0;
  singleTaps: usize = 0;
  doubleTaps: usize = 0;
  exactTaps: usize = 0;
  whole: usize = 0;
  high: usize = 0;
  low: usize = 0;
  scratch: usize = 0;
  done: usize = 0;
}

/**
 * Computes the levels of output rows from `at` on, of `rows` of a band that are `count` samples wide, and answers at which row it stopped:
 * behind the last one, or at one of which `found` places, which stand in `list`, are to be computed by the definition; more than `room` of them
 * where the row is not complete. Then it goes on when it is called with the next row. `from` is where the first window begins, `into` the
 * first output row.
 */
export function gaussianStrip8(strip: Strip, at: i32, rows: i32, count: i32, from: usize, into: usize): i32 {
  const lines = rows + 2 * strip.radius;
  if (at === 0) {
    for (let pair: i32 = 0; pair < strip.radius; pair++) {
      weave(strip, pair, lines, count, from);
      lookAt(strip, pair, lines, count, from);
    }
  }
  for (; at < rows; at++) {
    if ((at & 1) === 0) twoRows(strip, at, lines, count, from);
    strip.found = alongRow(strip, at, count, from, into);
    if (strip.found !== 0) return at;
  }
  return rows;
}

function halo(strip: Strip): i32 {
  return 2 * strip.radius * strip.channels;
}

function upperOf(strip: Strip, pair: i32, from: usize): usize {
  return from + ((2 * pair * strip.line) as usize);
}

/** The row below, the same one where there is none. */
function lowerOf(strip: Strip, pair: i32, lines: i32, from: usize): usize {
  return upperOf(strip, pair, from) + ((2 * pair + 1 < lines ? strip.line : 0) as usize);
}

/** Puts pair `pair` of the band's rows in its place of the ring. */
function weave(strip: Strip, pair: i32, lines: i32, count: i32, from: usize): void {
  const slot = (strip.woven + (pair % (strip.radius + 1)) * strip.pitch) as usize;
  const lower = lowerOf(strip, pair, lines, from);
  gaussianWeave8(upperOf(strip, pair, from), lower, count + halo(strip), slot);
}

/** Takes the extremes of a pair into those of its four rows. */
function lookAt(strip: Strip, pair: i32, lines: i32, count: i32, from: usize): void {
  const place = (strip.extremes + ((((pair >> 1) % strip.fours) * strip.blocks) << 5)) as usize;
  const lower = lowerOf(strip, pair, lines, from);
  gaussianExtremes8(upperOf(strip, pair, from), lower, count + halo(strip), place, pair & 1);
}

/** Sums down the columns for rows `at` and `at` + 1, and every eight rows how far their values can be off. */
function twoRows(strip: Strip, at: i32, lines: i32, count: i32, from: usize): void {
  const radius = strip.radius;
  const last = (at >> 1) + radius;
  weave(strip, last, lines, count, from);
  gaussianColumnPairs8(
    strip.woven,
    strip.pitch as usize,
    (at >> 1) % (radius + 1),
    radius + 1,
    count + halo(strip),
    strip.downTurns,
    strip.downEnds,
    strip.downStages,
    strip.upperCut,
    strip.lowerCut,
    strip.upperWide,
    strip.lowerWide,
    strip.upperNarrow,
    strip.lowerNarrow,
  );
  if ((at & 7) !== 0) return;
  const furthest = min(last + 3, (lines - 1) >> 1);
  for (let pair = last; pair <= furthest; pair++) lookAt(strip, pair, lines, count, from);
  gaussianBounds8(
    strip.extremes,
    (strip.blocks << 5) as usize,
    min(strip.fours, (furthest >> 1) + 1),
    (count + halo(strip) + BLOCK - 1) / BLOCK,
    strip.turns,
    (count + GROUP - 1) / GROUP,
    halo(strip),
    strip.aside,
    strip.coarseBase as f32,
    strip.coarseSlope as f32,
    strip.fineBase as f32,
    strip.fineSlope as f32,
    strip.contrasts,
    strip.coarse,
    strip.fine,
  );
}

/** Says how many places remain. */
function alongRow(strip: Strip, at: i32, count: i32, from: usize, into: usize): i32 {
  const radius = strip.radius;
  const channels = strip.channels;
  const line = strip.line;
  const list = strip.list;
  const isUpper = (at & 1) === 0;
  const narrow = isUpper ? strip.upperNarrow : strip.lowerNarrow;
  const wide = isUpper ? strip.upperWide : strip.lowerWide;
  const unit = isUpper ? strip.upperUnit : strip.lowerUnit;
  const rest = isUpper ? strip.upperRest : strip.lowerRest;
  const levels = from + (((at + radius) * line + radius * channels) as usize);
  const output = into + ((at * strip.row) as usize);
  gaussianPairs8(narrow, count + halo(strip) + GROUP, channels, strip.layout, strip.paired);
  const between = strip.aside === 0 ? 0 : groupsBetween(strip, count);
  if (between === 0) {
    inPairs(strip, unit, 0, count, levels, output);
  } else {
    const evenCount = ((count + GROUP - 1) / GROUP) * (GROUP / 2);
    const scale = (256 * unit * strip.evenUnit) as f32;
    gaussianEvens8(
      strip.paired,
      evenCount,
      strip.acrossTurns,
      strip.acrossEnds,
      strip.acrossStages,
      scale,
      strip.evens,
    );
    inPairs(strip, unit, 0, GROUP, levels, output);
    gaussianRowBetween8(
      strip.evens + 2 * GROUP,
      between * GROUP,
      channels,
      strip.layout,
      levels + GROUP,
      output + GROUP,
      strip.mix,
      strip.amount as f32,
      strip.least as f32,
      strip.coarse + 4,
      strip.doubts + 4,
    );
    inPairs(strip, unit, 1 + between, count - (1 + between) * GROUP, levels, output);
  }
  let found = gaussianSingles8(
    strip.doubts,
    strip.orders,
    count,
    list,
    wide,
    strip.singleTaps,
    unit as f32,
    rest as f32,
    radius,
    channels,
    levels,
    output,
    strip.mix,
    strip.amount as f32,
    strip.least as f32,
    strip.fine,
  );
  if (found === 0) return 0;
  found = gaussianDoubles8(
    list,
    found,
    wide,
    strip.doubleTaps,
    unit,
    rest,
    radius,
    channels,
    levels,
    output,
    strip.mix,
    strip.amount,
    strip.least,
    strip.fine,
    strip.surer,
  );
  if (found === 0) return 0;
  return gaussianExact8(
    list,
    found,
    levels - ((radius * channels) as usize),
    line as usize,
    count + halo(strip),
    strip.whole,
    radius,
    strip.high,
    strip.low,
    strip.scratch,
    strip.done,
    strip.exactTaps,
    strip.ratio,
    channels,
    levels,
    output,
    strip.mix,
    strip.amount,
    strip.least,
    strip.exactBound,
    strip.room,
  );
}

/**
 * How many groups of a row of `count` samples have all the even pixels around that their odd ones follow from. The first one has not, and
 * at the end as many samples are wanted as a mean between reaches further than its window.
 */
function groupsBetween(strip: Strip, count: i32): i32 {
  return max(0, (count - strip.aside) / GROUP - 1);
}

/** Levels of `count` samples from group `first` on, every mean summed up. */
function inPairs(strip: Strip, unit: f64, first: i32, count: i32, levels: usize, output: usize): void {
  const group = first as usize;
  gaussianRowPairs8(
    strip.paired + group * 2 * GROUP,
    count,
    strip.acrossTurns,
    strip.acrossEnds,
    strip.acrossStages,
    (256 * unit * strip.evenUnit) as f32,
    (256 * unit * strip.oddUnit) as f32,
    strip.layout,
    levels + group * GROUP,
    output + group * GROUP,
    strip.mix,
    strip.amount as f32,
    strip.least as f32,
    strip.coarse + group * 4,
    strip.doubts + group * 4,
  );
}
