/**
 * Point programs on pixels, in place. The loops are written out a layout, because these passes are bound by memory and every
 * instruction within them counts.
 */

import { tableLevels } from '../kernels/table-levels';
import {
  colourChannelsOf,
  copyRegion,
  hasAlpha,
  sampleCount,
  type Raster,
  type Region,
  type Samples,
} from '../raster/raster';
import { sameRectangle, translate, wholeOf, type Rectangle } from '../raster/rectangle';
import { checkpoint, type Signal } from '../raster/signal';
import { namesPlace, type Place } from './formula/names';
import { parseFormula } from './formula/parse';
import { runLoop, type RunLoop } from './point-loop';
import type { PointProgram } from './point-program';

/** Pixels between two looks at the signal. */
const RUN = 1 << 18;

/**
 * Changes the colour samples of `part` (in the raster's own coordinates); alpha stays. `origin` is where the raster's first pixel
 * lies in the picture, for formulas that ask. Throws `Cancelled` on abort.
 */
export function applyPoint(
  program: PointProgram,
  raster: Raster,
  part: Rectangle,
  signal: Signal,
  origin: Place = { x: 0, y: 0 },
): void {
  if (program.kind === 'table' && sameRectangle(part, wholeOf(raster))) {
    if (tableLevels(program.tables, raster, raster, signal)) return;
  }
  plainApplyPoint(program, raster, part, signal, origin);
}

/** Rows that are copied before they are changed in place: few enough to be at hand still. */
const COPIED = 1 << 16;

/**
 * The same from `input` to `output`, two regions of one picture: every sample is read and written once. `input` holds all of
 * `output`'s rectangle.
 */
export function applyPointTo(program: PointProgram, input: Region, output: Region, signal: Signal): void {
  const { x, y, width, height } = output.rectangle;
  if (program.kind === 'table' && input.rectangle.x === x && input.rectangle.width === width) {
    const line = width * input.raster.channels;
    const first = (y - input.rectangle.y) * line;
    const data = input.raster.data.subarray(first, first + height * line);
    if (tableLevels(program.tables, { ...output.raster, data }, output.raster, signal)) return;
  }
  const rows = Math.max(1, Math.floor(COPIED / Math.max(1, width * input.raster.channels)));
  for (let row = 0; row < height; row += rows) {
    const part: Rectangle = { x: 0, y: row, width, height: Math.min(rows, height - row) };
    copyRegion(input, output, translate(part, x, y));
    plainApplyPoint(program, output.raster, part, signal, { x, y });
  }
}

/** The same as `applyPoint` in plain TypeScript. */
export function plainApplyPoint(
  program: PointProgram,
  raster: Raster,
  part: Rectangle,
  signal: Signal,
  origin: Place = { x: 0, y: 0 },
): void {
  const run =
    program.kind === 'loop'
      ? runLoop(program.formula, program.constants, raster)
      : throughTables(program.tables, raster, part);
  const { data, channels } = raster;
  // Rows that fill the raster's width lie end to end, which is all that formulas without places need to know.
  const placed = program.kind === 'loop' && namesPlace(parseFormula(program.formula));
  const contiguous = part.width === raster.width && !placed;
  const length = contiguous ? part.width * part.height : part.width;
  const rows = contiguous ? 1 : part.height;
  let sinceCheckpoint = RUN;
  for (let row = 0; row < rows; row++) {
    const first = ((part.y + row) * raster.width + part.x) * channels;
    for (let pixel = 0; pixel < length; pixel += RUN) {
      if (sinceCheckpoint >= RUN) {
        checkpoint(signal);
        sinceCheckpoint = 0;
      }
      const end = Math.min(length, pixel + RUN);
      const x = origin.x + part.x + pixel;
      run(data, first + pixel * channels, first + end * channels, x, origin.y + part.y + row);
      sinceCheckpoint += end - pixel;
    }
  }
}

