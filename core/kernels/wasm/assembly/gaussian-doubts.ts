/**
 * What is left in doubt by Gaussian means in 16 bits (gaussian-pairs.ts): again from the wide column sums, first in single precision, then in
 * doubles, and then in doubles from exact sums, which are made where they are wanted. Each step keeps in the list what it cannot decide,
 * and says how many places those are; the caller computes them by the definition.
 */

import { gaussianColumns8 } from './gaussian';
import { doubtful, exactMean, mixed, settled } from './gaussian-mix';
import { nearest } from './packing';

/**
 * What `doubts` names of a row of `count` samples (gaussianRowPairs8), from column sums of 32 bits. `orders` are four tables that put six of
 * their bits each in the order of the row (../../gaussian-layout.ts). `taps` are the weights outward; the mean is
 * `scale` times the sum, and `rest`. `step` is in samples. `bounds` holds a float
 * for 24 samples. What remains is written to `list`.
 */
export function gaussianSingles8(
  doubts: usize,
  orders: usize,
  count: i32,
  list: usize,
  wide: usize,
  taps: usize,
  scale: f32,
  rest: f32,
  radius: i32,
  step: i32,
  levels: usize,
  output: usize,
  mix: i32,
  amount: f32,
  least: f32,
  bounds: usize,
): i32 {
  const bytes = (step as usize) << 2;
  const reach = (bytes * (radius as usize)) << 1;
  const outermost = taps + ((radius as usize) << 2);
  const amounts = f32x4.splat(amount);
  const leasts = f32x4.splat(least);
  const scales = f32x4.splat(scale);
  const rests = f32x4.splat(rest);
  let kept = list;
  for (let i: i32 = 0; i < count; i += 24, doubts += 4, bounds += 4) {
    const found = load<u32>(doubts);
    if (found === 0) continue;
    let open = ordered(orders, found) | ordered(orders + 256, found >> 6);
    open |= ordered(orders + 512, found >> 12) | ordered(orders + 768, found >> 18);
    while (open !== 0) {
      // Four places side by side, of which this is the first in doubt.
      const first = i + ctz(open);
      if (first >= count) break;
      let left = wide + ((first as usize) << 2);
      let right = left + reach;
      let mean = f32x4.splat(0);
      for (let tap = outermost; tap > taps; tap -= 4, left += bytes, right -= bytes) {
        const both = i32x4.add(v128.load(left), v128.load(right));
        mean = f32x4.add(mean, f32x4.mul(v128.load32_splat(tap), f32x4.convert_i32x4_s(both)));
      }
      mean = f32x4.add(mean, f32x4.mul(v128.load32_splat(taps), f32x4.convert_i32x4_s(v128.load(left))));
      mean = f32x4.add(f32x4.mul(mean, scales), rests);
      const near = i16x8.extend_low_i8x16_u(v128.load32_zero(levels + (first as usize)));
      const level = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(near));
      const value = mixed(mix, level, mean, amounts, leasts);
      const whole = nearest(value);
      const stored = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(whole, whole), i16x8.splat(0));
      let four: u32 = i32x4.extract_lane(stored, 0);
      let lanes = i32x4.bitmask(doubtful(mix, value, level, mean, leasts, v128.load32_splat(bounds)));
      let here = (open >> ctz(open)) & 15;
      open &= ~((15 as u32) << ctz(open));
      for (let place = first; here !== 0 && place < count; place++, here >>= 1, lanes >>= 1, four >>= 8) {
        if ((here & 1) === 0) continue;
        if ((lanes & 1) === 0) {
          store<u8>(output + (place as usize), four as u8);
        } else {
          store<i32>(kept, place);
          kept += 4;
        }
      }
    }
  }
  return ((kept - list) >> 2) as i32;
}

// @inline
function ordered(table: usize, bits: u32): u32 {
  return load<u32>(table + (((bits & 63) as usize) << 2));
}

