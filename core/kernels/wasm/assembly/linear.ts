/**
 * Tables of a simple shape without a table, 16 bytes at a time: shifted and perhaps reversed, cut into three pieces, or one bit.
 * Which table has which shape is found out in ../../table-shape.ts, level by level, so both give the same.
 *
 * `count` is of samples, at least one vector. The last vector is read before anything is written and stored at the end: so it may
 * overlap the one before it, and input and output may be the same. Samples of alpha, the last of `period` channels, stay; 0 for
 * pictures without alpha.
 */

/** Ones where a vector that begins at a pixel has alpha. */
function alphaMask<Level extends number>(period: i32): v128 {
  if (sizeof<Level>() === 1) {
    if (period === 2) return i16x8.splat(-256);
    if (period === 4) return i32x4.splat(-16777216);
  } else {
    if (period === 2) return i32x4.splat(-65536);
    if (period === 4) return i64x2.splat(-281474976710656);
  }
  return i32x4.splat(0);
}

function shifted<Level extends number>(levels: v128, plus: v128, minus: v128, flip: v128, alpha: v128): v128 {
  const sum =
    sizeof<Level>() === 1
      ? i8x16.sub_sat_u(i8x16.add_sat_u(levels, plus), minus)
      : i16x8.sub_sat_u(i16x8.add_sat_u(levels, plus), minus);
  return v128.bitselect(levels, v128.xor(sum, flip), alpha);
}

function every<Level extends number>(level: i32): v128 {
  return sizeof<Level>() === 1 ? i8x16.splat(level as i8) : i16x8.splat(level as i16);
}

/** Four vectors, a line of the cache. */
// @inline
function reverseLine(input: usize, output: usize, flip: v128): void {
  const first = v128.load(input);
  const second = v128.load(input, 16);
  const third = v128.load(input, 32);
  const fourth = v128.load(input, 48);
  v128.store(output, v128.xor(first, flip));
  v128.store(output, v128.xor(second, flip), 16);
  v128.store(output, v128.xor(third, flip), 32);
  v128.store(output, v128.xor(fourth, flip), 48);
}

/**
 * Only reversed: memory takes longer than the arithmetic. Three stretches at once, because a processor fetches ahead no further than
 * the page of 4 KB that it is in.
 */
function reverse(input: usize, output: usize, bytes: usize, flip: v128): void {
  const end = bytes - 16;
  const last = v128.xor(v128.load(input + end), flip);
  const stretch = (end / 3) & ~63;
  for (let done: usize = 0; done < stretch; done += 64) {
    reverseLine(input + done, output + done, flip);
    reverseLine(input + done + stretch, output + done + stretch, flip);
    reverseLine(input + done + 2 * stretch, output + done + 2 * stretch, flip);
  }
  for (let done: usize = 3 * stretch; done < end; done += 16) {
    v128.store(output + done, v128.xor(v128.load(input + done), flip));
  }
  v128.store(output + end, last);
}

function shift<Level extends number>(
  input: usize,
  output: usize,
  count: i32,
  plus: i32,
  minus: i32,
  flip: i32,
  period: i32,
): void {
  const alpha = alphaMask<Level>(period);
  if (plus === 0 && minus === 0) {
    reverse(input, output, (count as usize) * sizeof<Level>(), v128.andnot(every<Level>(flip), alpha));
    return;
  }
  const added = every<Level>(plus);
  const taken = every<Level>(minus);
  const flipped = every<Level>(flip);
  const end = ((count as usize) * sizeof<Level>() - 16) as usize;
  const last = shifted<Level>(v128.load(input + end), added, taken, flipped, alpha);
  for (let done: usize = 0; done < end; done += 16) {
    v128.store(output + done, shifted<Level>(v128.load(input + done), added, taken, flipped, alpha));
  }
  v128.store(output + end, last);
}

/** max(0, min(top, level + plus) − minus), reversed where `flip` is the top level. */
export function shift8(
  input: usize,
  output: usize,
  count: i32,
  plus: i32,
  minus: i32,
  flip: i32,
  period: i32,
): void {
  shift<u8>(input, output, count, plus, minus, flip, period);
}

