/**
 * How far levels lie apart within the windows of Gaussian means, from which follows how far these can be off (../../gaussian-pair-plan.ts). Columns
 * are taken in blocks of 48, within which every twelfth sample belongs to the same channel, whether there are one, two, three or four.
 */

const BLOCK: i32 = 48;

/**
 * Least and largest levels of two rows of `count` samples: 32 bytes a block at `target`, twelve least ones, then twelve largest; where `more`
 * is 1, of those and of what is there already.
 */
export function gaussianExtremes8(upper: usize, lower: usize, count: i32, target: usize, more: i32): void {
  for (let block: i32 = 0; block < count; block += BLOCK, target += 32) {
    const end = min(block + BLOCK, count);
    let least = v128.load(upper + (block as usize));
    let largest = least;
    for (let i = block; i < end; i += 12) {
      const above = v128.load(upper + (i as usize));
      const below = v128.load(lower + (i as usize));
      least = v128.min<u8>(least, v128.min<u8>(above, below));
      largest = v128.max<u8>(largest, v128.max<u8>(above, below));
    }
    if (more !== 0) {
      least = v128.min<u8>(least, v128.load(target));
      largest = v128.max<u8>(largest, v128.load(target, 16));
    }
    v128.store(target, least);
    v128.store(target, largest, 16);
  }
}

/**
 * Bounds for `groups` groups of 24 samples of a row, whose windows reach `reach` samples further, and `aside` more on both sides. `extremes` are `parts` of those of all
 * rows, `pitch` bytes each, of `blocks` blocks. `turns` are four masks that turn twelve samples by one, two, four and eight pixels. At
 * `coarse` and `fine` come floats, base + slope · the most that two levels of the same channel lie apart. `room` is for 32 bytes a block.
 */
export function gaussianBounds8(
  extremes: usize,
  pitch: usize,
  parts: i32,
  blocks: i32,
  turns: usize,
  groups: i32,
  reach: i32,
  aside: i32,
  coarseBase: f32,
  coarseSlope: f32,
  fineBase: f32,
  fineSlope: f32,
  room: usize,
  coarse: usize,
  fine: usize,
): void {
  const first = v128.load(turns);
  const second = v128.load(turns, 16);
  const third = v128.load(turns, 32);
  const fourth = v128.load(turns, 48);
  for (let block: i32 = 0; block < blocks; block++) {
    const at = (block as usize) << 5;
    let from = extremes + at;
    let least = v128.load(from);
    let largest = v128.load(from, 16);
    for (let part: i32 = 1; part < parts; part++) {
      from += pitch;
      least = v128.min<u8>(least, v128.load(from));
      largest = v128.max<u8>(largest, v128.load(from, 16));
    }
    least = v128.min<u8>(least, i8x16.swizzle(least, first));
    least = v128.min<u8>(least, i8x16.swizzle(least, second));
    least = v128.min<u8>(least, i8x16.swizzle(least, third));
    least = v128.min<u8>(least, i8x16.swizzle(least, fourth));
    largest = v128.max<u8>(largest, i8x16.swizzle(largest, first));
    largest = v128.max<u8>(largest, i8x16.swizzle(largest, second));
    largest = v128.max<u8>(largest, i8x16.swizzle(largest, third));
    largest = v128.max<u8>(largest, i8x16.swizzle(largest, fourth));
    v128.store(room + at, least);
    v128.store(room + at, largest, 16);
  }
  for (let group: i32 = 0; group < groups; group++) {
    const begin = max(group * 24 - aside, 0) / BLOCK;
    const last = min((group * 24 + 23 + reach + aside) / BLOCK, blocks - 1);
    let from = room + ((begin as usize) << 5);
    const end = room + (last << 5);
    let least = v128.load(from);
    let largest = v128.load(from, 16);
    while (from < end) {
      from += 32;
      least = v128.min<u8>(least, v128.load(from));
      largest = v128.max<u8>(largest, v128.load(from, 16));
    }
    // Four samples are at least a pixel, so that every channel is among them.
    const apart: u32 = i32x4.extract_lane(i8x16.sub_sat_u(largest, least), 0);
    const most = max(max(apart & 255, (apart >> 8) & 255), max((apart >> 16) & 255, apart >> 24)) as f32;
    store<f32>(coarse + ((group as usize) << 2), coarseBase + coarseSlope * most);
    store<f32>(fine + ((group as usize) << 2), fineBase + fineSlope * most);
  }
}
