/**
 * Rows of levels as planes of values 0 … 1 and back (../../../colour/fast-composition.ts), two pixels a vector. A level l of top T
 * becomes l·h + l·(1/T − h), where h has so few digits that l·h is exact: that is l/T rounded once, as a division gives it.
 */

/** 65793/2^24 and 65537/2^32: the upper digits of 1/255 and 1/65535, and what is missing. */
const UPPER_8: f64 = 65793.0 / 16777216.0;
const REST_8: f64 = 2.3374370500153186e-10;
const UPPER_16: f64 = 65537.0 / 4294967296.0;
const REST_16: f64 = 3.5527678897363184e-15;
/** The rounding rule's shift, 1/2 + 2^-20 (../../../raster/rounding.ts). */
const SHIFT: f64 = 0.5 + 1.0 / 1048576.0;

/** The values of the two levels in the lower 32-bit lanes. */
function unitsOf<Level extends number>(levels: v128): v128 {
  const numbers = f64x2.convert_low_i32x4_s(levels);
  const upper = f64x2.splat(sizeof<Level>() === 1 ? UPPER_8 : UPPER_16);
  const rest = f64x2.splat(sizeof<Level>() === 1 ? REST_8 : REST_16);
  return f64x2.add(f64x2.mul(numbers, upper), f64x2.mul(numbers, rest));
}

/** Where the bytes of a sample lie that a 32-bit lane takes; outside the vector for the other bytes. */
function laneFrom<Level extends number>(at: i32): i32 {
  if (at > 15) return -1;
  return sizeof<Level>() === 1 ? 0xffffff00 | at : 0xffff0000 | at | ((at + 1) << 8);
}

/** Takes one channel of pixels in a row to 32-bit lanes. */
function lanesOf<Level extends number>(channels: i32, channel: i32): v128 {
  const first = channel * (sizeof<Level>() as i32);
  const step = channels * (sizeof<Level>() as i32);
  let lanes = i32x4.splat(inline.always(laneFrom<Level>(first)));
  lanes = i32x4.replace_lane(lanes, 1, inline.always(laneFrom<Level>(first + step)));
  lanes = i32x4.replace_lane(lanes, 2, inline.always(laneFrom<Level>(first + 2 * step)));
  return i32x4.replace_lane(lanes, 3, inline.always(laneFrom<Level>(first + 3 * step)));
}

/** One channel of `count` pixels as a plane, times `factor`. */
function readPlane<Level extends number>(
  source: usize,
  count: i32,
  channels: i32,
  channel: i32,
  scaled: bool,
  factor: f64,
  plane: usize,
): void {
  const pixel = (channels * (sizeof<Level>() as i32)) as usize;
  const lanes = inline.always(lanesOf<Level>(channels, channel));
  const factors = f64x2.splat(factor);
  const end = source + (count as usize) * pixel;
  let from = source;
  let to = plane;
  // Whole vectors, and none beyond the row.
  if (pixel <= 4) {
    for (; from + 16 <= end; from += 4 * pixel, to += 32) {
      const levels = i8x16.swizzle(v128.load(from), lanes);
      let low = inline.always(unitsOf<Level>(levels));
      let high = inline.always(
        unitsOf<Level>(i8x16.shuffle(levels, levels, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7)),
      );
      if (scaled) {
        low = f64x2.mul(low, factors);
        high = f64x2.mul(high, factors);
      }
      v128.store(to, low);
      v128.store(to, high, 16);
    }
  } else {
    for (; from + 16 <= end; from += 2 * pixel, to += 16) {
      let values = inline.always(unitsOf<Level>(i8x16.swizzle(v128.load(from), lanes)));
      if (scaled) values = f64x2.mul(values, factors);
      v128.store(to, values);
    }
  }
  for (; from < end; from += pixel, to += 8) {
    const level = load<Level>(from + (channel as usize) * sizeof<Level>()) as i32;
    let value = inline.always(unitsOf<Level>(i32x4.splat(level)));
    if (scaled) value = f64x2.mul(value, factors);
    v128.store64_lane(to, value, 0);
  }
  // The second pixel of the last vector: of no consequence, but a number.
  store<f64>(to, 0);
}

