/** Exact histograms: one bin a level (OPERATIONS.md 6.1), one list a colour channel. Alpha does not weight them. */

import type { Rectangle } from './rectangle';
import { colourChannelsOf, levelsOf, type Raster, type Samples } from './raster';

export interface Histogram {
  readonly levels: number;
  /** Pixels counted. */
  readonly count: number;
  /** `bins[channel][level]`. */
  readonly bins: readonly Float64Array[];
}

/** Counts `part` (in the raster's own coordinates): the first so many channels, by default those of colour. */
export function histogramOf(
  raster: Raster,
  part: Rectangle,
  counted: number = colourChannelsOf(raster),
): Histogram {
  const levels = levelsOf(raster.depth);
  const { data, channels, width } = raster;
  const bins: Float64Array[] = [];
  for (let channel = 0; channel < counted; channel++) {
    const counts = new Uint32Array(levels);
    for (let y = part.y; y < part.y + part.height; y++) {
      let at = (y * width + part.x) * channels + channel;
      for (let x = 0; x < part.width; x++, at += channels) counts[data[at]]++;
    }
    bins.push(Float64Array.from(counts));
  }
  return { levels, count: part.width * part.height, bins };
}

/** The histogram of two disjoint parts together. */
export function addHistograms(a: Histogram, b: Histogram): Histogram {
  const bins = a.bins.map((counts, channel) => counts.map((count, level) => count + b.bins[channel][level]));
  return { levels: a.levels, count: a.count + b.count, bins };
}

/** The histogram of the pixels of `whole` that are not among those of `part`. */
export function withoutPart(whole: Histogram, part: Histogram): Histogram {
  const bins = whole.bins.map((counts, channel) =>
    counts.map((count, level) => count - part.bins[channel][level]),
  );
  return { levels: whole.levels, count: whole.count - part.count, bins };
}

/** Nothing counted, in the layout of another. */
export function emptyOf({ levels, bins }: Histogram): Histogram {
  return { levels, count: 0, bins: bins.map((counts) => new Float64Array(counts.length)) };
}

/** The histogram of the same pixels after every level went through its channel's table; channels without a table stay. */
export function throughTables({ levels, count, bins }: Histogram, tables: readonly Samples[]): Histogram {
  const changed = bins.map((counts, channel) => {
    const table = tables.at(channel);
    if (table === undefined) return counts;
    const result = new Float64Array(levels);
    for (let level = 0; level < levels; level++) result[table[level]] += counts[level];
    return result;
  });
  return { levels, count, bins: changed };
}

/** The largest level that occurs, 0 for an empty histogram. */
export function largestLevel(bins: Float64Array): number {
  for (let level = bins.length - 1; level > 0; level--) if (bins[level] > 0) return level;
  return 0;
}

/** The smallest level that occurs, 0 for an empty histogram. */
export function smallestLevel(bins: Float64Array): number {
  return Math.max(
    0,
    bins.findIndex((count) => count > 0),
  );
}

/** The arithmetic mean, 0 for an empty histogram. */
export function meanLevel(bins: Float64Array): number {
  let count = 0;
  let sum = 0;
  for (let level = 0; level < bins.length; level++) {
    count += bins[level];
    sum += level * bins[level];
  }
  return count === 0 ? 0 : sum / count;
}

/** The standard deviation of all samples there are (not of a sample of them), 0 for an empty histogram. */
export function deviation(bins: Float64Array): number {
  const mean = meanLevel(bins);
  let count = 0;
  let squares = 0;
  for (let level = 0; level < bins.length; level++) {
    count += bins[level];
    squares += bins[level] * (level - mean) * (level - mean);
  }
  return count === 0 ? 0 : Math.sqrt(squares / count);
}

/** Several channels' bins as one. */
export function mergeBins(all: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(all[0].length);
  for (const bins of all) for (let level = 0; level < sum.length; level++) sum[level] += bins[level];
  return sum;
}

/**
 * Percentile p (0 … 100) by linear interpolation between neighbours in sorted order (numpy's default, OPERATIONS.md 3.8):
 * position (n − 1)·p/100 among n samples.
 */
export function percentile(bins: Float64Array, p: number): number {
  let n = 0;
  for (const count of bins) n += count;
  if (n === 0) return 0;
  const position = ((n - 1) * p) / 100;
  const low = Math.floor(position);
  const fraction = position - low;
  const first = levelAt(bins, low);
  if (fraction === 0) return first;
  return first + (levelAt(bins, Math.min(n - 1, low + 1)) - first) * fraction;
}

/** The level of the sorted sample with this index. */
export function levelAt(bins: Float64Array, index: number): number {
  let seen = 0;
  for (let level = 0; level < bins.length; level++) {
    seen += bins[level];
    if (seen > index) return level;
  }
  return bins.length - 1;
}
