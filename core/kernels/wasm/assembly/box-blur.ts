/**
 * The box blur of ../../box-blur.ts. Column sums are kept by the row that enters and the row that leaves; along the row a vector
 * holds the running sums of windows, one lane a channel where a pixel has three or four, one a sample where it has fewer.
 *
 * floor(S/k² + ½) is the whole number nearest to S/k², halves upward. In single precision S is exact; the reciprocal and the product are
 * off by at most 2^-24 of the value each. So the reciprocal is made larger by a little more than both: then a half always comes out
 * above, and what lies below one, by 1/(2k²) at least, stays below while 254.5 · 2.25 · 2^-23 is less than that. For larger k doubles of
 * (S + ¼)/k² are taken, which lies no nearer than 1/(4k²) to a rounding edge.
 */

import { kept } from './kept';
import { storeFirst } from './packing';

/** The largest k for which means are exact in single precision. */
const SINGLE: i32 = 85;
/** How much larger the reciprocal is made there. */
const UPWARD: f64 = 1.0 + 1.25 / 8388608.0;

/** Every second byte, to the front or to the back. */
const FRONT: v128 = i8x16(0, 2, 4, 6, 8, 10, 12, 14, -1, -1, -1, -1, -1, -1, -1, -1);
const BACK: v128 = i8x16(-1, -1, -1, -1, -1, -1, -1, -1, 0, 2, 4, 6, 8, 10, 12, 14);
/** The same without the fourth of each four. */
const FRONT_OF_THREE: v128 = i8x16(0, 2, 4, 8, 10, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
const BACK_OF_THREE: v128 = i8x16(-1, -1, -1, -1, -1, -1, 0, 2, 4, 8, 10, 12, -1, -1, -1, -1);

function exchange<Sum extends number, Level extends number>(
  sums: usize,
  entering: usize,
  leaving: usize,
  count: i32,
): void {
  let i: i32 = 0;
  for (const vectors = count & ~7; i < vectors; i += 8) {
    const at = sums + (i as usize) * sizeof<Sum>();
    const level = (i as usize) * sizeof<Level>();
    const more = sizeof<Level>() === 1 ? v128.load_ext<u8>(entering + level) : v128.load(entering + level);
    const less = sizeof<Level>() === 1 ? v128.load_ext<u8>(leaving + level) : v128.load(leaving + level);
    if (sizeof<Sum>() === 2) {
      v128.store(at, i16x8.add(v128.load(at), i16x8.sub(more, less)));
    } else {
      const low = i32x4.sub(i32x4.extend_low_i16x8_u(more), i32x4.extend_low_i16x8_u(less));
      const high = i32x4.sub(i32x4.extend_high_i16x8_u(more), i32x4.extend_high_i16x8_u(less));
      v128.store(at, i32x4.add(v128.load(at), low));
      v128.store(at, i32x4.add(v128.load(at, 16), high), 16);
    }
  }
  for (; i < count; i++) {
    const at = sums + (i as usize) * sizeof<Sum>();
    const level = (i as usize) * sizeof<Level>();
    const change = (load<Level>(entering + level) as i32) - (load<Level>(leaving + level) as i32);
    store<Sum>(at, ((load<Sum>(at) as i32) + change) as Sum);
  }
}

/** Column sums in 16 bits: adds the levels of the row at `entering`, takes away those of the row at `leaving`. */
export function boxExchange8(sums: usize, entering: usize, leaving: usize, count: i32): void {
  exchange<u16, u8>(sums, entering, leaving, count);
}

/** The same in 32 bits. */
export function boxExchange8Wide(sums: usize, entering: usize, leaving: usize, count: i32): void {
  exchange<u32, u8>(sums, entering, leaving, count);
}

/** The same in 32 bits for 16-bit levels. */
export function boxExchange16(sums: usize, entering: usize, leaving: usize, count: i32): void {
  exchange<u32, u16>(sums, entering, leaving, count);
}

/** Four neighbouring column sums. */
// @inline
function fourSums<Sum extends number>(at: usize): v128 {
  return sizeof<Sum>() === 2 ? v128.load_ext<u16>(at) : v128.load(at);
}

/** The sums of the four windows of which the last column lies `lead` bytes behind `at`, from those of the windows before. */
// @inline
function next<Sum extends number, Pixel extends number>(before: v128, at: usize, lead: usize): v128 {
  let changes = i32x4.sub(fourSums<Sum>(at + lead), fourSums<Sum>(at));
  if (sizeof<Pixel>() >= 4) return i32x4.add(before, changes);
  const zero = i32x4.splat(0);
  if (sizeof<Pixel>() === 1) changes = i32x4.add(changes, v128.shuffle<i32>(zero, changes, 0, 4, 5, 6));
  changes = i32x4.add(changes, v128.shuffle<i32>(zero, changes, 0, 1, 4, 5));
  return i32x4.add(lastPixel<Pixel>(before), changes);
}

/** The last pixel of a vector in all of its pixels. */
// @inline
function lastPixel<Pixel extends number>(vector: v128): v128 {
  return sizeof<Pixel>() === 1
    ? v128.shuffle<i32>(vector, vector, 3, 3, 3, 3)
    : v128.shuffle<i32>(vector, vector, 2, 3, 2, 3);
}

/** The level nearest to sum / k² in the lowest bits: beyond 2^23 a float, beyond 2^52 a double has no fraction, so adding that rounds. */
// @inline
function rounded<Real extends number>(sum: v128, scale: v128, shift: v128, whole: v128): v128 {
  if (sizeof<Real>() === 4) {
    const mean = f32x4.mul(f32x4.convert_i32x4_s(sum), scale);
    return f32x4.add(mean, whole);
  }
  const upper = v128.shuffle<i32>(sum, sum, 2, 3, 2, 3);
  const low = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(sum), scale), shift);
  const high = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_s(upper), scale), shift);
  return v128.shuffle<i32>(f64x2.add(low, whole), f64x2.add(high, whole), 0, 2, 4, 6);
}