/**
 * The `found` places of a list once more from the same column sums. `taps` are the weights outward as doubles; the mean is `scale` times the
 * sum, and `rest`. It is off by less than `bounds` say, by `surer`.
 */
export function gaussianDoubles8(
  list: usize,
  found: i32,
  wide: usize,
  taps: usize,
  scale: f64,
  rest: f64,
  radius: i32,
  step: i32,
  levels: usize,
  output: usize,
  mix: i32,
  amount: f64,
  least: f64,
  bounds: usize,
  surer: f64,
): i32 {
  const bytes = (step as usize) << 2;
  const reach = (bytes * (radius as usize)) << 1;
  const outermost = taps + ((radius as usize) << 3);
  const end = list + ((found as usize) << 2);
  let kept = list;
  for (let at = list; at < end; at += 4) {
    const place = load<i32>(at);
    let left = wide + ((place as usize) << 2);
    let right = left + reach;
    let sum: f64 = 0;
    for (let tap = outermost; tap > taps; tap -= 8, left += bytes, right -= bytes) {
      sum += load<f64>(tap) * ((load<i32>(left) + load<i32>(right)) as f64);
    }
    sum += load<f64>(taps) * (load<i32>(left) as f64);
    const bound = (load<f32>(bounds + ((place / 24) << 2)) as f64) - surer;
    const level = load<u8>(levels + (place as usize)) as f64;
    const stored = settled(mix, level, sum * scale + rest, amount, least, bound);
    if (stored >= 0) {
      store<u8>(output + (place as usize), stored as u8);
      continue;
    }
    store<i32>(kept, place);
    kept += 4;
  }
  return ((kept - list) >> 2) as i32;
}

/**
 * From exact column sums, which `middle`, `line`, `weights`, `radius`, `high`, `low` and `single` make as in gaussianColumns8 (gaussian.ts), 16
 * of `columns` at a time; what is written as single precision nobody needs. `done` says in a byte each which of these are there already. `taps` and `ratio` are those of
 * gaussianRow8. Where more than `room` places remain, it says `room` + 1, and the row is not complete.
 */
export function gaussianExact8(
  list: usize,
  found: i32,
  middle: usize,
  line: usize,
  columns: i32,
  weights: usize,
  radius: i32,
  high: usize,
  low: usize,
  scratch: usize,
  done: usize,
  taps: usize,
  ratio: f64,
  step: i32,
  levels: usize,
  output: usize,
  mix: i32,
  amount: f64,
  least: f64,
  bound: f64,
  room: i32,
): i32 {
  const bytes = (step as usize) << 2;
  const reach = 2 * radius * step;
  memory.fill(done, 0, ((columns + 15) >> 4) as usize);
  const end = list + ((found as usize) << 2);
  const full = list + ((room as usize) << 2);
  let kept = list;
  for (let at = list; at < end; at += 4) {
    const place = load<i32>(at);
    const last = (place + reach) >> 4;
    for (let group = place >> 4; group <= last; group++) {
      if (load<u8>(done + (group as usize)) !== 0) continue;
      const first = group;
      for (; group <= last && load<u8>(done + (group as usize)) === 0; group++) {
        store<u8>(done + (group as usize), 1);
      }
      const from = (first as usize) << 4;
      const to = from << 2;
      const count = (group - first) << 4;
      gaussianColumns8(middle + from, line, count, weights, radius, high + to, low + to, scratch + to, 0, 0);
    }
    const from = (place as usize) << 2;
    const mean = exactMean(high + from, low + from, taps, ratio, radius, bytes);
    const level = settled(mix, load<u8>(levels + (place as usize)) as f64, mean, amount, least, bound);
    if (level >= 0) {
      store<u8>(output + (place as usize), level as u8);
      continue;
    }
    if (kept === full) return room + 1;
    store<i32>(kept, place);
    kept += 4;
  }
  return ((kept - list) >> 2) as i32;
}
