/**
 * Layers over layers in double precision, two pixels a vector, operation by operation as ../../../colour/accumulator.ts and
 * blend.ts do it, so that every number is the same to the last bit. Planes of a row part: three colours (grey uses the first),
 * then alpha.
 */

import {
  NORMAL,
  MULTIPLY,
  SCREEN,
  OVERLAY,
  DARKEN,
  LIGHTEN,
  COLOR_DODGE,
  COLOR_BURN,
  HARD_LIGHT,
  SOFT_LIGHT,
  DIFFERENCE,
  EXCLUSION,
  HUE,
  SATURATION,
  COLOR,
  LUMINOSITY,
  EDGE,
  mix,
  lum,
  least,
  most,
  pulled,
  unit,
} from './blend-modes';
import { readUnits, writeUnits } from './unit-planes';

/** An opaque backdrop towards B by the source's alpha. */
function ontoOpaque(c: v128, mixed: v128, alpha: v128): v128 {
  const towards = f64x2.add(c, f64x2.mul(alpha, f64x2.sub(mixed, c)));
  return v128.bitselect(mixed, towards, f64x2.eq(alpha, f64x2.splat(1)));
}

/** A backdrop of alpha `ab` towards what the source makes of it. */
function ontoTransparent(c: v128, s: v128, mixed: v128, ab: v128, share: v128): v128 {
  const result = f64x2.add(s, f64x2.mul(ab, f64x2.sub(mixed, s)));
  return f64x2.add(c, f64x2.mul(share, f64x2.sub(result, c)));
}

/** Alpha of the result, as + ab·(1 − as). */
function united(ab: v128, as: v128): v128 {
  return f64x2.add(as, f64x2.mul(ab, f64x2.sub(f64x2.splat(1), as)));
}

/** How much of the result the source decides: as/ao, 0 where there is nothing. */
function shareOf(as: v128, ao: v128): v128 {
  return v128.and(f64x2.div(as, ao), f64x2.gt(as, f64x2.splat(0)));
}

function composeChannels(
  mode: i32,
  into: usize,
  source: usize,
  plane: usize,
  count: i32,
  colours: i32,
  opaque: bool,
): void {
  const alpha = plane * 3;
  const end = (count as usize) << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const as = v128.load(source + alpha + at);
    let ab = as;
    let share = as;
    if (!opaque) {
      ab = v128.load(into + alpha + at);
      const ao = inline.always(united(ab, as));
      share = inline.always(shareOf(as, ao));
      v128.store(into + alpha + at, ao);
    }
    inline.always(composeOne(mode, into + at, source + at, as, ab, share, opaque));
    if (colours === 3) {
      inline.always(composeOne(mode, into + plane + at, source + plane + at, as, ab, share, opaque));
      inline.always(composeOne(mode, into + 2 * plane + at, source + 2 * plane + at, as, ab, share, opaque));
    }
  }
}

function composeOne(
  mode: i32,
  into: usize,
  source: usize,
  as: v128,
  ab: v128,
  share: v128,
  opaque: bool,
): void {
  const c = v128.load(into);
  const s = v128.load(source);
  const mixed = inline.always(mix(mode, c, s));
  v128.store(
    into,
    opaque ? inline.always(ontoOpaque(c, mixed, as)) : inline.always(ontoTransparent(c, s, mixed, ab, share)),
  );
}

/** Both kinds of backdrop, grey and colour, as loops of their own. */
function compose(
  mode: i32,
  into: usize,
  source: usize,
  plane: usize,
  count: i32,
  colours: i32,
  opaque: bool,
): void {
  if (colours === 3) {
    if (opaque) inline.always(composeChannels(mode, into, source, plane, count, 3, true));
    else inline.always(composeChannels(mode, into, source, plane, count, 3, false));
  } else if (opaque) inline.always(composeChannels(mode, into, source, plane, count, 1, true));
  else inline.always(composeChannels(mode, into, source, plane, count, 1, false));
}

