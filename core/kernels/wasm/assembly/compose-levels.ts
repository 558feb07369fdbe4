/**
 * RGB layers of 8 bits over each other in single precision, four pixels a vector, on the scale of levels: a level is read as it is.
 * Modes that are continuous and no steeper than 2 only. What the numbers may be wrong by is worked out in
 * ../../../colour/quick-bound.ts; a pixel with a number that lies nearer to a rounding edge is made again by composition.ts, so that the
 * bytes are those of doubles.
 *
 * A layer is told by a record of 32 bytes: the address of its first pixel (u32), its channels (i32), its mode (i32), whether what lies
 * beneath it is opaque (i32), its opacity (f64).
 */

import {
  NORMAL,
  MULTIPLY,
  SCREEN,
  OVERLAY,
  DARKEN,
  LIGHTEN,
  HARD_LIGHT,
  DIFFERENCE,
  EXCLUSION,
} from './blend-modes';
import { kept } from './kept';
import { composeFirst8, composeNext8, storeComposed8 } from './composition';

/** Bytes of a record. */
const RECORD: usize = 32;
/** Over 255, rounded to single precision. */
const SHARE: f32 = 1.0 / 255.0;
/** A float of 2^23 and more is whole, and its lowest bits are what was added to 2^23. */
const WHOLE: f32 = 8388608;
const OPAQUE: i32 = -16777216;

function screen(c: v128, s: v128, over: v128): v128 {
  return f32x4.sub(f32x4.add(c, s), f32x4.mul(f32x4.mul(c, s), over));
}

function hardLight(c: v128, s: v128, over: v128): v128 {
  const twice = f32x4.add(s, s);
  const dark = f32x4.mul(f32x4.mul(c, twice), over);
  const light = inline.always(screen(c, f32x4.sub(twice, f32x4.splat(255)), over));
  return v128.bitselect(dark, light, f32x4.le(s, f32x4.splat(127.5)));
}

/** B(c, s), all three in levels; `over` is 1/255. */
function mix(mode: i32, c: v128, s: v128, over: v128): v128 {
  if (mode === MULTIPLY) return f32x4.mul(f32x4.mul(c, s), over);
  if (mode === SCREEN) return inline.always(screen(c, s, over));
  if (mode === OVERLAY) return inline.always(hardLight(s, c, over));
  if (mode === DARKEN) return f32x4.pmin(s, c);
  if (mode === LIGHTEN) return f32x4.pmax(s, c);
  if (mode === HARD_LIGHT) return inline.always(hardLight(c, s, over));
  if (mode === DIFFERENCE) return f32x4.abs(f32x4.sub(c, s));
  if (mode === EXCLUSION) {
    return f32x4.sub(f32x4.add(c, s), f32x4.mul(f32x4.mul(f32x4.add(c, c), s), over));
  }
  return s;
}

/** Four pixels of RGB or RGBA as four words. */
function fourPixels(at: usize, channels: i32): v128 {
  const bytes = v128.load(at);
  if (channels === 4) return bytes;
  const apart = i8x16.shuffle(bytes, bytes, 0, 1, 2, 15, 3, 4, 5, 15, 6, 7, 8, 15, 9, 10, 11, 15);
  return v128.or(apart, i32x4.splat(OPAQUE));
}

/** One byte of each word as a number. */
function channelOf(pixels: v128, channel: i32): v128 {
  const lowest = channel === 0 ? pixels : i32x4.shr_u(pixels, channel << 3);
  return f32x4.convert_i32x4_s(channel === 3 ? lowest : v128.and(lowest, i32x4.splat(255)));
}

function first(source: usize, channels: i32, opacity: v128, planes: usize, plane: usize, count: i32): void {
  for (const end = planes + ((count as usize) << 2); planes < end; planes += 16) {
    const pixels = inline.always(fourPixels(source, channels));
    source += (channels << 2) as usize;
    const alpha = f32x4.mul(inline.always(channelOf(pixels, 3)), opacity);
    const seen = v128.and(pixels, f32x4.gt(alpha, f32x4.splat(0)));
    v128.store(planes, inline.always(channelOf(seen, 0)));
    v128.store(planes + plane, inline.always(channelOf(seen, 1)));
    v128.store(planes + 2 * plane, inline.always(channelOf(seen, 2)));
    v128.store(planes + 3 * plane, alpha);
  }
}

function ontoOne(
  mode: i32,
  at: usize,
  s: v128,
  as: v128,
  ab: v128,
  share: v128,
  over: v128,
  opaque: bool,
): void {
  const c = v128.load(at);
  const mixed = inline.always(mix(mode, c, s, over));
  // Of the normal mode the mixed colour is the source: nothing to go towards.
  const result = opaque || mode === NORMAL ? mixed : f32x4.add(s, f32x4.mul(ab, f32x4.sub(mixed, s)));
  v128.store(at, f32x4.add(c, f32x4.mul(opaque ? as : share, f32x4.sub(result, c))));
}

