/** Smallest and largest levels. 48 bytes are whole pixels of every layout, so three vectors keep each lane to its channel. */

function lesser<Level extends number>(a: v128, b: v128): v128 {
  return sizeof<Level>() === 1 ? i8x16.min_u(a, b) : i16x8.min_u(a, b);
}

function greater<Level extends number>(a: v128, b: v128): v128 {
  return sizeof<Level>() === 1 ? i8x16.max_u(a, b) : i16x8.max_u(a, b);
}

function extremes<Level extends number>(input: usize, count: i32, least: usize, largest: usize): void {
  const end = input + (count as usize) * sizeof<Level>();
  let low0 = v128.load(least);
  let low1 = v128.load(least, 16);
  let low2 = v128.load(least, 32);
  let high0 = v128.load(largest);
  let high1 = v128.load(largest, 16);
  let high2 = v128.load(largest, 32);
  for (; input + 48 <= end; input += 48) {
    const first = v128.load(input);
    const second = v128.load(input, 16);
    const third = v128.load(input, 32);
    low0 = inline.always(lesser<Level>(low0, first));
    low1 = inline.always(lesser<Level>(low1, second));
    low2 = inline.always(lesser<Level>(low2, third));
    high0 = inline.always(greater<Level>(high0, first));
    high1 = inline.always(greater<Level>(high1, second));
    high2 = inline.always(greater<Level>(high2, third));
  }
  v128.store(least, low0);
  v128.store(least, low1, 16);
  v128.store(least, low2, 32);
  v128.store(largest, high0);
  v128.store(largest, high1, 16);
  v128.store(largest, high2, 32);
  for (; input < end; input += sizeof<Level>()) {
    const level = load<Level>(input);
    if (level < load<Level>(least)) store<Level>(least, level);
    if (level > load<Level>(largest)) store<Level>(largest, level);
    least += sizeof<Level>();
    largest += sizeof<Level>();
  }
}

/** Goes on with `least` and `largest`, 48 levels each, level i for the samples i, i + 48 …, by `count` samples from a pixel's first on. */
export function extremes8(input: usize, count: i32, least: usize, largest: usize): void {
  extremes<u8>(input, count, least, largest);
}

/** The same for 24 levels each. */
export function extremes16(input: usize, count: i32, least: usize, largest: usize): void {
  extremes<u16>(input, count, least, largest);
}
