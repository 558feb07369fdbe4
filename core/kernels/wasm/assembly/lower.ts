/** The lesser or the greater of pairs of samples, from which erosions and dilations are put together (../../element-steps.ts). */

import { storeFirst } from './packing';

// @inline
function chosen<Level extends number>(first: usize, second: usize, greater: bool): v128 {
  if (sizeof<Level>() === 1) {
    return greater
      ? v128.max<u8>(v128.load(first), v128.load(second))
      : v128.min<u8>(v128.load(first), v128.load(second));
  }
  return greater
    ? v128.max<u16>(v128.load(first), v128.load(second))
    : v128.min<u16>(v128.load(first), v128.load(second));
}

/**
 * `rows` rows of `bytes` bytes: at `target` one of the samples at `first` and at `second`. The target may be the first if the second
 * lies behind it: what is written has been read.
 */
// @inline
function choose<Level extends number>(
  target: usize,
  targetLine: usize,
  first: usize,
  firstLine: usize,
  second: usize,
  secondLine: usize,
  bytes: i32,
  rows: i32,
  greater: bool,
): void {
  const whole = (bytes as usize) & ~63;
  for (let y: i32 = 0; y < rows; y++) {
    let i: usize = 0;
    for (; i < whole; i += 64) {
      const a = chosen<Level>(first + i, second + i, greater);
      const b = chosen<Level>(first + i + 16, second + i + 16, greater);
      const c = chosen<Level>(first + i + 32, second + i + 32, greater);
      const d = chosen<Level>(first + i + 48, second + i + 48, greater);
      v128.store(target + i, a);
      v128.store(target + i, b, 16);
      v128.store(target + i, c, 32);
      v128.store(target + i, d, 48);
    }
    for (; i < (bytes as usize); i += 16) {
      storeFirst(target + i, chosen<Level>(first + i, second + i, greater), bytes - (i as i32));
    }
    target += targetLine;
    first += firstLine;
    second += secondLine;
  }
}

/** The lesser of two samples of 8 bit. Lines and `bytes`, what a row takes, are in bytes. */
export function lower8(
  target: usize,
  targetLine: usize,
  first: usize,
  firstLine: usize,
  second: usize,
  secondLine: usize,
  bytes: i32,
  rows: i32,
): void {
  choose<u8>(target, targetLine, first, firstLine, second, secondLine, bytes, rows, false);
}

/** The lesser of two samples of 16 bit. */
export function lower16(
  target: usize,
  targetLine: usize,
  first: usize,
  firstLine: usize,
  second: usize,
  secondLine: usize,
  bytes: i32,
  rows: i32,
): void {
  choose<u16>(target, targetLine, first, firstLine, second, secondLine, bytes, rows, false);
}

/** The greater of two samples of 8 bit. */
export function raise8(
  target: usize,
  targetLine: usize,
  first: usize,
  firstLine: usize,
  second: usize,
  secondLine: usize,
  bytes: i32,
  rows: i32,
): void {
  choose<u8>(target, targetLine, first, firstLine, second, secondLine, bytes, rows, true);
}

/** The greater of two samples of 16 bit. */
export function raise16(
  target: usize,
  targetLine: usize,
  first: usize,
  firstLine: usize,
  second: usize,
  secondLine: usize,
  bytes: i32,
  rows: i32,
): void {
  choose<u16>(target, targetLine, first, firstLine, second, secondLine, bytes, rows, true);
}
