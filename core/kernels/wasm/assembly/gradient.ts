/**
 * Slopes by a 3 × 3 pair of derivative windows (../../gradient.ts). `input` is the row above; rows are `line` bytes apart.
 */

import { packClamped, storeFirst } from './packing';

/** Eight levels, as 16 bits with room for differences. */
// @inline
function eight(at: usize): v128 {
  return v128.load_ext<u8>(at);
}

/** The nearest level to √n; a root has no fraction of ½, and lies no nearer than 4.8e-4 to one below 256. */
// @inline
function root(n: v128): v128 {
  const length = f32x4.sqrt(f32x4.convert_i32x4_s(n));
  return i32x4.sub(f32x4.add(length, f32x4.splat(8388608)), i32x4.splat(0x4b000000));
}

/** √(across² + down²) at 8 bit, a row of `count` samples, all channels; side and middle are the smoothing weights. */
export function gradientMagnitude8(
  input: usize,
  line: usize,
  output: usize,
  count: i32,
  channels: usize,
  side: i32,
  middle: i32,
): void {
  const sides = i16x8.splat(side as i16);
  const middles = i16x8.splat(middle as i16);
  const ahead = channels << 1;
  for (let left = count; left > 0; left -= 16, input += 16, output += 16) {
    let roots0 = i32x4.splat(0);
    let roots1 = roots0;
    let roots2 = roots0;
    let roots3 = roots0;
    for (let half: usize = 0; half < 16; half += 8) {
      const above = input + half;
      const here = above + line;
      const below = here + line;
      const a = eight(above);
      const b = eight(above + channels);
      const c = eight(above + ahead);
      const g = eight(below);
      const h = eight(below + channels);
      const i = eight(below + ahead);
      const falling = i16x8.sub(i, a);
      const rising = i16x8.sub(c, g);
      const across = i16x8.add(
        i16x8.mul(sides, i16x8.add(falling, rising)),
        i16x8.mul(middles, i16x8.sub(eight(here + ahead), eight(here))),
      );
      const down = i16x8.add(
        i16x8.mul(sides, i16x8.sub(falling, rising)),
        i16x8.mul(middles, i16x8.sub(h, b)),
      );
      const low = v128.shuffle<i16>(across, down, 0, 8, 1, 9, 2, 10, 3, 11);
      const high = v128.shuffle<i16>(across, down, 4, 12, 5, 13, 6, 14, 7, 15);
      const first = root(i32x4.dot_i16x8_s(low, low));
      const second = root(i32x4.dot_i16x8_s(high, high));
      if (half === 0) {
        roots0 = first;
        roots1 = second;
      } else {
        roots2 = first;
        roots3 = second;
      }
    }
    storeFirst(output, packClamped(roots0, roots1, roots2, roots3), left);
  }
}

/** Two neighbouring levels as doubles. */
// @inline
function two<Level extends number>(at: usize): v128 {
  if (sizeof<Level>() === 1) {
    const pair = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(i16x8.splat(load<i16>(at))));
    return f64x2.convert_low_i32x4_s(pair);
  }
  return f64x2.convert_low_i32x4_s(i32x4.extend_low_i16x8_u(v128.load32_zero(at)));
}

function slopes<Level extends number>(
  input: usize,
  line: usize,
  output: usize,
  count: i32,
  channels: usize,
  side: f64,
  middle: f64,
  component: i32,
  scale: f64,
  top: f64,
): void {
  const pixel = channels * sizeof<Level>();
  const ahead = pixel << 1;
  const sides = f64x2.splat(side);
  const middles = f64x2.splat(middle);
  const scales = f64x2.splat(scale);
  // ½ + 2^-20, the rounding rule.
  const up = f64x2.splat(0.50000095367431640625);
  const tops = f64x2.splat(top);
  const none = f64x2.splat(4503599627370496);
  for (
    let left = count;
    left > 0;
    left -= 2, input += (2 as usize) * sizeof<Level>(), output += (2 as usize) * sizeof<Level>()
  ) {
    const here = input + line;
    const below = here + line;
    const a = two<Level>(input);
    const c = two<Level>(input + ahead);
    const g = two<Level>(below);
    const i = two<Level>(below + ahead);
    // Whole numbers, so the order in which they are added does not matter.
    const falling = f64x2.sub(i, a);
    const rising = f64x2.sub(c, g);
    const across = f64x2.add(
      f64x2.mul(sides, f64x2.add(falling, rising)),
      f64x2.mul(middles, f64x2.sub(two<Level>(here + ahead), two<Level>(here))),
    );
    const down = f64x2.add(
      f64x2.mul(sides, f64x2.sub(falling, rising)),
      f64x2.mul(middles, f64x2.sub(two<Level>(below + pixel), two<Level>(input + pixel))),
    );
    let response = f64x2.abs(component === 1 ? across : down);
    if (component === 0) {
      response = f64x2.sqrt(f64x2.add(f64x2.mul(across, across), f64x2.mul(down, down)));
    }
    const level = f64x2.pmin(tops, f64x2.floor(f64x2.add(f64x2.mul(scales, response), up)));
    const bits = f64x2.add(level, none);
    store<Level>(output, i32x4.extract_lane(bits, 0) as Level);
    if (left > 1) store<Level>(output + sizeof<Level>(), i32x4.extract_lane(bits, 2) as Level);
  }
}

/** scale times the magnitude (component 0), |across| (1) or |down| (2), in doubles. */
export function gradientRow8(
  input: usize,
  line: usize,
  output: usize,
  count: i32,
  channels: usize,
  side: f64,
  middle: f64,
  component: i32,
  scale: f64,
): void {
  slopes<u8>(input, line, output, count, channels, side, middle, component, scale, 255);
}

/** The same at 16 bit. */
export function gradientRow16(
  input: usize,
  line: usize,
  output: usize,
  count: i32,
  channels: usize,
  side: f64,
  middle: f64,
  component: i32,
  scale: f64,
): void {
  slopes<u16>(input, line, output, count, channels, side, middle, component, scale, 65535);
}
