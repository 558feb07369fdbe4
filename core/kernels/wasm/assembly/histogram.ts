/** How often each level occurs, or each luma. Neighbours often are equal, and a counter that was just written is slow to read: so two take turns. */

function count<Level extends number>(counts: usize, sample: usize): void {
  const at = counts + ((load<Level>(sample) as usize) << 2);
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

/** Adds the first channel of `pixels` pixels to `counts` and `other`, 32-bit numbers a level, every second pixel to each. */
export function count8(input: usize, pixels: i32, channels: i32, counts: usize, other: usize): void {
  countRow<u8>(input, pixels, channels, counts, other);
}

export function count16(input: usize, pixels: i32, channels: i32, counts: usize, other: usize): void {
  countRow<u16>(input, pixels, channels, counts, other);
}

/**
 * The level of a pixel's luma, 0.299 R + 0.587 G + 0.114 B. Thousand times that is a whole number n, so the rounding rule gives
 * floor((n + 500) / 1000), which the product finds for every number of 32 bits.
 */
function lumaOf<Level extends number>(pixel: usize): usize {
  const red = load<Level>(pixel) as u32;
  const green = load<Level>(pixel + sizeof<Level>()) as u32;
  const blue = load<Level>(pixel + 2 * sizeof<Level>()) as u32;
  return ((((299 * red + 587 * green + 114 * blue + 500) as u64) * 274877907) >> 38) as usize;
}

function countLuma<Level extends number>(
  input: usize,
  pixels: i32,
  channels: i32,
  counts: usize,
  other: usize,
): void {
  const pixel = (channels as usize) * sizeof<Level>();
  const end = input + (pixels as usize) * pixel;
  for (; input + pixel < end; input += 2 * pixel) {
    const at = counts + (lumaOf<Level>(input) << 2);
    store<u32>(at, load<u32>(at) + 1);
    const second = other + (lumaOf<Level>(input + pixel) << 2);
    store<u32>(second, load<u32>(second) + 1);
  }
  if (input < end) {
    const at = counts + (lumaOf<Level>(input) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
}

/** The same for the rounded luma of pixels of three or four channels. */
export function countLuma8(input: usize, pixels: i32, channels: i32, counts: usize, other: usize): void {
  countLuma<u8>(input, pixels, channels, counts, other);
}

export function countLuma16(input: usize, pixels: i32, channels: i32, counts: usize, other: usize): void {
  countLuma<u16>(input, pixels, channels, counts, other);
}
