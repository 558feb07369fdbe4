/**
 * Gaussian means at 8 bit in whole numbers of 16 bits (../../gaussian-pair-plan.ts says how far they can be off). Two neighbours that a window
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

import { kept } from './kept';

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
 * Means of even pixels, less 127.5, from paired column sums: `count` of them, as floats at `target`, and up to 23 more, which mean nothing.
 * `scale` is the levels that one of the sums along the row stands for.
 */
export function gaussianEvens8(
  pairs: usize,
  count: i32,
  turns: usize,
  ends: usize,
  stages: i32,
  scale: f32,
  target: usize,
): void {
  const done = ends + ((stages as usize) << 2);
  const scales = kept(f32x4.splat(scale));
  for (let i: i32 = 0; i < count; i += GROUP, pairs += 96, target += 96) {
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
        const weights = v128.load32_splat(turn, 4);
        a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(from), weights));
        b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load(from, 16), weights));
        c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load(from, 32), weights));
        d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load(from, 48), weights));
        e = i32x4.add(e, i32x4.dot_i16x8_s(v128.load(from, 64), weights));
        f = i32x4.add(f, i32x4.dot_i16x8_s(v128.load(from, 80), weights));
      }
      a = i32x4.shr_s(a, 2);
      b = i32x4.shr_s(b, 2);
      c = i32x4.shr_s(c, 2);
      d = i32x4.shr_s(d, 2);
      e = i32x4.shr_s(e, 2);
      f = i32x4.shr_s(f, 2);
    }
    v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(a), scales));
    v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(b), scales), 16);
    v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(c), scales), 32);
    v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(d), scales), 48);
    v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(e), scales), 64);
    v128.store(target, f32x4.mul(f32x4.convert_i32x4_s(f), scales), 80);
  }
}

/** The polynomial through eight neighbours, in the middle of the two at `at` and `bytes` behind it: the weights of ../../gaussian-pair-plan.ts. */
// @inline
export function between(at: usize, bytes: usize, nearest: v128, second: v128, third: v128, last: v128): v128 {
  const ones = f32x4.add(v128.load(at), v128.load(at + bytes));
  const twos = f32x4.add(v128.load(at - bytes), v128.load(at + 2 * bytes));
  const threes = f32x4.add(v128.load(at - 2 * bytes), v128.load(at + 3 * bytes));
  const fours = f32x4.add(v128.load(at - 3 * bytes), v128.load(at + 4 * bytes));
  return f32x4.add(
    f32x4.add(f32x4.mul(ones, nearest), f32x4.mul(twos, second)),
    f32x4.add(f32x4.mul(threes, third), f32x4.mul(fours, last)),
  );
}
