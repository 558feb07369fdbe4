/**
 * The luma of BT.601. Rounded, it is a whole number of thousandths that are exact in 32 bits for both depths: the tiny constant of
 * the rounding rule is smaller than one of them, and so is the error of the formula in doubles, so both give the same level.
 */

// @inline
function rounded<Level extends number>(input: usize): u32 {
  const red = load<Level>(input) as u32;
  const green = load<Level>(input + sizeof<Level>()) as u32;
  const blue = load<Level>(input + 2 * sizeof<Level>()) as u32;
  return (299 * red + 587 * green + 114 * blue + 500) / 1000;
}

function lumaRow<Level extends number>(input: usize, pixels: i32, channels: i32, output: usize): void {
  const pixel = (channels as usize) * sizeof<Level>();
  const end = input + (pixels as usize) * pixel;
  for (; input < end; input += pixel, output += sizeof<Level>())
    store<Level>(output, rounded<Level>(input) as Level);
}

/** Writes the rounded luma of `pixels` pixels of three colours, with or without alpha. */
export function lumaRow8(input: usize, pixels: i32, channels: i32, output: usize): void {
  lumaRow<u8>(input, pixels, channels, output);
}

export function lumaRow16(input: usize, pixels: i32, channels: i32, output: usize): void {
  lumaRow<u16>(input, pixels, channels, output);
}

// @inline
function count<Level extends number>(counts: usize, input: usize): void {
  const at = counts + ((rounded<Level>(input) as usize) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

function countRow<Level extends number>(
  input: usize,
  pixels: i32,
  channels: i32,
  counts: usize,
  other: usize,
): void {
  const pixel = (channels as usize) * sizeof<Level>();
  const end = input + (pixels as usize) * pixel;
  for (; input + pixel < end; input += 2 * pixel) {
    count<Level>(counts, input);
    count<Level>(other, input + pixel);
  }
  if (input < end) count<Level>(counts, input);
}

/** Adds the rounded luma of `pixels` pixels to `counts` and `other`, 32-bit numbers a level, every second pixel to each. */
export function countLuma8(input: usize, pixels: i32, channels: i32, counts: usize, other: usize): void {
  countRow<u8>(input, pixels, channels, counts, other);
}

export function countLuma16(input: usize, pixels: i32, channels: i32, counts: usize, other: usize): void {
  countRow<u16>(input, pixels, channels, counts, other);
}

/** The largest unrounded luma, in doubles as the formula says it, added from the left. */
function largest<Level extends number>(input: usize, pixels: i32, channels: i32): f64 {
  const pixel = (channels as usize) * sizeof<Level>();
  const end = input + (pixels as usize) * pixel;
  let most: f64 = 0;
  for (; input < end; input += pixel) {
    const red = load<Level>(input) as f64;
    const green = load<Level>(input + sizeof<Level>()) as f64;
    const blue = load<Level>(input + 2 * sizeof<Level>()) as f64;
    most = max<f64>(most, 0.299 * red + 0.587 * green + 0.114 * blue);
  }
  return most;
}

export function largestLuma8(input: usize, pixels: i32, channels: i32): f64 {
  return largest<u8>(input, pixels, channels);
}

export function largestLuma16(input: usize, pixels: i32, channels: i32): f64 {
  return largest<u16>(input, pixels, channels);
}
