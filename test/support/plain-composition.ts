/** Composition in the plainest words of OPERATIONS.md 11, one pixel at a time, sharing nothing with core/colour. */

import type { BlendMode } from '../../core/colour/blend-mode';

export type Triple = readonly [number, number, number];

/** Doubles miss by a little what real arithmetic hits: 0, 1, and equal channels. */
const NOISE = 2 ** -45;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));
const hardLight = (b: number, s: number): number =>
  s <= 0.5 ? b * 2 * s : b + (2 * s - 1) - b * (2 * s - 1);

function lifted(b: number): number {
  return b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b);
}

const separable: Partial<Record<BlendMode, (b: number, s: number) => number>> = {
  normal: (_, s) => s,
  multiply: (b, s) => b * s,
  screen: (b, s) => b + s - b * s,
  overlay: (b, s) => hardLight(s, b),
  darken: (b, s) => Math.min(b, s),
  lighten: (b, s) => Math.max(b, s),
  colorDodge: (b, s) => (b < NOISE ? 0 : s === 1 ? 1 : Math.min(1, b / (1 - s))),
  colorBurn: (b, s) => (b > 1 - NOISE ? 1 : s === 0 ? 0 : 1 - Math.min(1, (1 - b) / s)),
  hardLight,
  softLight: (b, s) => (s <= 0.5 ? b - (1 - 2 * s) * b * (1 - b) : b + (2 * s - 1) * (lifted(b) - b)),
  difference: (b, s) => Math.abs(b - s),
  exclusion: (b, s) => b + s - 2 * b * s,
};

const lum = ([r, g, b]: Triple): number => 0.3 * r + 0.59 * g + 0.11 * b;
const sat = (colour: Triple): number => Math.max(...colour) - Math.min(...colour);

function each(colour: Triple, change: (value: number) => number): Triple {
  return [change(colour[0]), change(colour[1]), change(colour[2])];
}

function setSat(colour: Triple, target: number): Triple {
  const least = Math.min(...colour);
  const range = sat(colour);
  return each(colour, (value) => (range < NOISE ? 0 : ((value - least) * target) / range));
}

function setLum(colour: Triple, target: number): Triple {
  const shift = target - lum(colour);
  let result = each(colour, (value) => value + shift);
  const light = lum(result);
  const least = Math.min(...result);
  const most = Math.max(...result);
  if (least < -NOISE) result = each(result, (value) => light + ((value - light) * light) / (light - least));
  if (most > 1 + NOISE)
    result = each(result, (value) => light + ((value - light) * (1 - light)) / (most - light));
  return result;
}

/** B(b, s) for a colour; on a grey picture the last four modes are one of the two. */
export function mixTriple(mode: BlendMode, b: Triple, s: Triple, grey = false): Triple {
  const one = separable[mode];
  if (one) return [clamp(one(b[0], s[0])), clamp(one(b[1], s[1])), clamp(one(b[2], s[2]))];
  if (grey) return mode === 'luminosity' ? s : b;
  switch (mode) {
    case 'hue':
      return each(setLum(setSat(s, sat(b)), lum(b)), clamp);
    case 'saturation':
      return each(setLum(setSat(b, sat(s)), lum(b)), clamp);
    case 'color':
      return each(setLum(s, lum(b)), clamp);
    default:
      return each(setLum(b, lum(s)), clamp);
  }
}

/** A colour with its alpha, straight. */
export interface Paint {
  readonly colour: Triple;
  readonly alpha: number;
}

export const nothing: Paint = { colour: [0, 0, 0], alpha: 0 };

/** Source over backdrop. */
export function composePixel(mode: BlendMode, backdrop: Paint, source: Paint, grey: boolean): Paint {
  const { alpha: ab, colour: cb } = backdrop;
  const { alpha: as, colour: cs } = source;
  const alpha = as + ab * (1 - as);
  if (alpha === 0) return nothing;
  const mixed = mixTriple(mode, cb, cs, grey);
  const channel = (c: 0 | 1 | 2): number =>
    (as * (1 - ab) * cs[c] + as * ab * mixed[c] + (1 - as) * ab * cb[c]) / alpha;
  return { colour: [channel(0), channel(1), channel(2)], alpha };
}
