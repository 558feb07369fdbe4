/**
 * Gaussian means at 8 bit in whole numbers of 16 bits (../../gaussian-pairs.ts says how far they can be off). Two neighbours that a window
 * holds side by side lie in one lane of 32 bits, so that a product of 16 bits takes both; and two outputs, one above the other in the
 * columns, side by side in the rows, are made of the same pairs with other weights, so that each pair is read once for both.
 *
 * The processor that makes these loops fast has 15 registers for vectors: eight sums, two weights and four samples are what fits.
 * V8 puts the loads of a turn before all else; with two pairs a turn the sums would wait in memory.
 *
 * Turns go from the ends of the window inward, and in stages: small weights, at the ends, are counted in smaller units. After each stage the
 * sums are divided by four. A turn takes twelve bytes: how far its pair lies behind the first, two weights for the even output, two
 * for the odd one. `ends` holds where each of the stages ends.
 */

import { mixed, nearLeast } from './gaussian-mix';
import { kept } from './kept';
import { MAGIC, packClamped, storeFirst } from './packing';

/** Samples of a row that are computed at a time: an even number of pixels of any layout (../../gaussian-layout.ts). */
const GROUP: i32 = 24;

// @inline
function bytesLow(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @inline
function bytesHigh(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/** Puts two rows of `count` levels together: at `target` 32 bits a column, the upper level in the low half. 64 bytes of room behind it. */
export function gaussianWeave8(upper: usize, lower: usize, count: i32, target: usize): void {
  for (let i: i32 = 0; i < count; i += 16, upper += 16, lower += 16, target += 64) {
    const a = v128.load(upper);
    const b = v128.load(lower);
    const low = bytesLow(a, b);
    const high = bytesHigh(a, b);
    v128.store(target, i16x8.extend_low_i8x16_u(low));
    v128.store(target, i16x8.extend_high_i8x16_u(low), 16);
    v128.store(target, i16x8.extend_low_i8x16_u(high), 32);
    v128.store(target, i16x8.extend_high_i8x16_u(high), 48);
  }
}

/**
 * Sums down `count` columns for two output rows. `woven` holds `pairs` woven rows of `pitch` bytes, used in a ring: the window begins with
 * the one at `slot`. `wideEven` and `wideOdd` receive 32 bits a column, `evenRest` and `oddRest` added, the narrow ones the same divided
 * by 256 in 16 bits; 64 bytes of room behind each.
 */
export function gaussianColumnPairs8(
  woven: usize,
  pitch: usize,
  slot: i32,
  pairs: i32,
  count: i32,
  turns: usize,
  ends: usize,
  stages: i32,
  evenRest: i32,
  oddRest: i32,
  wideEven: usize,
  wideOdd: usize,
  narrowEven: usize,
  narrowOdd: usize,
): void {
  for (let i: i32 = 0; i < pairs; i++) {
    const pair = slot + ((i & 1) === 0 ? i >> 1 : pairs - 1 - (i >> 1));
    store<u32>(turns + 12 * (i as usize), ((pair < pairs ? pair : pair - pairs) as usize) * pitch);
  }
  const done = ends + ((stages as usize) << 2);
  const evens = kept(i32x4.splat(evenRest));
  const odds = kept(i32x4.splat(oddRest));
  for (let i: i32 = 0; i < count; i += 16, woven += 64) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    let g = a;
    let h = a;
    let turn = turns;
    for (let stage = ends; stage < done; stage += 4) {
      const end = load<usize>(stage);
      for (; turn < end; turn += 12) {
        const from = woven + load<u32>(turn);
        const even = v128.load32_splat(turn, 4);
        const odd = v128.load32_splat(turn, 8);
        const first = v128.load(from);
        const second = v128.load(from, 16);
        const third = v128.load(from, 32);
        const fourth = v128.load(from, 48);
        a = i32x4.add(a, i32x4.dot_i16x8_s(first, even));
        b = i32x4.add(b, i32x4.dot_i16x8_s(second, even));
        c = i32x4.add(c, i32x4.dot_i16x8_s(third, even));
        d = i32x4.add(d, i32x4.dot_i16x8_s(fourth, even));
        e = i32x4.add(e, i32x4.dot_i16x8_s(first, odd));
        f = i32x4.add(f, i32x4.dot_i16x8_s(second, odd));
        g = i32x4.add(g, i32x4.dot_i16x8_s(third, odd));
        h = i32x4.add(h, i32x4.dot_i16x8_s(fourth, odd));
      }
      a = i32x4.shr_s(a, 2);
      b = i32x4.shr_s(b, 2);
      c = i32x4.shr_s(c, 2);
      d = i32x4.shr_s(d, 2);
      e = i32x4.shr_s(e, 2);
      f = i32x4.shr_s(f, 2);
      g = i32x4.shr_s(g, 2);
      h = i32x4.shr_s(h, 2);
    }
    storeSums(i, a, b, c, d, evens, wideEven, narrowEven);
    storeSums(i, e, f, g, h, odds, wideOdd, narrowOdd);
  }
}

// @inline
function storeSums(i: i32, a: v128, b: v128, c: v128, d: v128, rest: v128, wide: usize, narrow: usize): void {
  a = i32x4.add(a, rest);
  b = i32x4.add(b, rest);
  c = i32x4.add(c, rest);
  d = i32x4.add(d, rest);
  const at = wide + ((i as usize) << 2);
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, c, 32);
  v128.store(at, d, 48);
  const place = narrow + ((i as usize) << 1);
  v128.store(place, i16x8.narrow_i32x4_s(i32x4.shr_s(a, 8), i32x4.shr_s(b, 8)));
  v128.store(place, i16x8.narrow_i32x4_s(i32x4.shr_s(c, 8), i32x4.shr_s(d, 8)), 16);
}

