/**
 * The luma of BT.601. Rounded, it is a whole number of thousandths that are exact in 32 bits for both depths: the tiny constant of
 * the rounding rule is smaller than one of them, and so is the error of the formula in doubles, so both give the same level.
 */

import { kept } from './kept';

// @inline
function rounded<Level extends number>(input: usize): u32 {
  const red = load<Level>(input) as u32;
  const green = load<Level>(input + sizeof<Level>()) as u32;
  const blue = load<Level>(input + 2 * sizeof<Level>()) as u32;
  return (299 * red + 587 * green + 114 * blue + 500) / 1000;
}

/** Of four pixels of bytes in a vector: where red and green of each are, to stand as two numbers of 16 bits. */
// @inline
function placesOfPairs(channels: i32): v128 {
  return channels === 3
    ? i8x16(0, -1, 1, -1, 3, -1, 4, -1, 6, -1, 7, -1, 9, -1, 10, -1)
    : i8x16(0, -1, 1, -1, 4, -1, 5, -1, 8, -1, 9, -1, 12, -1, 13, -1);
}

/** The same of blue, with nothing beside it. */
// @inline
function placesOfBlue(channels: i32): v128 {
  return channels === 3
    ? i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1)
    : i8x16(2, -1, -1, -1, 6, -1, -1, -1, 10, -1, -1, -1, 14, -1, -1, -1);
}

/**
 * The rounded luma of four pixels of bytes, as numbers of 32 bits. A sum of thousandths is at most 255,500. By
 * 1000, rounded down, is by 8 and then by 125, and that is ·33,555 ÷ 2²²: too much by less than 0.005, where 0.008 would be wanted to
 * reach the next whole number.
 */
// @inline
function four(input: usize, pairs: v128, blues: v128): v128 {
  const bytes = v128.load(input);
  const pair = i32x4.dot_i16x8_s(i8x16.swizzle(bytes, pairs), i32x4.splat((587 << 16) | 299));
  const blue = i32x4.dot_i16x8_s(i8x16.swizzle(bytes, blues), i32x4.splat(114));
  const sum = i32x4.add(i32x4.add(pair, blue), i32x4.splat(500));
  return i32x4.shr_u(i32x4.mul(i32x4.shr_u(sum, 3), i32x4.splat(33_555)), 22);
}

/** Writes the rounded luma of `pixels` pixels of three colours, with or without alpha. */
export function lumaRow8(input: usize, pixels: i32, channels: i32, output: usize): void {
  const end = input + ((pixels * channels) as usize);
  const pairs = kept(placesOfPairs(channels));
  const blues = kept(placesOfBlue(channels));
  // Nothing beyond the pixels is read: with three channels four of them are less than a vector.
  for (; input + 16 <= end; input += (channels as usize) << 2, output += 4) {
    const lumas = four(input, pairs, blues);
    const halves = i16x8.narrow_i32x4_u(lumas, lumas);
    v128.store32_lane(output, i8x16.narrow_i16x8_u(halves, halves), 0);
  }
  for (; input < end; input += channels as usize, output++) store<u8>(output, rounded<u8>(input) as u8);
}

export function lumaRow16(input: usize, pixels: i32, channels: i32, output: usize): void {
  const pixel = (channels as usize) * 2;
  const end = input + (pixels as usize) * pixel;
  for (; input < end; input += pixel, output += 2) store<u16>(output, rounded<u16>(input) as u16);
}

// @inline
function countAt(counts: usize, luma: u32): void {
  const at = counts + ((luma as usize) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** Adds the rounded luma of `pixels` pixels to `counts` and `other`, 32-bit numbers a level, every second pixel to each. */
export function countLuma8(input: usize, pixels: i32, channels: i32, counts: usize, other: usize): void {
  const end = input + ((pixels * channels) as usize);
  const pairs = kept(placesOfPairs(channels));
  const blues = kept(placesOfBlue(channels));
  // Nothing beyond the pixels is read: with three channels four of them are less than a vector.
  for (; input + 16 <= end; input += (channels as usize) << 2) {
    const lumas = four(input, pairs, blues);
    countAt(counts, i32x4.extract_lane(lumas, 0));
    countAt(other, i32x4.extract_lane(lumas, 1));
    countAt(counts, i32x4.extract_lane(lumas, 2));
    countAt(other, i32x4.extract_lane(lumas, 3));
  }
  for (; input < end; input += channels as usize) countAt(counts, rounded<u8>(input));
}

export function countLuma16(input: usize, pixels: i32, channels: i32, counts: usize, other: usize): void {
  const pixel = (channels as usize) * 2;
  const end = input + (pixels as usize) * pixel;
  for (; input + pixel < end; input += 2 * pixel) {
    countAt(counts, rounded<u16>(input));
    countAt(other, rounded<u16>(input + pixel));
  }
  if (input < end) countAt(counts, rounded<u16>(input));
}

/** The largest unrounded luma, in doubles as the formula says it, added from the left. */
function largest<Level extends number>(input: usize, pixels: i32, channels: i32): f64 {
  const pixel = (channels as usize) * sizeof<Level>();
  const end = input + (pixels as usize) * pixel;
  let most: f64 = 0;
  for (; input < end; input += pixel) {
    const red = load<Level>(input) as f64;
    const green = load<Level>(input + sizeof<Level>()) as f64;
    const blue = load<Level>(input + 2 * sizeof<Level>()) as f64;
    most = max<f64>(most, 0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return most;
}

export function largestLuma8(input: usize, pixels: i32, channels: i32): f64 {
  return largest<u8>(input, pixels, channels);
}

export function largestLuma16(input: usize, pixels: i32, channels: i32): f64 {
  return largest<u16>(input, pixels, channels);
}
