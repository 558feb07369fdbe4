/**
 * Part of a row of the picture under composition, unrounded: straight colours and alpha, 0 … 1, in double precision. Layers are
 * composed onto it by the formula of OPERATIONS.md 11,
 *
 *     αo = αs + αb·(1 − αs)
 *     Co = [αs·(1 − αb)·Cs + αs·αb·B(Cb, Cs) + (1 − αs)·αb·Cb] / αo        (αo = 0: 0)
 *
 * and the result is stored once. With a = αs/αo, the colour is Cb + a·(Cs + αb·(B − Cs) − Cb): the same number, with one division
 * a pixel, and written so that equal colours stay exactly what they are. It is short enough for the processor's fastest cache, so that a whole stack of layers costs one
 * reading of each and one writing. Most pictures are opaque: where the backdrop is, the formula is a mean of Cb and B.
 */

import { mixRow } from './blend';
import type { BlendMode } from './blend-mode';
import { readAlpha, readColours } from './unit-values';
import { SNAP } from '../raster/rounding';
import { hasAlpha, topOf, type Depth, type Raster } from '../raster/raster';

/** Most pixels in one accumulator. */
export const ACCUMULATED = 256;

export interface Accumulator {
  readonly colours: 1 | 3;
  /** Depth of the result, to which levels of another depth are converted first. */
  readonly depth: Depth;
  /** Pixels in use, at most `ACCUMULATED`. */
  count: number;
  /** `empty`: nothing composed yet, contents unknown; `opaque`: alpha is 1 everywhere and `alpha` is not kept. */
  state: 'empty' | 'opaque' | 'transparent';
  readonly colour: Float64Array;
  readonly alpha: Float64Array;
  /** Of the layer being composed. */
  readonly source: Float64Array;
  readonly sourceAlpha: Float64Array;
  readonly mixed: Float64Array;
}

export function createAccumulator(colours: 1 | 3, depth: Depth): Accumulator {
  return {
    colours,
    depth,
    count: 0,
    state: 'empty',
    colour: new Float64Array(ACCUMULATED * colours),
    alpha: new Float64Array(ACCUMULATED),
    source: new Float64Array(ACCUMULATED * colours),
    sourceAlpha: new Float64Array(ACCUMULATED),
    mixed: new Float64Array(ACCUMULATED * colours),
  };
}

/** Makes it a row part of `count` pixels of nothing (alpha 0). */
export function startAccumulator(accumulator: Accumulator, count: number): void {
  accumulator.count = count;
  accumulator.state = 'empty';
}

/**
 * Composes `count` pixels of a raster, from its sample index `start`, onto the pixels `from …` of the accumulator. What lies
 * outside them is unchanged, as if the source were transparent there.
 */
export function composeOnto(
  accumulator: Accumulator,
  from: number,
  count: number,
  raster: Raster,
  start: number,
  mode: BlendMode,
  opacity: number,
): void {
  const { colours, depth } = accumulator;
  const everywhere = from === 0 && count === accumulator.count;
  if (accumulator.state === 'empty') {
    if (everywhere) {
      placeFirst(accumulator, raster, start, opacity);
      return;
    }
    accumulator.colour.fill(0, 0, accumulator.count * colours);
    accumulator.alpha.fill(0, 0, accumulator.count);
    accumulator.state = 'transparent';
  }
  const colour = accumulator.colour.subarray(from * colours, (from + count) * colours);
  const { source, sourceAlpha } = accumulator;
  readColours(raster, start, count, depth, colours, source);
  const uniform = !readAlpha(raster, start, count, depth, opacity, sourceAlpha);
  let mixed = source;
  if (mode !== 'normal') {
    mixed = accumulator.mixed;
    mixRow(mode, colours, colour, source, mixed, count * colours);
  }
  if (accumulator.state === 'opaque') {
    if (uniform) ontoOpaque(colour, mixed, opacity, count * colours);
    else ontoOpaqueBy(colour, mixed, sourceAlpha, colours, count);
    return;
  }
  if (uniform) sourceAlpha.fill(opacity, 0, count);
  const alpha = accumulator.alpha.subarray(from, from + count);
  ontoTransparent(colour, alpha, source, mixed, sourceAlpha, colours, count);
  if (uniform && opacity === 1 && everywhere) accumulator.state = 'opaque';
}