/**
 * Puts narrow column sums of neighbouring pixels together, those of an even pixel in the low halves: of 24 at a time, 12 at `target`.
 * `layout` is that of ../../gaussian-layout.ts; `step` is in samples.
 */
export function gaussianPairs8(narrow: usize, count: i32, step: i32, layout: usize, target: usize): void {
  const places = v128.load(layout);
  const firstAt = narrow + i32x4.extract_lane(places, 0);
  const secondAt = narrow + i32x4.extract_lane(places, 1);
  const thirdAt = narrow + i32x4.extract_lane(places, 2);
  const bytes = (step as usize) << 1;
  const firstEven = v128.load(layout, 16);
  const secondEven = v128.load(layout, 32);
  const thirdEven = v128.load(layout, 48);
  const firstOdd = v128.load(layout, 64);
  const secondOdd = v128.load(layout, 80);
  const thirdOdd = v128.load(layout, 96);
  for (let i: i32 = 0; i < count; i += GROUP, target += 48) {
    const at = (i as usize) << 1;
    v128.store(target, paired(firstAt + at, bytes, firstEven, firstOdd));
    v128.store(target, paired(secondAt + at, bytes, secondEven, secondOdd), 16);
    v128.store(target, paired(thirdAt + at, bytes, thirdEven, thirdOdd), 32);
  }
}

// @inline
function paired(at: usize, bytes: usize, even: v128, odd: v128): v128 {
  return v128.or(i8x16.swizzle(v128.load(at), even), i8x16.swizzle(v128.load(at + bytes), odd));
}

/**
 * Levels of a row of `count` samples from paired column sums. `evenScale` and `oddScale` are the levels that one of the sums along the row
 * stands for; `levels` are the samples in the middle of the windows. `bounds` holds a float for 24 samples, how far their values may be off;
 * `doubts` receives 32 bits for them: which of them are in doubt, the first in the lowest
 * bit. (To branch there would cost more: it has the processor guess wrong where the loops end.)
 */
