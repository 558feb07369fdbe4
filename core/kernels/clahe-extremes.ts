/**
 * The smallest and the largest number that a plane's tables give anywhere in the picture. Between four tables a number is a mean of
 * theirs, so it lies among them; where all four agree nothing needs to be computed, and a field whose tables cannot go beyond
 * what has been seen need not be looked at. In most pictures that leaves a few fields.
 */

import type { Raster } from '../raster/raster';
import { checkpoint, type Signal } from '../raster/signal';
import { mixed, neighbouringTables, type ClahePlane } from './clahe';
import { countPlane, planeLevel, type ColorMode } from './planes';

export interface Extremes {
  readonly least: number;
  readonly most: number;
}

/** Pixels between the same four tables. */
interface Field {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** By bin: the smallest and the largest of the four tables' numbers. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** By bin: whether the field has such a pixel. */
  readonly occurs: Uint8Array;
}

/** By looking at every pixel. */
export function plainExtremes(
  mode: ColorMode,
  raster: Raster,
  plane: number,
  made: ClahePlane,
  signal: Signal,
): Extremes {
  let least = Infinity;
  let most = -Infinity;
  for (let y = 0, at = 0; y < raster.height; y++) {
    checkpoint(signal);
    for (let x = 0; x < raster.width; x++, at += raster.channels) {
      const number = mixed(made, planeLevel(mode, raster, at, plane), x, y);
      if (number < least) least = number;
      if (number > most) most = number;
    }
  }
  return { least, most };
}

/** Fields below this number of pixels cost more to describe than to compute. */
const SMALLEST_FIELD = 4096;

export function extremesOf(
  mode: ColorMode,
  raster: Raster,
  plane: number,
  made: ClahePlane,
  signal: Signal,
): Extremes {
  const { tile } = made;
  if (tile.width * tile.height < SMALLEST_FIELD) return plainExtremes(mode, raster, plane, made, signal);
  const fields = fieldsOf(mode, raster, plane, made, signal);
  let least = Infinity;
  let most = -Infinity;
  const learn = (number: number): void => {
    if (number < least) least = number;
    if (number > most) most = number;
  };
  for (const { lower, upper, occurs } of fields) {
    occurs.forEach((_, bin) => {
      if (occurs[bin] === 1 && lower[bin] === upper[bin]) learn(lower[bin]);
    });
  }
  const lookAt = (field: Field, mayChange: (bin: number) => boolean): void => {
    const wanted = field.occurs.map((occurs, bin) => (occurs === 1 && mayChange(bin) ? 1 : 0));
    if (!wanted.includes(1)) return;
    checkpoint(signal);
    for (let y = field.top; y < field.bottom; y++) {
      let at = (y * raster.width + field.left) * raster.channels;
      for (let x = field.left; x < field.right; x++, at += raster.channels) {
        const level = planeLevel(mode, raster, at, plane);
        if (wanted[made.binOf[level]] === 1) learn(mixed(made, level, x, y));
      }
    }
  };
  // The most promising field first: after it, most others have nothing to add.
  for (const field of sortedBy(fields, (each) =>
    occurring(each, each.lower).reduce((a, b) => Math.min(a, b)),
  )) {
    lookAt(field, (bin) => field.lower[bin] < least);
  }
  for (const field of sortedBy(
    fields,
    (each) => -occurring(each, each.upper).reduce((a, b) => Math.max(a, b)),
  )) {
    lookAt(field, (bin) => field.upper[bin] > most);
  }
  return { least, most };
}

function occurring({ occurs }: Field, numbers: Float64Array): Float64Array {
  return numbers.filter((_, bin) => occurs[bin] === 1);
}

function sortedBy(fields: readonly Field[], rank: (field: Field) => number): readonly Field[] {
  return fields
    .map((field) => ({ field, rank: rank(field) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ field }) => field);
}

function fieldsOf(
  mode: ColorMode,
  raster: Raster,
  plane: number,
  made: ClahePlane,
  signal: Signal,
): readonly Field[] {
  const { bins, binOf, tables } = made;
  const places = Uint16Array.from(binOf);
  const rows = stretches(raster.height, made.tile.height);
  const columns = stretches(raster.width, made.tile.width);
  return rows.flatMap(([top, bottom]) => {
    const counts = columns.map(() => new Uint32Array(bins));
    for (let y = top; y < bottom; y++) {
      checkpoint(signal);
      columns.forEach(([left, right], column) => {
        countPlane(mode, raster, plane, y * raster.width + left, right - left, places, counts[column]);
      });
    }
    return columns.map(([left, right], column): Field => {
      const four = neighbouringTables(made, left, top).map((table) =>
        tables.subarray(table * bins, (table + 1) * bins),
      );
      const across = (choose: (...numbers: number[]) => number): Float64Array =>
        four[0].map((_, bin) => choose(...four.map((table) => table[bin])));
      const occurs = Uint8Array.from(counts[column], (count) => Math.min(1, count));
      return { left, top, right, bottom, lower: across(Math.min), upper: across(Math.max), occurs };
    });
  });
}

/** Where the tables around change: half a tile from the edge, then at every tile. */
function stretches(length: number, tile: number): readonly (readonly [from: number, to: number])[] {
  const found: (readonly [number, number])[] = [];
  for (let from = 0; from < length;) {
    const to = Math.min(length, from + tile - ((from + Math.floor(tile / 2)) % tile));
    found.push([from, to]);
    from = to;
  }
  return found;
}