/** The modes that look at three channels: hue, saturation, color, luminosity. */
function composeColours(mode: i32, into: usize, source: usize, plane: usize, count: i32, opaque: bool): void {
  const alpha = plane * 3;
  const end = (count as usize) << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const br = v128.load(into + at);
    const bg = v128.load(into + plane + at);
    const bb = v128.load(into + 2 * plane + at);
    const sr = v128.load(source + at);
    const sg = v128.load(source + plane + at);
    const sb = v128.load(source + 2 * plane + at);
    const fromSource = mode === HUE || mode === COLOR;
    let r = fromSource ? sr : br;
    let g = fromSource ? sg : bg;
    let b = fromSource ? sb : bb;
    if (mode === HUE || mode === SATURATION) {
      const floor = inline.always(least(r, g, b));
      const range = f64x2.sub(inline.always(most(r, g, b)), floor);
      const wanted =
        mode === HUE
          ? f64x2.sub(inline.always(most(br, bg, bb)), inline.always(least(br, bg, bb)))
          : f64x2.sub(inline.always(most(sr, sg, sb)), inline.always(least(sr, sg, sb)));
      const factor = v128.and(f64x2.div(wanted, range), f64x2.gt(range, f64x2.splat(EDGE)));
      r = f64x2.mul(f64x2.sub(r, floor), factor);
      g = f64x2.mul(f64x2.sub(g, floor), factor);
      b = f64x2.mul(f64x2.sub(b, floor), factor);
    }
    const light = mode === LUMINOSITY ? inline.always(lum(sr, sg, sb)) : inline.always(lum(br, bg, bb));
    const shift = f64x2.sub(light, inline.always(lum(r, g, b)));
    r = f64x2.add(r, shift);
    g = f64x2.add(g, shift);
    b = f64x2.add(b, shift);
    const grey = inline.always(lum(r, g, b));
    const low = inline.always(least(r, g, b));
    const high = inline.always(most(r, g, b));
    const below = v128.and(f64x2.lt(low, f64x2.splat(0)), f64x2.gt(grey, low));
    const up = f64x2.div(grey, f64x2.sub(grey, low));
    r = inline.always(pulled(r, grey, up, below));
    g = inline.always(pulled(g, grey, up, below));
    b = inline.always(pulled(b, grey, up, below));
    const above = v128.and(f64x2.gt(high, f64x2.splat(1)), f64x2.gt(high, grey));
    const down = f64x2.div(f64x2.sub(f64x2.splat(1), grey), f64x2.sub(high, grey));
    r = inline.always(unit(inline.always(pulled(r, grey, down, above))));
    g = inline.always(unit(inline.always(pulled(g, grey, down, above))));
    b = inline.always(unit(inline.always(pulled(b, grey, down, above))));
    const as = v128.load(source + alpha + at);
    if (opaque) {
      v128.store(into + at, inline.always(ontoOpaque(br, r, as)));
      v128.store(into + plane + at, inline.always(ontoOpaque(bg, g, as)));
      v128.store(into + 2 * plane + at, inline.always(ontoOpaque(bb, b, as)));
    } else {
      const ab = v128.load(into + alpha + at);
      const ao = inline.always(united(ab, as));
      const share = inline.always(shareOf(as, ao));
      v128.store(into + alpha + at, ao);
      v128.store(into + at, inline.always(ontoTransparent(br, sr, r, ab, share)));
      v128.store(into + plane + at, inline.always(ontoTransparent(bg, sg, g, ab, share)));
      v128.store(into + 2 * plane + at, inline.always(ontoTransparent(bb, sb, b, ab, share)));
    }
  }
}

/** On grey, luminosity is the source and the others the backdrop. */
function composeGrey(mode: i32, into: usize, source: usize, plane: usize, count: i32, opaque: bool): void {
  const alpha = plane * 3;
  const end = (count as usize) << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const c = v128.load(into + at);
    const s = v128.load(source + at);
    const as = v128.load(source + alpha + at);
    const mixed = mode === LUMINOSITY ? s : c;
    if (opaque) {
      v128.store(into + at, inline.always(ontoOpaque(c, mixed, as)));
      continue;
    }
    const ab = v128.load(into + alpha + at);
    const ao = inline.always(united(ab, as));
    v128.store(into + alpha + at, ao);
    v128.store(into + at, inline.always(ontoTransparent(c, s, mixed, ab, inline.always(shareOf(as, ao)))));
  }
}

function composeUnseparable(
  mode: i32,
  into: usize,
  source: usize,
  plane: usize,
  count: i32,
  colours: i32,
  opaque: bool,
): void {
  if (colours === 1) composeGrey(mode, into, source, plane, count, opaque);
  else if (opaque) inline.always(composeColours(mode, into, source, plane, count, true));
  else inline.always(composeColours(mode, into, source, plane, count, false));
}

