/**
 * Windows of whole-numbered weights (../../convolve.ts), one output row at a time, all channels. A tap is two numbers of 32 bits:
 * how many bytes its sample lies behind the first of the window, and its weight. Sums are exact: in 16 bits, where the largest
 * possible one fits, or in 32. The sum becomes a level as n / divisor, n = sum + offset · divisor, perhaps without its sign.
 *
 * n / divisor + ½ lies no nearer than 1/(2·divisor) below a whole number. So the level is the whole number nearest to
 * (n + ¼) / divisor, which is no nearer than 1/(4·divisor) to a rounding edge. In single precision n + ¼ is exact below 2^22, and
 * below 257 levels the reciprocal and the product are off by 3.1e-5 together: enough for divisors up to 4096.
 */

import { nearest, packClamped, storeFirst } from './packing';

// @inline
function respond32(sum: v128, shift: v128, scale: v128, absolute: bool): v128 {
  let n = i32x4.add(sum, shift);
  if (absolute) n = i32x4.abs(n);
  return nearest(f32x4.mul(f32x4.add(f32x4.convert_i32x4_s(n), f32x4.splat(0.25)), scale));
}

// @inline
function respond16(low: v128, high: v128, shift: v128, scale: f32, absolute: bool): v128 {
  if (scale === 1) {
    let front = i16x8.add_sat_s(low, shift);
    let back = i16x8.add_sat_s(high, shift);
    if (absolute) {
      front = i16x8.abs(front);
      back = i16x8.abs(back);
    }
    return i8x16.narrow_i16x8_u(front, back);
  }
  const scales = f32x4.splat(scale);
  return packClamped(
    respond32(i32x4.extend_low_i16x8_s(low), shift, scales, absolute),
    respond32(i32x4.extend_high_i16x8_s(low), shift, scales, absolute),
    respond32(i32x4.extend_low_i16x8_s(high), shift, scales, absolute),
    respond32(i32x4.extend_high_i16x8_s(high), shift, scales, absolute),
  );
}

/**
 * A row of `count` samples at 8 bit; the size of no sum, with the offset in levels added, exceeds 32,767. `shift` is offset ·
 * divisor, `scale` is 1 / divisor.
 */
export function windowRow8(
  input: usize,
  output: usize,
  count: i32,
  taps: usize,
  tapCount: i32,
  shift: i32,
  scale: f32,
  absolute: bool,
): void {
  const end = taps + ((tapCount as usize) << 3);
  const shifts = scale === 1 ? i16x8.splat(shift as i16) : i32x4.splat(shift);
  let left = count;
  for (; left >= 64; left -= 64, input += 64, output += 64) {
    let a = i16x8.splat(0);
    let b = i16x8.splat(0);
    let c = i16x8.splat(0);
    let d = i16x8.splat(0);
    let e = i16x8.splat(0);
    let f = i16x8.splat(0);
    let g = i16x8.splat(0);
    let h = i16x8.splat(0);
    for (let tap = taps; tap < end; tap += 8) {
      const at = input + (load<i32>(tap) as usize);
      const weight = v128.load16_splat(tap, 4);
      a = i16x8.add(a, i16x8.mul(v128.load_ext<u8>(at), weight));
      b = i16x8.add(b, i16x8.mul(v128.load_ext<u8>(at, 8), weight));
      c = i16x8.add(c, i16x8.mul(v128.load_ext<u8>(at, 16), weight));
      d = i16x8.add(d, i16x8.mul(v128.load_ext<u8>(at, 24), weight));
      e = i16x8.add(e, i16x8.mul(v128.load_ext<u8>(at, 32), weight));
      f = i16x8.add(f, i16x8.mul(v128.load_ext<u8>(at, 40), weight));
      g = i16x8.add(g, i16x8.mul(v128.load_ext<u8>(at, 48), weight));
      h = i16x8.add(h, i16x8.mul(v128.load_ext<u8>(at, 56), weight));
    }
    v128.store(output, respond16(a, b, shifts, scale, absolute));
    v128.store(output, respond16(c, d, shifts, scale, absolute), 16);
    v128.store(output, respond16(e, f, shifts, scale, absolute), 32);
    v128.store(output, respond16(g, h, shifts, scale, absolute), 48);
  }
  for (; left > 0; left -= 16, input += 16, output += 16) {
    let a = i16x8.splat(0);
    let b = i16x8.splat(0);
    for (let tap = taps; tap < end; tap += 8) {
      const at = input + (load<i32>(tap) as usize);
      const weight = v128.load16_splat(tap, 4);
      a = i16x8.add(a, i16x8.mul(v128.load_ext<u8>(at), weight));
      b = i16x8.add(b, i16x8.mul(v128.load_ext<u8>(at, 8), weight));
    }
    storeFirst(output, respond16(a, b, shifts, scale, absolute), left);
  }
}