/** The first layer over nothing is itself, with no colour where it is fully transparent. */
function placeFirst(accumulator: Accumulator, raster: Raster, start: number, opacity: number): void {
  const { colours, colour, alpha, count, depth } = accumulator;
  readColours(raster, start, count, depth, colours, colour);
  if (!readAlpha(raster, start, count, depth, opacity, alpha)) {
    accumulator.state = opacity === 1 ? 'opaque' : 'transparent';
    if (opacity < 1) alpha.fill(opacity, 0, count);
    if (opacity === 0) colour.fill(0, 0, count * colours);
    return;
  }
  accumulator.state = 'transparent';
  for (let i = 0; i < count; i++) {
    if (alpha[i] === 0) colour.fill(0, i * colours, (i + 1) * colours);
  }
}

/** αb = 1, αs the same everywhere. Written so that equal colours stay exactly what they are. */
function ontoOpaque(colour: Float64Array, mixed: Float64Array, alpha: number, count: number): void {
  if (alpha === 1) {
    for (let i = 0; i < count; i++) colour[i] = mixed[i];
    return;
  }
  for (let i = 0; i < count; i++) colour[i] += alpha * (mixed[i] - colour[i]);
}

/** αb = 1, αs a pixel each. */
function ontoOpaqueBy(
  colour: Float64Array,
  mixed: Float64Array,
  alpha: Float64Array,
  colours: 1 | 3,
  count: number,
): void {
  for (let i = 0, at = 0; i < count; i++) {
    const a = alpha[i];
    for (const end = at + colours; at < end; at++) {
      colour[at] = a === 1 ? mixed[at] : colour[at] + a * (mixed[at] - colour[at]);
    }
  }
}

/** Cb + (αs/αo)·(Cs + αb·(B − Cs) − Cb). */
function ontoTransparent(
  colour: Float64Array,
  alpha: Float64Array,
  source: Float64Array,
  mixed: Float64Array,
  sourceAlpha: Float64Array,
  colours: 1 | 3,
  count: number,
): void {
  for (let i = 0, at = 0; i < count; i++) {
    const as = sourceAlpha[i];
    const end = at + colours;
    // A transparent source leaves the backdrop as it is, to the last bit.
    if (as === 0) {
      at = end;
      continue;
    }
    const ab = alpha[i];
    const ao = as + ab * (1 - as);
    const share = as / ao;
    for (; at < end; at++) {
      const result = source[at] + ab * (mixed[at] - source[at]);
      colour[at] += share * (result - colour[at]);
    }
    alpha[i] = ao;
  }
}

/** Rounds once and writes the row part from sample index `start` of the raster; alpha only where the raster has it. */
export function storeAccumulator(accumulator: Accumulator, raster: Raster, start: number): void {
  const { colours, colour, alpha, count, state } = accumulator;
  const { data, channels, depth } = raster;
  if (state === 'empty') {
    data.fill(0, start, start + count * channels);
    return;
  }
  const top = topOf(depth);
  // Values lie within rounding noise of 0 … 1, so cutting off after the shift is the rounding rule and needs no clamp.
  const shift = 0.5 + SNAP;
  if (!hasAlpha(raster)) {
    for (let i = 0; i < count * colours; i++) data[start + i] = (colour[i] * top + shift) | 0;
    return;
  }
  for (let i = 0, from = 0, at = start; i < count; i++) {
    for (const end = from + colours; from < end; from++) data[at++] = (colour[from] * top + shift) | 0;
    data[at++] = state === 'opaque' ? top : (alpha[i] * top + shift) | 0;
  }
}
