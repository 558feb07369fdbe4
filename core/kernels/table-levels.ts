/**
 * Samples through tables, one a colour channel, by the fast kernels: from one raster to another of the same shape, or in place. The
 * plain twin is core/operation/apply-point.ts.
 */

import { colourChannelsOf, hasAlpha, sampleCount, type Raster, type Samples } from '../raster/raster';
import { withArena } from '../raster/scratch';
import type { Signal } from '../raster/signal';
import { shapeOfTable, type TableShape } from './table-shape';
import { fastKernels, type FastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';

/** Samples from which on a table of pairs pays: it has as many entries. */
const WORTH_IT = 1 << 15;
const ENTRIES = 65_536;

/** Bytes a call where pixels are only passed over: still done in less than half a millisecond. */
const PASS = 2 ** 22;

/** One call of a kernel for `count` samples from one address to another. */
type Run = (from: number, to: number, count: number) => void;

/**
 * Looks every colour sample of `input` up and writes it to `output`, which may be the same raster; alpha is copied. False, and
 * nothing is done, where the fast kernels cannot.
 */
export function tableLevels(
  tables: readonly Samples[],
  input: Raster,
  output: Raster,
  signal: Signal,
): boolean {
  const fast = fastKernels();
  if (fast === null || sampleCount(output) < WORTH_IT) return false;
  const line = output.width * output.channels;
  const through = (run: Run, bytes?: number): boolean =>
    inBands(
      fast,
      output.height,
      { data: output.data, line, overwritten: true },
      [{ data: input.data, line }],
      signal,
      (_, rows, to, from) => run(from, to, rows * line),
      bytes,
    );
  const alike = tables.every((table) => table === tables[0]);
  const shape = alike && line * output.data.BYTES_PER_ELEMENT >= 16 ? shapeOfTable(tables[0]) : null;
  if (shape !== null) return through(withoutTable(fast, shape, output), PASS);
  return output.depth === 8
    ? withPairs(fast, tables, output, through)
    : withWords(fast, tables, output, through);
}

function withoutTable(fast: FastKernels, shape: TableShape, { depth, channels }: Raster): Run {
  const period = hasAlpha({ channels }) ? channels : 0;
  const byte = depth === 8;
  switch (shape.kind) {
    case 'shift': {
      const { plus, minus, flip } = shape;
      const shift = byte ? fast.shift8 : fast.shift16;
      return (from, to, count) => shift(from, to, count, plus, minus, flip, period);
    }
    case 'slice': {
      const { low, high, inside, outside } = shape;
      const slice = byte ? fast.slice8 : fast.slice16;
      return (from, to, count) => slice(from, to, count, low, high, inside, outside, period);
    }
    case 'bit': {
      const { bit, set, clear } = shape;
      const test = byte ? fast.test8 : fast.test16;
      return (from, to, count) => test(from, to, count, bit, set, clear, period);
    }
  }
}

let same: Uint8Array | null = null;

/** Channels of a pair, in turn: which table is for its first and which for its second sample; 3 is alpha, which stays. */
function turnsOf({ channels }: Raster): readonly (readonly [number, number])[] {
  switch (channels) {
    case 1:
      return [[0, 0]];
    case 2:
      return [[0, 3]];
    case 3:
      return [
        [0, 1],
        [2, 0],
        [1, 2],
      ];
    case 4:
      return [
        [0, 1],
        [2, 3],
      ];
  }
}

function withPairs(
  fast: FastKernels,
  tables: readonly Samples[],
  output: Raster,
  through: (run: Run) => boolean,
): boolean {
  same ??= Uint8Array.from({ length: 256 }, (_, level) => level);
  const alike = tables.every((table) => table === tables[0]);
  const turns = alike && !hasAlpha(output) ? turnsOf({ ...output, channels: 1 }) : turnsOf(output);
  const bytes = [...Array.from({ length: 3 }, (_, channel) => tables[channel] ?? tables[0]), same];
  return withArena(turns.length * ENTRIES * 2 + 4 * 256, (block) => {
    const start = fast.addressOf(block);
    const single = turns.length * ENTRIES * 2;
    bytes.forEach((table, index) => block.set(table, single + index * 256));
    const pairs = turns.map(([low, high], turn) => {
      const address = start + turn * ENTRIES * 2;
      fast.pairTable(address, start + single + low * 256, start + single + high * 256);
      return address;
    });
    const [first, second = first, third] = pairs;
    return through(
      third === undefined
        ? (from, to, count) => fast.mapPairs2(from, to, count, first, second)
        : (from, to, count) => fast.mapPairs3(from, to, count, first, second, third),
    );
  });
}

function withWords(
  fast: FastKernels,
  tables: readonly Samples[],
  output: Raster,
  through: (run: Run) => boolean,
): boolean {
  const own = [...new Set(tables)];
  return withArena(own.length * ENTRIES * 2, (block) => {
    const start = fast.addressOf(block);
    own.forEach((table, index) =>
      block.set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength), index * ENTRIES * 2),
    );
    const [red, green = red, blue = red] = tables.map((table) => start + own.indexOf(table) * ENTRIES * 2);
    if (colourChannelsOf(output) === 1) {
      const map = hasAlpha(output) ? fast.mapWords2 : fast.mapWords1;
      return through((from, to, count) => map(from, to, count, red));
    }
    if (own.length === 1 && !hasAlpha(output)) {
      return through((from, to, count) => fast.mapWords1(from, to, count, red));
    }
    const map = hasAlpha(output) ? fast.mapWords4 : fast.mapWords3;
    return through((from, to, count) => map(from, to, count, red, green, blue));
  });
}
