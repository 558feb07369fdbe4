/**
 * CLAHE's tables on a part of a picture, row by row: the tables above and below a row are mixed once for all its pixels, and what
 * a grid number becomes is looked up. The same numbers as `claheLevel`, because all of them are whole up to the last division.
 */

import { colourChannelsOf, topOf, type Raster, type Region } from '../raster/raster';
import type { Size } from '../raster/rectangle';
import { store } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';
import { between, claheResult, GRID_TOP, type ClahePlane } from './clahe';
import { planeLevel, type ColorMode } from './planes';

/** Fills the colour channels of `output` from the same pixels of `input`; `whole` is the picture's size, which may be a reduced one. */
export function claheRows(
  mode: ColorMode,
  planes: readonly (ClahePlane | null)[],
  input: Region,
  whole: Size,
  output: Region,
  signal: Signal,
): void {
  planes.forEach((plane, index) => {
    if (plane === null) copyPlane(mode, index, input, output);
    else fillPlane(mode, plane, index, input, whole, output, signal);
  });
}

/** A plane of a single level stays. */
function copyPlane(mode: ColorMode, plane: number, input: Region, output: Region): void {
  const { raster, rectangle } = output;
  const { data, channels } = raster;
  const colours = mode === 'value' ? colourChannelsOf(raster) : 1;
  for (let y = 0, at = plane; y < raster.height; y++) {
    let from = firstSample(input, rectangle.x, rectangle.y + y) + plane;
    for (let x = 0; x < raster.width; x++, at += channels, from += channels) {
      for (let c = 0; c < colours; c++) data[at + c] = input.raster.data[from + c];
    }
  }
}

function firstSample({ raster, rectangle }: Region, x: number, y: number): number {
  return ((y - rectangle.y) * raster.width + x - rectangle.x) * raster.channels;
}

/** Where the pixels of a row lie between tables. */
interface Columns {
  readonly before: Int32Array;
  readonly after: Int32Array;
  readonly share: Float64Array;
}

function columnsOf({ size, tile, bins }: ClahePlane, whole: Size, left: number, count: number): Columns {
  const before = new Int32Array(count);
  const after = new Int32Array(count);
  const share = new Float64Array(count);
  for (let x = 0; x < count; x++) {
    const place = between(placeOf(left + x, size.width, whole.width), tile.width, size.width);
    before[x] = place.before * bins;
    after[x] = place.after * bins;
    share[x] = place.share;
  }
  return { before, after, share };
}

/** The same place at full resolution; the place itself unless this is a preview. */
function placeOf(place: number, length: number, shown: number): number {
  return Math.floor(((place + 0.5) * length) / shown);
}

function fillPlane(
  mode: ColorMode,
  plane: ClahePlane,
  index: number,
  input: Region,
  whole: Size,
  output: Region,
  signal: Signal,
): void {
  const { size, tile, bins, tables } = plane;
  const { raster, rectangle } = output;
  const top = topOf(raster.depth);
  const columns = columnsOf(plane, whole, rectangle.x, raster.width);
  const results = Float64Array.from({ length: GRID_TOP + 1 }, (_, number) => claheResult(plane, number, top));
  const levels = results.map((result) => store(result, top));
  const across = Math.ceil(size.width / tile.width);
  const line = new Float64Array(across * bins);
  const numbers = new Int32Array(raster.width);
  let mixedFor = -1;
  for (let y = 0; y < raster.height; y++) {
    checkpoint(signal);
    const row = placeOf(rectangle.y + y, size.height, whole.height);
    if (row !== mixedFor) {
      const { before, after, share } = between(row, tile.height, size.height);
      mixTables(tables, before * line.length, after * line.length, tile.height - share, share, line);
      mixedFor = row;
    }
    const from = firstSample(input, rectangle.x, rectangle.y + y);
    const to = y * raster.width * raster.channels;
    if (mode === 'value' && raster.channels >= 3) {
      numbersOf(mode, plane, 0, input.raster, from, line, columns, numbers);
      storeValues(input.raster, from, numbers, results, top, raster, to);
    } else {
      numbersOf(mode, plane, index, input.raster, from, line, columns, numbers);
      const { data, channels } = raster;
      for (let x = 0, at = to + index; x < numbers.length; x++, at += channels) data[at] = levels[numbers[x]];
    }
  }
}

/** Whole numbers: what the tables above and below a row give, times the tile's height. */
function mixTables(
  tables: Float64Array,
  above: number,
  below: number,
  ofAbove: number,
  ofBelow: number,
  line: Float64Array,
): void {
  for (let i = 0; i < line.length; i++) line[i] = ofAbove * tables[above + i] + ofBelow * tables[below + i];
}

/** The grid numbers of a row of pixels. */
function numbersOf(
  mode: ColorMode,
  { tile, binOf }: ClahePlane,
  plane: number,
  input: Raster,
  from: number,
  line: Float64Array,
  { before, after, share }: Columns,
  numbers: Int32Array,
): void {
  const { channels } = input;
  const width = tile.width;
  const pixels = width * tile.height;
  for (let x = 0, at = from; x < numbers.length; x++, at += channels) {
    const bin = binOf[planeLevel(mode, input, at, plane)];
    const beside = share[x];
    // Whole numbers of at most 2^53, whose quotient is cut as it would be in real arithmetic.
    numbers[x] = ((width - beside) * line[before[x] + bin] + beside * line[after[x] + bin]) / pixels;
  }
}

/** Every channel times V′/V. */
function storeValues(
  input: Raster,
  from: number,
  numbers: Int32Array,
  results: Float64Array,
  top: number,
  output: Raster,
  to: number,
): void {
  const { data, channels } = output;
  for (let x = 0, at = from; x < numbers.length; x++, at += channels, to += channels) {
    const value = planeLevel('value', input, at, 0);
    const result = results[numbers[x]];
    for (let c = 0; c < 3; c++) {
      data[to + c] = store(value === 0 ? result : (input.data[at + c] * result) / value, top);
    }
  }
}
