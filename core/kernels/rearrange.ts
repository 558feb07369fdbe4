/**
 * Pixels moved, not changed: mirrors, quarter turns and cuts are all "output pixel (x, y) is input pixel number
 * first + x·across + y·down". Blocks keep a turn inside the processor's cache, where whole rows against whole columns would
 * touch a new cache line for every pixel.
 */

import type { Raster, Region, Samples } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';
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

type Vector = readonly [x: number, y: number];

/** Where the pixels of a moved picture lie in the input: output pixel (x, y) is the input's at `first` + x·`across` + y·`down`. */
export interface Placement {
  readonly first: Vector;
  /** One pixel along a row or a column, as `down` is at right angles to it. */
  readonly across: Vector;
  readonly down: Vector;
}

function place({ first, across, down }: Placement, x: number, y: number): Vector {
  return [first[0] + x * across[0] + y * down[0], first[1] + x * across[1] + y * down[1]];
}

/** Where the pixels of a picture that was moved twice lie in the input of the first move. */
export function placedTwice(before: Placement, after: Placement): Placement {
  const turned = ([x, y]: Vector): Vector => [
    x * before.across[0] + y * before.down[0],
    x * before.across[1] + y * before.down[1],
  ];
  return {
    first: place(before, ...after.first),
    across: turned(after.across),
    down: turned(after.down),
  };
}

/** The input rectangle that a part of the output is made from. */
export function placedSource(placement: Placement, { x, y, width, height }: Rectangle): Rectangle {
  const first = place(placement, x, y);
  const last = place(placement, x + width - 1, y + height - 1);
  return {
    x: Math.min(first[0], last[0]),
    y: Math.min(first[1], last[1]),
    width: Math.abs(first[0] - last[0]) + 1,
    height: Math.abs(first[1] - last[1]) + 1,
  };
}

/** Fills `output` from `input`, which holds its `placedSource`. */
export function rearrangeBy(placement: Placement, input: Region, output: Region, signal: Signal): void {
  const { raster, rectangle } = input;
  const { across, down } = placement;
  const [x, y] = place(placement, output.rectangle.x, output.rectangle.y);
  const steps: Steps = {
    first: (y - rectangle.y) * raster.width + x - rectangle.x,
    across: across[0] + across[1] * raster.width,
    down: down[0] + down[1] * raster.width,
  };
  rearrange(raster, steps, output.raster, signal);
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
