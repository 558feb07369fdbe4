/**
 * Rows of levels as values 0 … 1 for composition (OPERATIONS.md 11): straight, in double precision, in the layout of the
 * result: grey is repeated to RGB, RGB becomes its unrounded BT.601 luma.
 */

import { byteOfLevel } from '../raster/convert';
import {
  colourChannelsOf,
  hasAlpha,
  levelsOf,
  topOf,
  type Depth,
  type Raster,
  type Samples,
} from '../raster/raster';

const tables = new Map<string, Float64Array>();

/**
 * The value of every level of a picture of depth `from` in a result of depth `to`: v/T, after 16-bit levels have been stored
 * to 8 bit where the result is 8 bit. From 8 to 16 bit nothing needs to be done: v·257/65535 is v/255.
 */
export function unitTable(from: Depth, to: Depth): Float64Array {
  const name = `${from} ${to}`;
  let table = tables.get(name);
  if (table === undefined) {
    const bytes = byteOfLevel();
    table = Float64Array.from({ length: levelsOf(from) }, (_, level) =>
      from === 16 && to === 8 ? bytes[level] / topOf(8) : level / topOf(from),
    );
    tables.set(name, table);
  }
  return table;
}

/** Reads `count` pixels from sample index `start` of the raster into `into` as `colours` (1 or 3) values a pixel. */
export function readColours(
  raster: Raster,
  start: number,
  count: number,
  depth: Depth,
  colours: 1 | 3,
  into: Float64Array,
): void {
  const { data, channels } = raster;
  const table = unitTable(raster.depth, depth);
  if (colours === channels) readFlat(data, start, count * channels, table, into);
  else if (colours === 1) readGrey(data, start, channels, count, table, into);
  else readTriples(data, start, channels, count, table, into);
}

function readFlat(data: Samples, from: number, count: number, table: Float64Array, into: Float64Array): void {
  for (let i = 0; i < count; i++) into[i] = table[data[from + i]];
}

function readGrey(
  data: Samples,
  from: number,
  channels: number,
  count: number,
  table: Float64Array,
  into: Float64Array,
): void {
  if (channels <= 2) {
    for (let i = 0; i < count; i++, from += channels) into[i] = table[data[from]];
    return;
  }
  for (let i = 0; i < count; i++, from += channels) {
    into[i] = 0.299 * table[data[from]] + 0.587 * table[data[from + 1]] + 0.114 * table[data[from + 2]];
  }
}

function readTriples(
  data: Samples,
  from: number,
  channels: number,
  count: number,
  table: Float64Array,
  into: Float64Array,
): void {
  const second = channels >= 3 ? 1 : 0;
  for (let i = 0; i < 3 * count; i += 3, from += channels) {
    into[i] = table[data[from]];
    into[i + 1] = table[data[from + second]];
    into[i + 2] = table[data[from + 2 * second]];
  }
}

/** Reads alpha times `opacity`; false where the raster has none, which counts as 1, and nothing was written. */
export function readAlpha(
  raster: Raster,
  start: number,
  count: number,
  depth: Depth,
  opacity: number,
  into: Float64Array,
): boolean {
  if (!hasAlpha(raster)) return false;
  const { data, channels } = raster;
  const table = unitTable(raster.depth, depth);
  let from = start + colourChannelsOf(raster);
  for (let i = 0; i < count; i++, from += channels) into[i] = table[data[from]] * opacity;
  return true;
}
