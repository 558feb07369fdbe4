/**
 * Samples of any number format become levels. Integers of 8 and 16 bits are levels already. 32-bit integers
 * are scaled to 16 bits. Floating point runs nominally from 0 to 1, as stored and without a transfer curve
 * (OPERATIONS.md 1). Negative samples of signed formats are black. No picture is scaled by its own extremes:
 * equal numbers give equal levels in every file.
 */

import {
  colourChannelsOf,
  createRaster,
  topOf,
  type Depth,
  type Raster,
  type Samples,
} from '../../raster/raster';
import { store } from '../../raster/rounding';
import type { NumberFormat } from './vips-file';

type Numbers =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;

const views = {
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const satisfies Record<NumberFormat, unknown>;

/**
 * Samples over bytes as they lie in memory; `count` of them from `offset`, which must be a multiple of their
 * size.
 */
export function numbersOver(
  bytes: Uint8Array<ArrayBuffer>,
  format: NumberFormat,
  offset: number,
  count: number,
): Numbers {
  return new views[format](bytes.buffer, bytes.byteOffset + offset, count);
}

/** The depth at which samples of this format are opened. */
export function depthOf(format: NumberFormat): Depth {
  return format === 'uint8' || format === 'int8' ? 8 : 16;
}

function levelFrom(format: NumberFormat): (sample: number) => number {
  switch (format) {
    case 'uint8':
    case 'uint16':
      return (sample) => sample;
    case 'int8':
    case 'int16':
      return (sample) => Math.max(0, sample);
    case 'uint32':
      return (sample) => store(sample / 65_537, 65_535);
    case 'int32':
      return (sample) => store(sample / 32_768.5, 65_535);
    case 'float32':
    case 'float64':
      return (sample) => store(sample * 65_535, 65_535);
  }
}

/** The first `channels` of every `bands` samples, as levels. */
export function levelsFrom(numbers: Numbers, format: NumberFormat, bands: number, channels: number): Samples {
  const pixels = numbers.length / bands;
  const levels =
    depthOf(format) === 8 ? new Uint8Array(pixels * channels) : new Uint16Array(pixels * channels);
  const level = levelFrom(format);
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let c = 0; c < channels; c++) {
      levels[pixel * channels + c] = level(numbers[pixel * bands + c]);
    }
  }
  return levels;
}

/** Whether floating-point samples lie outside 0 … 1, beyond what rounding makes of them. */
export function exceedsRange(numbers: Numbers, format: NumberFormat): boolean {
  if (format !== 'float32' && format !== 'float64') return false;
  return numbers.some((sample) => sample < -0.001 || sample > 1.001);
}

/** Replaces the first `affected` samples of every pixel by their entries in `table`, in place. */
export function applyTable(samples: Samples, table: Samples, channels: number, affected: number): void {
  for (let at = 0; at < samples.length; at += channels) {
    for (let c = 0; c < affected; c++) samples[at + c] = table[samples[at + c]];
  }
}

/**
 * A picture with alpha laid on an opaque colour: store(b + (v − b)·a / T). `background` is one level a colour
 * channel, at the picture's depth.
 */
export function flatten(raster: Raster, background: readonly number[]): Raster {
  const { data, channels } = raster;
  const colours = colourChannelsOf(raster);
  const flat = createRaster({ ...raster, channels: colours });
  const top = topOf(raster.depth);
  for (let from = 0, to = 0; from < data.length; from += channels, to += colours) {
    const share = data[from + colours] / top;
    for (let c = 0; c < colours; c++) {
      flat.data[to + c] = store(background[c] + (data[from + c] - background[c]) * share, top);
    }
  }
  return flat;
}
