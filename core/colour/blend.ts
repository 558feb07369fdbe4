/**
 * The sixteen blend functions B(b, s) of W3C Compositing and Blending Level 1 (OPERATIONS.md 11) over rows of values 0 … 1:
 * backdrop b, source s, straight. Twelve look at one channel alone; hue, saturation, color and luminosity need three, and on
 * grey pictures act as the source (luminosity) or the backdrop (the others).
 *
 * Each function stands once, for one value; the loops over rows are separate for every mode, so that none asks for the mode
 * or calls through a variable inside.
 */

import type { BlendMode } from './blend-mode';

/**
 * What is 0, 1 or grey in real arithmetic may be a few units of rounding away from it when layers were composed before. Dodge
 * and burn jump at 0 and 1, and saturation at grey; so they take what is this near for the edge itself.
 */
const EDGE = 2 ** -50;

function screen(b: number, s: number): number {
  return b + s - b * s;
}

function colorDodge(b: number, s: number): number {
  if (b <= EDGE) return 0;
  if (s === 1) return 1;
  const quotient = b / (1 - s);
  return quotient < 1 ? quotient : 1;
}

function colorBurn(b: number, s: number): number {
  if (b >= 1 - EDGE) return 1;
  if (s === 0) return 0;
  const quotient = (1 - b) / s;
  return quotient < 1 ? 1 - quotient : 0;
}

function hardLight(b: number, s: number): number {
  return s <= 0.5 ? b * (2 * s) : screen(b, 2 * s - 1);
}

function softLight(b: number, s: number): number {
  if (s <= 0.5) return b - (1 - 2 * s) * b * (1 - b);
  const raised = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b);
  return b + (2 * s - 1) * (raised - b);
}

function lum(r: number, g: number, b: number): number {
  return 0.3 * r + 0.59 * g + 0.11 * b;
}

function sat(r: number, g: number, b: number): number {
  return Math.max(r, g, b) - Math.min(r, g, b);
}

/**
 * Writes `mixed[i … i+2] = B(backdrop, source)` for a row of samples.
 *
 * `colours` is 1 for grey, 3 for interleaved RGB; `count` counts samples (pixels × colours). Values are 0 … 1. `mixed` may
 * be one of the other two.
 */
export function mixRow(
  mode: BlendMode,
  colours: 1 | 3,
  backdrop: Float64Array,
  source: Float64Array,
  mixed: Float64Array,
  count: number,
): void {
  switch (mode) {
    case 'normal':
      for (let i = 0; i < count; i++) mixed[i] = source[i];
      return;
    case 'multiply':
      for (let i = 0; i < count; i++) mixed[i] = backdrop[i] * source[i];
      return;
    case 'screen':
      for (let i = 0; i < count; i++) mixed[i] = screen(backdrop[i], source[i]);
      return;
    case 'overlay':
      for (let i = 0; i < count; i++) mixed[i] = hardLight(source[i], backdrop[i]);
      return;
    case 'darken':
      for (let i = 0; i < count; i++) mixed[i] = backdrop[i] < source[i] ? backdrop[i] : source[i];
      return;
    case 'lighten':
      for (let i = 0; i < count; i++) mixed[i] = backdrop[i] > source[i] ? backdrop[i] : source[i];
      return;
    case 'colorDodge':
      for (let i = 0; i < count; i++) mixed[i] = colorDodge(backdrop[i], source[i]);
      return;
    case 'colorBurn':
      for (let i = 0; i < count; i++) mixed[i] = colorBurn(backdrop[i], source[i]);
      return;
    case 'hardLight':
      for (let i = 0; i < count; i++) mixed[i] = hardLight(backdrop[i], source[i]);
      return;
    case 'softLight':
      for (let i = 0; i < count; i++) mixed[i] = softLight(backdrop[i], source[i]);
      return;
    case 'difference':
      for (let i = 0; i < count; i++) mixed[i] = Math.abs(backdrop[i] - source[i]);
      return;
    case 'exclusion':
      for (let i = 0; i < count; i++) mixed[i] = backdrop[i] + source[i] - 2 * backdrop[i] * source[i];
      return;
    case 'hue':
    case 'saturation':
    case 'color':
    case 'luminosity':
      if (colours === 3) mixColours(mode, backdrop, source, mixed, count);
      else mixed.set((mode === 'luminosity' ? source : backdrop).subarray(0, count));
      return;
  }
}

function mixColours(
  mode: 'hue' | 'saturation' | 'color' | 'luminosity',
  backdrop: Float64Array,
  source: Float64Array,
  mixed: Float64Array,
  count: number,
): void {
  // Every mode gives the colour of one picture (perhaps with the saturation of the other) the luminosity of one of them.
  const [colour, other, light] =
    mode === 'hue'
      ? [source, backdrop, backdrop]
      : mode === 'saturation'
        ? [backdrop, source, backdrop]
        : mode === 'color'
          ? [source, null, backdrop]
          : [backdrop, null, source];
  for (let i = 0; i < count; i += 3) {
    let r = colour[i];
    let g = colour[i + 1];
    let b = colour[i + 2];
    if (other !== null) {
      const least = Math.min(r, g, b);
      const range = Math.max(r, g, b) - least;
      const factor = range > EDGE ? sat(other[i], other[i + 1], other[i + 2]) / range : 0;
      r = (r - least) * factor;
      g = (g - least) * factor;
      b = (b - least) * factor;
    }
    writeWithLum(r, g, b, lum(light[i], light[i + 1], light[i + 2]), mixed, i);
  }
}

/** setLum: shifts a colour to the luminosity `light`, then pulls it towards its grey as far as it left 0 … 1. */
function writeWithLum(r: number, g: number, b: number, light: number, mixed: Float64Array, at: number): void {
  const shift = light - lum(r, g, b);
  r += shift;
  g += shift;
  b += shift;
  const grey = lum(r, g, b);
  const least = Math.min(r, g, b);
  const most = Math.max(r, g, b);
  // The comparisons with `grey` only matter where rounding put a grey a hair outside 0 … 1: no division by nothing.
  if (least < 0 && grey > least) {
    const factor = grey / (grey - least);
    r = grey + (r - grey) * factor;
    g = grey + (g - grey) * factor;
    b = grey + (b - grey) * factor;
  }
  if (most > 1 && most > grey) {
    const factor = (1 - grey) / (most - grey);
    r = grey + (r - grey) * factor;
    g = grey + (g - grey) * factor;
    b = grey + (b - grey) * factor;
  }
  mixed[at] = unit(r);
  mixed[at + 1] = unit(g);
  mixed[at + 2] = unit(b);
}

function unit(value: number): number {
  return value > 0 ? (value < 1 ? value : 1) : 0;
}
