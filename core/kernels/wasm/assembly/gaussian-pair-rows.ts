/**
 * Levels of a row from paired column sums (gaussian-pairs.ts, which also says what turns and stages are), and which of them are in doubt.
 * Even pixels and odd ones are made of the same pairs, twelve samples of each at a time, and put in order at the end. The mean of a wide window
 * changes so little from pixel to pixel that those of odd pixels also follow from those of the eight even ones around (gaussian-pair-plan.ts).
 */

import { mixed, mixOf, nearLeast } from './gaussian-mix';
import { Clarified, LeastSharpened, Mean, Sharpened } from './gaussian-mix';
import { between } from './gaussian-pairs';
import { kept } from './kept';
import { MAGIC, packClamped, storeFirst } from './packing';

/** Samples of a row that are computed at a time: an even number of pixels of any layout (../../gaussian-layout.ts). */
const GROUP: i32 = 24;

/** How means come about, as types: see gaussian-mix.ts. */
type Summed = u8;
type Between = u16;

/**
 * Levels of a row of `count` samples from paired column sums. `evenScale` and `oddScale` are the levels that one of the sums along the row
 * stands for; `levels` are the samples in the middle of the windows. `bounds` holds a float for 24 samples, how far their values may be off;
 * `doubts` receives 32 bits for them: which of them are in doubt, those of even pixels in the lowest 12 bits, then those of odd
 * ones. (To branch there would cost more: it has the processor guess wrong where the loops end.)
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
  if (mix === 0)
    row<Summed, Mean>(
      pairs,
      0,
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
  else if (mix === 1 && least <= 0)
    row<Summed, Sharpened>(
      pairs,
      0,
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
  else if (mix === 1)
    row<Summed, LeastSharpened>(
      pairs,
      0,
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
  else
    row<Summed, Clarified>(
      pairs,
      0,
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

/**
 * The same from the means of even pixels (gaussianEvens8), those of the first one at `evens`, and of four before it and four behind the last
 * one. `step` is in samples.
 */
export function gaussianRowBetween8(
  evens: usize,
  count: i32,
  step: i32,
  layout: usize,
  levels: usize,
  output: usize,
  mix: i32,
  amount: f32,
  least: f32,
  bounds: usize,
  doubts: usize,
): void {
  const bytes = (step as usize) << 2;
  if (mix === 0)
    row<Between, Mean>(
      evens,
      bytes,
      count,
      0,
      0,
      0,
      0,
      0,
      layout,
      levels,
      output,
      amount,
      least,
      bounds,
      doubts,
    );
  else if (mix === 1 && least <= 0)
    row<Between, Sharpened>(
      evens,
      bytes,
      count,
      0,
      0,
      0,
      0,
      0,
      layout,
      levels,
      output,
      amount,
      least,
      bounds,
      doubts,
    );
  else if (mix === 1)
    row<Between, LeastSharpened>(
      evens,
      bytes,
      count,
      0,
      0,
      0,
      0,
      0,
      layout,
      levels,
      output,
      amount,
      least,
      bounds,
      doubts,
    );
  else
    row<Between, Clarified>(
      evens,
      bytes,
      count,
      0,
      0,
      0,
      0,
      0,
      layout,
      levels,
      output,
      amount,
      least,
      bounds,
      doubts,
    );
}

function row<Way, Mix>(
  pairs: usize,
  bytes: usize,
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
  const isBetween = sizeof<Way>() === 2;
  const mix = mixOf<Mix>();
  const done = ends + ((stages as usize) << 2);
  const evenScales = kept(f32x4.splat(evenScale));
  const oddScales = kept(f32x4.splat(oddScale));
  const middle = kept(f32x4.splat(127.5));
  const amounts = kept(f32x4.splat(amount));
  const leasts = kept(f32x4.splat(least));
  const magic = kept(f32x4.splat(MAGIC));
  const half = kept(f32x4.splat(0.5));
  const nearest = kept(f32x4.splat(1225.0 / 2048.0));
  const second = kept(f32x4.splat(-245.0 / 2048.0));
  const third = kept(f32x4.splat(49.0 / 2048.0));
  const last = kept(f32x4.splat(-5.0 / 2048.0));
  const byLeast = mix === 1 && least > 0;
  for (let i: i32 = 0; i < count; i += GROUP, pairs += 48) {
    let a = i32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let e = a;
    let f = a;
    if (isBetween) {
      d = f32x4.add(between(pairs, bytes, nearest, second, third, last), middle);
      e = f32x4.add(between(pairs + 16, bytes, nearest, second, third, last), middle);
      f = f32x4.add(between(pairs + 32, bytes, nearest, second, third, last), middle);
      a = f32x4.add(v128.load(pairs), middle);
      b = f32x4.add(v128.load(pairs, 16), middle);
      c = f32x4.add(v128.load(pairs, 32), middle);
    } else {
      let turn = turns;
      for (let stage = ends; stage < done; stage += 4) {
        const end = load<usize>(stage);
        for (; turn < end; turn += 12) {
          const from = pairs + load<u32>(turn);
          const even = v128.load32_splat(turn, 4);
          const odd = v128.load32_splat(turn, 8);
          const near = v128.load(from);
          const next = v128.load(from, 16);
          const far = v128.load(from, 32);
          a = i32x4.add(a, i32x4.dot_i16x8_s(near, even));
          b = i32x4.add(b, i32x4.dot_i16x8_s(next, even));
          c = i32x4.add(c, i32x4.dot_i16x8_s(far, even));
          d = i32x4.add(d, i32x4.dot_i16x8_s(near, odd));
          e = i32x4.add(e, i32x4.dot_i16x8_s(next, odd));
          f = i32x4.add(f, i32x4.dot_i16x8_s(far, odd));
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
    }
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
    const near = i8x16.narrow_i16x8_s(
      i16x8.narrow_i32x4_s(doubtA, doubtB),
      i16x8.narrow_i32x4_s(doubtC, doubtD),
    );
    const far = i16x8.narrow_i32x4_s(doubtE, doubtF);
    store<i32>(doubts, i8x16.bitmask(near) | (i16x8.bitmask(far) << 16));
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
