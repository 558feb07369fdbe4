/**
 * Medians of small windows (../../median.ts) by sorting networks over whole vectors, and of large ones by histograms.
 */

import { storeFirst } from './packing';

// @inline
function least<Level extends number>(a: v128, b: v128): v128 {
  return sizeof<Level>() === 1 ? v128.min<u8>(a, b) : v128.min<u16>(a, b);
}

// @inline
function most<Level extends number>(a: v128, b: v128): v128 {
  return sizeof<Level>() === 1 ? v128.max<u8>(a, b) : v128.max<u16>(a, b);
}

// @inline
function middle<Level extends number>(a: v128, b: v128, c: v128): v128 {
  return most<Level>(least<Level>(a, b), least<Level>(most<Level>(a, b), c));
}

function median3x3<Level extends number>(
  input: usize,
  line: usize,
  output: usize,
  bytes: i32,
  pixel: usize,
): void {
  for (let left = bytes; left > 0; left -= 16, input += 16, output += 16) {
    let smallest = v128.load(input);
    let b = v128.load(input + line);
    let c = v128.load(input + line + line);
    let low = least<Level>(smallest, b);
    let high = most<Level>(smallest, b);
    // The largest of the columns' smallest, the middle of their middles, the smallest of their largest: their middle is the median.
    smallest = least<Level>(low, c);
    const first = most<Level>(low, least<Level>(high, c));
    let largest = most<Level>(high, c);

    let at = input + pixel;
    let a = v128.load(at);
    b = v128.load(at + line);
    c = v128.load(at + line + line);
    low = least<Level>(a, b);
    high = most<Level>(a, b);
    smallest = most<Level>(smallest, least<Level>(low, c));
    const second = most<Level>(low, least<Level>(high, c));
    largest = least<Level>(largest, most<Level>(high, c));

    at += pixel;
    a = v128.load(at);
    b = v128.load(at + line);
    c = v128.load(at + line + line);
    low = least<Level>(a, b);
    high = most<Level>(a, b);
    smallest = most<Level>(smallest, least<Level>(low, c));
    const third = most<Level>(low, least<Level>(high, c));
    largest = least<Level>(largest, most<Level>(high, c));

    storeFirst(output, middle<Level>(smallest, middle<Level>(first, second, third), largest), left);
  }
}

/** A row of `bytes` medians of 3 × 3 samples at 8 bit; rows are `line` bytes apart, `pixel` bytes a pixel. */
export function median3x3Row8(input: usize, line: usize, output: usize, bytes: i32, pixel: usize): void {
  median3x3<u8>(input, line, output, bytes, pixel);
}

/** The same at 16 bit; `bytes` are two a sample. */
export function median3x3Row16(input: usize, line: usize, output: usize, bytes: i32, pixel: usize): void {
  median3x3<u16>(input, line, output, bytes, pixel);
}

/** The five samples of a column in order: at `ranks` the smallest, `stride` bytes further on the next. */
function sortColumns<Level extends number>(
  input: usize,
  line: usize,
  ranks: usize,
  stride: usize,
  bytes: i32,
): void {
  for (let left = bytes; left > 0; left -= 16, input += 16, ranks += 16) {
    let a = v128.load(input);
    let b = v128.load(input + line);
    let c = v128.load(input + 2 * line);
    let d = v128.load(input + 3 * line);
    let e = v128.load(input + 4 * line);
    let t = least<Level>(a, b);
    b = most<Level>(a, b);
    a = t;
    t = least<Level>(d, e);
    e = most<Level>(d, e);
    d = t;
    t = least<Level>(c, e);
    e = most<Level>(c, e);
    c = t;
    t = least<Level>(c, d);
    d = most<Level>(c, d);
    c = t;
    t = least<Level>(a, d);
    d = most<Level>(a, d);
    a = t;
    t = least<Level>(a, c);
    c = most<Level>(a, c);
    a = t;
    t = least<Level>(b, e);
    e = most<Level>(b, e);
    b = t;
    t = least<Level>(b, d);
    d = most<Level>(b, d);
    b = t;
    t = least<Level>(b, c);
    c = most<Level>(b, c);
    b = t;
    v128.store(ranks, a);
    v128.store(ranks + stride, b);
    v128.store(ranks + 2 * stride, c);
    v128.store(ranks + 3 * stride, d);
    v128.store(ranks + 4 * stride, e);
  }
}

