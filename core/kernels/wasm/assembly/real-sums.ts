/**
 * Weighted sums in doubles, tap after tap in the order given, so that they are those of ../../taps.ts to the last bit. A tap is a
 * weight (64 bits) and how many bytes its sample lies behind the first (64 bits, of which 32 count).
 */

function sums<Entry extends number>(
  input: usize,
  output: usize,
  count: i32,
  taps: usize,
  tapCount: i32,
): void {
  const end = taps + ((tapCount as usize) << 4);
  const entry = sizeof<Entry>();
  for (let left = count; left > 0; left -= 8, input += 8 * entry, output += 64) {
    let a = f64x2.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let tap = taps; tap < end; tap += 16) {
      const weight = v128.load64_splat(tap);
      const at = input + (load<i32>(tap, 8) as usize);
      if (sizeof<Entry>() === 8) {
        a = f64x2.add(a, f64x2.mul(weight, v128.load(at)));
        b = f64x2.add(b, f64x2.mul(weight, v128.load(at, 16)));
        c = f64x2.add(c, f64x2.mul(weight, v128.load(at, 32)));
        d = f64x2.add(d, f64x2.mul(weight, v128.load(at, 48)));
      } else {
        const words = sizeof<Entry>() === 1 ? v128.load_ext<u8>(at) : v128.load(at);
        const first = i32x4.extend_low_i16x8_u(words);
        const second = i32x4.extend_high_i16x8_u(words);
        a = f64x2.add(a, f64x2.mul(weight, f64x2.convert_low_i32x4_s(first)));
        b = f64x2.add(
          b,
          f64x2.mul(weight, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(first, first, 2, 3, 2, 3))),
        );
        c = f64x2.add(c, f64x2.mul(weight, f64x2.convert_low_i32x4_s(second)));
        d = f64x2.add(
          d,
          f64x2.mul(weight, f64x2.convert_low_i32x4_s(v128.shuffle<i32>(second, second, 2, 3, 2, 3))),
        );
      }
    }
    v128.store(output, a);
    v128.store(output, b, 16);
    v128.store(output, c, 32);
    v128.store(output, d, 48);
  }
}

/** From levels of 8 bit; the room of the sums is a multiple of 64 bytes. */
export function realSums8(input: usize, output: usize, count: i32, taps: usize, tapCount: i32): void {
  sums<u8>(input, output, count, taps, tapCount);
}

/** From levels of 16 bit. */
export function realSums16(input: usize, output: usize, count: i32, taps: usize, tapCount: i32): void {
  sums<u16>(input, output, count, taps, tapCount);
}

/** From doubles. */
export function realSums(input: usize, output: usize, count: i32, taps: usize, tapCount: i32): void {
  sums<f64>(input, output, count, taps, tapCount);
}

/** Far below the distance between other representable results (../../../raster/rounding.ts). */
const SNAP: f64 = 1.0 / 1048576.0;

/** Two levels in 32 bits: the sums divided and shifted as the definition does it, their size if wanted, rounded once and clamped. */
// @inline
function rounded(sums: v128, divisor: v128, offset: v128, absolute: bool, top: v128): v128 {
  let value = f64x2.add(f64x2.div(sums, divisor), offset);
  if (absolute) value = f64x2.abs(value);
  const shifted = f64x2.add(f64x2.add(value, f64x2.splat(0.5)), f64x2.splat(SNAP));
  return i32x4.trunc_sat_f64x2_s_zero(f64x2.pmin(f64x2.pmax(f64x2.floor(shifted), f64x2.splat(0)), top));
}

function levels<Level extends number>(
  sums: usize,
  output: usize,
  count: i32,
  divisor: f64,
  offset: f64,
  absolute: bool,
): void {
  const over = f64x2.splat(divisor);
  const shift = f64x2.splat(offset);
  const top = f64x2.splat(sizeof<Level>() === 1 ? 255 : 65535);
  for (let left = count; left > 0; left -= 2, sums += 16, output += 2 * sizeof<Level>()) {
    const pair = rounded(v128.load(sums), over, shift, absolute, top);
    store<Level>(output, i32x4.extract_lane(pair, 0) as Level);
    if (left > 1) store<Level>(output + sizeof<Level>(), i32x4.extract_lane(pair, 1) as Level);
  }
}

/** The levels of `count` sums over a divisor, plus an offset. */
export function realLevels8(
  sums: usize,
  output: usize,
  count: i32,
  divisor: f64,
  offset: f64,
  absolute: bool,
): void {
  levels<u8>(sums, output, count, divisor, offset, absolute);
}

export function realLevels16(
  sums: usize,
  output: usize,
  count: i32,
  divisor: f64,
  offset: f64,
  absolute: bool,
): void {
  levels<u16>(sums, output, count, divisor, offset, absolute);
}
