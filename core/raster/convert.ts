/**
 * Between depths and layouts (OPERATIONS.md 11.1): 8 → 16 bit is v·257 and exact; 16 → 8 bit is v/257, stored by the one
 * rounding rule; grey becomes colour by repetition. And the bytes that a screen shows.
 */

import { store } from './rounding';
import type { Rectangle } from './rectangle';
import {
  channelsFor,
  colourChannelsOf,
  createRaster,
  hasAlpha,
  topOf,
  type Depth,
  type Raster,
  type Region,
  type Samples,
} from './raster';

let bytes: Uint8Array | null = null;

/** For every 16-bit level its 8-bit level. */
export function byteOfLevel(): Uint8Array {
  if (bytes === null) {
    bytes = new Uint8Array(65_536);
    for (let level = 0; level < bytes.length; level++) bytes[level] = store(level / 257, 255);
  }
  return bytes;
}

/** The same picture at another depth; the very same raster where nothing changes. */
export function convertDepth(raster: Raster, depth: Depth): Raster {
  if (raster.depth === depth) return raster;
  const result = createRaster({ ...raster, depth });
  const { data } = raster;
  const target = result.data;
  if (depth === 16) {
    for (let i = 0; i < data.length; i++) target[i] = data[i] * 257;
  } else {
    const table = byteOfLevel();
    for (let i = 0; i < data.length; i++) target[i] = table[data[i]];
  }
  return result;
}

/** Grey (+ alpha) as RGB (+ alpha) of equal channels; the very same raster where it has colour. */
export function toColour(raster: Raster): Raster {
  if (colourChannelsOf(raster) === 3) return raster;
  const alpha = hasAlpha(raster);
  const result = createRaster({ ...raster, channels: channelsFor(3, alpha) });
  const { data, channels } = raster;
  const target = result.data;
  for (let i = 0, at = 0; i < data.length; i += channels) {
    const level = data[i];
    target[at++] = level;
    target[at++] = level;
    target[at++] = level;
    if (alpha) target[at++] = data[i + 1];
  }
  return result;
}

/**
 * Writes `part` (coordinates of the picture; inside `region`) as RGBA, 8 bits a sample, straight alpha, row by row without
 * gaps: `part.width × part.height × 4` bytes from the start of `target`.
 */
export function toDisplay(region: Region, part: Rectangle, target: Uint8Array | Uint8ClampedArray): void {
  const { raster, rectangle } = region;
  for (let row = 0; row < part.height; row++) {
    const start = ((part.y + row - rectangle.y) * raster.width + (part.x - rectangle.x)) * raster.channels;
    displayRow(raster, start, part.width, target, row * part.width * 4);
  }
}

let identity: Uint8Array | null = null;

/** One table for both depths keeps the loops below free of questions. */
function displayTable(depth: Depth): Uint8Array {
  if (depth === 16) return byteOfLevel();
  return (identity ??= Uint8Array.from({ length: topOf(8) + 1 }, (_, level) => level));
}

function displayRow(
  raster: Raster,
  start: number,
  count: number,
  target: Uint8Array | Uint8ClampedArray,
  at: number,
): void {
  const { data, channels, depth } = raster;
  const table = displayTable(depth);
  if (channels >= 3) displayColours(data, start, channels, table, count, target, at);
  else displayGreys(data, start, channels, table, count, target, at);
}

function displayColours(
  data: Samples,
  from: number,
  channels: number,
  table: Uint8Array,
  count: number,
  target: Uint8Array | Uint8ClampedArray,
  at: number,
): void {
  for (let i = 0; i < count; i++, from += channels, at += 4) {
    target[at] = table[data[from]];
    target[at + 1] = table[data[from + 1]];
    target[at + 2] = table[data[from + 2]];
    target[at + 3] = channels === 4 ? table[data[from + 3]] : 255;
  }
}

function displayGreys(
  data: Samples,
  from: number,
  channels: number,
  table: Uint8Array,
  count: number,
  target: Uint8Array | Uint8ClampedArray,
  at: number,
): void {
  for (let i = 0; i < count; i++, from += channels, at += 4) {
    const level = table[data[from]];
    target[at] = level;
    target[at + 1] = level;
    target[at + 2] = level;
    target[at + 3] = channels === 2 ? table[data[from + 1]] : 255;
  }
}

/** Writes `input` at the depth and with the colour channels of `output`, which has the same size and alpha or not alike. */
export function convertInto(input: Raster, output: Raster): void {
  const spread = colourChannelsOf(output) === 3 && colourChannelsOf(input) === 1;
  const table = input.depth === 16 && output.depth === 8 ? byteOfLevel() : null;
  const factor = output.depth === 16 && input.depth === 8 ? 257 : 1;
  const from = input.data;
  const target = output.data;
  if (!spread) {
    for (let i = 0; i < from.length; i++) target[i] = table === null ? from[i] * factor : table[from[i]];
    return;
  }
  const alpha = hasAlpha(input);
  let at = 0;
  for (let i = 0; i < from.length; i += input.channels) {
    const level = table === null ? from[i] * factor : table[from[i]];
    target[at++] = level;
    target[at++] = level;
    target[at++] = level;
    if (alpha) target[at++] = table === null ? from[i + 1] * factor : table[from[i + 1]];
  }
}

/** The same colours, opaque, with alpha; `raster` itself where it has alpha already. */
export function withAlpha(raster: Raster): Raster {
  if (hasAlpha(raster)) return raster;
  const { channels, data } = raster;
  const output = createRaster({ ...raster, channels: channelsFor(colourChannelsOf(raster), true) });
  output.data.fill(topOf(raster.depth));
  for (let from = 0, to = 0; from < data.length; from += channels, to += channels + 1) {
    for (let c = 0; c < channels; c++) output.data[to + c] = data[from + c];
  }
  return output;
}

/** The same colours without alpha. */
export function dropAlpha(input: Raster, output: Raster): void {
  const colours = output.channels;
  const from = input.data;
  const target = output.data;
  let at = 0;
  for (let i = 0; i < from.length; i += input.channels) {
    for (let channel = 0; channel < colours; channel++) target[at++] = from[i + channel];
  }
}