/**
 * The median of five sorted columns: `a` is the address of their smallest samples, `e` of their largest. The network sorts
 * the rows as far as it matters (what is too small or too large to be the middle of 25 falls away) and what remains; it was
 * found by leaving out what changes nothing for any of the 6⁵ columns of zeros and ones, which by the zero-one principle are all.
 */
// @inline
function medianOfColumns<Level extends number>(a: usize, stride: usize, pixel: usize): v128 {
  const b = a + stride;
  const c = b + stride;
  const d = c + stride;
  const e = d + stride;
  let a0 = v128.load(a);
  let a1 = v128.load(a + pixel);
  const a2 = v128.load(a + 2 * pixel);
  let a3 = v128.load(a + 3 * pixel);
  let a4 = v128.load(a + 4 * pixel);
  let b0 = v128.load(b);
  let b1 = v128.load(b + pixel);
  let b2 = v128.load(b + 2 * pixel);
  let b3 = v128.load(b + 3 * pixel);
  let b4 = v128.load(b + 4 * pixel);
  let c0 = v128.load(c);
  let c1 = v128.load(c + pixel);
  let c2 = v128.load(c + 2 * pixel);
  let c3 = v128.load(c + 3 * pixel);
  let c4 = v128.load(c + 4 * pixel);
  let d0 = v128.load(d);
  let d1 = v128.load(d + pixel);
  let d2 = v128.load(d + 2 * pixel);
  let d3 = v128.load(d + 3 * pixel);
  let d4 = v128.load(d + 4 * pixel);
  let e0 = v128.load(e);
  let e1 = v128.load(e + pixel);
  let e2 = v128.load(e + 2 * pixel);
  let e3 = v128.load(e + 3 * pixel);
  let e4 = v128.load(e + 4 * pixel);
  let t = a0;
  t = least<Level>(a0, a1);
  a1 = most<Level>(a0, a1);
  a0 = t;
  t = least<Level>(a3, a4);
  a4 = most<Level>(a3, a4);
  a3 = t;
  a3 = most<Level>(a2, a3);
  a3 = most<Level>(a0, a3);
  t = least<Level>(a1, a4);
  a4 = most<Level>(a1, a4);
  a1 = t;
  a3 = most<Level>(a1, a3);
  t = least<Level>(b0, b1);
  b1 = most<Level>(b0, b1);
  b0 = t;
  t = least<Level>(b3, b4);
  b4 = most<Level>(b3, b4);
  b3 = t;
  t = least<Level>(b2, b4);
  b4 = most<Level>(b2, b4);
  b2 = t;
  t = least<Level>(b2, b3);
  b3 = most<Level>(b2, b3);
  b2 = t;
  b3 = most<Level>(b0, b3);
  t = least<Level>(b1, b4);
  b4 = most<Level>(b1, b4);
  b1 = t;
  t = least<Level>(b1, b3);
  b3 = most<Level>(b1, b3);
  b1 = t;
  b2 = most<Level>(b1, b2);
  t = least<Level>(c0, c1);
  c1 = most<Level>(c0, c1);
  c0 = t;
  t = least<Level>(c3, c4);
  c4 = most<Level>(c3, c4);
  c3 = t;
  t = least<Level>(c2, c4);
  c4 = most<Level>(c2, c4);
  c2 = t;
  t = least<Level>(c2, c3);
  c3 = most<Level>(c2, c3);
  c2 = t;
  t = least<Level>(c0, c3);
  c3 = most<Level>(c0, c3);
  c0 = t;
  c2 = most<Level>(c0, c2);
  c1 = least<Level>(c1, c4);
  t = least<Level>(c1, c3);
  c3 = most<Level>(c1, c3);
  c1 = t;
  t = least<Level>(c1, c2);
  c2 = most<Level>(c1, c2);
  c1 = t;
  t = least<Level>(d0, d1);
  d1 = most<Level>(d0, d1);
  d0 = t;
  t = least<Level>(d2, d4);
  d4 = most<Level>(d2, d4);
  d2 = t;
  t = least<Level>(d2, d3);
  d3 = most<Level>(d2, d3);
  d2 = t;
  t = least<Level>(d0, d3);
  d3 = most<Level>(d0, d3);
  d0 = t;
  d1 = least<Level>(d1, d4);
  d1 = least<Level>(d1, d3);
  t = least<Level>(e0, e1);
  e1 = most<Level>(e0, e1);
  e0 = t;
  t = least<Level>(e3, e4);
  e4 = most<Level>(e3, e4);
  e3 = t;
  e2 = least<Level>(e2, e4);
  t = least<Level>(e0, e3);
  e3 = most<Level>(e0, e3);
  e0 = t;
  t = least<Level>(e0, e2);
  e2 = most<Level>(e0, e2);
  e0 = t;
  e1 = least<Level>(e1, e3);
  e1 = least<Level>(e1, e2);
  t = least<Level>(d2, d0);
  d0 = most<Level>(d2, d0);
  d2 = t;
  t = least<Level>(c2, a3);
  a3 = most<Level>(c2, a3);
  c2 = t;
  t = least<Level>(d1, b3);
  b3 = most<Level>(d1, b3);
  d1 = t;
  d2 = most<Level>(b2, d2);
  t = least<Level>(a4, c2);
  c2 = most<Level>(a4, c2);
  a4 = t;
  e1 = least<Level>(e1, a3);
  b3 = least<Level>(b3, b4);
  d2 = most<Level>(c1, d2);
  t = least<Level>(e1, c2);
  c2 = most<Level>(e1, c2);
  e1 = t;
  t = least<Level>(d2, c2);
  c2 = most<Level>(d2, c2);
  d2 = t;
  t = least<Level>(d1, e0);
  e0 = most<Level>(d1, e0);
  d1 = t;
  a4 = most<Level>(d2, a4);
  t = least<Level>(d0, e1);
  e1 = most<Level>(d0, e1);
  d0 = t;
  c3 = least<Level>(c3, e0);
  a4 = most<Level>(d0, a4);
  t = least<Level>(e1, c2);
  c2 = most<Level>(e1, c2);
  e1 = t;
  t = least<Level>(b3, c3);
  c3 = most<Level>(b3, c3);
  b3 = t;
  d1 = most<Level>(a4, d1);
  e1 = least<Level>(e1, b3);
  c2 = least<Level>(c2, c3);
  c2 = least<Level>(c2, d1);
  c2 = most<Level>(e1, c2);
  return c2;
}

