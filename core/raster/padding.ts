/**
 * A rectangle of a picture with its surroundings filled in by a boundary rule (OPERATIONS.md 7.1), so that neighbourhood
 * kernels read a plain array and know nothing of edges. Inside the picture whole runs of rows are copied; only the columns
 * beyond an edge are looked up one by one.
 */

import { boundaryIndex, boundaryInterval, boundaryMap, type Boundary } from './boundary';
import type { Rectangle } from './rectangle';
import type { Region, Samples, Shape } from './raster';

/**
 * What a neighbourhood kernel reads. Its samples are whole levels as in any raster, except where the rule is `constant` and
 * the constant is no whole level (0.5 on the 255 scale at 8 bit): then all of them are doubles, and the result stays exact.
 */
export interface PaddedRaster extends Shape {
  readonly data: Samples | Float64Array;
}

/** The smallest rectangle inside the picture that holds every sample which `want` reads under the rule. */
export function neededForPadding(whole: Shape, want: Rectangle, rule: Boundary): Rectangle {
  const columns = boundaryInterval(rule, want.x, want.width, whole.width);
  const rows = boundaryInterval(rule, want.y, want.height, whole.height);
  return { x: columns.from, y: rows.from, width: columns.to - columns.from, height: rows.to - rows.from };
}

/**
 * Copies `count` samples from `start` of one array to `at` of another; by default the arrays do it, which takes their time where memory is
 * shared between threads.
 */
export type CopyRun = (
  from: Samples,
  start: number,
  count: number,
  into: Samples | Float64Array,
  at: number,
) => void;

const setRun: CopyRun = (from, start, count, into, at) => into.set(from.subarray(start, start + count), at);

/**
 * Fills `target`, which has the size of `want` (coordinates of the picture; may reach outside it), all channels.
 * `source` holds at least `neededForPadding(whole, want, rule)`; `constantLevel` is what stands outside for `constant`.
 */
export function padRegion(
  source: Region,
  whole: Shape,
  want: Rectangle,
  rule: Boundary,
  constantLevel: number,
  target: PaddedRaster,
  copyRun: CopyRun = setRun,
): void {
  const { channels } = whole;
  const from = source.raster.data;
  const into = target.data;
  const stride = source.raster.width * channels;
  const row = want.width * channels;

  // Columns [first, last) of `want` lie inside the picture.
  const first = Math.min(want.width, Math.max(0, -want.x));
  const last = Math.max(first, Math.min(want.width, whole.width - want.x));
  const left = boundaryMap(rule, want.x, first, whole.width);
  const right = boundaryMap(rule, want.x + last, want.width - last, whole.width);
  const inside = (want.x + first - source.rectangle.x) * channels;

  for (let y = 0; y < want.height; y++) {
    const at = y * row;
    const mapped = boundaryIndex(rule, want.y + y, whole.height);
    if (mapped < 0) {
      into.fill(constantLevel, at, at + row);
      continue;
    }
    const line = (mapped - source.rectangle.y) * stride;
    if (last > first) {
      copyRun(from, line + inside, (last - first) * channels, into, at + first * channels);
    }
    const base = line - source.rectangle.x * channels;
    padColumns(from, base, left, channels, constantLevel, into, at);
    padColumns(from, base, right, channels, constantLevel, into, at + last * channels);
  }
}

/** Writes the pixels that `map` names; `base` is where column 0 of the picture's row would stand in `from`. */
function padColumns(
  from: Samples,
  base: number,
  map: Int32Array,
  channels: number,
  constantLevel: number,
  into: Samples | Float64Array,
  at: number,
): void {
  for (let i = 0; i < map.length; i++, at += channels) {
    if (map[i] < 0) {
      for (let channel = 0; channel < channels; channel++) into[at + channel] = constantLevel;
    } else {
      const pixel = base + map[i] * channels;
      for (let channel = 0; channel < channels; channel++) into[at + channel] = from[pixel + channel];
    }
  }
}