function throughTables(tables: readonly Samples[], raster: Raster, part: Rectangle): RunLoop {
  const [red, green, blue] = tables;
  const alike = tables.every((table) => table === red);
  const alpha = hasAlpha(raster);
  if (colourChannelsOf(raster) === 1) return alpha ? greyWithAlpha(red) : everySample(red, raster, part);
  if (alpha) return colourWithAlpha(red, green, blue);
  return alike ? everySample(red, raster, part) : colour(red, green, blue);
}

/** Samples from which on a table of pairs pays. */
const WORTH_PAIRING = 1 << 18;

function everySample(table: Samples, raster: Raster, part: Rectangle): RunLoop {
  const samples = sampleCount({ ...raster, width: part.width, height: part.height });
  const { data } = raster;
  if (data instanceof Uint8Array && table instanceof Uint8Array && samples >= WORTH_PAIRING) {
    return pairwise(data, table);
  }
  return single(table);
}

// The loops take everything as arguments and do four steps a turn: V8 keeps arguments in registers, and a turn's overhead is
// as dear as a table look-up. Measured, each is worth a factor of 1.5.

function single(table: Samples): RunLoop {
  return (data, start, end) => lookUp(data, table, start, end);
}

function lookUp(data: Samples, table: Samples, start: number, end: number): void {
  let at = start;
  for (; at + 3 < end; at += 4) {
    data[at] = table[data[at]];
    data[at + 1] = table[data[at + 1]];
    data[at + 2] = table[data[at + 2]];
    data[at + 3] = table[data[at + 3]];
  }
  for (; at < end; at++) data[at] = table[data[at]];
}

/** Two bytes at a time through a table of all pairs: half the reads and writes. */
function pairwise(bytes: Uint8Array, table: Uint8Array): RunLoop {
  const pairs = pairsOf(table);
  // The first even address: a 16-bit view has to begin there.
  const offset = bytes.byteOffset & 1;
  const words = new Uint16Array(bytes.buffer, bytes.byteOffset + offset, (bytes.length - offset) >> 1);
  return (data, start, end) => {
    let at = start;
    if (at < end && (at & 1) !== offset) {
      data[at] = table[data[at]];
      at++;
    }
    lookUpPairs(words, pairs, (at - offset) >> 1, (end - offset) >> 1);
    if (at < end && (end & 1) !== offset) data[end - 1] = table[data[end - 1]];
  };
}

function lookUpPairs(words: Uint16Array, pairs: Uint16Array, start: number, end: number): void {
  let at = start;
  for (; at + 3 < end; at += 4) {
    words[at] = pairs[words[at]];
    words[at + 1] = pairs[words[at + 1]];
    words[at + 2] = pairs[words[at + 2]];
    words[at + 3] = pairs[words[at + 3]];
  }
  for (; at < end; at++) words[at] = pairs[words[at]];
}

const knownPairs = new WeakMap<Uint8Array, Uint16Array>();

/** Both bytes of a pair go through the same table, so the byte order of the machine does not matter. */
function pairsOf(table: Uint8Array): Uint16Array {
  let pairs = knownPairs.get(table);
  if (pairs === undefined) {
    pairs = new Uint16Array(65_536);
    for (let pair = 0; pair < 65_536; pair++) pairs[pair] = (table[pair >> 8] << 8) | table[pair & 255];
    knownPairs.set(table, pairs);
  }
  return pairs;
}

function greyWithAlpha(grey: Samples): RunLoop {
  return (data, start, end) => {
    for (let at = start; at < end; at += 2) data[at] = grey[data[at]];
  };
}

function colour(red: Samples, green: Samples, blue: Samples): RunLoop {
  return (data, start, end) => {
    for (let at = start; at < end; at += 3) {
      data[at] = red[data[at]];
      data[at + 1] = green[data[at + 1]];
      data[at + 2] = blue[data[at + 2]];
    }
  };
}

function colourWithAlpha(red: Samples, green: Samples, blue: Samples): RunLoop {
  return (data, start, end) => {
    for (let at = start; at < end; at += 4) {
      data[at] = red[data[at]];
      data[at + 1] = green[data[at + 1]];
      data[at + 2] = blue[data[at + 2]];
    }
  };
}
