/**
 * Samples of any number format become levels. Integers of 8 and 16 bits are levels already. 32-bit integers are scaled to
 * 16 bits. Floating point runs nominally from 0 to 1, as stored and without a transfer curve (OPERATIONS.md 1). Negative
 * samples of signed formats are black. No picture is scaled by its own extremes: equal numbers give equal levels in every file.
 */

import { topOf, type Depth, type Samples } from '../../raster/raster';
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

/** Samples over bytes as they lie in memory; `count` of them from `offset`, which must be a multiple of their size. */
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
      levels[pixel * channels + c] = level(numbers[pixel * bands + c] ?? 0);
    }
  }
  return levels;
}

/** Whether floating-point samples lie outside 0 … 1, beyond what rounding makes of them. */
export function exceedsRange(numbers: Numbers, format: NumberFormat): boolean {
  if (format !== 'float32' && format !== 'float64') return false;
  return numbers.some((sample) => sample < -0.001 || sample > 1.001);
}

/** Replaces the colour samples by their entries in `table`, in place; alpha is left. */
export function applyTable(samples: Samples, table: Samples, channels: number, coloured: number): void {
  for (let at = 0; at < samples.length; at += channels) {
    for (let c = 0; c < coloured; c++) samples[at + c] = table[samples[at + c] ?? 0] ?? 0;
  }
}

/** The same picture at another depth: 8 → 16 bit v·257, 16 → 8 bit store(v / 257) (OPERATIONS.md 12a). */
export function toDepth(samples: Samples, from: Depth, to: Depth): Samples {
  if (from === to) return samples;
  if (to === 16) return Uint16Array.from(samples, (level) => level * 257);
  const table = new Uint8Array(65_536);
  for (let level = 0; level < table.length; level++) table[level] = store(level / 257, 255);
  const levels = new Uint8Array(samples.length);
  for (let i = 0; i < levels.length; i++) levels[i] = table[samples[i] ?? 0] ?? 0;
  return levels;
}

/**
 * A picture with alpha laid on an opaque colour: store(b + (v − b)·a / T). `background` is one level a colour channel, at
 * the picture's depth.
 */
export function flatten(
  samples: Samples,
  colours: 1 | 3,
  depth: Depth,
  background: readonly number[],
): Samples {
  const top = topOf(depth);
  const pixels = samples.length / (colours + 1);
  const flat = depth === 8 ? new Uint8Array(pixels * colours) : new Uint16Array(pixels * colours);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const at = pixel * (colours + 1);
    const share = (samples[at + colours] ?? 0) / top;
    for (let c = 0; c < colours; c++) {
      const under = background[c] ?? 0;
      flat[pixel * colours + c] = store(under + ((samples[at + c] ?? 0) - under) * share, top);
    }
  }
  return flat;
}
