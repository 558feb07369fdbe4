/**
 * Resampling of opaque pictures at 8 bit (../../fast-resample-levels.ts), a row of the result at a time: down the columns first, then
 * across.
 *
 * Down the columns sums are exact: weights are whole numbers, high · 2^b + low, two products of 16 bits a sample, and a column's sum
 * stays in two parts. Across, single precision comes first. Where its error could change the level, the sum is done again in doubles
 * from the exact column sums; how often even the rounding of the weights to whole numbers could is counted, and then the caller does
 * the row again in doubles throughout.
 */

import { MAGIC, packClamped, raised, storeFirst, wholeOf } from './packing';

const SNAP: f64 = 1.0 / 1048576.0;

// @inline
function bytesLow(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @inline
function bytesHigh(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

// @inline
function floatsOf(high: v128, low: v128, highScale: v128, lowScale: v128): v128 {
  return f32x4.add(
    f32x4.mul(f32x4.convert_i32x4_s(high), highScale),
    f32x4.mul(f32x4.convert_i32x4_s(low), lowScale),
  );
}

/**
 * Sums down `rows` rows from the one at `input` on, `line` bytes apart. `weights`: four numbers of 16 bits for every two rows, the high
 * parts of both, the low parts of both; an odd last row has a partner of no weight. `high` and `low` receive 32 bits a
 * column, `single` their sum as floats (high · highScale + low · lowScale), all of them whole vectors of 16 columns.
 */
export function resampleColumns8(
  input: usize,
  line: usize,
  rows: i32,
  count: i32,
  weights: usize,
  high: usize,
  low: usize,
  single: usize,
  highScale: f32,
  lowScale: f32,
): void {
  const end = weights + ((((rows + 1) >> 1) as usize) << 3);
  // What has no weight must not be read beyond the picture.
  const half = (rows & 1) === 1 ? end - 8 : end;
  const highScales = f32x4.splat(highScale);
  const lowScales = f32x4.splat(lowScale);
  for (let i: i32 = 0; i < count; i += 16, input += 16) {
    let highA = i32x4.splat(0);
    let highB = highA;
    let highC = highA;
    let highD = highA;
    let lowA = highA;
    let lowB = highA;
    let lowC = highA;
    let lowD = highA;
    let upper = input;
    for (let pair = weights; pair < end; pair += 8) {
      const lower = pair === half ? upper : upper + line;
      const highs = v128.load32_splat(pair);
      const lows = v128.load32_splat(pair, 4);
      // Two loads and no more: the compiler puts all loads of a turn first, and has 15 registers for them and the sums.
      const above = v128.load(upper);
      const below = v128.load(lower);
      let both = bytesLow(above, below);
      let first = i16x8.extend_low_i8x16_u(both);
      let second = i16x8.extend_high_i8x16_u(both);
      highA = i32x4.add(highA, i32x4.dot_i16x8_s(first, highs));
      lowA = i32x4.add(lowA, i32x4.dot_i16x8_s(first, lows));
      highB = i32x4.add(highB, i32x4.dot_i16x8_s(second, highs));
      lowB = i32x4.add(lowB, i32x4.dot_i16x8_s(second, lows));
      both = bytesHigh(above, below);
      first = i16x8.extend_low_i8x16_u(both);
      second = i16x8.extend_high_i8x16_u(both);
      highC = i32x4.add(highC, i32x4.dot_i16x8_s(first, highs));
      lowC = i32x4.add(lowC, i32x4.dot_i16x8_s(first, lows));
      highD = i32x4.add(highD, i32x4.dot_i16x8_s(second, highs));
      lowD = i32x4.add(lowD, i32x4.dot_i16x8_s(second, lows));
      upper = lower + line;
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

/** A pixel of three channels, in the first three lanes. */
// @inline
function colourSum(single: usize, tap: usize, weights: usize, raise: v128): v128 {
  let at = single + (load<i32>(tap) as usize) * 12;
  let weight = weights + ((load<i32>(tap, 8) as usize) << 2);
  const taps = load<i32>(tap, 4);
  // Straight lines between the samples of a picture that is enlarged: all that previews of wide blurs do.
  if (taps === 2) {
    const left = f32x4.add(raise, f32x4.mul(v128.load32_splat(weight), v128.load(at)));
    return f32x4.add(left, f32x4.mul(v128.load32_splat(weight, 4), v128.load(at, 12)));
  }
  const end = weight + ((taps as usize) << 2);
  let first = raise;
  let second = f32x4.splat(0);
  for (; weight + 16 <= end; weight += 16, at += 48) {
    first = f32x4.add(first, f32x4.mul(v128.load32_splat(weight), v128.load(at)));
    second = f32x4.add(second, f32x4.mul(v128.load32_splat(weight, 4), v128.load(at, 12)));
    first = f32x4.add(first, f32x4.mul(v128.load32_splat(weight, 8), v128.load(at, 24)));
    second = f32x4.add(second, f32x4.mul(v128.load32_splat(weight, 12), v128.load(at, 36)));
  }
  for (; weight < end; weight += 4, at += 12) {
    first = f32x4.add(first, f32x4.mul(v128.load32_splat(weight), v128.load(at)));
  }
  return f32x4.add(first, second);
}

/** A pixel of one channel. */
// @inline
function greySum(single: usize, tap: usize, weights: usize, raise: f32): f32 {
  let at = single + ((load<i32>(tap) as usize) << 2);
  let weight = weights + ((load<i32>(tap, 8) as usize) << 2);
  const end = weight + ((load<i32>(tap, 4) as usize) << 2);
  let four = f32x4.splat(0);
  for (; weight + 16 <= end; weight += 16, at += 16) {
    four = f32x4.add(four, f32x4.mul(v128.load(weight), v128.load(at)));
  }
  let sum =
    raise +
    f32x4.extract_lane(four, 0) +
    f32x4.extract_lane(four, 1) +
    (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3));
  for (; weight < end; weight += 4, at += 4) sum += load<f32>(weight) * load<f32>(at);
  return sum;
}

/** Lanes whose value lies so far from the nearest whole number, which `raised` has in its low bits, that it may lie beyond a rounding edge. */
// @inline
function doubtful(value: v128, raised: v128, furthest: v128): v128 {
  const whole = f32x4.sub(raised, f32x4.splat(MAGIC));
  return f32x4.ge(f32x4.abs(f32x4.sub(value, whole)), furthest);
}

/** Writes the level of one sample from the exact column sums, added up in doubles; 1 where they leave it in doubt. */
function settle(
  high: usize,
  low: usize,
  tap: usize,
  exactWeights: usize,
  ratio: f64,
  channels: i32,
  channel: i32,
  output: usize,
  bound: f64,
): i32 {
  const pixel = (channels as usize) << 2;
  let at = (load<i32>(tap) as usize) * pixel + ((channel as usize) << 2);
  let weight = exactWeights + ((load<i32>(tap, 8) as usize) << 3);
  const end = weight + ((load<i32>(tap, 4) as usize) << 3);
  // The two parts side by side.
  let sums = f64x2.splat(0);
  for (; weight < end; weight += 8, at += pixel) {
    const both = v128.load32_lane(low + at, v128.load32_zero(high + at), 1);
    sums = f64x2.add(sums, f64x2.mul(v128.load64_splat(weight), f64x2.convert_low_i32x4_s(both)));
  }
  const raised = f64x2.extract_lane(sums, 0) + ratio * f64x2.extract_lane(sums, 1) + 0.5 + SNAP;
  const whole = Math.floor(raised);
  if (raised - whole <= bound || whole + 1 - raised <= bound) return 1;
  store<u8>(output, max<f64>(0, min<f64>(255, whole)) as u8);
  return 0;
}

/**
 * `width` pixels of 1 or 3 channels from the column sums. For every pixel `taps` holds three numbers: the first column it reads, how many,
 * and where its weights begin, which stand at `weights` as floats, at `exactWeights` as doubles with the scale of `high` in
 * them; `ratio` is what a unit of `low` is to one of `high`. `raise` is added to the sums in single precision, of which those that lie
 * within `bound` of an edge are done again. Returns how many samples remain in doubt.
 */
export function resampleRow8(
  single: usize,
  high: usize,
  low: usize,
  taps: usize,
  weights: usize,
  exactWeights: usize,
  ratio: f64,
  width: i32,
  channels: i32,
  output: usize,
  raise: f32,
  bound: f32,
  exactBound: f64,
): i32 {
  const raises = f32x4.splat(raise);
  // The subtraction is rounded: so much nearer is certainly near enough.
  const furthest = f32x4.splat(0.5 - bound - 1.0 / 8388608.0);
  let left: i32 = 0;
  for (let x: i32 = 0; x < width; x += 4) {
    const count = min(4, width - x);
    const tap = taps + (x as usize) * 12;
    const second = count > 1 ? tap + 12 : tap;
    const third = count > 2 ? tap + 24 : tap;
    const fourth = count > 3 ? tap + 36 : tap;
    const target = output + (x as usize) * (channels as usize);
    // A bit a sample.
    let lanes: i32 = 0;
    if (channels === 3) {
      const a = colourSum(single, tap, weights, raises);
      const b = colourSum(single, second, weights, raises);
      const c = colourSum(single, third, weights, raises);
      const d = colourSum(single, fourth, weights, raises);
      const raisedA = raised(a);
      const raisedB = raised(b);
      const raisedC = raised(c);
      const raisedD = raised(d);
      const levels = packClamped(wholeOf(raisedA), wholeOf(raisedB), wholeOf(raisedC), wholeOf(raisedD));
      const packed = i8x16.shuffle(levels, levels, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
      if (count === 4) {
        v128.store64_lane(target, packed, 0);
        v128.store32_lane(target, packed, 2, 8);
      } else storeFirst(target, packed, count * 3);
      const doubtA = doubtful(a, raisedA, furthest);
      const doubtB = doubtful(b, raisedB, furthest);
      const doubtC = doubtful(c, raisedC, furthest);
      const doubtD = doubtful(d, raisedD, furthest);
      // Most often there is none.
      if (v128.any_true(v128.or(v128.or(doubtA, doubtB), v128.or(doubtC, doubtD))))
        lanes =
          (i32x4.bitmask(doubtA) & 7) |
          ((i32x4.bitmask(doubtB) & 7) << 3) |
          ((i32x4.bitmask(doubtC) & 7) << 6) |
          ((i32x4.bitmask(doubtD) & 7) << 9);
    } else {
      let four = f32x4.splat(greySum(single, tap, weights, raise));
      four = f32x4.replace_lane(four, 1, greySum(single, second, weights, raise));
      four = f32x4.replace_lane(four, 2, greySum(single, third, weights, raise));
      four = f32x4.replace_lane(four, 3, greySum(single, fourth, weights, raise));
      const raisedFour = raised(four);
      const whole = wholeOf(raisedFour);
      const packed = packClamped(whole, whole, whole, whole);
      if (count === 4) v128.store32_lane(target, packed, 0);
      else storeFirst(target, packed, count);
      lanes = i32x4.bitmask(doubtful(four, raisedFour, furthest));
    }
    for (; lanes !== 0; lanes &= lanes - 1) {
      const sample = ctz(lanes);
      const pixel = sample / channels;
      if (pixel >= count) break;
      const own = tap + (pixel as usize) * 12;
      const channel = sample - pixel * channels;
      const to = target + (sample as usize);
      left += settle(high, low, own, exactWeights, ratio, channels, channel, to, exactBound);
    }
  }
  return left;
}
