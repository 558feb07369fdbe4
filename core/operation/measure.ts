/**
 * Measurements of the whole picture for global operations: exact, at full resolution, and made of parts in any order with the
 * same result.
 */

import { countLevels, countLuma } from '../kernels/count-levels';
import { extremesOf, widerOf } from '../kernels/extremes';
import { addHistograms, largestLevel, type Histogram } from '../raster/histogram';
import { colourChannelsOf, levelsOf, topOf, type Raster } from '../raster/raster';
import { wholeOf, type Rectangle } from '../raster/rectangle';
import { store } from '../raster/rounding';
import { luma } from './formula/functions';
import type { Measured, Measurement } from './operation';

/** Measures `part` (in the raster's own coordinates), by default all of it. */
export function measure(
  measurement: Measurement,
  raster: Raster,
  part: Rectangle = wholeOf(raster),
): Measured {
  switch (measurement) {
    case 'histogram':
      return { kind: 'histogram', histogram: countLevels(raster, part) };
    case 'histogramWithAlpha':
      return { kind: 'histogram', histogram: countLevels(raster, part, raster.channels) };
    case 'lumaHistogram':
      return { kind: 'histogram', histogram: countLuma(raster, part) ?? plainLumaHistogram(raster, part) };
    case 'extremes':
      return { kind: 'extremes', extremes: extremesOf(raster, part) };
    case 'largestLuma':
      return { kind: 'largestLuma', level: largestLumaOf(raster, part) };
  }
}

/** The measurement of two disjoint parts together. */
export function combineMeasured(a: Measured, b: Measured): Measured {
  if (a.kind === 'histogram' && b.kind === 'histogram') {
    return { kind: 'histogram', histogram: addHistograms(a.histogram, b.histogram) };
  }
  if (a.kind === 'extremes' && b.kind === 'extremes') {
    return { kind: 'extremes', extremes: widerOf(a.extremes, b.extremes) };
  }
  if (a.kind === 'largestLuma' && b.kind === 'largestLuma') {
    return { kind: 'largestLuma', level: Math.max(a.level, b.level) };
  }
  throw new Error(`measurements of different kinds cannot be combined: ${a.kind} and ${b.kind}`);
}

/** By the formula itself, pixel by pixel; of a grey picture, its levels. */
export function plainLumaHistogram(raster: Raster, part: Rectangle): Histogram {
  if (colourChannelsOf(raster) === 1) return countLevels(raster, part);
  const { data, channels, width, depth } = raster;
  const counts = new Float64Array(levelsOf(depth));
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y * width + part.x) * channels;
    const end = start + part.width * channels;
    for (let at = start; at < end; at += channels) {
      counts[store(luma(data[at], data[at + 1], data[at + 2]), topOf(depth))]++;
    }
  }
  return { levels: counts.length, count: part.width * part.height, bins: [counts] };
}

/** Unrounded, in levels. */
function largestLumaOf(raster: Raster, part: Rectangle): number {
  if (colourChannelsOf(raster) === 1) return largestLevel(countLevels(raster, part).bins[0]);
  const { data, channels, width } = raster;
  let largest = 0;
  for (let y = part.y; y < part.y + part.height; y++) {
    const start = (y * width + part.x) * channels;
    const end = start + part.width * channels;
    for (let at = start; at < end; at += channels) {
      const level = luma(data[at], data[at + 1], data[at + 2]);
      if (level > largest) largest = level;
    }
  }
  return largest;
}
