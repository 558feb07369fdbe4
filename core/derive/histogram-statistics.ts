/** What a histogram says of a channel: pure functions of the counts, exact because the counts are. */

import {
  deviation,
  largestLevel,
  levelAt,
  meanLevel,
  smallestLevel,
  type Histogram,
} from '../raster/histogram';
import { colourChannelsOf, hasAlpha, levelsOf, type ChannelCount, type Depth } from '../raster/raster';

/** The exact histograms of a whole picture at full resolution. */
export interface PictureHistogram {
  readonly channels: ChannelCount;
  readonly depth: Depth;
  /** Pixels counted. */
  readonly count: number;
  /** By channel, alpha last: how many pixels have a level, one number a level. */
  readonly bins: readonly (readonly number[])[];
  /** The same of the rounded luma; null for a grey picture, whose luma is its grey. */
  readonly luma: readonly number[] | null;
}

/** Levels are stored levels; shares are parts of all pixels, 0 … 1. */
export interface LevelStatistics {
  readonly mean: number;
  /** Of all samples there are (divided by N). */
  readonly deviation: number;
  readonly smallest: number;
  readonly largest: number;
  /** The lower of the two in the middle where the number of pixels is even, so that it is a level that occurs. */
  readonly median: number;
  /** In bits a sample: −Σ p·log₂ p. */
  readonly entropy: number;
  /** Clipped: at level 0, and at the top level. */
  readonly black: number;
  readonly white: number;
}

/** Of one channel's counts; all 0 where nothing was counted. */
export function levelStatistics(counts: Float64Array): LevelStatistics {
  const top = counts.length - 1;
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    mean: meanLevel(counts),
    deviation: deviation(counts),
    smallest: smallestLevel(counts),
    largest: largestLevel(counts),
    median: total === 0 ? 0 : levelAt(counts, Math.floor((total - 1) / 2)),
    entropy: entropyOf(counts, total),
    black: shareBetween(counts, 0, 0),
    white: shareBetween(counts, top, top),
  };
}

/** The part of all pixels, 0 … 1, whose level lies in from … to, both included. */
export function shareBetween(counts: Float64Array, from: number, to: number): number {
  let total = 0;
  let within = 0;
  counts.forEach((count, level) => {
    total += count;
    if (level >= from && level <= to) within += count;
  });
  return total === 0 ? 0 : within / total;
}

/** Shannon's, of the levels as they occur. */
function entropyOf(counts: Float64Array, total: number): number {
  let bits = 0;
  for (const count of counts) if (count > 0) bits += (count / total) * Math.log2(total / count);
  return bits;
}

/**
 * As it is told: of what the exported picture has, so alpha that composition made is left out where every pixel is opaque and the
 * document has none (OPERATIONS.md 11.1).
 *
 * `counted` is of all channels, `luma` of the rounded luma; both of the same pixels.
 */
export function pictureHistogram(
  counted: Histogram,
  luma: Histogram,
  depth: Depth,
  keepsAlpha: boolean,
): PictureHistogram {
  const all = counted.bins.length as ChannelCount;
  const alpha = counted.bins[all - 1];
  const opaque = alpha[levelsOf(depth) - 1] === counted.count;
  const channels =
    hasAlpha({ channels: all }) && opaque && !keepsAlpha ? colourChannelsOf({ channels: all }) : all;
  return {
    channels,
    depth,
    count: counted.count,
    bins: counted.bins.slice(0, channels).map((counts) => Array.from(counts)),
    luma: colourChannelsOf({ channels }) === 1 ? null : Array.from(luma.bins[0]),
  };
}
