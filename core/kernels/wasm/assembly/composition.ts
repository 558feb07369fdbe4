/**
 * Layers over layers in double precision, two pixels a vector, operation by operation as ../../../colour/accumulator.ts and
 * blend.ts do it, so that every number is the same to the last bit. Planes of a row part: three colours (grey uses the first),
 * then alpha.
 */

import { readUnits, writeUnits } from './unit-planes';

/** The places of ../../../colour/blend-mode.ts. */
const NORMAL = 0;
const MULTIPLY = 1;
const SCREEN = 2;
const OVERLAY = 3;
const DARKEN = 4;
const LIGHTEN = 5;
const COLOR_DODGE = 6;
const COLOR_BURN = 7;
const HARD_LIGHT = 8;
const SOFT_LIGHT = 9;
const DIFFERENCE = 10;
const EXCLUSION = 11;
const HUE = 12;
const SATURATION = 13;
const COLOR = 14;
const LUMINOSITY = 15;

/** blend.ts: what is this near to an edge counts as the edge. */
const EDGE: f64 = 1.0 / 1125899906842624.0;

// @ts-ignore: decorator
@inline
function all(value: f64): v128 {
  return f64x2.splat(value);
}

// @ts-ignore: decorator
@inline
function screen(b: v128, s: v128): v128 {
  return f64x2.sub(f64x2.add(b, s), f64x2.mul(b, s));
}

// @ts-ignore: decorator
@inline
function hardLight(b: v128, s: v128): v128 {
  const twice = f64x2.mul(all(2), s);
  const dark = f64x2.mul(b, twice);
  return v128.bitselect(dark, screen(b, f64x2.sub(twice, all(1))), f64x2.le(s, all(0.5)));
}

// @ts-ignore: decorator
@inline
function softLight(b: v128, s: v128): v128 {
  const twice = f64x2.mul(all(2), s);
  const dark = f64x2.mul(f64x2.mul(f64x2.sub(all(1), twice), b), f64x2.sub(all(1), b));
  const cubic = f64x2.mul(
    f64x2.add(f64x2.mul(f64x2.sub(f64x2.mul(all(16), b), all(12)), b), all(4)),
    b,
  );
  const raised = v128.bitselect(cubic, f64x2.sqrt(b), f64x2.le(b, all(0.25)));
  const light = f64x2.add(b, f64x2.mul(f64x2.sub(twice, all(1)), f64x2.sub(raised, b)));
  return v128.bitselect(f64x2.sub(b, dark), light, f64x2.le(s, all(0.5)));
}

// @ts-ignore: decorator
@inline
function colorDodge(b: v128, s: v128): v128 {
  const quotient = f64x2.div(b, f64x2.sub(all(1), s));
  const limited = v128.bitselect(quotient, all(1), f64x2.lt(quotient, all(1)));
  return v128.andnot(limited, f64x2.le(b, all(EDGE)));
}

// @ts-ignore: decorator
@inline
function colorBurn(b: v128, s: v128): v128 {
  const quotient = f64x2.div(f64x2.sub(all(1), b), s);
  const limited = v128.and(f64x2.sub(all(1), quotient), f64x2.lt(quotient, all(1)));
  return v128.bitselect(all(1), limited, f64x2.ge(b, all(1 - EDGE)));
}

/** B(b, s) of a mode that looks at one channel. */
// @ts-ignore: decorator
@inline
function mix(mode: i32, b: v128, s: v128): v128 {
  if (mode === MULTIPLY) return f64x2.mul(b, s);
  if (mode === SCREEN) return screen(b, s);
  if (mode === OVERLAY) return hardLight(s, b);
  if (mode === DARKEN) return f64x2.pmin(s, b);
  if (mode === LIGHTEN) return f64x2.pmax(s, b);
  if (mode === COLOR_DODGE) return colorDodge(b, s);
  if (mode === COLOR_BURN) return colorBurn(b, s);
  if (mode === HARD_LIGHT) return hardLight(b, s);
  if (mode === SOFT_LIGHT) return softLight(b, s);
  if (mode === DIFFERENCE) return f64x2.abs(f64x2.sub(b, s));
  if (mode === EXCLUSION) {
    return f64x2.sub(f64x2.add(b, s), f64x2.mul(f64x2.mul(all(2), b), s));
  }
  return s;
}

/** An opaque backdrop towards B by the source's alpha. */
// @ts-ignore: decorator
@inline
function ontoOpaque(c: v128, mixed: v128, alpha: v128): v128 {
  const towards = f64x2.add(c, f64x2.mul(alpha, f64x2.sub(mixed, c)));
  return v128.bitselect(mixed, towards, f64x2.eq(alpha, all(1)));
}

