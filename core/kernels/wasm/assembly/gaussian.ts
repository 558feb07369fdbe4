/**
 * Gaussian means at 8 bit, and what is made of them (../../gaussian.ts), one output row at a time, all channels.
 *
 * Down the columns sums are exact: weights are whole numbers, high · 2^b + low, two products of 16 bits a sample, and a column's sum
 * stays in two parts. Along the row single precision comes first. Where its error could change the level, the sum is done again
 * in doubles from the exact column sums; where even the rounding of the weights to whole numbers could, the place is written to a
 * list, and the caller computes it by the definition.
 */

import { doubtful, exactMean, mixed, mixOf, settled } from './gaussian-mix';
import { Clarified, LeastSharpened, Mean, Sharpened } from './gaussian-mix';
import { nearest, packClamped, storeFirst } from './packing';

// @inline
function pairsLow(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @inline
function pairsHigh(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/**
 * Sums down the columns of a window of 2r + 1 rows around the one at `middle`. `weights`: for every two rows outward, the middle
 * one first at half its weight, four numbers of 16 bits: the high parts of both, the low parts of both. `high` and `low`
 * receive 32 bits a column, `single` their sum as floats (high · highScale + low · lowScale); 64 bytes of room behind each.
 */
export function gaussianColumns8(
  middle: usize,
  line: usize,
  count: i32,
  weights: usize,
  radius: i32,
  high: usize,
  low: usize,
  single: usize,
  highScale: f32,
  lowScale: f32,
): void {
  const end = weights + ((((radius >> 1) + 1) as usize) << 3);
  // An even radius leaves half a pair at the end: it has no weight, and must not reach beyond the window.
  const half = (radius & 1) === 0 ? end - 8 : end;
  const highScales = f32x4.splat(highScale);
  const lowScales = f32x4.splat(lowScale);
  for (let i: i32 = 0; i < count; i += 16, middle += 16) {
    let highA = i32x4.splat(0);
    let highB = highA;
    let highC = highA;
    let highD = highA;
    let lowA = highA;
    let lowB = highA;
    let lowC = highA;
    let lowD = highA;
    let up = middle;
    let down = middle;
    for (let pair = weights; pair < end; pair += 8) {
      const step = pair === half ? 0 : line;
      const farUp = up - step;
      const farDown = down + step;
      const highs = v128.load32_splat(pair);
      const lows = v128.load32_splat(pair, 4);
      let near = i16x8.add(v128.load_ext<u8>(up), v128.load_ext<u8>(down));
      let far = i16x8.add(v128.load_ext<u8>(farUp), v128.load_ext<u8>(farDown));
      let first = pairsLow(near, far);
      let second = pairsHigh(near, far);
      highA = i32x4.add(highA, i32x4.dot_i16x8_s(first, highs));
      lowA = i32x4.add(lowA, i32x4.dot_i16x8_s(first, lows));
      highB = i32x4.add(highB, i32x4.dot_i16x8_s(second, highs));
      lowB = i32x4.add(lowB, i32x4.dot_i16x8_s(second, lows));
      near = i16x8.add(v128.load_ext<u8>(up, 8), v128.load_ext<u8>(down, 8));
      far = i16x8.add(v128.load_ext<u8>(farUp, 8), v128.load_ext<u8>(farDown, 8));
      first = pairsLow(near, far);
      second = pairsHigh(near, far);
      highC = i32x4.add(highC, i32x4.dot_i16x8_s(first, highs));
      lowC = i32x4.add(lowC, i32x4.dot_i16x8_s(first, lows));
      highD = i32x4.add(highD, i32x4.dot_i16x8_s(second, highs));
      lowD = i32x4.add(lowD, i32x4.dot_i16x8_s(second, lows));
      up = farUp - line;
      down = farDown + line;
    }
    const at = (i as usize) << 2;
    v128.store(high + at, highA);
    v128.store(high + at, highB, 16);
    v128.store(high + at, highC, 32);
    v128.store(high + at, highD, 48);
    v128.store(low + at, lowA);
    v128.store(low + at, lowB, 16);
    v128.store(low + at, lowC, 32);
    v128.store(low + at, lowD, 48);
    v128.store(single + at, floatsOf(highA, lowA, highScales, lowScales));
    v128.store(single + at, floatsOf(highB, lowB, highScales, lowScales), 16);
    v128.store(single + at, floatsOf(highC, lowC, highScales, lowScales), 32);
    v128.store(single + at, floatsOf(highD, lowD, highScales, lowScales), 48);
  }
}

// @inline
function floatsOf(high: v128, low: v128, highScale: v128, lowScale: v128): v128 {
  return f32x4.add(
    f32x4.mul(f32x4.convert_i32x4_s(high), highScale),
    f32x4.mul(f32x4.convert_i32x4_s(low), lowScale),
  );
}

/**
 * Levels of a row of `count` samples from the column sums, `step` samples a pixel. `taps` holds the weights outward as floats, `exactTaps` as
 * doubles with the scale of `high` in them; `ratio` is what a unit of `low` is to one of `high`. `levels` are the samples in the
 * middle of the windows. Places that remain in doubt are written to `list`; their number is returned, `room` + 1 if there are
 * more than that, and then the row is not complete.
 */
export function gaussianRow8(
  single: usize,
  high: usize,
  low: usize,
  taps: usize,
  exactTaps: usize,
  ratio: f64,
  radius: i32,
  step: i32,
  count: i32,
  levels: usize,
  output: usize,
  mix: i32,
  amount: f64,
  least: f64,
  bound: f32,
  exactBound: f64,
  list: usize,
  room: i32,
): i32 {
  if (mix === 0)
    return row<Mean>(
      single,
      high,
      low,
      taps,
      exactTaps,
      ratio,
      radius,
      step,
      count,
      levels,
      output,
      amount,
      least,
      bound,
      exactBound,
      list,
      room,
    );
  if (mix === 1 && least <= 0)
    return row<Sharpened>(
      single,
      high,
      low,
      taps,
      exactTaps,
      ratio,
      radius,
      step,
      count,
      levels,
      output,
      amount,
      least,
      bound,
      exactBound,
      list,
      room,
    );
  if (mix === 1)
    return row<LeastSharpened>(
      single,
      high,
      low,
      taps,
      exactTaps,
      ratio,
      radius,
      step,
      count,
      levels,
      output,
      amount,
      least,
      bound,
      exactBound,
      list,
      room,
    );
  return row<Clarified>(
    single,
    high,
    low,
    taps,
    exactTaps,
    ratio,
    radius,
    step,
    count,
    levels,
    output,
    amount,
    least,
    bound,
    exactBound,
    list,
    room,
  );
}

function row<Mix>(
  single: usize,
  high: usize,
  low: usize,
  taps: usize,
  exactTaps: usize,
  ratio: f64,
  radius: i32,
  step: i32,
  count: i32,
  levels: usize,
  output: usize,
  amount: f64,
  least: f64,
  bound: f32,
  exactBound: f64,
  list: usize,
  room: i32,
): i32 {
  const mix = mixOf<Mix>();
  const bytes = (step as usize) << 2;
  const reach = bytes * (radius as usize);
  const outermost = taps + ((radius as usize) << 2);
  const amounts = f32x4.splat(amount as f32);
  const leasts = f32x4.splat(least as f32);
  const bounds = f32x4.splat(bound);
  let found: i32 = 0;
  for (let i: i32 = 0; i < count; i += 16) {
    const from = single + ((i as usize) << 2);
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    let left = from;
    let right = from + (reach << 1);
    // From the ends inward, so that partial sums stay small for long and with them what rounding takes.
    for (let tap = outermost; tap > taps; tap -= 4, left += bytes, right -= bytes) {
      const weight = v128.load32_splat(tap);
      a = f32x4.add(a, f32x4.mul(weight, f32x4.add(v128.load(left), v128.load(right))));
      b = f32x4.add(b, f32x4.mul(weight, f32x4.add(v128.load(left, 16), v128.load(right, 16))));
      c = f32x4.add(c, f32x4.mul(weight, f32x4.add(v128.load(left, 32), v128.load(right, 32))));
      d = f32x4.add(d, f32x4.mul(weight, f32x4.add(v128.load(left, 48), v128.load(right, 48))));
    }
    const weight = v128.load32_splat(taps);
    a = f32x4.add(a, f32x4.mul(weight, v128.load(left)));
    b = f32x4.add(b, f32x4.mul(weight, v128.load(left, 16)));
    c = f32x4.add(c, f32x4.mul(weight, v128.load(left, 32)));
    d = f32x4.add(d, f32x4.mul(weight, v128.load(left, 48)));

    let levelA = a;
    let levelB = b;
    let levelC = c;
    let levelD = d;
    if (mix !== 0) {
      const near = v128.load_ext<u8>(levels + (i as usize));
      const far = v128.load_ext<u8>(levels + (i as usize), 8);
      levelA = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(near));
      levelB = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(near));
      levelC = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(far));
      levelD = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(far));
    }
    const valueA = mixed(mix, levelA, a, amounts, leasts);
    const valueB = mixed(mix, levelB, b, amounts, leasts);
    const valueC = mixed(mix, levelC, c, amounts, leasts);
    const valueD = mixed(mix, levelD, d, amounts, leasts);
    storeFirst(
      output + (i as usize),
      packClamped(nearest(valueA), nearest(valueB), nearest(valueC), nearest(valueD)),
      count - i,
    );
    const doubtA = doubtful(mix, valueA, levelA, a, leasts, bounds);
    const doubtB = doubtful(mix, valueB, levelB, b, leasts, bounds);
    const doubtC = doubtful(mix, valueC, levelC, c, leasts, bounds);
    const doubtD = doubtful(mix, valueD, levelD, d, leasts, bounds);
    if (!v128.any_true(v128.or(v128.or(doubtA, doubtB), v128.or(doubtC, doubtD)))) continue;
    let lanes =
      i32x4.bitmask(doubtA) |
      (i32x4.bitmask(doubtB) << 4) |
      (i32x4.bitmask(doubtC) << 8) |
      (i32x4.bitmask(doubtD) << 12);
    for (; lanes !== 0; lanes &= lanes - 1) {
      const place = i + ctz(lanes);
      if (place >= count) break;
      const at = (place as usize) << 2;
      const mean = exactMean(high + at, low + at, exactTaps, ratio, radius, bytes);
      const level = settled(mix, load<u8>(levels + (place as usize)) as f64, mean, amount, least, exactBound);
      if (level >= 0) {
        store<u8>(output + (place as usize), level as u8);
        continue;
      }
      if (found === room) return room + 1;
      store<i32>(list + ((found as usize) << 2), place);
      found++;
    }
  }
  return found;
}
