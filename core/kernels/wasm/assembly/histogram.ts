/** How often each level occurs. Neighbours often are equal, and a counter that was just written is slow to read: so two take turns. */

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
