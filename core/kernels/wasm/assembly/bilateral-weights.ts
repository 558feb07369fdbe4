/** What bilateral-levels.ts works on: levels as planes of bytes and of floats, and how alike a row's pixels are to others. */

/** Rows of levels as planes: for each row its colours one after the other, `wide` bytes and `wide` floats each. */
export function spreadPlanes(
  input: usize,
  line: usize,
  rows: i32,
  width: i32,
  wide: i32,
  channels: i32,
  colours: i32,
  bytes: usize,
  floats: usize,
): void {
  for (let y: i32 = 0; y < rows; y++, input += line) {
    for (let c: i32 = 0; c < colours; c++, bytes += wide as usize) {
      let from = input + (c as usize);
      for (let x: i32 = 0; x < width; x++, from += channels as usize) {
        store<u8>(bytes + (x as usize), load<u8>(from));
      }
      for (let x: i32 = 0; x < wide; x += 8, floats += 32) {
        const levels = v128.load_ext<u8>(bytes + (x as usize));
        v128.store(floats, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(levels)));
        v128.store(floats, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(levels)), 16);
      }
    }
  }
}

// @inline
function apart(a: v128, b: v128): v128 {
  return v128.or(i8x16.sub_sat_u(a, b), i8x16.sub_sat_u(b, a));
}

/** Looks up eight weights by differences of 16 bits. */
// @inline
function lookUp(differences: v128, likeness: usize, target: usize): void {
  const low: u64 = i64x2.extract_lane(differences, 0);
  const high: u64 = i64x2.extract_lane(differences, 1);
  store<f32>(target, load<f32>(likeness + (((low & 0xffff) as usize) << 2)));
  store<f32>(target, load<f32>(likeness + ((((low >> 16) & 0xffff) as usize) << 2)), 4);
  store<f32>(target, load<f32>(likeness + ((((low >> 32) & 0xffff) as usize) << 2)), 8);
  store<f32>(target, load<f32>(likeness + (((low >> 48) as usize) << 2)), 12);
  store<f32>(target, load<f32>(likeness + (((high & 0xffff) as usize) << 2)), 16);
  store<f32>(target, load<f32>(likeness + ((((high >> 16) & 0xffff) as usize) << 2)), 20);
  store<f32>(target, load<f32>(likeness + ((((high >> 32) & 0xffff) as usize) << 2)), 24);
  store<f32>(target, load<f32>(likeness + (((high >> 48) as usize) << 2)), 28);
}

/** The weights of a row's pixels with those `away` bytes behind. */
export function weigh(
  row: usize,
  away: usize,
  wide: i32,
  colours: i32,
  likeness: usize,
  target: usize,
): void {
  const plane = wide as usize;
  for (let x: i32 = 0; x < wide; x += 16, row += 16, target += 64) {
    const first = apart(v128.load(row), v128.load(row + away));
    let low = i16x8.extend_low_i8x16_u(first);
    let high = i16x8.extend_high_i8x16_u(first);
    if (colours === 3) {
      const second = apart(v128.load(row + plane), v128.load(row + plane + away));
      const third = apart(v128.load(row + 2 * plane), v128.load(row + 2 * plane + away));
      low = i16x8.add(low, i16x8.add(i16x8.extend_low_i8x16_u(second), i16x8.extend_low_i8x16_u(third)));
      high = i16x8.add(high, i16x8.add(i16x8.extend_high_i8x16_u(second), i16x8.extend_high_i8x16_u(third)));
    }
    lookUp(low, likeness, target);
    lookUp(high, likeness, target + 32);
  }
}
