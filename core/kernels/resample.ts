/**
 * Resampling along rows, then along columns, in doubles and without rounding in between. Only as many resampled rows are kept as
 * one output row reads, whatever the size of the picture.
 */

import { hasAlpha, type Region } from '../raster/raster';
import type { Size } from '../raster/rectangle';
import { withScratch } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { cover, storeUncovered, uncover } from './covered-colour';
import { addFast } from './fast-resample';
import { addLevelsFast } from './fast-resample-levels';
import { resampleTaps, type ResampleFilter, type ResampleTaps } from './resample-taps';
import { fastKernels } from './wasm/fast-kernels';

export interface Resampling {
  readonly filter: ResampleFilter;
  /** Adds up light instead of stored values. */
  readonly linear: boolean;
  /** The whole input and the whole result. */
  readonly from: Size;
  readonly to: Size;
}

/** A picture that keeps its size keeps its pixels, those too that alpha hides. */
function picks({ filter, from, to }: Resampling): boolean {
  return filter === 'nearest' || (from.width === to.width && from.height === to.height);
}

/** Fills `output` from `input`, which holds every sample that its taps read. */
export function resample(resampling: Resampling, input: Region, output: Region, signal: Signal): void {
  const { from, to } = resampling;
  const { x, y, width, height } = output.rectangle;
  const picked = picks(resampling);
  const filter = picked ? 'nearest' : resampling.filter;
  const across = resampleTaps(filter, from.width, to.width, x, width);
  const down = resampleTaps(filter, from.height, to.height, y, height);
  if (picked) {
    pick(across, down, input, output, signal);
    return;
  }
  const fast = fastKernels();
  if (fast !== null) {
    const { depth, channels } = input.raster;
    const levels = depth === 8 && !resampling.linear && !hasAlpha({ channels });
    if (levels && addLevelsFast(fast, across, down, input, output, signal)) return;
    if (addFast(fast, resampling, across, down, input, output, signal)) return;
  }
  addPlainly(resampling, across, down, input, output, signal);
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

/** The sums in plain TypeScript. */
export function addPlainly(
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
  withScratch((wide + (kept + 1) * row) * 8, ({ buffer, byteOffset }) => {
    const covered = new Float64Array(buffer, byteOffset, wide);
    const sums = new Float64Array(buffer, byteOffset + wide * 8, row);
    const rows = Array.from(
      { length: kept },
      (_, at) => new Float64Array(buffer, byteOffset + (wide + (at + 1) * row) * 8, row),
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
  taps: ResampleTaps,
  left: number,
  channels: number,
  target: Float64Array,
): void {
  const { first, count, at: begins, weights } = taps;
  if (channels >= 3) return addColours(covered, taps, left, channels, target);
  for (let x = 0, to = 0; x < first.length; x++, to += channels) {
    const begin = begins[x];
    const end = begin + count[x];
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      let at = (first[x] - left) * channels + channel;
      for (let tap = begin; tap < end; tap++, at += channels) sum += weights[tap] * covered[at];
      target[to++] = sum;
    }
    to -= channels;
  }
}

/** The same sums side by side, which takes half the time. */
function addColours(
  covered: Float64Array,
  { first, count, at: begins, weights }: ResampleTaps,
  left: number,
  channels: number,
  target: Float64Array,
): void {
  const alpha = channels === 4;
  for (let x = 0, to = 0; x < first.length; x++, to += channels) {
    const begin = begins[x];
    const end = begin + count[x];
    let red = 0;
    let green = 0;
    let blue = 0;
    let covering = 0;
    let at = (first[x] - left) * channels;
    for (let tap = begin; tap < end; tap++, at += channels) {
      const weight = weights[tap];
      red += weight * covered[at];
      green += weight * covered[at + 1];
      blue += weight * covered[at + 2];
      if (alpha) covering += weight * covered[at + 3];
    }
    target[to] = red;
    target[to + 1] = green;
    target[to + 2] = blue;
    if (alpha) target[to + 3] = covering;
  }
}

/** The samples that a pixel of the result is the weighted sum of, across and down; null where it is one of the input, as it is. */
export function tapsAt(
  { filter, from, to }: Resampling,
  x: number,
  y: number,
): { readonly across: ResampleTaps; readonly down: ResampleTaps } | null {
  if (picks({ filter, from, to, linear: false })) return null;
  return {
    across: resampleTaps(filter, from.width, to.width, x, 1),
    down: resampleTaps(filter, from.height, to.height, y, 1),
  };
}

/** The definition for one pixel of the result: its unrounded levels, from a part of the input that holds all it reads. */
export function resampledPixel(
  resampling: Resampling,
  input: Region,
  x: number,
  y: number,
): readonly number[] {
  const { linear, from, to } = resampling;
  const { raster, rectangle } = input;
  const { channels } = raster;
  const picked = picks(resampling);
  const filter = picked ? 'nearest' : resampling.filter;
  const across = resampleTaps(filter, from.width, to.width, x, 1);
  const down = resampleTaps(filter, from.height, to.height, y, 1);
  if (picked) {
    const at = (down.first[0] - rectangle.y) * raster.width + across.first[0] - rectangle.x;
    return [...raster.data.subarray(at * channels, (at + 1) * channels)];
  }
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
