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
import { planeHistogram, planeLevel, type ColorMode } from './planes';

/** The grid of 14 bits on which tables count. */
const GRID_TOP = 16_383;

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
  return { ...made, least, most };
}

/** The unrounded result for a level at a place of the full resolution. */
export function claheLevel(plane: ClahePlane, level: number, x: number, y: number, top: number): number {
  const { least, most } = plane;
  // Where every pixel comes out alike there is nothing to stretch.
  if (least === most) return least > 0 ? top : 0;
  return (top * (mixed(plane, level, x, y) - least)) / (most - least);
}

/** The four tables around a place, in proportion, cut to a whole number. */
function mixed({ size, tile, bins, binOf, tables }: ClahePlane, level: number, x: number, y: number): number {
  const across = Math.ceil(size.width / tile.width);
  const lastRow = Math.ceil(size.height / tile.height) - 1;
  const fromTop = y + Math.floor(tile.height / 2);
  const fromLeft = x + Math.floor(tile.width / 2);
  const row = Math.floor(fromTop / tile.height);
  const column = Math.floor(fromLeft / tile.width);
  const below = fromTop - row * tile.height;
  const beside = fromLeft - column * tile.width;
  const above = Math.max(0, row - 1) * across;
  const here = Math.min(lastRow, row) * across;
  const left = Math.max(0, column - 1);
  const right = Math.min(across - 1, column);
  const bin = binOf[level];
  const upper =
    (tile.width - beside) * tables[(above + left) * bins + bin] +
    beside * tables[(above + right) * bins + bin];
  const lower =
    (tile.width - beside) * tables[(here + left) * bins + bin] + beside * tables[(here + right) * bins + bin];
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
  for (let index = 0; index < across * down; index++) {
    checkpoint(signal);
    const left = (index % across) * tileWidth;
    const upper = Math.floor(index / across) * tileHeight;
    const table = tables.subarray(index * bins, (index + 1) * bins);
    for (let y = upper; y < upper + tileHeight; y++) {
      const line = boundaryIndex('reflect', y, height) * width;
      for (let x = left; x < left + tileWidth; x++) {
        const at = (line + boundaryIndex('reflect', x, width)) * channels;
        table[binOf[planeLevel(mode, raster, at, plane)]]++;
      }
    }
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
