/**
 * What is made of a level and the Gaussian mean around it (../../mean-mix.ts), in single precision and in doubles, and whether an error
 * of so much could change the level that is stored.
 */

/**
 * Which mix it is, as types of 2^mix bytes each: so that every mix has a function of its own. (Branches of one function that differ in a
 * number alone the optimiser folds into a single loop, which then asks for it at every vector.)
 */
export type Mean = u8;
export type LeastSharpened = u16;
export type Clarified = u32;
export type Sharpened = u64;

// @inline
export function mixOf<Mix>(): i32 {
  return ctz<i32>(sizeof<Mix>() as i32);
}

/** What is made of a level and the mean around it: 0 the mean; 1 level + amount · d, d = level − mean, where |d| is at least `least`;
 * 2 the same with amount times 1 − |2·level/255 − 1|³; 3 like 1 where `least` is none. */
// @inline
export function mixed(mix: i32, level: v128, mean: v128, amount: v128, least: v128): v128 {
  if (mix === 0) return mean;
  const d = f32x4.sub(level, mean);
  if (mix === 3) return f32x4.add(level, f32x4.mul(amount, d));
  if (mix === 1) {
    const sharper = f32x4.add(level, f32x4.mul(amount, d));
    return v128.bitselect(sharper, level, f32x4.ge(f32x4.abs(d), least));
  }
  const place = f32x4.abs(f32x4.sub(f32x4.mul(level, f32x4.splat(2.0 / 255.0)), f32x4.splat(1)));
  const weight = f32x4.sub(f32x4.splat(1), f32x4.mul(f32x4.mul(place, place), place));
  return f32x4.add(level, f32x4.mul(f32x4.mul(amount, weight), d));
}

/** Lanes whose value lies within the bound of a rounding edge, or whose difference within that of `least`. */
// @inline
export function doubtful(mix: i32, value: v128, level: v128, mean: v128, least: v128, bound: v128): v128 {
  const above = f32x4.sub(value, f32x4.floor(value));
  let doubt = f32x4.le(f32x4.abs(f32x4.sub(above, f32x4.splat(0.5))), bound);
  if (mix === 1 && f32x4.extract_lane(least, 0) > 0) {
    doubt = v128.or(doubt, nearLeast(level, mean, least, bound));
  }
  return doubt;
}

/** Lanes whose difference lies within the bound of `least`. */
// @inline
export function nearLeast(level: v128, mean: v128, least: v128, bound: v128): v128 {
  const size = f32x4.abs(f32x4.sub(level, mean));
  return f32x4.le(f32x4.abs(f32x4.sub(size, least)), bound);
}

/** The same in doubles: the level, or −1 where it is in doubt. */
// @inline
export function settled(mix: i32, level: f64, mean: f64, amount: f64, least: f64, bound: f64): i32 {
  let value = mean;
  if (mix !== 0) {
    const d = level - mean;
    if (mix !== 2) {
      if (least > 0 && Math.abs(Math.abs(d) - least) <= bound) return -1;
      value = Math.abs(d) >= least ? level + amount * d : level;
    } else {
      const place = Math.abs((2 * level) / 255 - 1);
      value = level + amount * (1 - place * place * place) * d;
    }
  }
  const raised = value + 0.50000095367431640625;
  const whole = Math.floor(raised);
  if (raised - whole <= bound || whole + 1 - raised <= bound) return -1;
  return max<f64>(0, min<f64>(255, whole)) as i32;
}

/** The mean from the exact column sums, in doubles. */
// @inline
export function exactMean(high: usize, low: usize, taps: usize, ratio: f64, radius: i32, bytes: usize): f64 {
  const reach = bytes * (radius as usize);
  let left: usize = 0;
  let right = reach << 1;
  // The two parts side by side.
  let sums = f64x2.splat(0);
  for (let tap = taps + ((radius as usize) << 3); tap > taps; tap -= 8, left += bytes, right -= bytes) {
    const highs = load<i32>(high + left) + load<i32>(high + right);
    const lows = load<i32>(low + left) + load<i32>(low + right);
    const both = f64x2.convert_low_i32x4_s(i32x4.replace_lane(i32x4.splat(lows), 0, highs));
    sums = f64x2.add(sums, f64x2.mul(v128.load64_splat(tap), both));
  }
  const both = f64x2.convert_low_i32x4_s(
    i32x4.replace_lane(i32x4.splat(load<i32>(low + left)), 0, load<i32>(high + left)),
  );
  sums = f64x2.add(sums, f64x2.mul(v128.load64_splat(taps), both));
  return f64x2.extract_lane(sums, 0) + ratio * f64x2.extract_lane(sums, 1);
}