/** Fills a plane with a number, and the pixel behind it with 0. */
function fillPlane(plane: usize, count: i32, value: f64): void {
  for (let i: i32 = 0; i < count; i++) store<f64>(plane + ((i as usize) << 3), value);
  store<f64>(plane + ((count as usize) << 3), 0);
}

/**
 * Reads `count` pixels into planes that lie `plane` bytes apart: the colours, then alpha times `opacity`, which is `opacity`
 * everywhere where the picture has no alpha. A plane has room for a pixel more.
 */
export function readUnits<Level extends number>(
  source: usize,
  count: i32,
  channels: i32,
  opacity: f64,
  planes: usize,
  plane: usize,
): void {
  const colours: i32 = channels >= 3 ? 3 : 1;
  for (let channel: i32 = 0; channel < colours; channel++) {
    inline.always(
      readPlane<Level>(source, count, channels, channel, false, 1, planes + (channel as usize) * plane),
    );
  }
  const alpha = planes + 3 * plane;
  if (channels === colours) fillPlane(alpha, count, opacity);
  else inline.always(readPlane<Level>(source, count, channels, colours, true, opacity, alpha));
}

/** A number of 2^52 and more is whole, and its lower half is what was added to 2^52. */
const WHOLE: f64 = 4503599627370496.0;

/** The levels of two values, each in the lower half of its lane; values lie in 0 … 1 but for rounding noise. */
function levelsOf(values: v128, top: v128): v128 {
  const shifted = f64x2.add(f64x2.mul(values, top), f64x2.splat(SHIFT));
  return f64x2.add(f64x2.floor(shifted), f64x2.splat(WHOLE));
}

/** The levels of four values, one a lane. */
function fourLevels(values: usize, top: v128): v128 {
  const low = inline.always(levelsOf(v128.load(values), top));
  const high = inline.always(levelsOf(v128.load(values, 16), top));
  return i8x16.shuffle(low, high, 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27);
}

function writeScalars<Level extends number>(
  planes: usize,
  plane: usize,
  from: i32,
  count: i32,
  channels: i32,
  colours: i32,
  target: usize,
): void {
  const top = f64x2.splat(sizeof<Level>() === 1 ? 255 : 65535);
  for (let i = from; i < count; i++) {
    for (let channel: i32 = 0; channel < channels; channel++) {
      const plate: i32 = channel < colours ? channel : 3;
      const values = planes + plane * (plate as usize) + ((i as usize) << 3);
      const level = i32x4.extract_lane(inline.always(levelsOf(v128.load64_splat(values), top)), 0);
      store<Level>(target + ((i * channels + channel) as usize) * sizeof<Level>(), level as Level);
    }
  }
}

/** Rounds `count` pixels once and writes them; the planes are those that `readUnits` names. */
export function writeUnits<Level extends number>(
  planes: usize,
  plane: usize,
  count: i32,
  channels: i32,
  target: usize,
): void {
  const colours: i32 = channels >= 3 ? 3 : 1;
  let i: i32 = 0;
  if (sizeof<Level>() === 1 && channels >= 3) {
    const top = f64x2.splat(255);
    const alpha = planes + 3 * plane;
    // Of three channels, a vector writes four bytes more than it means: the next pixel's first.
    const last = channels === 4 ? count : count - 2;
    for (; i + 4 <= last; i += 4) {
      const at = (i as usize) << 3;
      let pixels = v128.or(
        inline.always(fourLevels(planes + at, top)),
        i32x4.shl(inline.always(fourLevels(planes + plane + at, top)), 8),
      );
      pixels = v128.or(pixels, i32x4.shl(inline.always(fourLevels(planes + 2 * plane + at, top)), 16));
      if (channels === 4) {
        pixels = v128.or(pixels, i32x4.shl(inline.always(fourLevels(alpha + at, top)), 24));
        v128.store(target + ((i as usize) << 2), pixels);
      } else {
        const packed = i8x16.shuffle(pixels, pixels, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
        v128.store(target + ((i * 3) as usize), packed);
      }
    }
  }
  inline.always(writeScalars<Level>(planes, plane, i, count, channels, colours, target));
}
