/**
 * As much of an ICC profile as Burnish decides by (ICC.1:2022): its name, which colours it describes, whether
 * it is sRGB under another name, and the curve of a grey one. Conversions of colour pictures are left to
 * libvips' Little CMS; but a picture that is sRGB already must keep its very levels, and grey pictures, which
 * libvips either turns into colour or leaves as they are, need no more than one table.
 */

import { levelsOf, topOf, type Depth, type Samples } from '../../raster/raster';
import { store } from '../../raster/rounding';

/** A curve from device value to relative luminance, 0 … 1 each. */
type Curve = (value: number) => number;

export interface Profile {
  readonly description: string;
  /** 'RGB', 'GRAY', 'CMYK' … */
  readonly colours: string;
  readonly isSrgb: boolean;
  /** The curve of a grey profile; null for others, and where it has none that is plain. */
  readonly grey: Curve | null;
}

const MOST_TAGS = 100;

export function srgbToLinear(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

export function linearToSrgb(value: number): number {
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055;
}

function text(view: DataView, from: number, length: number): string {
  let result = '';
  for (let i = 0; i < length; i++) result += String.fromCharCode(view.getUint8(from + i));
  return result;
}

function fixed(view: DataView, at: number): number {
  return view.getInt32(at) / 65_536;
}

/**
 * `desc` of version 2 is ASCII, `mluc` of version 4 UTF-16 in several languages, of which the first is taken.
 */
function descriptionAt(view: DataView, at: number): string {
  const type = text(view, at, 4);
  let raw = '';
  if (type === 'desc') raw = text(view, at + 12, Math.min(view.getUint32(at + 8), 256));
  if (type === 'mluc' && view.getUint32(at + 8) > 0) {
    const length = Math.min(view.getUint32(at + 20), 512);
    const start = at + view.getUint32(at + 24);
    for (let i = 0; i + 1 < length; i += 2) raw += String.fromCharCode(view.getUint16(start + i));
  }
  const printable = [...raw].filter((character) => character >= ' ' && character !== '\u007f').join('');
  return printable.trim();
}

/** The parametric curves of type `para`, by their number; values beyond 0 … 1 are clamped by whoever asks. */
function parametric(kind: number, p: readonly number[]): Curve | null {
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = p;
  const power = (x: number): number => Math.max(0, a * x + b) ** g;
  switch (kind) {
    case 0:
      return (x) => x ** g;
    case 1:
      return (x) => (x >= -b / a ? power(x) : 0);
    case 2:
      return (x) => (x >= -b / a ? power(x) + c : c);
    case 3:
      return (x) => (x >= d ? power(x) : c * x);
    case 4:
      return (x) => (x >= d ? power(x) + e : c * x + f);
    default:
      return null;
  }
}

function curveAt(view: DataView, at: number): Curve | null {
  const type = text(view, at, 4);
  if (type === 'para') {
    const kind = view.getUint16(at + 8);
    const count = [1, 3, 4, 5, 7][kind] ?? 0;
    return parametric(
      kind,
      Array.from({ length: count }, (_, i) => fixed(view, at + 12 + 4 * i)),
    );
  }
  if (type !== 'curv') return null;
  const count = view.getUint32(at + 8);
  if (count === 0) return (x) => x;
  if (count === 1) {
    const gamma = view.getUint16(at + 12) / 256;
    return (x) => x ** gamma;
  }
  if (at + 12 + 2 * count > view.byteLength) return null;
  return (x) => {
    const place = Math.min(Math.max(x, 0), 1) * (count - 1);
    const left = Math.min(Math.floor(place), count - 2);
    const low = view.getUint16(at + 12 + 2 * left);
    const high = view.getUint16(at + 12 + 2 * (left + 1));
    return (low + (high - low) * (place - left)) / 65_535;
  };
}

/** sRGB's primaries, adapted to D50, as X, Y, Z of red, green and blue (IEC 61966-2-1 in ICC's own profile). */
const srgbPrimaries = [0.4361, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7141];

function looksSrgb(view: DataView, tags: ReadonlyMap<string, number>): boolean {
  if (tags.has('A2B0')) return false;
  const primaries = ['rXYZ', 'gXYZ', 'bXYZ'].flatMap((tag) => {
    const at = tags.get(tag);
    return at === undefined ? [] : [8, 12, 16].map((offset) => fixed(view, at + offset));
  });
  if (primaries.length !== 9) return false;
  if (primaries.some((value, i) => Math.abs(value - (srgbPrimaries[i] ?? 0)) > 0.002)) return false;
  return ['rTRC', 'gTRC', 'bTRC'].every((tag) => {
    const at = tags.get(tag);
    const curve = at === undefined ? null : curveAt(view, at);
    // Less than one level of 8 bits anywhere: the profile says nothing that the levels do not.
    return curve !== null && greatestStep(curve) < 1 / 255;
  });
}

/** How far the curve moves a value of sRGB at most. */
function greatestStep(curve: Curve): number {
  let greatest = 0;
  for (let i = 0; i <= 255; i++)
    greatest = Math.max(greatest, Math.abs(linearToSrgb(curve(i / 255)) - i / 255));
  return greatest;
}

function greyCurve(view: DataView, tags: ReadonlyMap<string, number>): Curve | null {
  const at = tags.get('kTRC');
  const curve = at === undefined ? null : curveAt(view, at);
  if (curve === null || !Number.isFinite(greatestStep(curve))) return null;
  if (text(view, 20, 4) !== 'Lab ') return curve;
  // The connection space is Lab: the curve gives lightness.
  return (x) => {
    const f = (curve(x) * 100 + 16) / 116;
    return f > 6 / 29 ? f ** 3 : 3 * (6 / 29) ** 2 * (f - 4 / 29);
  };
}

/** What a profile says; null where it is too damaged to say anything. */
export function readProfile(bytes: Uint8Array): Profile | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (text(view, 36, 4) !== 'acsp') return null;
    const tags = new Map<string, number>();
    const count = Math.min(view.getUint32(128), MOST_TAGS);
    for (let i = 0; i < count; i++) tags.set(text(view, 132 + 12 * i, 4), view.getUint32(136 + 12 * i));
    const colours = text(view, 16, 4).trim();
    const described = tags.get('desc');
    return {
      description: (described === undefined ? '' : descriptionAt(view, described)) || 'unnamed profile',
      colours,
      isSrgb: colours === 'RGB' && looksSrgb(view, tags),
      grey: colours === 'GRAY' ? greyCurve(view, tags) : null,
    };
  } catch (error) {
    // An offset beyond the end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function tableOf(depth: Depth, of: (value: number) => number): Samples {
  const top = topOf(depth);
  const table = depth === 8 ? new Uint8Array(levelsOf(depth)) : new Uint16Array(levelsOf(depth));
  for (let level = 0; level < table.length; level++) table[level] = store(of(level / top) * top, top);
  return table;
}

/** From levels of a grey profile to levels of sRGB; null where that moves nothing. */
export function greyToSrgb(curve: Curve, depth: Depth): Samples | null {
  if (greatestStep(curve) < 1 / 255) return null;
  return tableOf(depth, (value) => linearToSrgb(Math.min(Math.max(curve(value), 0), 1)));
}

/** From levels of sRGB to those of a grey profile: the curve, which only rises, inverted by halving. */
export function srgbToGrey(curve: Curve, depth: Depth): Samples | null {
  if (greatestStep(curve) < 1 / 255) return null;
  return tableOf(depth, (value) => {
    const wanted = srgbToLinear(value);
    let low = 0;
    let high = 1;
    for (let step = 0; step < 24; step++) {
      const middle = (low + high) / 2;
      if (curve(middle) < wanted) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  });
}