function means<Sum extends number, Real extends number, Level extends number, Pixel extends number>(
  sums: usize,
  output: usize,
  width: i32,
  size: i32,
): void {
  const channels: i32 = sizeof<Pixel>() === 8 ? 4 : sizeof<Pixel>() === 4 ? 3 : sizeof<Pixel>();
  const reciprocal = 1.0 / ((size * size) as f64);
  const single = sizeof<Real>() === 4;
  const scale = kept(single ? f32x4.splat((reciprocal * UPWARD) as f32) : f64x2.splat(reciprocal));
  const shift = kept(f64x2.splat(0.25 * reciprocal));
  const whole = kept(single ? f32x4.splat(8388608) : f64x2.splat(4503599627370496));
  const front = kept(sizeof<Pixel>() === 4 ? FRONT_OF_THREE : FRONT);
  const back = kept(sizeof<Pixel>() === 4 ? BACK_OF_THREE : BACK);
  const pixel: usize = (channels as usize) * sizeof<Sum>();
  const lead = pixel * (size as usize);
  let last = i32x4.splat(0);
  for (let at = sums; at < sums + lead; at += pixel) last = i32x4.add(last, fourSums<Sum>(at));
  // As if there were a pixel before the first, so that every one is reached by a change.
  let at = sums - pixel;
  last = i32x4.sub(last, i32x4.sub(fourSums<Sum>(at + lead), fourSums<Sum>(at)));
  if (sizeof<Pixel>() === 1) last = v128.shuffle<i32>(last, last, 0, 0, 0, 0);
  if (sizeof<Pixel>() === 2) last = v128.shuffle<i32>(last, last, 0, 1, 0, 1);
  const advance: usize = sizeof<Pixel>() >= 4 ? pixel : 4 * sizeof<Sum>();
  const samples: i32 = sizeof<Pixel>() === 4 ? 12 : 16;
  for (let left = width * channels; left > 0; left -= samples) {
    const a = next<Sum, Pixel>(last, at, lead);
    const b = next<Sum, Pixel>(a, at + advance, lead);
    const c = next<Sum, Pixel>(b, at + 2 * advance, lead);
    last = next<Sum, Pixel>(c, at + 3 * advance, lead);
    at += 4 * advance;
    const first = rounded<Real>(a, scale, shift, whole);
    const second = rounded<Real>(b, scale, shift, whole);
    const third = rounded<Real>(c, scale, shift, whole);
    const fourth = rounded<Real>(last, scale, shift, whole);
    if (sizeof<Level>() === 1) {
      // The lower half of a lane is its level, the upper one 0 or more than a byte holds.
      const low = i8x16.swizzle(i8x16.narrow_i16x8_u(first, second), front);
      const high = i8x16.swizzle(i8x16.narrow_i16x8_u(third, fourth), back);
      storePixels<Pixel>(output, v128.or(low, high), left);
    } else {
      storePixels16<Pixel>(output, i16x8.narrow_i32x4_u(first, second), left);
      storePixels16<Pixel>(
        output + (samples as usize),
        i16x8.narrow_i32x4_u(third, fourth),
        left - samples / 2,
      );
    }
    output += (samples as usize) * sizeof<Level>();
  }
}

