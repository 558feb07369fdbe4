/**
 * The pixels along a line, and their levels. A line from one pixel to another has n + 1 pixels, n being the larger of its two extents:
 * the i-th lies at from + (i/n)·(to − from), each coordinate rounded, halves up. So neighbours on the line are neighbours in the
 * picture, none is left out along the longer extent, and every level is a stored one: nothing is interpolated.
 */

import { luma } from '../raster/luma';
import { topOf, type ChannelCount, type Depth } from '../raster/raster';
import { unite, type Rectangle } from '../raster/rectangle';
import { store } from '../raster/rounding';
import { channelName } from './explanation';
import type { Pixel } from './pixel-story';

export interface Line {
  readonly from: Pixel;
  readonly to: Pixel;
}

/** The stored levels along a line. */
export interface LineProfile {
  readonly channels: ChannelCount;
  readonly depth: Depth;
  /** Pixel by pixel from the line's beginning, the channels of a pixel together. */
  readonly levels: readonly number[];
}

/** One channel of a profile, a level a pixel. */
export interface ProfileChannel {
  readonly name: 'R' | 'G' | 'B' | 'Grey' | 'Luma' | 'A';
  readonly levels: readonly number[];
}

/** How many pixels a line has, its ends included. */
export function pixelCount({ from, to }: Line): number {
  return extent(from, to) + 1;
}

/** The pixels of a line in order. */
export function linePixels(line: Line): readonly Pixel[] {
  return Array.from({ length: pixelCount(line) }, (_, at) => pixelOn(line, at));
}

/** The pixel with this number, 0 … `pixelCount` − 1. */
export function pixelOn({ from, to }: Line, at: number): Pixel {
  const n = extent(from, to);
  if (n === 0) return from;
  return { x: placeOn(from.x, to.x, at, n), y: placeOn(from.y, to.y, at, n) };
}

/** In whole numbers, so that no rounding of a fraction moves a half: floor((2·i·d + n) / 2n). */
function placeOn(start: number, end: number, at: number, n: number): number {
  return start + Math.floor((2 * at * (end - start) + n) / (2 * n));
}

function extent(from: Pixel, to: Pixel): number {
  return Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y));
}

/** Pieces of a line with the rectangle around each: read piece by piece, a slanting line takes little more than itself. */
export function linePieces(
  line: Line,
  length: number,
): readonly { readonly pixels: readonly Pixel[]; readonly around: Rectangle }[] {
  const all = linePixels(line);
  return Array.from({ length: Math.ceil(all.length / length) }, (_, at) => {
    const pixels = all.slice(at * length, (at + 1) * length);
    const squares = pixels.map(({ x, y }): Rectangle => ({ x, y, width: 1, height: 1 }));
    return { pixels, around: squares.reduce(unite) };
  });
}

/** Colours, luma, alpha: as many as there are. Luma is the rounded luma of the stored levels. */
export function profileChannels({ channels, depth, levels }: LineProfile): readonly ProfileChannel[] {
  const count = levels.length / channels;
  const own = Array.from({ length: channels }, (_, channel): ProfileChannel => ({
    name: channelName(channels, channel) as ProfileChannel['name'],
    levels: Array.from({ length: count }, (__, at) => levels[at * channels + channel]),
  }));
  if (channels < 3) return own;
  const [red, green, blue] = own;
  const grey = red.levels.map((level, at) =>
    store(luma(level, green.levels[at], blue.levels[at]), topOf(depth)),
  );
  return [...own.slice(0, 3), { name: 'Luma', levels: grey }, ...own.slice(3)];
}
