/**
 * The transfer curve of a point operation, s = T(r), and what it does to the picture: the histogram that goes in and the one that comes
 * out, which follows from the curve. Everything on the 255 scale: of a picture of 16 bit, 256 levels are one.
 */

import type { Histogram } from '../raster/histogram';
import { scaleOf, type Depth, type Samples } from '../raster/raster';

/** Levels on the 255 scale. */
export const STOPS = 256;

export interface Transfer {
  /** By colour channel: what level u becomes, on the 255 scale, not rounded to it. One list where all are alike. */
  readonly curves: readonly (readonly number[])[];
  /** By colour channel: how many pixels have level u, before and after. */
  readonly input: readonly (readonly number[])[];
  readonly output: readonly (readonly number[])[];
}

/** From the step's tables, one a colour channel and an entry a level, and the exact histogram of its input. */
export function transferOf(tables: readonly Samples[], { bins }: Histogram, depth: Depth): Transfer {
  const scale = scaleOf(depth);
  const alike = tables.every((table) => table === tables[0]);
  const curves = (alike ? tables.slice(0, 1) : tables).map((table) =>
    Array.from({ length: STOPS }, (_, u) => table[u * scale] / scale),
  );
  const perStop = bins[0].length / STOPS;
  const gathered = (counts: Float64Array, levelOf: (level: number) => number): readonly number[] => {
    const stops = new Array<number>(STOPS).fill(0);
    counts.forEach((count, level) => (stops[Math.floor(levelOf(level) / perStop)] += count));
    return stops;
  };
  return {
    curves,
    input: bins.map((counts) => gathered(counts, (level) => level)),
    output: bins.map((counts, channel) => gathered(counts, (level) => tables[channel][level])),
  };
}
