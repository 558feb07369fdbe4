/** The lesser of pairs of samples, from which erosions are put together (../../morphology.ts). */

import { storeFirst } from './packing';

/**
 * `rows` rows of `bytes` bytes: at `target` the lesser of the samples at `first` and at `second`. Rows are `line` bytes apart in
 * both and `targetLine` at the target, which may be the first or the second if no sample is written before it is read.
 */
export function lower8(
  target: usize,
  targetLine: usize,
  first: usize,
  second: usize,
  line: usize,
  bytes: i32,
  rows: i32,
): void {
  for (let y: i32 = 0; y < rows; y++) {
    let i: usize = 0;
    const whole = (bytes as usize) & ~63;
    for (; i < whole; i += 64) {
      const a = v128.min<u8>(v128.load(first + i), v128.load(second + i));
      const b = v128.min<u8>(v128.load(first + i, 16), v128.load(second + i, 16));
      const c = v128.min<u8>(v128.load(first + i, 32), v128.load(second + i, 32));
      const d = v128.min<u8>(v128.load(first + i, 48), v128.load(second + i, 48));
      v128.store(target + i, a);
      v128.store(target + i, b, 16);
      v128.store(target + i, c, 32);
      v128.store(target + i, d, 48);
    }
    for (; i < (bytes as usize); i += 16) {
      const lesser = v128.min<u8>(v128.load(first + i), v128.load(second + i));
      storeFirst(target + i, lesser, bytes - (i as i32));
    }
    target += targetLine;
    first += line;
    second += line;
  }
}

/** The same for samples of 16 bits. */
export function lower16(
  target: usize,
  targetLine: usize,
  first: usize,
  second: usize,
  line: usize,
  bytes: i32,
  rows: i32,
): void {
  for (let y: i32 = 0; y < rows; y++) {
    for (let i: usize = 0; i < (bytes as usize); i += 16) {
      const lesser = v128.min<u16>(v128.load(first + i), v128.load(second + i));
      storeFirst(target + i, lesser, bytes - (i as i32));
    }
    target += targetLine;
    first += line;
    second += line;
  }
}