function next(
  mode: i32,
  opaque: bool,
  source: usize,
  channels: i32,
  opacity: v128,
  planes: usize,
  plane: usize,
  count: i32,
): void {
  const over = kept(f32x4.splat(SHARE));
  for (const end = planes + ((count as usize) << 2); planes < end; planes += 16) {
    const pixels = inline.always(fourPixels(source, channels));
    source += (channels << 2) as usize;
    const as = f32x4.mul(inline.always(channelOf(pixels, 3)), opacity);
    let ab = as;
    let share = as;
    if (!opaque) {
      ab = v128.load(planes + 3 * plane);
      const ao = f32x4.add(as, f32x4.mul(ab, f32x4.sub(f32x4.splat(1), as)));
      share = v128.and(f32x4.div(as, ao), f32x4.gt(as, f32x4.splat(0)));
      v128.store(planes + 3 * plane, ao);
    }
    inline.always(ontoOne(mode, planes, inline.always(channelOf(pixels, 0)), as, ab, share, over, opaque));
    inline.always(
      ontoOne(mode, planes + plane, inline.always(channelOf(pixels, 1)), as, ab, share, over, opaque),
    );
    inline.always(
      ontoOne(mode, planes + 2 * plane, inline.always(channelOf(pixels, 2)), as, ab, share, over, opaque),
    );
  }
}

/** Both kinds of backdrop as loops of their own. */
function onto(
  mode: i32,
  opaque: bool,
  source: usize,
  channels: i32,
  opacity: v128,
  planes: usize,
  plane: usize,
  count: i32,
): void {
  if (opaque) inline.always(next(mode, true, source, channels, opacity, planes, plane, count));
  else inline.always(next(mode, false, source, channels, opacity, planes, plane, count));
}

function ontoBy(
  mode: i32,
  opaque: bool,
  source: usize,
  channels: i32,
  opacity: v128,
  planes: usize,
  plane: usize,
  count: i32,
): void {
  switch (mode) {
    case NORMAL:
      return inline.always(onto(NORMAL, opaque, source, channels, opacity, planes, plane, count));
    case MULTIPLY:
      return inline.always(onto(MULTIPLY, opaque, source, channels, opacity, planes, plane, count));
    case SCREEN:
      return inline.always(onto(SCREEN, opaque, source, channels, opacity, planes, plane, count));
    case OVERLAY:
      return inline.always(onto(OVERLAY, opaque, source, channels, opacity, planes, plane, count));
    case DARKEN:
      return inline.always(onto(DARKEN, opaque, source, channels, opacity, planes, plane, count));
    case LIGHTEN:
      return inline.always(onto(LIGHTEN, opaque, source, channels, opacity, planes, plane, count));
    case HARD_LIGHT:
      return inline.always(onto(HARD_LIGHT, opaque, source, channels, opacity, planes, plane, count));
    case DIFFERENCE:
      return inline.always(onto(DIFFERENCE, opaque, source, channels, opacity, planes, plane, count));
    case EXCLUSION:
      return inline.always(onto(EXCLUSION, opaque, source, channels, opacity, planes, plane, count));
  }
}

/** Ones in the lanes of numbers (with ½ added) whose fraction is below `least` or above `most`. */
function nearEdge(shifted: v128, whole: v128, least: v128, most: v128): v128 {
  const fraction = f32x4.sub(shifted, whole);
  return v128.or(f32x4.lt(fraction, least), f32x4.gt(fraction, most));
}

