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

/** An entry of 16 bits for the 16 bits at `at`. */
// @inline
function entryFor(table: usize, at: usize): usize {
  return table + ((load<u16>(at) as usize) << 1);
}

/** Eight entries, from three tables in turn. Each half of an entry's way is one load, with nothing to shift and to mask. */
// @inline
function entriesOf(at: usize, first: usize, second: usize, third: usize): v128 {
  let entries = v128.load16_splat(entryFor(first, at));
  entries = v128.load16_lane(entryFor(second, at + 2), entries, 1);
  entries = v128.load16_lane(entryFor(third, at + 4), entries, 2);
  entries = v128.load16_lane(entryFor(first, at + 6), entries, 3);
  entries = v128.load16_lane(entryFor(second, at + 8), entries, 4);
  entries = v128.load16_lane(entryFor(third, at + 10), entries, 5);
  entries = v128.load16_lane(entryFor(first, at + 12), entries, 6);
  return v128.load16_lane(entryFor(second, at + 14), entries, 7);
}

/** The same from two tables in turn. */
// @inline
function entriesOfTwo(at: usize, first: usize, second: usize): v128 {
  let entries = v128.load16_splat(entryFor(first, at));
  entries = v128.load16_lane(entryFor(second, at + 2), entries, 1);
  entries = v128.load16_lane(entryFor(first, at + 4), entries, 2);
  entries = v128.load16_lane(entryFor(second, at + 6), entries, 3);
  entries = v128.load16_lane(entryFor(first, at + 8), entries, 4);
  entries = v128.load16_lane(entryFor(second, at + 10), entries, 5);
  entries = v128.load16_lane(entryFor(first, at + 12), entries, 6);
  return v128.load16_lane(entryFor(second, at + 14), entries, 7);
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
  for (; done + 48 <= count; done += 48) {
    const at = input + done;
    const a = entriesOfTwo(at, first, second);
    const b = entriesOfTwo(at + 16, first, second);
    const c = entriesOfTwo(at + 32, first, second);
    v128.store(output + done, a);
    v128.store(output + done, b, 16);
    v128.store(output + done, c, 32);
  }
  for (; done + 4 <= count; done += 4) {
    const low = load<u16>(entryFor(first, input + done));
    store<u16>(output + done, load<u16>(entryFor(second, input + done + 2)), 2);
    store<u16>(output + done, low);
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
  for (; done + 48 <= count; done += 48) {
    const at = input + done;
    const a = entriesOf(at, first, second, third);
    const b = entriesOf(at + 16, third, first, second);
    const c = entriesOf(at + 32, second, third, first);
    v128.store(output + done, a);
    v128.store(output + done, b, 16);
    v128.store(output + done, c, 32);
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
  for (; done + 16 <= bytes; done += 16) {
    v128.store(output + done, entriesOfTwo(input + done, table, table));
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