/** A backdrop of alpha `ab` towards what the source makes of it. */
// @ts-ignore: decorator
@inline
function ontoTransparent(c: v128, s: v128, mixed: v128, ab: v128, share: v128): v128 {
  const result = f64x2.add(s, f64x2.mul(ab, f64x2.sub(mixed, s)));
  return f64x2.add(c, f64x2.mul(share, f64x2.sub(result, c)));
}

/** Alpha of the result, as + ab·(1 − as). */
// @ts-ignore: decorator
@inline
function united(ab: v128, as: v128): v128 {
  return f64x2.add(as, f64x2.mul(ab, f64x2.sub(all(1), as)));
}

/** How much of the result the source decides: as/ao, 0 where there is nothing. */
// @ts-ignore: decorator
@inline
function shareOf(as: v128, ao: v128): v128 {
  return v128.and(f64x2.div(as, ao), f64x2.gt(as, all(0)));
}

// @ts-ignore: decorator
@inline
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
  const end = <usize>count << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const as = v128.load(source + alpha + at);
    let ab = as;
    let share = as;
    if (!opaque) {
      ab = v128.load(into + alpha + at);
      const ao = united(ab, as);
      share = shareOf(as, ao);
      v128.store(into + alpha + at, ao);
    }
    composeOne(mode, into + at, source + at, as, ab, share, opaque);
    if (colours === 3) {
      composeOne(mode, into + plane + at, source + plane + at, as, ab, share, opaque);
      composeOne(mode, into + 2 * plane + at, source + 2 * plane + at, as, ab, share, opaque);
    }
  }
}

// @ts-ignore: decorator
@inline
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
  const mixed = mix(mode, c, s);
  v128.store(into, opaque ? ontoOpaque(c, mixed, as) : ontoTransparent(c, s, mixed, ab, share));
}

/** Both kinds of backdrop, grey and colour, as loops of their own. */
// @ts-ignore: decorator
@inline
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
    if (opaque) composeChannels(mode, into, source, plane, count, 3, true);
    else composeChannels(mode, into, source, plane, count, 3, false);
  } else if (opaque) composeChannels(mode, into, source, plane, count, 1, true);
  else composeChannels(mode, into, source, plane, count, 1, false);
}

// @ts-ignore: decorator
@inline
function lum(r: v128, g: v128, b: v128): v128 {
  return f64x2.add(
    f64x2.add(f64x2.mul(all(0.3), r), f64x2.mul(all(0.59), g)),
    f64x2.mul(all(0.11), b),
  );
}

// @ts-ignore: decorator
@inline
function least(r: v128, g: v128, b: v128): v128 {
  return f64x2.pmin(f64x2.pmin(r, g), b);
}

// @ts-ignore: decorator
@inline
function most(r: v128, g: v128, b: v128): v128 {
  return f64x2.pmax(f64x2.pmax(r, g), b);
}

/** `grey` + (`value` − `grey`)·`factor` where `where` holds. */
// @ts-ignore: decorator
@inline
function pulled(value: v128, grey: v128, factor: v128, where: v128): v128 {
  return v128.bitselect(f64x2.add(grey, f64x2.mul(f64x2.sub(value, grey), factor)), value, where);
}

// @ts-ignore: decorator
@inline
function unit(value: v128): v128 {
  return f64x2.pmax(all(0), f64x2.pmin(all(1), value));
}

/** The modes that look at three channels: hue, saturation, color, luminosity. */
// @ts-ignore: decorator
@inline
function composeColours(mode: i32, into: usize, source: usize, plane: usize, count: i32, opaque: bool): void {
  const alpha = plane * 3;
  const end = <usize>count << 3;
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
      const floor = least(r, g, b);
      const range = f64x2.sub(most(r, g, b), floor);
      const wanted =
        mode === HUE
          ? f64x2.sub(most(br, bg, bb), least(br, bg, bb))
          : f64x2.sub(most(sr, sg, sb), least(sr, sg, sb));
      const factor = v128.and(f64x2.div(wanted, range), f64x2.gt(range, all(EDGE)));
      r = f64x2.mul(f64x2.sub(r, floor), factor);
      g = f64x2.mul(f64x2.sub(g, floor), factor);
      b = f64x2.mul(f64x2.sub(b, floor), factor);
    }
    const light = mode === LUMINOSITY ? lum(sr, sg, sb) : lum(br, bg, bb);
    const shift = f64x2.sub(light, lum(r, g, b));
    r = f64x2.add(r, shift);
    g = f64x2.add(g, shift);
    b = f64x2.add(b, shift);
    const grey = lum(r, g, b);
    const low = least(r, g, b);
    const high = most(r, g, b);
    const below = v128.and(f64x2.lt(low, all(0)), f64x2.gt(grey, low));
    const up = f64x2.div(grey, f64x2.sub(grey, low));
    r = pulled(r, grey, up, below);
    g = pulled(g, grey, up, below);
    b = pulled(b, grey, up, below);
    const above = v128.and(f64x2.gt(high, all(1)), f64x2.gt(high, grey));
    const down = f64x2.div(f64x2.sub(all(1), grey), f64x2.sub(high, grey));
    r = unit(pulled(r, grey, down, above));
    g = unit(pulled(g, grey, down, above));
    b = unit(pulled(b, grey, down, above));
    const as = v128.load(source + alpha + at);
    if (opaque) {
      v128.store(into + at, ontoOpaque(br, r, as));
      v128.store(into + plane + at, ontoOpaque(bg, g, as));
      v128.store(into + 2 * plane + at, ontoOpaque(bb, b, as));
    } else {
      const ab = v128.load(into + alpha + at);
      const ao = united(ab, as);
      const share = shareOf(as, ao);
      v128.store(into + alpha + at, ao);
      v128.store(into + at, ontoTransparent(br, sr, r, ab, share));
      v128.store(into + plane + at, ontoTransparent(bg, sg, g, ab, share));
      v128.store(into + 2 * plane + at, ontoTransparent(bb, sb, b, ab, share));
    }
  }
}

