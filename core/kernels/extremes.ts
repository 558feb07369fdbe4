/** The smallest and the largest level of every colour channel: a pass that reads, where a histogram counts. */

import { colourChannelsOf, levelsOf, samplesOver, type Raster } from '../raster/raster';
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
  return fastExtremes(raster, part) ?? plainExtremes(raster, part);
}

function fastExtremes(raster: Raster, part: Rectangle): Extremes | null {
  const fast = fastKernels();
  const { data, channels, depth, width } = raster;
  const start = fast?.addressOf(data) ?? -1;
  if (fast === null || start < 0) return null;
  const find = depth === 8 ? fast.extremes8 : fast.extremes16;
  const sample = depth / 8;
  let found: Extremes | null = null;
  withArena(2 * LANES, ({ buffer, byteOffset }) => {
    const least = samplesOver(buffer, depth, byteOffset, LANES / sample).fill(levelsOf(depth) - 1);
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
    const colours = Array.from({ length: colourChannelsOf(raster) }, (_, channel) => channel);
    found = {
      least: colours.map((channel) => Math.min(...lanesOf(least, channel))),
      largest: colours.map((channel) => Math.max(...lanesOf(largest, channel))),
    };
    return true;
  });
  return found;
}

/** The same in plain TypeScript. */
export function plainExtremes(raster: Raster, part: Rectangle): Extremes {
  const { data, channels, width, depth } = raster;
  const colours = colourChannelsOf(raster);
  const least = new Array<number>(colours).fill(levelsOf(depth) - 1);
  const largest = new Array<number>(colours).fill(0);
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y * width + part.x) * channels;
    for (let at = start; at < start + part.width * channels; at += channels) {
      for (let channel = 0; channel < colours; channel++) {
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
