/**
 * Levels through tables. At 8 bits a table of 65,536 entries takes two samples at once: one read and one write for both. The
 * tables of the pairs that follow each other take turns: two where pixels have 1, 2 or 4 channels, three where they have 3.
 */

/** Fills `pairs`: for every pair of bytes, the lower through the table `low`, the upper through `high`. */
export function pairTable(pairs: usize, low: usize, high: usize): void {
  for (let upper: usize = 0; upper < 256; upper++) {
    const entries = i16x8.splat(((load<u8>(high + upper) as i32) << 8) as i16);
    for (let lower: usize = 0; lower < 256; lower += 8) {
      v128.store(pairs, v128.or(entries, v128.load_ext<u8>(low + lower)));
      pairs += 16;
    }
  }
}

function pairOf(pairs: usize, both: u64): u64 {
  return load<u16>(pairs + (((both & 0xffff) as usize) << 1)) as u64;
}

function fourPairs(word: u64, first: usize, second: usize, third: usize, fourth: usize): u64 {
  return (
    pairOf(first, word) |
    (pairOf(second, word >> 16) << 16) |
    (pairOf(third, word >> 32) << 32) |
    (pairOf(fourth, word >> 48) << 48)
  );
}

/** The pairs from the one with index `pair` on, one at a time, and a last byte that has no partner. */
function restOfPairs(
  input: usize,
  output: usize,
  count: usize,
  done: usize,
  first: usize,
  second: usize,
  third: usize,
): void {
  let now = first;
  let next = second;
  let last = third;
  for (; done + 1 < count; done += 2) {
    store<u16>(output + done, load<u16>(now + ((load<u16>(input + done) as usize) << 1)));
    const turn = now;
    now = next;
    next = last;
    last = turn;
  }
  if (done < count) store<u8>(output + done, load<u8>(now + ((load<u8>(input + done) as usize) << 1)));
}

/** `count` bytes; pairs go through `first` and `second` in turn. Input and output may be the same. */
export function mapPairs2(input: usize, output: usize, count: usize, first: usize, second: usize): void {
  let done: usize = 0;
  for (; done + 16 <= count; done += 16) {
    const a = load<u64>(input + done);
    const b = load<u64>(input + done, 8);
    store<u64>(output + done, fourPairs(a, first, second, first, second));
    store<u64>(output + done, fourPairs(b, first, second, first, second), 8);
  }
  for (; done + 4 <= count; done += 4) {
    const a = load<u32>(input + done) as u64;
    store<u32>(output + done, (pairOf(first, a) | (pairOf(second, a >> 16) << 16)) as u32);
  }
  restOfPairs(input, output, count, done, first, second, first);
}

/** The same with three tables in turn. */
export function mapPairs3(
  input: usize,
  output: usize,
  count: usize,
  first: usize,
  second: usize,
  third: usize,
): void {
  let done: usize = 0;
  for (; done + 24 <= count; done += 24) {
    const a = load<u64>(input + done);
    const b = load<u64>(input + done, 8);
    const c = load<u64>(input + done, 16);
    store<u64>(output + done, fourPairs(a, first, second, third, first));
    store<u64>(output + done, fourPairs(b, second, third, first, second), 8);
    store<u64>(output + done, fourPairs(c, third, first, second, third), 16);
  }
  restOfPairs(input, output, count, done, first, second, third);
}

function wordOf(table: usize, level: u64): u64 {
  return load<u16>(table + (((level & 0xffff) as usize) << 1)) as u64;
}

/** `count` 16-bit samples, all through one table. */
export function mapWords1(input: usize, output: usize, count: usize, table: usize): void {
  const bytes = count << 1;
  let done: usize = 0;
  for (; done + 8 <= bytes; done += 8) {
    store<u64>(output + done, fourPairs(load<u64>(input + done), table, table, table, table));
  }
  for (; done < bytes; done += 2) store<u16>(output + done, wordOf(table, load<u16>(input + done)) as u16);
}

/** `count` 16-bit samples in pixels of three channels, each with its table. */
export function mapWords3(
  input: usize,
  output: usize,
  count: usize,
  red: usize,
  green: usize,
  blue: usize,
): void {
  const bytes = count << 1;
  for (let done: usize = 0; done + 6 <= bytes; done += 6) {
    const r = wordOf(red, load<u16>(input + done));
    const g = wordOf(green, load<u16>(input + done, 2));
    const b = wordOf(blue, load<u16>(input + done, 4));
    store<u16>(output + done, r as u16);
    store<u16>(output + done, g as u16, 2);
    store<u16>(output + done, b as u16, 4);
  }
}

/** `count` 16-bit samples of grey and alpha, which stays. */
export function mapWords2(input: usize, output: usize, count: usize, grey: usize): void {
  const bytes = count << 1;
  for (let done: usize = 0; done + 4 <= bytes; done += 4) {
    const pixel = load<u32>(input + done);
    store<u32>(output + done, (pixel & 0xffff0000) | (wordOf(grey, pixel) as u32));
  }
}

/** `count` 16-bit samples of three channels and alpha, which stays. */
export function mapWords4(
  input: usize,
  output: usize,
  count: usize,
  red: usize,
  green: usize,
  blue: usize,
): void {
  const bytes = count << 1;
  for (let done: usize = 0; done + 8 <= bytes; done += 8) {
    const pixel = load<u64>(input + done);
    const colours =
      wordOf(red, pixel) | (wordOf(green, pixel >> 16) << 16) | (wordOf(blue, pixel >> 32) << 32);
    store<u64>(output + done, (pixel & 0xffff000000000000) | colours);
  }
}
