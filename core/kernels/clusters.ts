/**
 * Lloyd's algorithm on the colours of a picture, with a start that is no gamble (OPERATIONS.md 12): the group that varies most is
 * split at its mean until there are enough. Pixels of one colour always share their fate, so it works on distinct colours and
 * counts.
 */

import { colourChannelsOf, type Raster } from '../raster/raster';
import { checkpoint, type Signal } from '../raster/signal';

export interface Clusters {
  readonly channels: 1 | 3;
  /** By cluster, `channels` numbers each: the centres that pixels were last assigned to. */
  readonly sites: Float64Array;
  /** The means of the pixels so assigned; the same once nothing changes any more. */
  readonly centres: Float64Array;
  /** Pixels, by cluster. */
  readonly counts: readonly number[];
  /** Sum of squared distances to the centres. */
  readonly inertia: number;
  /** Rounds in which some pixel changed its cluster. */
  readonly iterations: number;
}

/** The distinct colours of a picture. */
interface Colours {
  readonly channels: 1 | 3;
  /** `channels` levels a colour. */
  readonly levels: Float64Array;
  /** Pixels, by colour. */
  readonly counts: Float64Array;
}

/** The index of the nearest site by squared Euclidean distance, the lowest of equals. */
export function nearestSite(sites: Float64Array, channels: 1 | 3, r: number, g: number, b: number): number {
  let best = Infinity;
  let nearest = 0;
  for (let at = 0, index = 0; at < sites.length; at += channels, index++) {
    let distance = (r - sites[at]) ** 2;
    if (channels === 3) distance += (g - sites[at + 1]) ** 2 + (b - sites[at + 2]) ** 2;
    if (distance < best) {
      best = distance;
      nearest = index;
    }
  }
  return nearest;
}

export function clustersOf(input: Raster, most: number, maxIterations: number, signal: Signal): Clusters {
  const colours = coloursOf(input, signal);
  const { channels, levels, counts } = colours;
  const groups = split(colours, most, signal);
  const k = 1 + groups.reduce((highest, group) => Math.max(highest, group), 0);
  let sites = meansOf(colours, groups, new Float64Array(k * channels));
  let centres = sites;
  const assigned = groups.slice();
  let iterations = 0;
  while (iterations < maxIterations) {
    checkpoint(signal);
    let changed = false;
    for (let i = 0; i < counts.length; i++) {
      const at = i * channels;
      const nearest = nearestSite(centres, channels, levels[at], levels[at + 1], levels[at + 2]);
      if (nearest !== assigned[i]) changed = true;
      assigned[i] = nearest;
    }
    sites = centres;
    if (!changed) break;
    iterations++;
    centres = meansOf(colours, assigned, centres);
  }
  const pixels = new Array<number>(k).fill(0);
  let inertia = 0;
  for (let i = 0; i < counts.length; i++) {
    pixels[assigned[i]] += counts[i];
    for (let c = 0; c < channels; c++) {
      inertia += counts[i] * (levels[i * channels + c] - centres[assigned[i] * channels + c]) ** 2;
    }
  }
  return { channels, sites, centres, counts: pixels, inertia, iterations };
}

function coloursOf(input: Raster, signal: Signal): Colours {
  const { data, channels: step, width, height } = input;
  const channels = colourChannelsOf(input);
  const places = new Map<number, number>();
  const levels: number[] = [];
  const counts: number[] = [];
  for (let y = 0; y < height; y++) {
    checkpoint(signal);
    for (let at = y * width * step, end = at + width * step; at < end; at += step) {
      const name = channels === 1 ? data[at] : (data[at] * 65_536 + data[at + 1]) * 65_536 + data[at + 2];
      const place = places.get(name);
      if (place !== undefined) {
        counts[place]++;
        continue;
      }
      places.set(name, counts.length);
      counts.push(1);
      for (let c = 0; c < channels; c++) levels.push(data[at + c]);
    }
  }
  return { channels, levels: Float64Array.from(levels), counts: Float64Array.from(counts) };
}

/** The means of the groups; an empty one keeps its place in `before`. */
function meansOf(
  { channels, levels, counts }: Colours,
  groups: Int32Array,
  before: Float64Array,
): Float64Array {
  const k = before.length / channels;
  const sums = new Float64Array(before.length);
  const pixels = new Float64Array(k);
  for (let i = 0; i < counts.length; i++) {
    pixels[groups[i]] += counts[i];
    for (let c = 0; c < channels; c++) sums[groups[i] * channels + c] += counts[i] * levels[i * channels + c];
  }
  return sums.map((sum, at) => {
    const own = pixels[Math.floor(at / channels)];
    return own === 0 ? before[at] : sum / own;
  });
}

/** By colour: the number of its group, of at most `most`. */
function split(colours: Colours, most: number, signal: Signal): Int32Array {
  const { channels, levels, counts } = colours;
  const groups = new Int32Array(counts.length);
  for (let k = 1; k < most; k++) {
    checkpoint(signal);
    const means = meansOf(colours, groups, new Float64Array(k * channels));
    const spread = new Float64Array(k * channels);
    for (let i = 0; i < counts.length; i++) {
      for (let c = 0; c < channels; c++) {
        const at = groups[i] * channels + c;
        spread[at] += counts[i] * (levels[i * channels + c] - means[at]) ** 2;
      }
    }
    let widest = 0;
    let largest = 0;
    for (let group = 0; group < k; group++) {
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += spread[group * channels + c];
      if (sum > largest) {
        largest = sum;
        widest = group;
      }
    }
    if (largest === 0) break;
    let channel = 0;
    for (let c = 1; c < channels; c++) {
      if (spread[widest * channels + c] > spread[widest * channels + channel]) channel = c;
    }
    const mean = means[widest * channels + channel];
    for (let i = 0; i < counts.length; i++) {
      if (groups[i] === widest && levels[i * channels + channel] > mean) groups[i] = k;
    }
  }
  return groups;
}
