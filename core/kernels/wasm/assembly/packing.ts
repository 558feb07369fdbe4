/** From four vectors of 32 bits to one of samples, and to memory without touching what lies behind a row. */

/** 1.5 · 2^23: added to a float of at most 2^22 it leaves the nearest whole number in the low bits of the sum. */
export const MAGIC: f32 = 12582912;

/** Whole numbers of 32 bits, clamped to 0 … 255. */
// @inline
export function packClamped(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
}

/** Four floats of at most 2^22 with the nearest whole numbers in their low bits. */
// @inline
export function raised(values: v128): v128 {
  return f32x4.add(values, f32x4.splat(MAGIC));
}

/** What `raised` has in the low bits. */
// @inline
export function wholeOf(raised: v128): v128 {
  return i32x4.sub(raised, i32x4.splat(0x4b400000));
}

/** The nearest whole numbers to four floats of at most 2^22. */
// @inline
export function nearest(values: v128): v128 {
  return wholeOf(raised(values));
}

/** Stores the first `bytes` of the vector, at most 16. */
// @inline
export function storeFirst(target: usize, vector: v128, bytes: i32): void {
  if (bytes >= 16) v128.store(target, vector);
  else storeSome(target, vector, bytes);
}

function storeSome(target: usize, vector: v128, bytes: i32): void {
  let rest: u64 = i64x2.extract_lane(vector, 0);
  if (bytes >= 8) {
    store<u64>(target, rest);
    rest = i64x2.extract_lane(vector, 1);
    target += 8;
    bytes -= 8;
  }
  for (; bytes > 0; bytes--, rest >>= 8) store<u8>(target++, rest as u8);
}