/** Bytes of a row that are sorted at a time: what stays in the nearest cache five times. */
const SEGMENT: i32 = 2048;

function median5x5<Level extends number>(
  input: usize,
  line: usize,
  output: usize,
  bytes: i32,
  pixel: usize,
  ranks: usize,
): void {
  const stride: usize = 2048 + 64;
  for (let at: i32 = 0; at < bytes; at += SEGMENT) {
    const part = min(SEGMENT, bytes - at);
    sortColumns<Level>(input + (at as usize), line, ranks, stride, part + 4 * (pixel as i32));
    for (let i: i32 = 0; i < part; i += 16) {
      const median = medianOfColumns<Level>(ranks + (i as usize), stride, pixel);
      storeFirst(output + ((at + i) as usize), median, part - i);
    }
  }
}

/** A row of medians of 5 × 5 samples at 8 bit, `bytes` of them; `ranks` is room of 10,560 bytes. */
export function median5x5Row8(
  input: usize,
  line: usize,
  output: usize,
  bytes: i32,
  pixel: usize,
  ranks: usize,
): void {
  median5x5<u8>(input, line, output, bytes, pixel, ranks);
}

/** The same at 16 bit; `bytes` are two a sample. */
export function median5x5Row16(
  input: usize,
  line: usize,
  output: usize,
  bytes: i32,
  pixel: usize,
  ranks: usize,
): void {
  median5x5<u16>(input, line, output, bytes, pixel, ranks);
}
