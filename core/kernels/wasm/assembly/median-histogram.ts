/**
 * Medians of large windows at 8 bit at a cost that does not depend on the size (S. Perreault, P. Hébert, Median Filtering in Constant
 * Time, 2007; ../../median.ts): every column of the picture has a histogram of `size` samples, to which a row adds one and from
 * which it takes one; the window's histogram changes by a column in and a column out. It counts in 16 groups of 16 levels: the
 * groups follow every step, the levels of a group only when the median is looked for there.
 *
 * A column's histogram is 272 bytes, groups first, for counts fit a byte up to size 255. The window's is 16 + 256 numbers of 16 bits,
 * behind it room for 16 places of 32 bits and sums.
 */

const COLUMN: usize = 272;

/** Takes the samples `from` … out of the columns' histograms and puts those at `to` … in; 0 for none. `step` bytes a pixel. */
export function medianColumns8(
  histograms: usize,
  leaving: usize,
  entering: usize,
  columns: i32,
  step: usize,
): void {
  for (let x: i32 = 0; x < columns; x++, histograms += COLUMN) {
    if (leaving !== 0) {
      change(histograms, load<u8>(leaving), -1);
      leaving += step;
    }
    change(histograms, load<u8>(entering), 1);
    entering += step;
  }
}

// @inline
function change(histogram: usize, level: usize, by: i32): void {
  const group = histogram + (level >> 4);
  const bin = histogram + level;
  store<u8>(group, ((load<u8>(group) as i32) + by) as u8);
  store<u8>(bin, ((load<u8>(bin, 16) as i32) + by) as u8, 16);
}

/** Running sums of eight numbers of 16 bits. */
// @inline
function running(counts: v128): v128 {
  const zero = i16x8.splat(0);
  let sums = i16x8.add(counts, v128.shuffle<i16>(zero, counts, 0, 8, 9, 10, 11, 12, 13, 14));
  sums = i16x8.add(sums, v128.shuffle<i16>(zero, sums, 0, 1, 8, 9, 10, 11, 12, 13));
  return i16x8.add(sums, v128.shuffle<i16>(zero, sums, 0, 1, 2, 3, 8, 9, 10, 11));
}

/** The bin of 16 in which the sample at `index` is; `before` receives the number of samples in bins before every bin. */
// @inline
function binOf(low: v128, high: v128, index: i32, before: usize): i32 {
  const first = running(low);
  const second = i16x8.add(running(high), v128.shuffle<i16>(first, first, 7, 7, 7, 7, 7, 7, 7, 7));
  v128.store(before, first, 2);
  v128.store(before, second, 18);
  const wanted = i16x8.splat(index as i16);
  return ctz(i8x16.bitmask(i8x16.narrow_i16x8_s(i16x8.gt_s(first, wanted), i16x8.gt_s(second, wanted))));
}

/**
 * A row of `width` samples, `step` bytes apart: the sample at `index` in the order of the `size` × `size` that the histograms of
 * columns x … x + size − 1 hold. `window` is room of 704 bytes.
 */
export function medianRow8(
  histograms: usize,
  window: usize,
  output: usize,
  width: i32,
  step: usize,
  size: i32,
  index: i32,
): void {
  const across = COLUMN * (size as usize);
  const bins = window + 32;
  const places = bins + 512;
  const before = places + 64;
  store<u16>(before, 0);
  let low = i16x8.splat(0);
  let high = low;
  for (let column = histograms; column < histograms + across; column += COLUMN) {
    low = i16x8.add(low, v128.load_ext<u8>(column));
    high = i16x8.add(high, v128.load_ext<u8>(column, 8));
  }
  // No group's levels have been counted yet: the last place is out of reach.
  for (let group: usize = 0; group < 16; group++) store<i32>(places + (group << 2), -size);
  let column = histograms;
  for (let x: i32 = 0; x < width; x++, column += COLUMN, output += step) {
    const group = binOf(low, high, index, before);
    const rest = index - (load<u16>(before + ((group as usize) << 1)) as i32);
    const inGroup = (16 + (group << 4)) as usize;
    const counts = bins + ((group as usize) << 5);
    const place = places + ((group as usize) << 2);
    let last = load<i32>(place);
    store<i32>(place, x);
    let few = v128.load(counts);
    let many = v128.load(counts, 16);
    if (2 * (x - last) > size) {
      few = i16x8.splat(0);
      many = few;
      for (let from = column + inGroup; from < column + across; from += COLUMN) {
        few = i16x8.add(few, v128.load_ext<u8>(from));
        many = i16x8.add(many, v128.load_ext<u8>(from, 8));
      }
    } else {
      for (let from = histograms + COLUMN * (last as usize) + inGroup; last < x; last++, from += COLUMN) {
        few = i16x8.add(few, i16x8.sub(v128.load_ext<u8>(from + across), v128.load_ext<u8>(from)));
        many = i16x8.add(many, i16x8.sub(v128.load_ext<u8>(from + across, 8), v128.load_ext<u8>(from, 8)));
      }
    }
    v128.store(counts, few);
    v128.store(counts, many, 16);
    store<u8>(output, ((group << 4) + binOf(few, many, rest, before)) as u8);
    if (x + 1 < width) {
      low = i16x8.add(low, i16x8.sub(v128.load_ext<u8>(column + across), v128.load_ext<u8>(column)));
      high = i16x8.add(high, i16x8.sub(v128.load_ext<u8>(column + across, 8), v128.load_ext<u8>(column, 8)));
    }
  }
}