function composePlanes(
  mode: i32,
  into: usize,
  source: usize,
  plane: usize,
  count: i32,
  colours: i32,
  opaque: bool,
): void {
  switch (mode) {
    case NORMAL:
      return inline.always(compose(NORMAL, into, source, plane, count, colours, opaque));
    case MULTIPLY:
      return inline.always(compose(MULTIPLY, into, source, plane, count, colours, opaque));
    case SCREEN:
      return inline.always(compose(SCREEN, into, source, plane, count, colours, opaque));
    case OVERLAY:
      return inline.always(compose(OVERLAY, into, source, plane, count, colours, opaque));
    case DARKEN:
      return inline.always(compose(DARKEN, into, source, plane, count, colours, opaque));
    case LIGHTEN:
      return inline.always(compose(LIGHTEN, into, source, plane, count, colours, opaque));
    case COLOR_DODGE:
      return inline.always(compose(COLOR_DODGE, into, source, plane, count, colours, opaque));
    case COLOR_BURN:
      return inline.always(compose(COLOR_BURN, into, source, plane, count, colours, opaque));
    case HARD_LIGHT:
      return inline.always(compose(HARD_LIGHT, into, source, plane, count, colours, opaque));
    case SOFT_LIGHT:
      return inline.always(compose(SOFT_LIGHT, into, source, plane, count, colours, opaque));
    case DIFFERENCE:
      return inline.always(compose(DIFFERENCE, into, source, plane, count, colours, opaque));
    case EXCLUSION:
      return inline.always(compose(EXCLUSION, into, source, plane, count, colours, opaque));
    case HUE:
      return inline.always(composeUnseparable(HUE, into, source, plane, count, colours, opaque));
    case SATURATION:
      return inline.always(composeUnseparable(SATURATION, into, source, plane, count, colours, opaque));
    case COLOR:
      return inline.always(composeUnseparable(COLOR, into, source, plane, count, colours, opaque));
    case LUMINOSITY:
      return inline.always(composeUnseparable(LUMINOSITY, into, source, plane, count, colours, opaque));
  }
}

/** Colours of what is fully transparent are nothing. */
function clearTransparent(planes: usize, plane: usize, count: i32, colours: i32): void {
  for (let i: i32 = 0; i < count; i += 2) {
    const at = planes + ((i as usize) << 3);
    const seen = f64x2.gt(v128.load(at + 3 * plane), f64x2.splat(0));
    for (let colour = 0; colour < colours; colour++) {
      const value = at + (colour as usize) * plane;
      v128.store(value, v128.and(v128.load(value), seen));
    }
  }
}

function coloursOf(channels: i32): i32 {
  return channels >= 3 ? 3 : 1;
}

/** The first layer, `count` pixels, over nothing: into the planes at `into`, which lie `plane` bytes apart. */
export function composeFirst8(
  into: usize,
  plane: usize,
  source: usize,
  count: i32,
  channels: i32,
  opacity: f64,
): void {
  readUnits<u8>(source, count, channels, opacity, into, plane);
  clearTransparent(into, plane, count, coloursOf(channels));
}

export function composeFirst16(
  into: usize,
  plane: usize,
  source: usize,
  count: i32,
  channels: i32,
  opacity: f64,
): void {
  readUnits<u16>(source, count, channels, opacity, into, plane);
  clearTransparent(into, plane, count, coloursOf(channels));
}

/** A layer over the planes at `into`; `room` has room for four planes. */
export function composeNext8(
  mode: i32,
  into: usize,
  plane: usize,
  source: usize,
  count: i32,
  channels: i32,
  opacity: f64,
  opaque: bool,
  room: usize,
): void {
  readUnits<u8>(source, count, channels, opacity, room, plane);
  composePlanes(mode, into, room, plane, count, coloursOf(channels), opaque);
}

export function composeNext16(
  mode: i32,
  into: usize,
  plane: usize,
  source: usize,
  count: i32,
  channels: i32,
  opacity: f64,
  opaque: bool,
  room: usize,
): void {
  readUnits<u16>(source, count, channels, opacity, room, plane);
  composePlanes(mode, into, room, plane, count, coloursOf(channels), opaque);
}

/** Rounds the planes once and writes them. */
export function storeComposed8(from: usize, plane: usize, count: i32, channels: i32, target: usize): void {
  writeUnits<u8>(from, plane, count, channels, target);
}

export function storeComposed16(from: usize, plane: usize, count: i32, channels: i32, target: usize): void {
  writeUnits<u16>(from, plane, count, channels, target);
}