export function shift16(
  input: usize,
  output: usize,
  count: i32,
  plus: i32,
  minus: i32,
  flip: i32,
  period: i32,
): void {
  shift<u16>(input, output, count, plus, minus, flip, period);
}

function sliced<Level extends number>(
  levels: v128,
  low: v128,
  high: v128,
  inside: v128,
  insideStays: v128,
  outside: v128,
  outsideStays: v128,
  alpha: v128,
): v128 {
  const within =
    sizeof<Level>() === 1
      ? v128.and(i8x16.ge_u(levels, low), i8x16.le_u(levels, high))
      : v128.and(i16x8.ge_u(levels, low), i16x8.le_u(levels, high));
  const result = v128.bitselect(
    v128.or(inside, v128.and(levels, insideStays)),
    v128.or(outside, v128.and(levels, outsideStays)),
    within,
  );
  return v128.bitselect(levels, result, alpha);
}

function slice<Level extends number>(
  input: usize,
  output: usize,
  count: i32,
  low: i32,
  high: i32,
  inside: i32,
  outside: i32,
  period: i32,
): void {
  const alpha = alphaMask<Level>(period);
  const lowest = every<Level>(low);
  const highest = every<Level>(high);
  const insideStays = every<Level>(inside < 0 ? -1 : 0);
  const outsideStays = every<Level>(outside < 0 ? -1 : 0);
  const within = every<Level>(max(inside, 0));
  const beyond = every<Level>(max(outside, 0));
  const end = ((count as usize) * sizeof<Level>() - 16) as usize;
  const final = v128.load(input + end);
  const last = sliced<Level>(final, lowest, highest, within, insideStays, beyond, outsideStays, alpha);
  for (let done: usize = 0; done < end; done += 16) {
    const levels = v128.load(input + done);
    v128.store(
      output + done,
      sliced<Level>(levels, lowest, highest, within, insideStays, beyond, outsideStays, alpha),
    );
  }
  v128.store(output + end, last);
}

/** Levels from `low` to `high` become `inside`, all others `outside`; −1 for levels that stay. */
export function slice8(
  input: usize,
  output: usize,
  count: i32,
  low: i32,
  high: i32,
  inside: i32,
  outside: i32,
  period: i32,
): void {
  slice<u8>(input, output, count, low, high, inside, outside, period);
}

export function slice16(
  input: usize,
  output: usize,
  count: i32,
  low: i32,
  high: i32,
  inside: i32,
  outside: i32,
  period: i32,
): void {
  slice<u16>(input, output, count, low, high, inside, outside, period);
}

function tested<Level extends number>(levels: v128, bit: v128, set: v128, clear: v128, alpha: v128): v128 {
  const found = v128.and(levels, bit);
  const isSet = sizeof<Level>() === 1 ? i8x16.eq(found, bit) : i16x8.eq(found, bit);
  return v128.bitselect(levels, v128.bitselect(set, clear, isSet), alpha);
}

function test<Level extends number>(
  input: usize,
  output: usize,
  count: i32,
  bit: i32,
  set: i32,
  clear: i32,
  period: i32,
): void {
  const alpha = alphaMask<Level>(period);
  const bits = every<Level>(bit);
  const sets = every<Level>(set);
  const clears = every<Level>(clear);
  const end = ((count as usize) * sizeof<Level>() - 16) as usize;
  const last = tested<Level>(v128.load(input + end), bits, sets, clears, alpha);
  for (let done: usize = 0; done < end; done += 16) {
    v128.store(output + done, tested<Level>(v128.load(input + done), bits, sets, clears, alpha));
  }
  v128.store(output + end, last);
}

/** Levels with the bit become `set`, those without it `clear`. */
export function test8(
  input: usize,
  output: usize,
  count: i32,
  bit: i32,
  set: i32,
  clear: i32,
  period: i32,
): void {
  test<u8>(input, output, count, bit, set, clear, period);
}

export function test16(
  input: usize,
  output: usize,
  count: i32,
  bit: i32,
  set: i32,
  clear: i32,
  period: i32,
): void {
  test<u16>(input, output, count, bit, set, clear, period);
}