/** On grey, luminosity is the source and the others the backdrop. */
function composeGrey(mode: i32, into: usize, source: usize, plane: usize, count: i32, opaque: bool): void {
  const alpha = plane * 3;
  const end = <usize>count << 3;
  for (let at: usize = 0; at < end; at += 16) {
    const c = v128.load(into + at);
    const s = v128.load(source + at);
    const as = v128.load(source + alpha + at);
    const mixed = mode === LUMINOSITY ? s : c;
    if (opaque) {
      v128.store(into + at, ontoOpaque(c, mixed, as));
      continue;
    }
    const ab = v128.load(into + alpha + at);
    const ao = united(ab, as);
    v128.store(into + alpha + at, ao);
    v128.store(into + at, ontoTransparent(c, s, mixed, ab, shareOf(as, ao)));
  }
}

// @ts-ignore: decorator
@inline
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
  else if (opaque) composeColours(mode, into, source, plane, count, true);
  else composeColours(mode, into, source, plane, count, false);
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
      return compose(NORMAL, into, source, plane, count, colours, opaque);
    case MULTIPLY:
      return compose(MULTIPLY, into, source, plane, count, colours, opaque);
    case SCREEN:
      return compose(SCREEN, into, source, plane, count, colours, opaque);
    case OVERLAY:
      return compose(OVERLAY, into, source, plane, count, colours, opaque);
    case DARKEN:
      return compose(DARKEN, into, source, plane, count, colours, opaque);
    case LIGHTEN:
      return compose(LIGHTEN, into, source, plane, count, colours, opaque);
    case COLOR_DODGE:
      return compose(COLOR_DODGE, into, source, plane, count, colours, opaque);
    case COLOR_BURN:
      return compose(COLOR_BURN, into, source, plane, count, colours, opaque);
    case HARD_LIGHT:
      return compose(HARD_LIGHT, into, source, plane, count, colours, opaque);
    case SOFT_LIGHT:
      return compose(SOFT_LIGHT, into, source, plane, count, colours, opaque);
    case DIFFERENCE:
      return compose(DIFFERENCE, into, source, plane, count, colours, opaque);
    case EXCLUSION:
      return compose(EXCLUSION, into, source, plane, count, colours, opaque);
    case HUE:
      return composeUnseparable(HUE, into, source, plane, count, colours, opaque);
    case SATURATION:
      return composeUnseparable(SATURATION, into, source, plane, count, colours, opaque);
    case COLOR:
      return composeUnseparable(COLOR, into, source, plane, count, colours, opaque);
    case LUMINOSITY:
      return composeUnseparable(LUMINOSITY, into, source, plane, count, colours, opaque);
  }
}

/** Colours of what is fully transparent are nothing. */
function clearTransparent(planes: usize, plane: usize, count: i32, colours: i32): void {
  for (let i: i32 = 0; i < count; i += 2) {
    const at = planes + (<usize>i << 3);
    const seen = f64x2.gt(v128.load(at + 3 * plane), all(0));
    for (let colour = 0; colour < colours; colour++) {
      const value = at + <usize>colour * plane;
      v128.store(value, v128.and(v128.load(value), seen));
    }
  }
}

// @ts-ignore: decorator
@inline
function coloursOf(channels: i32): i32 {
  return channels >= 3 ? 3 : 1;
}

/** The first layer, `count` pixels, over nothing: into the planes at `into`, which lie `plane` bytes apart. */
export function composeFirst8(into: usize, plane: usize, source: usize, count: i32, channels: i32, opacity: f64): void {
  readUnits<u8>(source, count, channels, opacity, into, plane);
  clearTransparent(into, plane, count, coloursOf(channels));
}

export function composeFirst16(into: usize, plane: usize, source: usize, count: i32, channels: i32, opacity: f64): void {
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
