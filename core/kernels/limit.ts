/**
 * A step's limits, sample by sample (OPERATIONS.md 2.6): only one channel takes the result, or the change of the luma is added to
 * every channel, or the result is mixed with the input. Alpha takes no part but in `opacity` and the mask, where it is mixed likewise.
 */

import { colourChannelsOf, hasAlpha, topOf, type Raster } from '../raster/raster';
import { luma } from '../raster/luma';
import { store } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';

export type Channels = 'rgb' | 'r' | 'g' | 'b' | 'luma';

/** Which colour channels take the step's result; on grey pictures any single channel means the grey one. */
function takes(channels: Channels, colours: 1 | 3, channel: number): boolean {
  if (channels === 'rgb' || channels === 'luma' || colours === 1) return true;
  return 'rgb'.charAt(channel) === channels;
}

/** Fills `levels` with those of one row of a raster. */
export type MaskLevels = (row: number, levels: Uint8Array) => void;

/**
 * Writes the limited result. `before` and `output` have the input's layout; `after` too, or for `luma` it is the grey picture
 * that the operation made of the luma. `opacity` 0 … 1; `held` gives the mask's levels of a row of these rasters, null for everywhere
 * all of it.
 */
export function limit(
  channels: Channels,
  opacity: number,
  before: Raster,
  after: Raster,
  output: Raster,
  signal: Signal,
  held: MaskLevels | null = null,
): void {
  const colours = colourChannelsOf(before);
  const top = topOf(before.depth);
  const target = output.data;
  const v = before.data;
  const w = after.data;
  const size = before.channels;
  const alpha = hasAlpha(before);
  const taken = [0, 1, 2].map((channel) => takes(channels, colours, channel));
  const levels = held === null ? null : new Uint8Array(before.width);
  for (let y = 0; y < before.height; y++) {
    if ((y & 15) === 0) checkpoint(signal);
    if (levels !== null) held?.(y, levels);
    const start = y * before.width;
    const end = start + before.width;
    let pixel = start;
    while (pixel < end) {
      // Where the mask is closed, or open without a further limit, all that there is to do is to copy: most of nearly every picture.
      const level = levels === null ? -1 : levels[pixel - start];
      if (channels === 'rgb' && levels !== null && (level === 0 || (level === 255 && opacity === 1))) {
        let next = pixel + 1;
        while (next < end && levels[next - start] === level) next++;
        target.set((level === 0 ? v : w).subarray(pixel * size, next * size), pixel * size);
        pixel = next;
        continue;
      }

      const at = pixel * size;
      const share = levels === null ? opacity : opacity * (level / 255);
      let change = 0;
      if (channels === 'luma') {
        const grey = colours === 3 ? store(luma(v[at], v[at + 1], v[at + 2]), top) : v[at];
        change = w[pixel] - grey;
      }
      for (let channel = 0; channel < colours; channel++) {
        const from = v[at + channel];
        const to = channels === 'luma' ? store(from + change, top) : w[at + channel];
        target[at + channel] = taken[channel] ? store(from + share * (to - from), top) : from;
      }
      if (alpha) {
        const from = v[at + colours];
        const to = channels === 'luma' ? from : w[at + colours];
        target[at + colours] = store(from + share * (to - from), top);
      }
      pixel++;
    }
  }
}