export function gaussianRowPairs8(
  pairs: usize,
  count: i32,
  turns: usize,
  ends: usize,
  stages: i32,
  evenScale: f32,
  oddScale: f32,
  layout: usize,
  levels: usize,
  output: usize,
  mix: i32,
  amount: f32,
  least: f32,
  bounds: usize,
  doubts: usize,
): void {
  if (mix === 0) {
    row(
      0,
      pairs,
      count,
      turns,
      ends,
      stages,
      evenScale,
      oddScale,
      layout,
      levels,
      output,
      amount,
      least,
      bounds,
      doubts,
    );
  } else if (mix === 1 && least <= 0) {
    row(
      3,
      pairs,
      count,
      turns,
      ends,
      stages,
      evenScale,
      oddScale,
      layout,
      levels,
      output,
      amount,
      least,
      bounds,
      doubts,
    );
  } else if (mix === 1) {
    row(
      1,
      pairs,
      count,
      turns,
      ends,
      stages,
      evenScale,
      oddScale,
      layout,
      levels,
      output,
      amount,
      least,
      bounds,
      doubts,
    );
  } else {
    row(
      2,
      pairs,
      count,
      turns,
      ends,
      stages,
      evenScale,
      oddScale,
      layout,
      levels,
      output,
      amount,
      least,
      bounds,
      doubts,
    );
  }
}