/** Stores the bytes of four vectors; of three channels twelve, and what stands behind them is overwritten by the next ones. */
// @inline
function storePixels<Pixel extends number>(output: usize, levels: v128, left: i32): void {
  if (left >= 16) v128.store(output, levels);
  else storeFirst(output, levels, sizeof<Pixel>() === 4 ? min(left, 12) : left);
}

/** The same for two vectors of 16 bits. */
// @inline
function storePixels16<Pixel extends number>(output: usize, levels: v128, left: i32): void {
  if (sizeof<Pixel>() !== 4) return storeFirst(output, levels, 2 * left);
  const tight = v128.shuffle<i16>(levels, levels, 0, 1, 2, 4, 5, 6, 3, 7);
  if (left < 6) return storeFirst(output, tight, 2 * left);
  v128.store64_lane(output, tight, 0);
  v128.store32_lane(output, tight, 2, 8);
}

/** Pixel is a type that stands for the channels, so that each layout has a loop of its own: u8 one, u16 two, u32 three, u64 four. */
function meansOf<Sum extends number, Real extends number, Level extends number>(
  sums: usize,
  output: usize,
  width: i32,
  channels: i32,
  size: i32,
): void {
  if (channels === 1) means<Sum, Real, Level, u8>(sums, output, width, size);
  else if (channels === 2) means<Sum, Real, Level, u16>(sums, output, width, size);
  else if (channels === 3) means<Sum, Real, Level, u32>(sums, output, width, size);
  else means<Sum, Real, Level, u64>(sums, output, width, size);
}

/**
 * One row of means, all channels: floor(S/k² + ½) of every window of `size` = k column sums in 16 bits, k at most 257. The sums have
 * 16 bytes of room before their first and 64 behind their last one.
 */
export function boxMeans8(sums: usize, output: usize, width: i32, channels: i32, size: i32): void {
  if (size <= SINGLE) meansOf<u16, f32, u8>(sums, output, width, channels, size);
  else meansOf<u16, f64, u8>(sums, output, width, channels, size);
}

/** The same from column sums in 32 bits, for any k. */
export function boxMeans8Wide(sums: usize, output: usize, width: i32, channels: i32, size: i32): void {
  meansOf<u32, f64, u8>(sums, output, width, channels, size);
}

/** The same for 16-bit levels; k is at most 181, so that the sum of a window fits 32 bits. */
export function boxMeans16(sums: usize, output: usize, width: i32, channels: i32, size: i32): void {
  meansOf<u32, f64, u16>(sums, output, width, channels, size);
}
