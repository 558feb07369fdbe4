/**
 * Contrast-limited adaptive histogram equalisation (K. Zuiderveld, Graphics Gems IV; OPERATIONS.md 6.3): every tile of a plane has
 * an equalising table of its own whose steepness is limited, and a pixel takes the tables of the four tiles around it in
 * proportion. The tables come from the full resolution; a preview looks its pixels up where they would lie there.
 *
 * Everything that is cut to whole numbers is a fraction of whole numbers, so it is cut exactly.
 */

import { boundaryIndex } from '../raster/boundary';
import type { Raster } from '../raster/raster';
import type { Size } from '../raster/rectangle';
import { checkpoint, type Signal } from '../raster/signal';
import { extremesOf } from './clahe-extremes';
import { countPlane, planeHistogram, planeLevel, type ColorMode } from './planes';

/** The grid of 14 bits on which tables count. */
export const GRID_TOP = 16_383;

export interface ClaheSettings {
  readonly tileWidth: number;
  readonly tileHeight: number;
  /** Share of a tile's pixels that a bin may hold; 0 for no limit. */
  readonly clipLimit: number;
  readonly bins: number;
}

/** A plane's tables, and what they are made for. */
export interface ClahePlane {
  /** The picture at full resolution. */
  readonly size: Size;
  readonly tile: Size;
  readonly bins: number;
  /** By level. */
  readonly binOf: Float64Array;
  /** Tile by tile, row by row of tiles, a grid number for every bin. */
  readonly tables: Float64Array;
  /** The smallest and the largest number that the tables give anywhere in the picture. */
  readonly least: number;
  readonly most: number;
}

/** Null for a plane of a single level, which stays as it is. */
export function claheOf(
  mode: ColorMode,
  raster: Raster,
  plane: number,
  settings: ClaheSettings,
  signal: Signal,
): ClahePlane | null {
  const { bins, tileWidth, tileHeight } = settings;
  const counts = planeHistogram(mode, raster, plane);
  const lowest = counts.findIndex((count) => count > 0);
  const highest = counts.findLastIndex((count) => count > 0);
  if (lowest === highest) return null;
  const binOf = counts.map((_, level) => {
    const grid = roundHalfToEven(((level - lowest) / (highest - lowest)) * GRID_TOP);
    return Math.floor(grid / (1 + Math.floor((GRID_TOP + 1) / bins)));
  });
  const size: Size = { width: raster.width, height: raster.height };
  const tile: Size = { width: tileWidth, height: tileHeight };
  const tables = tablesOf(mode, raster, plane, settings, binOf, signal);
  const made: ClahePlane = { size, tile, bins, binOf, tables, least: 0, most: GRID_TOP };
  return { ...made, ...extremesOf(mode, raster, plane, made, signal) };
}

/** The unrounded result for a level at a place of the full resolution: the definition, pixel by pixel. */
export function claheLevel(plane: ClahePlane, level: number, x: number, y: number, top: number): number {
  return claheResult(plane, mixed(plane, level, x, y), top);
}

/** What a grid number becomes, unrounded. */
export function claheResult({ least, most }: ClahePlane, number: number, top: number): number {
  // Where every pixel comes out alike there is nothing to stretch.
  if (least === most) return least > 0 ? top : 0;
  return (top * (number - least)) / (most - least);
}

/** Where a row or a column lies between the tables on both sides of it. */
export interface Between {
  /** Numbers of the tables in their row or column of tables. */
  readonly before: number;
  readonly after: number;
  /** Of the tile's length: how much `after` counts. */
  readonly share: number;
}

export function between(place: number, tile: number, length: number): Between {
  const shifted = place + Math.floor(tile / 2);
  const index = Math.floor(shifted / tile);
  return {
    before: Math.max(0, index - 1),
    after: Math.min(Math.ceil(length / tile) - 1, index),
    share: shifted - index * tile,
  };
}

/** Numbers of the four tables around a place: upper left, upper right, lower left, lower right. */
export function neighbouringTables({ size, tile }: ClahePlane, x: number, y: number): readonly number[] {
  const row = between(y, tile.height, size.height);
  const column = between(x, tile.width, size.width);
  const across = Math.ceil(size.width / tile.width);
  return [row.before, row.after].flatMap((line) => [
    line * across + column.before,
    line * across + column.after,
  ]);
}

/** A table that counts at a place. */
export interface NearTable {
  /** Its tile, by row and column of tiles from the top left. */
  readonly row: number;
  readonly column: number;
  /** How much it counts, more than 0; the shares of all tables at a place add up to 1. */
  readonly share: number;
  readonly table: Float64Array;
}

