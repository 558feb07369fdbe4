/**
 * Measurements of the whole picture for global operations: exact, at full resolution, and made of parts in any order with the
 * same result.
 */

import { countLevels } from '../kernels/count-levels';
import { extremesOf, widerOf } from '../kernels/extremes';
import { countLuma, largestLuma } from '../kernels/luma';
import { addHistograms } from '../raster/histogram';
import type { Raster } from '../raster/raster';
import { wholeOf, type Rectangle } from '../raster/rectangle';
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
    case 'histogramWithLuma': {
      const counted = countLevels(raster, part, raster.channels);
      const bins = [...counted.bins, ...countLuma(raster, part).bins];
      return { kind: 'histogram', histogram: { ...counted, bins } };
    }
    case 'lumaHistogram':
      return { kind: 'histogram', histogram: countLuma(raster, part) };
    case 'extremes':
      return { kind: 'extremes', extremes: extremesOf(raster, part) };
    case 'largestLuma':
      return { kind: 'largestLuma', level: largestLuma(raster, part) };
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
