/**
 * Pixels as resampling adds them up (OPERATIONS.md 12a): colours multiplied by alpha, so that what is transparent lends no colour
 * to its neighbours, and divided by the alpha of the sum at the end.
 */

import {
  colourChannelsOf,
  hasAlpha,
  topOf,
  type ChannelCount,
  type Depth,
  type Samples,
} from '../raster/raster';
import { store } from '../raster/rounding';
import { encodeSrgb, lightOfLevels } from '../raster/srgb';

interface Layout {
  readonly channels: ChannelCount;
  readonly depth: Depth;
}

/** Writes `count` pixels of `data` from sample `start` on, ready to be weighted and added. */
export function cover(
  data: Samples,
  start: number,
  count: number,
  { channels, depth }: Layout,
  linear: boolean,
  target: Float64Array,
): void {
  const light = linear ? lightOfLevels(depth) : null;
  const alpha = hasAlpha({ channels });
  if (light === null && !alpha) {
    target.set(data.subarray(start, start + count * channels));
    return;
  }
  const colours = colourChannelsOf({ channels });
  for (let pixel = 0, at = 0; pixel < count; pixel++, at += channels) {
    const from = start + at;
    const covering = alpha ? data[from + colours] : 1;
    for (let channel = 0; channel < colours; channel++) {
      const level = data[from + channel];
      target[at + channel] = (light === null ? level : light[level]) * covering;
    }
    if (alpha) target[at + colours] = covering;
  }
}

/** From a weighted sum, `at` of `sums`, to the unrounded levels of the pixel, in place. */
export function uncover(sums: Float64Array, at: number, { channels, depth }: Layout, linear: boolean): void {
  const colours = colourChannelsOf({ channels });
  const covering = hasAlpha({ channels }) ? sums[at + colours] : 1;
  for (let channel = 0; channel < colours; channel++) {
    const colour = covering > 0 ? sums[at + channel] / covering : 0;
    sums[at + channel] = linear ? topOf(depth) * encodeSrgb(Math.min(1, Math.max(0, colour))) : colour;
  }
}

/** Stores a run of pixels whose sums lie in `sums`, which is used up. */
export function storeUncovered(
  sums: Float64Array,
  count: number,
  layout: Layout,
  linear: boolean,
  target: Samples,
  start: number,
): void {
  const { channels, depth } = layout;
  const top = topOf(depth);
  const finished = !linear && !hasAlpha(layout);
  for (let at = 0; at < count * channels; at += channels) {
    if (!finished) uncover(sums, at, layout, linear);
    for (let channel = 0; channel < channels; channel++) {
      target[start + at + channel] = store(sums[at + channel], top);
    }
  }
}