/** Samples of two taps side by side, the first eight of sixteen. */
// @inline
function pairsLow(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @inline
function pairsHigh(a: v128, b: v128): v128 {
  return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

// @inline
function wordsLow(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @inline
function wordsHigh(a: v128, b: v128): v128 {
  return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}

/**
 * Sums in 32 bits of `count` samples at 8 bit. Taps come in pairs of 12 bytes: two places, and two weights of 16 bits. The room of
 * the sums is a multiple of 64 bytes.
 */
export function windowSums8(input: usize, sums: usize, count: i32, pairs: usize, pairCount: i32): void {
  const end = pairs + 12 * (pairCount as usize);
  for (let left = count; left > 0; left -= 16, input += 16, sums += 64) {
    let a = i32x4.splat(0);
    let b = i32x4.splat(0);
    let c = i32x4.splat(0);
    let d = i32x4.splat(0);
    for (let pair = pairs; pair < end; pair += 12) {
      const first = v128.load(input + (load<i32>(pair) as usize));
      const second = v128.load(input + (load<i32>(pair, 4) as usize));
      const weights = v128.load32_splat(pair, 8);
      const low = pairsLow(first, second);
      const high = pairsHigh(first, second);
      a = i32x4.add(a, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), weights));
      b = i32x4.add(b, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), weights));
      c = i32x4.add(c, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), weights));
      d = i32x4.add(d, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), weights));
    }
    v128.store(sums, a);
    v128.store(sums, b, 16);
    v128.store(sums, c, 32);
    v128.store(sums, d, 48);
  }
}

/** The same at 16 bit. Levels count from 32,768, so that they fit 16 bits with a sign; `bias` is 32,768 · Σ weights. */
export function windowSums16(
  input: usize,
  sums: usize,
  count: i32,
  pairs: usize,
  pairCount: i32,
  bias: i32,
): void {
  const end = pairs + 12 * (pairCount as usize);
  const middle = i16x8.splat(-32768);
  for (let left = count; left > 0; left -= 16, input += 32, sums += 64) {
    let a = i32x4.splat(bias);
    let b = a;
    let c = a;
    let d = a;
    for (let pair = pairs; pair < end; pair += 12) {
      const first = input + (load<i32>(pair) as usize);
      const second = input + (load<i32>(pair, 4) as usize);
      const weights = v128.load32_splat(pair, 8);
      const front = v128.xor(v128.load(first), middle);
      const frontOther = v128.xor(v128.load(second), middle);
      const back = v128.xor(v128.load(first, 16), middle);
      const backOther = v128.xor(v128.load(second, 16), middle);
      a = i32x4.add(a, i32x4.dot_i16x8_s(wordsLow(front, frontOther), weights));
      b = i32x4.add(b, i32x4.dot_i16x8_s(wordsHigh(front, frontOther), weights));
      c = i32x4.add(c, i32x4.dot_i16x8_s(wordsLow(back, backOther), weights));
      d = i32x4.add(d, i32x4.dot_i16x8_s(wordsHigh(back, backOther), weights));
    }
    v128.store(sums, a);
    v128.store(sums, b, 16);
    v128.store(sums, c, 32);
    v128.store(sums, d, 48);
  }
}

/** Levels of 8 bit from sums in 32 bits, n below 2^22, divisor up to 4096. */
export function windowLevels8(
  sums: usize,
  output: usize,
  count: i32,
  shift: i32,
  scale: f32,
  absolute: bool,
): void {
  const shifts = i32x4.splat(shift);
  const scales = f32x4.splat(scale);
  for (let left = count; left > 0; left -= 16, sums += 64, output += 16) {
    const a = respond32(v128.load(sums), shifts, scales, absolute);
    const b = respond32(v128.load(sums, 16), shifts, scales, absolute);
    const c = respond32(v128.load(sums, 32), shifts, scales, absolute);
    const d = respond32(v128.load(sums, 48), shifts, scales, absolute);
    storeFirst(output, packClamped(a, b, c, d), left);
  }
}

/** Four levels in 32 bits from four sums, in doubles. */
// @inline
function respondReal(sum: v128, shift: v128, scale: v128, top: v128, absolute: bool): v128 {
  let n = i32x4.add(sum, shift);
  if (absolute) n = i32x4.abs(n);
  const quarter = f64x2.splat(0.25);
  const none = f64x2.splat(4503599627370496);
  const zero = f64x2.splat(0);
  let low = f64x2.convert_low_i32x4_s(n);
  let high = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(n, n, 2, 3, 2, 3));
  low = f64x2.pmin(top, f64x2.pmax(zero, f64x2.mul(f64x2.add(low, quarter), scale)));
  high = f64x2.pmin(top, f64x2.pmax(zero, f64x2.mul(f64x2.add(high, quarter), scale)));
  return v128.shuffle<i32>(f64x2.add(low, none), f64x2.add(high, none), 0, 2, 4, 6);
}

/** Levels from sums in 32 bits, n within 32 bits, any divisor below 2^18; `bytes` a level. */
export function windowLevels(
  sums: usize,
  output: usize,
  count: i32,
  shift: i32,
  scale: f64,
  absolute: bool,
  bytes: i32,
): void {
  const shifts = i32x4.splat(shift);
  const scales = f64x2.splat(scale);
  const top = f64x2.splat(bytes === 1 ? 255 : 65535);
  for (let left = count; left > 0; left -= 8, sums += 32, output += (8 * bytes) as usize) {
    const a = respondReal(v128.load(sums), shifts, scales, top, absolute);
    const b = respondReal(v128.load(sums, 16), shifts, scales, top, absolute);
    const words = i16x8.narrow_i32x4_u(a, b);
    storeFirst(output, bytes === 1 ? i8x16.narrow_i16x8_u(words, words) : words, min(left, 8) * bytes);
  }
}
