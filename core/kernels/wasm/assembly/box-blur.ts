/**
 * The box blur of ../../box-blur.ts: sums of columns in 16 bits (8-bit pictures, at most 257 rows of 255) or 32 bits, and the
 * sums of a window in 32 bits, one lane a channel. The lanes behind a pixel's channels compute what nobody reads.
 */

/** Adds (or, with `sign` −1, takes away) one row of levels to the column sums. */
function addRow<Sum extends number, Level extends number>(
  sums: usize,
  row: usize,
  count: i32,
  sign: i32,
): void {
  const vectors = count & ~7;
  let i: i32 = 0;
  for (; i < vectors; i += 8) {
    const at = sums + (i as usize) * sizeof<Sum>();
    if (sizeof<Sum>() === 2) {
      const levels = v128.load_ext<u8>(row + (i as usize));
      const old = v128.load(at);
      v128.store(at, sign > 0 ? i16x8.add(old, levels) : i16x8.sub(old, levels));
    } else {
      const levels =
        sizeof<Level>() === 1 ? v128.load_ext<u8>(row + (i as usize)) : v128.load(row + ((i as usize) << 1));
      const low = i32x4.extend_low_i16x8_u(levels);
      const high = i32x4.extend_high_i16x8_u(levels);
      const first = v128.load(at);
      const second = v128.load(at, 16);
      v128.store(at, sign > 0 ? i32x4.add(first, low) : i32x4.sub(first, low));
      v128.store(at, sign > 0 ? i32x4.add(second, high) : i32x4.sub(second, high), 16);
    }
  }
  for (; i < count; i++) {
    const at = sums + (i as usize) * sizeof<Sum>();
    const level = load<Level>(row + (i as usize) * sizeof<Level>()) as i32;
    store<Sum>(at, ((load<Sum>(at) as i32) + sign * level) as Sum);
  }
}

/** Four neighbouring column sums. */
function fourSums<Sum extends number>(at: usize): v128 {
  if (sizeof<Sum>() === 2) return i32x4.extend_low_i16x8_u(v128.load64_zero(at));
  return v128.load(at);
}

/** Stores the means of one pixel's channels: floor(sum · scale + shift), in doubles. */
function storeMeans<Level extends number>(
  target: usize,
  sum: v128,
  scale: v128,
  shift: v128,
  colours: i32,
): void {
  const low = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(sum), scale), shift);
  store<Level>(target, f64x2.extract_lane(low, 0) as i32 as Level);
  if (colours === 1) return;
  const upper = i8x16.shuffle(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
  const high = f64x2.add(f64x2.mul(f64x2.convert_low_i32x4_u(upper), scale), shift);
  store<Level>(target + sizeof<Level>(), f64x2.extract_lane(low, 1) as i32 as Level);
  store<Level>(target + 2 * sizeof<Level>(), f64x2.extract_lane(high, 0) as i32 as Level);
}

function meansOfRow<Sum extends number, Level extends number>(
  sums: usize,
  output: usize,
  width: i32,
  channels: i32,
  colours: i32,
  size: i32,
  scale: f64,
  shift: f64,
): void {
  const step: usize = (channels as usize) * sizeof<Sum>();
  const lead: usize = step * (size as usize);
  const scales = f64x2.splat(scale);
  const shifts = f64x2.splat(shift);
  let sum = i32x4.splat(0);
  let at = sums;
  for (; at < sums + lead; at += step) sum = i32x4.add(sum, fourSums<Sum>(at));
  at = sums;
  let target = output;
  for (let x: i32 = 1; x < width; x++) {
    storeMeans<Level>(target, sum, scales, shifts, colours);
    sum = i32x4.add(sum, i32x4.sub(fourSums<Sum>(at + lead), fourSums<Sum>(at)));
    at += step;
    target += (channels as usize) * sizeof<Level>();
  }
  storeMeans<Level>(target, sum, scales, shifts, colours);
}

function boxBand<Sum extends number, Level extends number>(
  sums: usize,
  input: usize,
  output: usize,
  rows: i32,
  width: i32,
  channels: i32,
  colours: i32,
  size: i32,
  scale: f64,
  shift: f64,
): void {
  const count = (width + size - 1) * channels;
  const inputRow: usize = (count as usize) * sizeof<Level>();
  const outputRow: usize = ((width * channels) as usize) * sizeof<Level>();
  for (let y: i32 = 0; y < rows; y++) {
    addRow<Sum, Level>(sums, input + ((size - 1) as usize) * inputRow, count, 1);
    meansOfRow<Sum, Level>(sums, output, width, channels, colours, size, scale, shift);
    addRow<Sum, Level>(sums, input, count, -1);
    input += inputRow;
    output += outputRow;
  }
}

/** Sums of the columns of `rows` rows, for the first call of `boxBand8`. `sums` has 16 bytes of room behind its end. */
export function boxSums8(sums: usize, input: usize, rows: i32, count: i32): void {
  memory.fill(sums, 0, ((count as usize) << 1) + 16);
  for (let y: i32 = 0; y < rows; y++) addRow<u16, u8>(sums, input + ((y * count) as usize), count, 1);
}

/** The same for `boxBand16`. */
export function boxSums16(sums: usize, input: usize, rows: i32, count: i32): void {
  memory.fill(sums, 0, ((count as usize) << 2) + 16);
  for (let y: i32 = 0; y < rows; y++) addRow<u32, u16>(sums, input + (((y * count) as usize) << 1), count, 1);
}

/**
 * `rows` rows of `width` pixels of output from the `rows + size − 1` rows of input above which they stand. `sums` holds the
 * columns of the first `size − 1` of them, and afterwards those of the last `size − 1`. `size` is at most 257.
 */
export function boxBand8(
  sums: usize,
  input: usize,
  output: usize,
  rows: i32,
  width: i32,
  channels: i32,
  colours: i32,
  size: i32,
  scale: f64,
  shift: f64,
): void {
  boxBand<u16, u8>(sums, input, output, rows, width, channels, colours, size, scale, shift);
}

/** The same at 16 bits; `size` is at most 181, so that the sum of a window fits 32 bits. */
export function boxBand16(
  sums: usize,
  input: usize,
  output: usize,
  rows: i32,
  width: i32,
  channels: i32,
  colours: i32,
  size: i32,
  scale: f64,
  shift: f64,
): void {
  boxBand<u32, u16>(sums, input, output, rows, width, channels, colours, size, scale, shift);
}
