/**
 * Pixels moved, not changed: mirrors, quarter turns and cuts are all "output pixel (x, y) is input pixel number
 * first + x·across + y·down". Blocks keep a turn inside the processor's cache, where whole rows against whole columns would
 * touch a new cache line for every pixel.
 */

import type { Raster, Samples } from '../raster/raster';
import { checkpoint, type Signal } from '../raster/signal';

/** Pixels along the side of a block: 32 rows of 32 pixels of any layout fit the fastest cache, twice. */
const BLOCK = 32;

/** Steps through the input, in pixels. */
export interface Steps {
  /** Number of the input pixel that is the output's first. */
  readonly first: number;
  /** From an output pixel to its right neighbour. */
  readonly across: number;
  /** From an output pixel to the one below. */
  readonly down: number;
}

/** Fills `output`, all channels, with pixels of `input`, which has its layout and depth and holds every pixel stepped on. */
export function rearrange(
  input: Raster,
  { first, across, down }: Steps,
  output: Raster,
  signal: Signal,
): void {
  const { width, height, channels } = output;
  for (let top = 0; top < height; top += BLOCK) {
    checkpoint(signal);
    const bottom = Math.min(height, top + BLOCK);
    if (across === 1) {
      for (let y = top; y < bottom; y++) {
        const start = (first + y * down) * channels;
        output.data.set(input.data.subarray(start, start + width * channels), y * width * channels);
      }
      continue;
    }
    for (let left = 0; left < width; left += BLOCK) {
      const count = Math.min(BLOCK, width - left);
      for (let y = top; y < bottom; y++) {
        const from = (first + left * across + y * down) * channels;
        copyPixels(
          input.data,
          from,
          across * channels,
          channels,
          output.data,
          (y * width + left) * channels,
          count,
        );
      }
    }
  }
}

function copyPixels(
  data: Samples,
  from: number,
  step: number,
  channels: number,
  target: Samples,
  to: number,
  count: number,
): void {
  const end = to + count * channels;
  switch (channels) {
    case 1:
      for (; to < end; to++, from += step) target[to] = data[from];
      return;
    case 3:
      for (; to < end; to += 3, from += step) {
        target[to] = data[from];
        target[to + 1] = data[from + 1];
        target[to + 2] = data[from + 2];
      }
      return;
    default:
      for (; to < end; to += channels, from += step) {
        for (let channel = 0; channel < channels; channel++) target[to + channel] = data[from + channel];
      }
  }
}