// @inline
function row(
  mix: i32,
  pairs: usize,
  count: i32,
  turns: usize,
  ends: usize,
  stages: i32,
  evenScale: f32,
  oddScale: f32,
  layout: usize,
  levels: usize,
  output: usize,
  amount: f32,
  least: f32,
  bounds: usize,
  doubts: usize,
): void {
  const done = ends + ((stages as usize) << 2);
  const evenScales = kept(f32x4.splat(evenScale));
  const oddScales = kept(f32x4.splat(oddScale));
  const middle = kept(f32x4.splat(127.5));
  const amounts = kept(f32x4.splat(amount));
  const leasts = kept(f32x4.splat(least));
  const magic = kept(f32x4.splat(MAGIC));
  const half = kept(f32x4.splat(0.5));
  const byLeast = mix === 1 && least > 0;
  for (let i: i32 = 0; i < count; i += GROUP, pairs += 48) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    let turn = turns;
    for (let stage = ends; stage < done; stage += 4) {
      const end = load<usize>(stage);
      for (; turn < end; turn += 12) {
        const from = pairs + load<u32>(turn);
        const even = v128.load32_splat(turn, 4);
        const odd = v128.load32_splat(turn, 8);
        const near = v128.load(from);
        const next = v128.load(from, 16);
        const last = v128.load(from, 32);
        a = i32x4.add(a, i32x4.dot_i16x8_s(near, even));
        b = i32x4.add(b, i32x4.dot_i16x8_s(next, even));
        c = i32x4.add(c, i32x4.dot_i16x8_s(last, even));
        d = i32x4.add(d, i32x4.dot_i16x8_s(near, odd));
        e = i32x4.add(e, i32x4.dot_i16x8_s(next, odd));
        f = i32x4.add(f, i32x4.dot_i16x8_s(last, odd));
      }
      a = i32x4.shr_s(a, 2);
      b = i32x4.shr_s(b, 2);
      c = i32x4.shr_s(c, 2);
      d = i32x4.shr_s(d, 2);
      e = i32x4.shr_s(e, 2);
      f = i32x4.shr_s(f, 2);
    }
    a = meanOf(a, evenScales, middle);
    b = meanOf(b, evenScales, middle);
    c = meanOf(c, evenScales, middle);
    d = meanOf(d, oddScales, middle);
    e = meanOf(e, oddScales, middle);
    f = meanOf(f, oddScales, middle);
    let levelA = a;
    let levelB = a;
    let levelC = a;
    let levelD = a;
    let levelE = a;
    let levelF = a;
    if (mix !== 0) {
      const near = v128.load(levels + (i as usize));
      const far = v128.load64_zero(levels + (i as usize), 16);
      const evens = chosen(near, far, layout + 176);
      const odds = chosen(near, far, layout + 208);
      const nearEvens = i16x8.extend_low_i8x16_u(evens);
      const nearOdds = i16x8.extend_low_i8x16_u(odds);
      levelA = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(nearEvens));
      levelB = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(nearEvens));
      levelC = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_high_i8x16_u(evens)));
      levelD = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(nearOdds));
      levelE = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(nearOdds));
      levelF = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_high_i8x16_u(odds)));
    }
    const valueA = mixed(mix, levelA, a, amounts, leasts);
    const valueB = mixed(mix, levelB, b, amounts, leasts);
    const valueC = mixed(mix, levelC, c, amounts, leasts);
    const valueD = mixed(mix, levelD, d, amounts, leasts);
    const valueE = mixed(mix, levelE, e, amounts, leasts);
    const valueF = mixed(mix, levelF, f, amounts, leasts);
    const wholeA = f32x4.add(valueA, magic);
    const wholeB = f32x4.add(valueB, magic);
    const wholeC = f32x4.add(valueC, magic);
    const wholeD = f32x4.add(valueD, magic);
    const wholeE = f32x4.add(valueE, magic);
    const wholeF = f32x4.add(valueF, magic);
    const lastEvens = numberOf(wholeC);
    const lastOdds = numberOf(wholeF);
    const evens = packClamped(numberOf(wholeA), numberOf(wholeB), lastEvens, lastEvens);
    const odds = packClamped(numberOf(wholeD), numberOf(wholeE), lastOdds, lastOdds);
    const to = output + (i as usize);
    const rest = count - i;
    if (rest >= GROUP) {
      v128.store(to, chosen(evens, odds, layout + 112));
      v128.store64_lane(to, chosen(evens, odds, layout + 144), 0, 16);
    } else {
      storeFirst(to, chosen(evens, odds, layout + 112), rest);
      if (rest > 16) storeFirst(to + 16, chosen(evens, odds, layout + 144), rest - 16);
    }

    const offA = offSquared(valueA, wholeA, magic);
    const offB = offSquared(valueB, wholeB, magic);
    const offC = offSquared(valueC, wholeC, magic);
    const offD = offSquared(valueD, wholeD, magic);
    const offE = offSquared(valueE, wholeE, magic);
    const offF = offSquared(valueF, wholeF, magic);
    // Squares, because taking a sign away costs more.
    const bound = v128.load32_splat(bounds);
    const open = f32x4.sub(half, bound);
    const limits = f32x4.mul(open, open);
    bounds += 4;
    let doubtA = f32x4.ge(offA, limits);
    let doubtB = f32x4.ge(offB, limits);
    let doubtC = f32x4.ge(offC, limits);
    let doubtD = f32x4.ge(offD, limits);
    let doubtE = f32x4.ge(offE, limits);
    let doubtF = f32x4.ge(offF, limits);
    if (byLeast) {
      doubtA = v128.or(doubtA, nearLeast(levelA, a, leasts, bound));
      doubtB = v128.or(doubtB, nearLeast(levelB, b, leasts, bound));
      doubtC = v128.or(doubtC, nearLeast(levelC, c, leasts, bound));
      doubtD = v128.or(doubtD, nearLeast(levelD, d, leasts, bound));
      doubtE = v128.or(doubtE, nearLeast(levelE, e, leasts, bound));
      doubtF = v128.or(doubtF, nearLeast(levelF, f, leasts, bound));
    }
    const inEvens = i8x16.narrow_i16x8_s(
      i16x8.narrow_i32x4_s(doubtA, doubtB),
      i16x8.narrow_i32x4_s(doubtC, doubtC),
    );
    const inOdds = i8x16.narrow_i16x8_s(
      i16x8.narrow_i32x4_s(doubtD, doubtE),
      i16x8.narrow_i32x4_s(doubtF, doubtF),
    );
    const low = i8x16.bitmask(chosen(inEvens, inOdds, layout + 112));
    const high = i8x16.bitmask(chosen(inEvens, inOdds, layout + 144));
    store<i32>(doubts, low | (high << 16));
    doubts += 4;
  }
}

// @inline
function meanOf(sums: v128, scales: v128, middle: v128): v128 {
  return f32x4.add(f32x4.mul(f32x4.convert_i32x4_s(sums), scales), middle);
}

/** The whole number in the low bits of a float to which MAGIC was added. */
// @inline
function numberOf(whole: v128): v128 {
  return i32x4.sub(whole, i32x4.splat(0x4b400000));
}

/** The square of how far a value lies from the whole number next to it. */
// @inline
function offSquared(value: v128, whole: v128, magic: v128): v128 {
  const off = f32x4.sub(value, f32x4.sub(whole, magic));
  return f32x4.mul(off, off);
}

/** Bytes of two vectors, those that two masks name. */
// @inline
function chosen(first: v128, second: v128, masks: usize): v128 {
  return v128.or(i8x16.swizzle(first, v128.load(masks)), i8x16.swizzle(second, v128.load(masks, 16)));
}