/** The tables that count at a place, up to four. At the picture's edges some of the four are one. */
export function tablesNear(
  { size, tile, bins, tables }: ClahePlane,
  x: number,
  y: number,
): readonly NearTable[] {
  const along = ({ before, after, share }: Between, length: number): ReadonlyMap<number, number> => {
    if (before === after) return new Map([[before, 1]]);
    return new Map([
      [before, 1 - share / length],
      [after, share / length],
    ]);
  };
  const across = Math.ceil(size.width / tile.width);
  const rows = [...along(between(y, tile.height, size.height), tile.height)];
  const columns = [...along(between(x, tile.width, size.width), tile.width)];
  return rows
    .flatMap(([row, down]) =>
      columns.map(([column, beside]): NearTable => {
        const start = (row * across + column) * bins;
        return { row, column, share: down * beside, table: tables.subarray(start, start + bins) };
      }),
    )
    .filter(({ share }) => share > 0);
}

/** The four tables around a place, in proportion, cut to a whole number. */
export function mixed(plane: ClahePlane, level: number, x: number, y: number): number {
  const { size, tile, bins, binOf, tables } = plane;
  const bin = binOf[level];
  const [upperLeft, upperRight, lowerLeft, lowerRight] = neighbouringTables(plane, x, y).map(
    (table) => tables[table * bins + bin],
  );
  const beside = between(x, tile.width, size.width).share;
  const below = between(y, tile.height, size.height).share;
  const upper = (tile.width - beside) * upperLeft + beside * upperRight;
  const lower = (tile.width - beside) * lowerLeft + beside * lowerRight;
  return Math.floor(((tile.height - below) * upper + below * lower) / (tile.width * tile.height));
}

function tablesOf(
  mode: ColorMode,
  raster: Raster,
  plane: number,
  { tileWidth, tileHeight, clipLimit, bins }: ClaheSettings,
  binOf: Float64Array,
  signal: Signal,
): Float64Array {
  const { width, height, channels } = raster;
  const across = Math.ceil(width / tileWidth);
  const down = Math.ceil(height / tileHeight);
  const pixels = tileWidth * tileHeight;
  const limit = clipLimit === 0 ? pixels : Math.floor(Math.max(1, clipLimit * pixels));
  const tables = new Float64Array(across * down * bins);
  const places = Uint16Array.from(binOf);
  const counts = new Uint32Array(bins);
  for (let index = 0; index < across * down; index++) {
    checkpoint(signal);
    const left = (index % across) * tileWidth;
    const upper = Math.floor(index / across) * tileHeight;
    const table = tables.subarray(index * bins, (index + 1) * bins);
    const right = Math.min(width, left + tileWidth);
    counts.fill(0);
    for (let y = upper; y < upper + tileHeight; y++) {
      const line = boundaryIndex('reflect', y, height) * width;
      countPlane(mode, raster, plane, line + left, right - left, places, counts);
      for (let x = right; x < left + tileWidth; x++) {
        const at = (line + boundaryIndex('reflect', x, width)) * channels;
        counts[places[planeLevel(mode, raster, at, plane)]]++;
      }
    }
    table.set(counts);
    clip(table, limit);
    let sum = 0;
    table.forEach((count, bin) => {
      sum += count;
      table[bin] = Math.min(GRID_TOP, Math.floor((GRID_TOP * sum) / pixels));
    });
  }
  return tables;
}

/** Cuts the counts to the limit and hands out what was cut off: to all alike, and what is left one by one. */
function clip(counts: Float64Array, limit: number): void {
  let excess = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] <= limit) continue;
    excess += counts[bin] - limit;
    counts[bin] = limit;
  }
  const share = Math.floor(excess / counts.length);
  const upper = limit - share;
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] >= upper) continue;
    counts[bin] += share;
    excess -= share;
  }
  for (let bin = 0; bin < counts.length; bin++) {
    if (counts[bin] < upper || counts[bin] >= limit) continue;
    excess -= limit - counts[bin];
    counts[bin] = limit;
  }
  for (let before = Infinity; excess > 0 && excess !== before;) {
    before = excess;
    for (let first = 0; first < counts.length && excess > 0; first++) {
      const open = counts.reduce((sum, count) => (count < limit ? sum + 1 : sum), 0);
      const step = Math.max(1, Math.floor(open / excess));
      for (let bin = first; bin < counts.length; bin += step) {
        if (counts[bin] >= limit) continue;
        counts[bin]++;
        excess--;
      }
    }
  }
}

function roundHalfToEven(x: number): number {
  const below = Math.floor(x);
  const fraction = x - below;
  if (fraction !== 0.5) return Math.round(x);
  return below % 2 === 0 ? below : below + 1;
}
