/**
 * Resampling along rows, then along columns, in doubles and without rounding in between. Only as many resampled rows are kept as
 * one output row reads, whatever the size of the picture.
 */

import type { Region } from '../raster/raster';
import type { Size } from '../raster/rectangle';
import { withScratch } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { cover, storeUncovered, uncover } from './covered-colour';
import { resampleTaps, type ResampleFilter, type ResampleTaps } from './resample-taps';

export interface Resampling {
  readonly filter: ResampleFilter;
  /** Adds up light instead of stored values. */
  readonly linear: boolean;
  /** The whole input and the whole result. */
  readonly from: Size;
  readonly to: Size;
}

/** Fills `output` from `input`, which holds every sample that its taps read. */
export function resample(resampling: Resampling, input: Region, output: Region, signal: Signal): void {
  const { filter, from, to } = resampling;
  const { x, y, width, height } = output.rectangle;
  const across = resampleTaps(filter, from.width, to.width, x, width);
  const down = resampleTaps(filter, from.height, to.height, y, height);
  if (filter === 'nearest') pick(across, down, input, output, signal);
  else add(resampling, across, down, input, output, signal);
}

/** Whole pixels, as they are. */
function pick(across: ResampleTaps, down: ResampleTaps, input: Region, output: Region, signal: Signal): void {
  const { data, channels, width } = input.raster;
  const target = output.raster.data;
  let at = 0;
  for (const row of down.first) {
    checkpoint(signal);
    const line = (row - input.rectangle.y) * width - input.rectangle.x;
    for (const column of across.first) {
      const start = (line + column) * channels;
      for (let channel = 0; channel < channels; channel++) target[at++] = data[start + channel];
    }
  }
}

function add(
  { linear }: Resampling,
  across: ResampleTaps,
  down: ResampleTaps,
  input: Region,
  output: Region,
  signal: Signal,
): void {
  const { raster, rectangle } = input;
  const { channels } = raster;
  const { width, height } = output.rectangle;
  const row = width * channels;
  const kept = down.count.reduce((most, count) => Math.max(most, count), 0);
  const wide = raster.width * channels;
  withScratch((wide + (kept + 1) * row) * 8, (block) => {
    const covered = new Float64Array(block, 0, wide);
    const sums = new Float64Array(block, wide * 8, row);
    const rows = Array.from(
      { length: kept },
      (_, at) => new Float64Array(block, (wide + (at + 1) * row) * 8, row),
    );
    let next = down.first[0];
    for (let y = 0; y < height; y++) {
      checkpoint(signal);
      const first = down.first[y];
      const count = down.count[y];
      for (next = Math.max(next, first); next < first + count; next++) {
        const start = (next - rectangle.y) * wide;
        cover(raster.data, start, raster.width, raster, linear, covered);
        addAcross(covered, across, rectangle.x, channels, rows[next % kept]);
      }
      sums.fill(0);
      for (let tap = 0; tap < count; tap++) {
        addWeighted(sums, rows[(first + tap) % kept], down.weights[down.at[y] + tap]);
      }
      storeUncovered(sums, width, raster, linear, output.raster.data, y * row);
    }
  });
}

function addWeighted(sums: Float64Array, row: Float64Array, weight: number): void {
  for (let at = 0; at < sums.length; at++) sums[at] += weight * row[at];
}

/** One row of the input, resampled; `left` is the column of its first pixel. */
function addAcross(
  covered: Float64Array,
  { first, count, at: begins, weights }: ResampleTaps,
  left: number,
  channels: number,
  target: Float64Array,
): void {
  for (let x = 0, to = 0; x < first.length; x++, to += channels) {
    const begin = (first[x] - left) * channels;
    const taps = count[x];
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      for (let tap = 0, at = begin + channel; tap < taps; tap++, at += channels) {
        sum += weights[begins[x] + tap] * covered[at];
      }
      target[to + channel] = sum;
    }
  }
}

/** The definition for one pixel of the result: its unrounded levels, from a part of the input that holds all it reads. */
export function resampledPixel(
  { filter, linear, from, to }: Resampling,
  input: Region,
  x: number,
  y: number,
): readonly number[] {
  const { raster, rectangle } = input;
  const { channels } = raster;
  const across = resampleTaps(filter, from.width, to.width, x, 1);
  const down = resampleTaps(filter, from.height, to.height, y, 1);
  const total = new Float64Array(channels);
  const covered = new Float64Array(channels * across.count[0]);
  down.weights.forEach((weight, tap) => {
    const line = (down.first[0] + tap - rectangle.y) * raster.width + across.first[0] - rectangle.x;
    cover(raster.data, line * channels, across.count[0], raster, linear, covered);
    for (let channel = 0; channel < channels; channel++) {
      const along = across.weights.reduce((sum, own, at) => sum + own * covered[at * channels + channel], 0);
      total[channel] += weight * along;
    }
  });
  uncover(total, 0, raster, linear);
  return [...total];
}
