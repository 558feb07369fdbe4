/**
 * Order statistics of small windows, many samples a vector: the level is found bit by bit from the highest. A bit is in it if no more
 * samples than its place are smaller than the level with that bit; so for each bit the whole window is looked at, without a branch.
 * Samples are compared with their highest bit turned round, because vectors compare numbers with a sign.
 */

import { kept } from './kept';
import { storeFirst } from './packing';

function every<Level extends number>(level: i32): v128 {
  return sizeof<Level>() === 1 ? i8x16.splat(level as i8) : i16x8.splat(level as i16);
}

/** Counts the samples at `at` that are smaller. */
function counted<Level extends number>(count: v128, level: v128, at: usize): v128 {
  const samples = v128.load(at);
  return sizeof<Level>() === 1
    ? i8x16.sub(count, i8x16.gt_s(level, samples))
    : i16x8.sub(count, i16x8.gt_s(level, samples));
}

/** The level with the bit where at most `place` samples were smaller. */
function decided<Level extends number>(level: v128, tried: v128, count: v128, place: v128): v128 {
  const holds = sizeof<Level>() === 1 ? i8x16.le_u(count, place) : i16x8.le_u(count, place);
  return v128.bitselect(tried, level, holds);
}

function rank<Level extends number>(
  input: usize,
  line: usize,
  output: usize,
  bytes: i32,
  pixel: usize,
  size: i32,
  index: i32,
  room: usize,
): void {
  const bits: i32 = sizeof<Level>() === 1 ? 8 : 16;
  const turned = kept(inline.always(every<Level>(1 << (bits - 1))));
  const place = kept(inline.always(every<Level>(index)));
  const across = pixel * (size as usize);
  // Two vectors a turn, and a window of columns behind them.
  const wide = (((bytes + 31) & ~31) as usize) + across + 32;
  const end = room + wide * (size as usize);
  for (let row = room; row < end; row += wide, input += line) {
    const filled = (bytes as usize) + across - pixel;
    for (let at: usize = 0; at < filled; at += 16) {
      v128.store(row + at, v128.xor(v128.load(input + at), turned));
    }
  }
  for (let done: i32 = 0; done < bytes; done += 32) {
    const corner = room + (done as usize);
    let first = turned;
    let second = turned;
    for (let bit = bits - 1; bit >= 0; bit--) {
      const step = inline.always(every<Level>(1 << bit));
      // The first step turns the highest bit round again, the others set a bit that is not set.
      const firstTried = v128.xor(first, step);
      const secondTried = v128.xor(second, step);
      let firstCount = i32x4.splat(0);
      let secondCount = i32x4.splat(0);
      for (let row = corner; row < corner + wide * (size as usize); row += wide) {
        for (let at = row; at < row + across; at += pixel) {
          firstCount = inline.always(counted<Level>(firstCount, firstTried, at));
          secondCount = inline.always(counted<Level>(secondCount, secondTried, at + 16));
        }
      }
      first = inline.always(decided<Level>(first, firstTried, firstCount, place));
      second = inline.always(decided<Level>(second, secondTried, secondCount, place));
    }
    storeFirst(output + (done as usize), v128.xor(first, turned), bytes - done);
    if (bytes - done > 16) {
      storeFirst(output + ((done + 16) as usize), v128.xor(second, turned), bytes - done - 16);
    }
  }
}

/**
 * A row of `bytes` bytes at 8 bit, all channels: the sample at `index` of the sorted `size` × `size` samples whose top left one lies at
 * `input`. `pixel` is the bytes of a pixel. At most 15 × 15. `room` is for `size` rows of `bytes` + `size` · `pixel` + 64 bytes.
 */
export function rankRow8(
  input: usize,
  line: usize,
  output: usize,
  bytes: i32,
  pixel: usize,
  size: i32,
  index: i32,
  room: usize,
): void {
  rank<u8>(input, line, output, bytes, pixel, size, index, room);
}

/** The same at 16 bit, at most 255 × 255. */
export function rankRow16(
  input: usize,
  line: usize,
  output: usize,
  bytes: i32,
  pixel: usize,
  size: i32,
  index: i32,
  room: usize,
): void {
  rank<u16>(input, line, output, bytes, pixel, size, index, room);
}
