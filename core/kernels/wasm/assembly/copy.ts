/** Copies within the pool: of runs of samples, and of alpha alone. */

import { storeFirst } from './packing';

/** `bytes` bytes that do not overlap. */
export function copyBytes(target: usize, source: usize, bytes: i32): void {
  let left = bytes;
  for (; left >= 64; left -= 64, target += 64, source += 64) {
    const a = v128.load(source);
    const b = v128.load(source, 16);
    const c = v128.load(source, 32);
    const d = v128.load(source, 48);
    v128.store(target, a);
    v128.store(target, b, 16);
    v128.store(target, c, 32);
    v128.store(target, d, 48);
  }
  for (; left > 0; left -= 16, target += 16, source += 16) storeFirst(target, v128.load(source), left);
}

// @inline
function copyLast<Level extends number>(target: usize, source: usize, pixels: i32, channels: i32): void {
  const shift = (channels - 1) * sizeof<Level>() * 8;
  // Of two channels one in two lanes, of four one in four: the last of each pixel.
  const mask =
    channels * sizeof<Level>() === 2
      ? i16x8.shl(i16x8.splat(-1), shift)
      : channels * sizeof<Level>() === 4
        ? i32x4.shl(i32x4.splat(-1), shift)
        : i64x2.shl(i64x2.splat(-1), shift);
  let left = pixels * channels * (sizeof<Level>() as i32);
  for (; left > 0; left -= 16, target += 16, source += 16) {
    const both = v128.bitselect(v128.load(source), v128.load(target), mask);
    storeFirst(target, both, left);
  }
}

/** The alpha of `pixels` pixels of two or four channels at 8 bit; the colours at the target stay. */
export function copyAlpha8(target: usize, source: usize, pixels: i32, channels: i32): void {
  copyLast<u8>(target, source, pixels, channels);
}

/** The same at 16 bit. */
export function copyAlpha16(target: usize, source: usize, pixels: i32, channels: i32): void {
  copyLast<u16>(target, source, pixels, channels);
}
