/**
 * Runs a fast kernel over a picture in bands of rows, asking between them whether the work is still wanted. Rows that lie in the
 * pool are passed by address; others (plain memory, in tests or where the pool is full) are copied into scratch memory and back.
 */

import { withArena } from '../../raster/scratch';
import { checkpoint, type Signal } from '../../raster/signal';
import type { FastKernels } from './fast-kernels';

type Data = Uint8Array | Uint16Array | Int32Array | Float64Array;

/** Rows of a picture from its first one, without gaps. */
export interface Rows {
  readonly data: Data;
  /** Entries of `data` a row. */
  readonly line: number;
}

/** Rows that are read: for output row y those from y · step to y · step + reach, as far as `data` goes. */
export interface InputRows extends Rows {
  readonly step?: number;
  readonly reach?: number;
}

/** Rows that are written. */
export interface OutputRows extends Rows {
  /** Every entry is written and none is read, so that those outside the pool need not be brought there. */
  readonly overwritten?: boolean;
}

/** A band is about so many bytes of output: short enough to abort soon, long enough that the call costs nothing. */
const BAND = 2 ** 18;

/**
 * Calls `run(y, rows, output, ...inputs)` for one band after the other, from the top: output rows y … y + rows − 1, and the
 * addresses of the first of them and of the first input row that each input has for them. Output rows may be read, and what `run`
 * leaves alone stays. A band is about `bytes` of output. False, and nothing is done, where rows would have to be copied and the arena has no room for that.
 */
export function inBands(
  fast: FastKernels,
  height: number,
  output: OutputRows,
  inputs: readonly InputRows[],
  signal: Signal,
  run: (y: number, rows: number, output: number, ...inputs: number[]) => void,
  bytes = BAND,
): boolean {
  const most = Math.max(1, Math.floor(bytes / Math.max(1, output.line * output.data.BYTES_PER_ELEMENT)));
  const band = Math.min(most, height);
  let room = 0;
  const places = [output, ...inputs].map((rows) => {
    const place = placeOf(fast, rows, band, room);
    room += place.copied;
    return place;
  });
  return withArena(room, (block) => {
    const [target, ...sources] = places;
    for (let y = 0; y < height; y += band) {
      checkpoint(signal);
      const rows = Math.min(band, height - y);
      const addresses = sources.map((place) => place.bring(block, y, rows));
      const address = output.overwritten === true ? target.place(block, y) : target.bring(block, y, rows);
      run(y, rows, address, ...addresses);
      target.takeBack(block, y, rows);
    }
    return true;
  });
}

interface Place {
  /** Bytes of scratch memory that it needs; 0 for rows in the pool. */
  readonly copied: number;
  /** The address for output row `y`. */
  place(block: Uint8Array, y: number): number;
  /** The same, once the rows for it and the `rows` − 1 that follow are there. */
  bring(block: Uint8Array, y: number, rows: number): number;
  takeBack(block: Uint8Array, y: number, rows: number): void;
}

function placeOf(
  fast: FastKernels,
  { data, line, step = 1, reach = 0 }: InputRows,
  band: number,
  at: number,
): Place {
  const base = fast.addressOf(data);
  const bytesALine = line * data.BYTES_PER_ELEMENT;
  if (base >= 0) {
    const place = (_: Uint8Array, y: number): number => base + y * step * bytesALine;
    return { copied: 0, place, bring: place, takeBack: () => undefined };
  }
  const linesFor = (rows: number): number => (rows - 1) * step + 1 + reach;
  const all = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const part = (y: number, rows: number): Uint8Array =>
    all.subarray(y * step * bytesALine, (y * step + linesFor(rows)) * bytesALine);
  return {
    copied: Math.ceil((linesFor(band) * bytesALine) / 16) * 16,
    place: (block) => fast.addressOf(block) + at,
    bring: (block, y, rows) => {
      block.set(part(y, rows), at);
      return fast.addressOf(block) + at;
    },
    takeBack: (block, y, rows) => {
      const bytes = part(y, rows);
      bytes.set(block.subarray(at, at + bytes.length));
    },
  };
}
