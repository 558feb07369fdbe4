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
