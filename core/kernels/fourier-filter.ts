/**
 * A channel multiplied by a transfer function among its frequencies (OPERATIONS.md 10): rows are transformed, columns are transformed, multiplied and
 * transformed back, rows are transformed back. Between these steps there is one plane of doubles. A channel continued by its mirror image is
 * transformed by cosines, which needs a quarter of the memory of the fourfold plane and gives the same numbers; of one that repeats itself half
 * the spectrum is enough.
 */

import { checkpoint, type Signal } from '../raster/signal';
import {
  cosineTurns,
  loadStrip,
  multiplyCosines,
  rowsToStrips,
  storeStrip,
  stripsToRows,
} from './cosine-lines';
import { transformOf, type Transform } from './fourier';
import { ENTRY, SEQUENCES } from './fourier-passes';
import { factorTable, squaredFrequencies, type Transfer } from './fourier-transfer';
import { halfOf, halvesToRows, multiplyHalves, rowsToHalves } from './half-spectrum';
import { cosineOrder, loadRows, plainOrder, type Channel, type TakeRows } from './sample-lines';
import { roomFor, stripAt } from './column-strips';

/** Rows from `from` up to `end`, which is not one of them. */
export interface Rows {
  readonly from: number;
  readonly end: number;
}

/**
 * Filters a channel of pictures of one size, of which it remembers the tables; what comes of it goes where it does not change the input:
 * of all rows, or of those around the wanted ones, which costs a third less.
 */
export type ChannelFilter = (input: Channel, take: TakeRows, signal: Signal, wanted?: Rows) => void;

/** The channel is one tile of a picture that repeats itself mirrored. */
export function mirroredFilter(width: number, height: number, transfer: Transfer): ChannelFilter {
  const [across, down] = transforms(width, height);
  const [rowOrder, columnOrder] = [cosineOrder(width), cosineOrder(height)];
  const [rowTurns, columnTurns] = [cosineTurns(width), cosineTurns(height)];
  const room = roomFor(height);
  const strips = Math.ceil(width / ENTRY);
  const plane = new Float64Array(strips * ENTRY * room);
  const factors = new Float64Array(height * ENTRY);
  // Each of the two directions has doubled what it transformed.
  const fillFactors = factorTable(
    transfer,
    squaredFrequencies(width, 2 * width),
    squaredFrequencies(height, 2 * height),
    ENTRY,
    1 / (4 * width * height),
  );
  return (input, take, signal, wanted = { from: 0, end: height }) => {
    across.withLines((lines) => {
      for (let top = 0; top < height; top += ENTRY) {
        checkpoint(signal);
        loadRows(input, top, rowOrder, lines.input);
        rowsToStrips(lines.transform(), rowTurns, width, plane, room, top);
      }
    });
    down.withLines((lines) => {
      for (let strip = 0; strip < strips; strip++) {
        checkpoint(signal);
        const start = stripAt(strip, room, 0);
        fillFactors(strip * ENTRY, factors);
        loadStrip(plane, start, columnOrder, lines.input);
        multiplyCosines(lines.transform(), columnTurns, height, factors, lines.input);
        storeStrip(lines.transform(), columnOrder, plane, start, Math.min(ENTRY, width - strip * ENTRY));
      }
    });
    across.withLines((lines) => {
      for (let top = firstOf(wanted); top < wanted.end; top += ENTRY) {
        checkpoint(signal);
        stripsToRows(plane, room, top, rowTurns, width, lines.input);
        take(lines.transform(), rowOrder, top);
      }
    });
  };
}

/** The channel is one tile of a picture that repeats itself. */
export function periodicFilter(width: number, height: number, transfer: Transfer): ChannelFilter {
  const [across, down] = transforms(width, height);
  const order = plainOrder(width);
  const room = roomFor(height);
  const columns = halfOf(width);
  const strips = Math.ceil(columns / SEQUENCES);
  const plane = new Float64Array(strips * ENTRY * room);
  const factors = new Float64Array(height * SEQUENCES);
  // The rows were doubled.
  const fillFactors = factorTable(
    transfer,
    squaredFrequencies(columns, width),
    squaredFrequencies(height, height),
    SEQUENCES,
    1 / (2 * width * height),
  );
  return (input, take, signal, wanted = { from: 0, end: height }) => {
    across.withLines((lines) => {
      for (let top = 0; top < height; top += ENTRY) {
        checkpoint(signal);
        loadRows(input, top, order, lines.input);
        rowsToHalves(lines.transform(), width, plane, room, top, 0, columns);
      }
    });
    down.withLines((lines) => {
      for (let strip = 0; strip < strips; strip++) {
        checkpoint(signal);
        const start = stripAt(strip, room, 0);
        const end = start + height * ENTRY;
        fillFactors(strip * SEQUENCES, factors);
        lines.input.set(plane.subarray(start, end));
        multiplyHalves(lines.transform(), height, factors, lines.input);
        plane.set(lines.transform().subarray(0, height * ENTRY), start);
      }
    });
    across.withLines((lines) => {
      for (let top = firstOf(wanted); top < wanted.end; top += ENTRY) {
        checkpoint(signal);
        halvesToRows(plane, room, top, width, lines.input);
        take(lines.transform(), order, top);
      }
    });
  };
}

function transforms(width: number, height: number): readonly [Transform, Transform] {
  const across = transformOf(width);
  return [across, height === width ? across : transformOf(height)];
}

/** Rows go back eight at a time, as they came. */
function firstOf({ from }: Rows): number {
  return from - (from % ENTRY);
}
