/**
 * CLAHE's tables on a part of a picture, row by row: the tables above and below a row are mixed once for all its pixels, and what
 * a grid number becomes is looked up. The same numbers as `claheLevel`, because all of them are whole up to the last division.
 */

import { colourChannelsOf, topOf, type Raster, type Region } from '../raster/raster';
import type { Size } from '../raster/rectangle';
import { store } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';
import { between, claheResult, GRID_TOP, type ClahePlane } from './clahe';
import type { ColorMode } from './planes';

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

/**
 * What every grid number becomes, unrounded and stored. Plain loops: this is done for every tile, and for every pixel that is pointed at, where
 * making the same with a function an element takes most of the time.
 */
function resultsOf(
  plane: ClahePlane,
  top: number,
): { readonly results: Float64Array; readonly levels: Uint16Array } {
  const results = new Float64Array(GRID_TOP + 1);
  const levels = new Uint16Array(GRID_TOP + 1);
  for (let number = 0; number <= GRID_TOP; number++) {
    results[number] = claheResult(plane, number, top);
    levels[number] = store(results[number], top);
  }
  return { results, levels };
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
  const { size, tile, bins, binOf, tables } = plane;
  const { raster, rectangle } = output;
  const top = topOf(raster.depth);
  const columns = columnsOf(plane, whole, rectangle.x, raster.width);
  const { results, levels } = resultsOf(plane, top);
  const across = Math.ceil(size.width / tile.width);
  const line = new Float64Array(across * bins);
  const places = Int32Array.from(binOf);
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
      binsOf(mode, places, 0, input.raster, from, numbers);
      numbersOf(tile, line, columns, numbers);
      storeValues(input.raster, from, numbers, results, top, raster, to);
    } else {
      binsOf(mode, places, index, input.raster, from, numbers);
      numbersOf(tile, line, columns, numbers);
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

/** The bins of a row of pixels. */
function binsOf(
  mode: ColorMode,
  places: Int32Array,
  plane: number,
  { data, channels }: Raster,
  from: number,
  bins: Int32Array,
): void {
  if (mode === 'perChannel' || channels <= 2) {
    for (let x = 0, at = from + plane; x < bins.length; x++, at += channels) bins[x] = places[data[at]];
    return;
  }
  for (let x = 0, at = from; x < bins.length; x++, at += channels) {
    const red = data[at];
    const green = data[at + 1];
    const blue = data[at + 2];
    const most = red > green ? red : green;
    bins[x] = places[most > blue ? most : blue];
  }
}

/** From bins to grid numbers, in place. */
function numbersOf(
  { width, height }: Size,
  line: Float64Array,
  { before, after, share }: Columns,
  numbers: Int32Array,
): void {
  // With half a unit more in the numerator no quotient lies nearer to a whole number than half of 1/(width · height), so multiplying
  // by the rounded reciprocal cannot cross one.
  const part = 1 / (width * height);
  for (let x = 0; x < numbers.length; x++) {
    const bin = numbers[x];
    const beside = share[x];
    const sum = (width - beside) * line[before[x] + bin] + beside * line[after[x] + bin];
    numbers[x] = (sum + 0.5) * part;
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
  const levels = input.data;
  for (let x = 0, at = from; x < numbers.length; x++, at += channels, to += channels) {
    const red = levels[at];
    const green = levels[at + 1];
    const blue = levels[at + 2];
    const value = Math.max(red, green, blue);
    const result = results[numbers[x]];
    data[to] = store(value === 0 ? result : (red * result) / value, top);
    data[to + 1] = store(value === 0 ? result : (green * result) / value, top);
    data[to + 2] = store(value === 0 ? result : (blue * result) / value, top);
  }
}
