/** The smallest and the largest level of every colour channel: a pass that reads, where a histogram counts. */

import { colourChannelsOf, hasAlpha, samplesOver, topOf, type Raster } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';
import { withArena } from '../raster/scratch';
import { fastKernels } from './wasm/fast-kernels';

/** One number a colour channel, in levels. */
export interface Extremes {
  readonly least: readonly number[];
  readonly largest: readonly number[];
}

/** Bytes of the lanes that a kernel keeps for either. */
const LANES = 48;

/** Of `part` (in the raster's own coordinates), which has at least one pixel. Alpha does not count. */
export function extremesOf(raster: Raster, part: Rectangle): Extremes {
  return allExtremes(raster, part, colourChannelsOf(raster));
}

/** Rows that are looked at before it is asked whether that was enough. */
const ROWS = 64;

/** Whether there is no pixel that is transparent in the least. */
export function isOpaque(raster: Raster): boolean {
  if (!hasAlpha(raster)) return true;
  const { width, height, channels, depth } = raster;
  for (let y = 0; y < height; y += ROWS) {
    const part: Rectangle = { x: 0, y, width, height: Math.min(ROWS, height - y) };
    if (allExtremes(raster, part, channels).least[channels - 1] < topOf(depth)) return false;
  }
  return true;
}

/** Of the first so many channels. */
function allExtremes(raster: Raster, part: Rectangle, counted: number): Extremes {
  return fastExtremes(raster, part, counted) ?? plainExtremes(raster, part, counted);
}

function fastExtremes(raster: Raster, part: Rectangle, counted: number): Extremes | null {
  const fast = fastKernels();
  const { data, channels, depth, width } = raster;
  const start = fast?.addressOf(data) ?? -1;
  if (fast === null || start < 0) return null;
  const find = depth === 8 ? fast.extremes8 : fast.extremes16;
  const sample = depth / 8;
  let found: Extremes | null = null;
  withArena(2 * LANES, ({ buffer, byteOffset }) => {
    const least = samplesOver(buffer, depth, byteOffset, LANES / sample).fill(topOf(depth));
    const largest = samplesOver(buffer, depth, byteOffset + LANES, LANES / sample).fill(0);
    const address = fast.addressOf(least);
    // Rows that fill the raster's width lie end to end.
    const [rows, count] =
      part.width === width ? [1, part.width * part.height * channels] : [part.height, part.width * channels];
    for (let row = 0; row < rows; row++) {
      const first = ((part.y + row) * width + part.x) * channels;
      find(start + first * sample, count, address, address + LANES);
    }
    const lanesOf = (lanes: typeof least, channel: number): number[] =>
      [...lanes].filter((_, lane) => lane % channels === channel);
    const read = Array.from({ length: counted }, (_, channel) => channel);
    found = {
      least: read.map((channel) => Math.min(...lanesOf(least, channel))),
      largest: read.map((channel) => Math.max(...lanesOf(largest, channel))),
    };
    return true;
  });
  return found;
}

/** The same in plain TypeScript. */
export function plainExtremes(
  { data, channels, width, depth }: Raster,
  part: Rectangle,
  counted: number,
): Extremes {
  const least = new Array<number>(counted).fill(topOf(depth));
  const largest = new Array<number>(counted).fill(0);
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y * width + part.x) * channels;
    for (let at = start; at < start + part.width * channels; at += channels) {
      for (let channel = 0; channel < counted; channel++) {
        const level = data[at + channel];
        if (level < least[channel]) least[channel] = level;
        if (level > largest[channel]) largest[channel] = level;
      }
    }
  }
  return { least, largest };
}

/** Of two parts together. */
export function widerOf(a: Extremes, b: Extremes): Extremes {
  return {
    least: a.least.map((level, channel) => Math.min(level, b.least[channel])),
    largest: a.largest.map((level, channel) => Math.max(level, b.largest[channel])),
  };
}
