/** One row of 2×2 means from two, rounded half up; see raster/pyramid.ts. */

/** Of 16 bytes in pixels of `pixelBytes`, the bytes of every other pixel, beginning with the one at `first`. */
function everyOther(pixelBytes: i32, first: i32): v128 {
  let order: u64 = 0;
  for (let j: i32 = 0; j < 8; j++) {
    const from = (j / pixelBytes) * 2 * pixelBytes + (j % pixelBytes) + first;
    order |= ((from < 16 ? from : 255) as u64) << ((8 * j) as u64);
  }
  return i64x2.splat(order as i64);
}

function sumOf<Level extends number>(row: usize, evens: v128, odds: v128): v128 {
  const levels = v128.load(row);
  const even = i8x16.swizzle(levels, evens);
  const odd = i8x16.swizzle(levels, odds);
  return sizeof<Level>() === 1
    ? i16x8.add(i16x8.extend_low_i8x16_u(even), i16x8.extend_low_i8x16_u(odd))
    : i32x4.add(i32x4.extend_low_i16x8_u(even), i32x4.extend_low_i16x8_u(odd));
}

function halveRow<Level extends number>(
  above: usize,
  below: usize,
  output: usize,
  pixels: i32,
  channels: i32,
): void {
  const pixelBytes = channels * (sizeof<Level>() as i32);
  const evens = everyOther(pixelBytes, 0);
  const odds = everyOther(pixelBytes, pixelBytes);
  // Eight bytes of output a turn, or six where pixels have three channels.
  const step = (8 / pixelBytes) * pixelBytes;
  const bytes = pixels * pixelBytes;
  let done: i32 = 0;
  for (; done + 8 <= bytes; done += step) {
    const from = (2 * done) as usize;
    const target = output + (done as usize);
    const first = sumOf<Level>(above + from, evens, odds);
    const second = sumOf<Level>(below + from, evens, odds);
    if (sizeof<Level>() === 1) {
      const sum = i16x8.add(i16x8.add(first, second), i16x8.splat(2));
      const means = i16x8.shr_u(sum, 2);
      v128.store64_lane(target, i8x16.narrow_i16x8_u(means, means), 0);
    } else {
      const sum = i32x4.add(i32x4.add(first, second), i32x4.splat(2));
      const means = i32x4.shr_u(sum, 2);
      v128.store64_lane(target, i16x8.narrow_i32x4_u(means, means), 0);
    }
  }
  const last = bytes / (sizeof<Level>() as i32);
  for (let i = done / (sizeof<Level>() as i32); i < last; i++) {
    const left = (2 * (i / channels) * channels + (i % channels)) as usize;
    const at = left * sizeof<Level>();
    const beside = at + (pixelBytes as usize);
    const sum =
      (load<Level>(above + at) as i32) +
      (load<Level>(above + beside) as i32) +
      (load<Level>(below + at) as i32) +
      (load<Level>(below + beside) as i32);
    store<Level>(output + (i as usize) * sizeof<Level>(), ((sum + 2) >> 2) as Level);
  }
}

/** `pixels` pixels of output, from twice as many of the rows at `above` and `below`, which may be the same. */
export function halve8(above: usize, below: usize, output: usize, pixels: i32, channels: i32): void {
  halveRow<u8>(above, below, output, pixels, channels);
}

export function halve16(above: usize, below: usize, output: usize, pixels: i32, channels: i32): void {
  halveRow<u16>(above, below, output, pixels, channels);
}
