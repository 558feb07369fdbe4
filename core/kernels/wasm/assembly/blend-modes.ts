/** The blend functions of ../../../colour/blend.ts on two pixels a vector, operation by operation as there. */

/** The places of ../../../colour/blend-mode.ts. */
export const NORMAL = 0;
export const MULTIPLY = 1;
export const SCREEN = 2;
export const OVERLAY = 3;
export const DARKEN = 4;
export const LIGHTEN = 5;
export const COLOR_DODGE = 6;
export const COLOR_BURN = 7;
export const HARD_LIGHT = 8;
export const SOFT_LIGHT = 9;
export const DIFFERENCE = 10;
export const EXCLUSION = 11;
export const HUE = 12;
export const SATURATION = 13;
export const COLOR = 14;
export const LUMINOSITY = 15;

/** blend.ts: what is this near to an edge counts as the edge. */
export const EDGE: f64 = 1.0 / 1125899906842624.0;

function screen(b: v128, s: v128): v128 {
  return f64x2.sub(f64x2.add(b, s), f64x2.mul(b, s));
}

function hardLight(b: v128, s: v128): v128 {
  const twice = f64x2.mul(f64x2.splat(2), s);
  const dark = f64x2.mul(b, twice);
  return v128.bitselect(
    dark,
    inline.always(screen(b, f64x2.sub(twice, f64x2.splat(1)))),
    f64x2.le(s, f64x2.splat(0.5)),
  );
}

function softLight(b: v128, s: v128): v128 {
  const twice = f64x2.mul(f64x2.splat(2), s);
  const dark = f64x2.mul(f64x2.mul(f64x2.sub(f64x2.splat(1), twice), b), f64x2.sub(f64x2.splat(1), b));
  const cubic = f64x2.mul(
    f64x2.add(f64x2.mul(f64x2.sub(f64x2.mul(f64x2.splat(16), b), f64x2.splat(12)), b), f64x2.splat(4)),
    b,
  );
  const raised = v128.bitselect(cubic, f64x2.sqrt(b), f64x2.le(b, f64x2.splat(0.25)));
  const light = f64x2.add(b, f64x2.mul(f64x2.sub(twice, f64x2.splat(1)), f64x2.sub(raised, b)));
  return v128.bitselect(f64x2.sub(b, dark), light, f64x2.le(s, f64x2.splat(0.5)));
}

function colorDodge(b: v128, s: v128): v128 {
  const quotient = f64x2.div(b, f64x2.sub(f64x2.splat(1), s));
  const limited = v128.bitselect(quotient, f64x2.splat(1), f64x2.lt(quotient, f64x2.splat(1)));
  return v128.andnot(limited, f64x2.le(b, f64x2.splat(EDGE)));
}

function colorBurn(b: v128, s: v128): v128 {
  const quotient = f64x2.div(f64x2.sub(f64x2.splat(1), b), s);
  const limited = v128.and(f64x2.sub(f64x2.splat(1), quotient), f64x2.lt(quotient, f64x2.splat(1)));
  return v128.bitselect(f64x2.splat(1), limited, f64x2.ge(b, f64x2.splat(1 - EDGE)));
}

/** B(b, s) of a mode that looks at one channel. */
export function mix(mode: i32, b: v128, s: v128): v128 {
  if (mode === MULTIPLY) return f64x2.mul(b, s);
  if (mode === SCREEN) return inline.always(screen(b, s));
  if (mode === OVERLAY) return inline.always(hardLight(s, b));
  if (mode === DARKEN) return f64x2.pmin(s, b);
  if (mode === LIGHTEN) return f64x2.pmax(s, b);
  if (mode === COLOR_DODGE) return inline.always(colorDodge(b, s));
  if (mode === COLOR_BURN) return inline.always(colorBurn(b, s));
  if (mode === HARD_LIGHT) return inline.always(hardLight(b, s));
  if (mode === SOFT_LIGHT) return inline.always(softLight(b, s));
  if (mode === DIFFERENCE) return f64x2.abs(f64x2.sub(b, s));
  if (mode === EXCLUSION) {
    return f64x2.sub(f64x2.add(b, s), f64x2.mul(f64x2.mul(f64x2.splat(2), b), s));
  }
  return s;
}

export function lum(r: v128, g: v128, b: v128): v128 {
  return f64x2.add(
    f64x2.add(f64x2.mul(f64x2.splat(0.3), r), f64x2.mul(f64x2.splat(0.59), g)),
    f64x2.mul(f64x2.splat(0.11), b),
  );
}

export function least(r: v128, g: v128, b: v128): v128 {
  return f64x2.pmin(f64x2.pmin(r, g), b);
}

export function most(r: v128, g: v128, b: v128): v128 {
  return f64x2.pmax(f64x2.pmax(r, g), b);
}

/** `grey` + (`value` − `grey`)·`factor` where `where` holds. */
export function pulled(value: v128, grey: v128, factor: v128, where: v128): v128 {
  return v128.bitselect(f64x2.add(grey, f64x2.mul(f64x2.sub(value, grey), factor)), value, where);
}

export function unit(value: v128): v128 {
  return f64x2.pmax(f64x2.splat(0), f64x2.pmin(f64x2.splat(1), value));
}
