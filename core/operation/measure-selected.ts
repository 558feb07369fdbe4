/**
 * How often every level occurs in a selection's shape, from parts of the picture in any order. What lies outside the shape is the rest
 * of the whole picture's counts, so nobody has to count it (core/node/pixels/read-histogram.ts).
 */

import { spansIn } from '../kernels/selected';
import type { Histogram } from '../raster/histogram';
import { colourChannelsOf, levelsOf, topOf, type Raster, type Samples } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';
import { store } from '../raster/rounding';
import type { SelectedArea } from '../raster/selection';
import { luma } from '../raster/luma';
import { measure } from './measure';
import type { Measured, Measurement } from './operation';

/** Of every channel, or of the rounded luma. */
export type CountedOf = Extract<Measurement, 'histogramWithAlpha' | 'lumaHistogram'>;

/** Counts what lies in the shape of the picture's part `place`, whose samples are `raster`. */
export function measureSelected(
  counted: CountedOf,
  raster: Raster,
  place: Rectangle,
  area: SelectedArea,
): Measured {
  // Nothing of a part that lies in the rectangle is left out, so the fast kernels count it.
  if (area.shape === 'rectangle' && holds(area, place)) return measure(counted, raster);
  const levels = levelsOf(raster.depth);
  const { data, channels, width, depth } = raster;
  const ofLuma = counted === 'lumaHistogram' && colourChannelsOf(raster) === 3;
  const channelsCounted = counted === 'lumaHistogram' ? 1 : channels;
  const bins = Array.from({ length: channelsCounted }, () => new Float64Array(levels));
  const spanOf = spansIn(area);
  let count = 0;
  for (let row = 0; row < place.height; row++) {
    const span = spanOf(place.y + row);
    const from = Math.max(0, span.from - place.x);
    const to = Math.min(place.width, span.to - place.x);
    if (from >= to) continue;
    count += to - from;
    const start = (row * width + from) * channels;
    const end = (row * width + to) * channels;
    if (ofLuma) countLuma(bins[0], data, start, end, channels, topOf(depth));
    else
      bins.forEach((own, channel) => {
        for (let at = start + channel; at < end; at += channels) own[data[at]]++;
      });
  }
  return { kind: 'histogram', histogram: { levels, count, bins } satisfies Histogram };
}

function countLuma(
  counts: Float64Array,
  data: Samples,
  start: number,
  end: number,
  channels: number,
  top: number,
): void {
  for (let at = start; at < end; at += channels)
    counts[store(luma(data[at], data[at + 1], data[at + 2]), top)]++;
}

function holds(outer: Rectangle, inner: Rectangle): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}