/** Stores `count` pixels, a multiple of 4, and lists those with a number near an edge; says how many these are. */
function storeLevels(
  planes: usize,
  plane: usize,
  count: i32,
  target: usize,
  channels: i32,
  margin: f32,
  list: usize,
): i32 {
  const half = kept(f32x4.splat(0.5));
  const least = kept(f32x4.splat(margin));
  const most = kept(f32x4.splat(1 - margin));
  const whole = kept(f32x4.splat(WHOLE));
  const low = kept(i32x4.splat(255));
  const top = kept(f32x4.splat(255));
  const start = list;
  for (let i: i32 = 0; i < count; i += 4) {
    const at = planes + ((i as usize) << 2);
    const red = f32x4.add(v128.load(at), half);
    const green = f32x4.add(v128.load(at + plane), half);
    const blue = f32x4.add(v128.load(at + 2 * plane), half);
    const r = f32x4.floor(red);
    const g = f32x4.floor(green);
    const b = f32x4.floor(blue);
    let near = inline.always(nearEdge(red, r, least, most));
    near = v128.or(near, inline.always(nearEdge(green, g, least, most)));
    near = v128.or(near, inline.always(nearEdge(blue, b, least, most)));
    let pixels = v128.and(f32x4.add(r, whole), low);
    pixels = v128.or(pixels, i32x4.shl(v128.and(f32x4.add(g, whole), low), 8));
    pixels = v128.or(pixels, i32x4.shl(v128.and(f32x4.add(b, whole), low), 16));
    if (channels === 4) {
      const alpha = f32x4.add(f32x4.mul(v128.load(at + 3 * plane), top), half);
      const a = f32x4.floor(alpha);
      near = v128.or(near, inline.always(nearEdge(alpha, a, least, most)));
      v128.store(target, v128.or(pixels, i32x4.shl(f32x4.add(a, whole), 24)));
      target += 16;
    } else {
      const tight = i8x16.shuffle(pixels, pixels, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 3, 7, 11, 15);
      v128.store64_lane(target, tight, 0);
      v128.store32_lane(target, tight, 2, 8);
      target += 12;
    }
    for (let lanes = i32x4.bitmask(near); lanes !== 0; lanes &= lanes - 1) {
      store<i32>(list, i + ctz(lanes));
      list += 4;
    }
  }
  return ((list - start) >> 2) as i32;
}

/** Three or four bytes of every pixel in the list, end to end. */
function gather(source: usize, channels: i32, list: usize, count: i32, into: usize): void {
  for (const end = list + ((count as usize) << 2); list < end; list += 4) {
    const at = source + ((load<i32>(list) * channels) as usize);
    store<u16>(into, load<u16>(at));
    store<u8>(into, load<u8>(at, 2), 2);
    if (channels === 4) store<u8>(into, load<u8>(at, 3), 3);
    into += channels as usize;
  }
}

function scatter(from: usize, channels: i32, list: usize, count: i32, target: usize): void {
  for (const end = list + ((count as usize) << 2); list < end; list += 4) {
    const at = target + ((load<i32>(list) * channels) as usize);
    store<u16>(at, load<u16>(from));
    store<u8>(at, load<u8>(from, 2), 2);
    if (channels === 4) store<u8>(at, load<u8>(from, 3), 3);
    from += channels as usize;
  }
}

/** The pixels in the list, in doubles. */
function composeExactly(
  records: usize,
  layers: i32,
  list: usize,
  count: i32,
  target: usize,
  channels: i32,
  room: usize,
): void {
  const plane = ((count + 2) as usize) << 3;
  const source = room + 4 * plane;
  const pixels = source + 4 * plane;
  for (let layer: i32 = 0; layer < layers; layer++) {
    const record = records + (layer as usize) * RECORD;
    const own = load<i32>(record, 4);
    const opacity = load<f64>(record, 16);
    gather(load<u32>(record) as usize, own, list, count, pixels);
    if (layer === 0) {
      composeFirst8(room, plane, pixels, count, own, opacity);
    } else {
      const opaque = load<i32>(record, 12) !== 0;
      composeNext8(load<i32>(record, 8), room, plane, pixels, count, own, opacity, opaque, source);
    }
  }
  storeComposed8(room, plane, count, channels, pixels);
  scatter(pixels, channels, list, count, target);
}

/**
 * Composes `layers` records, bottom first, over nothing: `count` pixels, which every layer covers, into RGB or RGBA at `target`. Says how
 * many pixels had to be made in doubles: those with a number within `margin` of a rounding edge, and the last ones where `count` is no
 * multiple of 4. `room` is for four planes of floats, the list of those pixels, and for each of them eight doubles and a pixel.
 */
export function composeLevels(
  records: usize,
  layers: i32,
  count: i32,
  target: usize,
  channels: i32,
  margin: f32,
  room: usize,
): i32 {
  const vectors = count & ~3;
  const plane = (vectors as usize) << 2;
  for (let layer: i32 = 0; layer < layers; layer++) {
    const record = records + (layer as usize) * RECORD;
    const source = load<u32>(record) as usize;
    const own = load<i32>(record, 4);
    const opacity = kept(f32x4.splat((load<f64>(record, 16) / 255) as f32));
    if (layer === 0) {
      first(source, own, opacity, room, plane, vectors);
    } else {
      const opaque = load<i32>(record, 12) !== 0;
      ontoBy(load<i32>(record, 8), opaque, source, own, opacity, room, plane, vectors);
    }
  }
  const list = room + 4 * plane;
  let again = storeLevels(room, plane, vectors, target, channels, margin, list);
  for (let i = vectors; i < count; i++) store<i32>(list + ((again++ as usize) << 2), i);
  const free = (list + ((again as usize) << 2) + 15) & ~15;
  if (again > 0) composeExactly(records, layers, list, again, target, channels, free);
  return again;
}
