/**
 * Order statistics by the fast kernels: medians of 3 × 3 and 5 × 5 samples by sorting networks over vectors, other small windows by a
 * search for each bit, everything else at 8 bit by histograms of columns. At 16 bit a histogram of every column has no room, so there
 * the plain tree of histograms stays.
 */

import { colourChannelsOf, type Depth, type Raster } from '../raster/raster';
import { withArena } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { eachRow, type LevelInput } from './wasm/each-row';
import type { FastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';

/** Bytes of a column's histogram, of a window's, and of the sorted columns of a 5 × 5 network. */
const COLUMN = 272;
const WINDOW = 704;
const RANKS = 10_560;
/** Columns whose histograms, 139 kB, stay in the processor's second cache; and the largest size that their counts of a byte allow. */
const STRIPE = 512;
const LARGEST = 255;
/** Sizes up to which a search that looks at the whole window for every bit takes less than histograms. */
const SEARCHED: Readonly<Record<Depth, number>> = { 8: 10, 16: 41 };
/** Rows between two looks at the signal. */
const ROWS_UNASKED = 16;

/** Says whether it could. */
export function orderStatisticFast(
  fast: FastKernels,
  input: LevelInput,
  output: Raster,
  size: number,
  index: number,
  signal: Signal,
): boolean {
  const { channels, depth } = output;
  const isMedian = index === Math.floor((size * size) / 2);
  const bytes = (output.width * channels * depth) / 8;
  const pixel = (channels * depth) / 8;
  if (isMedian && size === 3) {
    const median = depth === 8 ? fast.median3x3Row8 : fast.median3x3Row16;
    return eachRow(fast, input, output, 2, signal, (into, from, line) =>
      median(from, line, into, bytes, pixel),
    );
  }
  if (isMedian && size === 5) {
    const median = depth === 8 ? fast.median5x5Row8 : fast.median5x5Row16;
    return withArena(RANKS, (block) => {
      const ranks = fast.addressOf(block);
      return eachRow(fast, input, output, 4, signal, (into, from, line) =>
        median(from, line, into, bytes, pixel, ranks),
      );
    });
  }
  if (size <= SEARCHED[depth]) {
    return withArena(size * (bytes + size * pixel + 64), (block) => {
      const room = fast.addressOf(block);
      const search = depth === 8 ? fast.rankRow8 : fast.rankRow16;
      return eachRow(fast, input, output, size - 1, signal, (into, from, line) =>
        search(from, line, into, bytes, pixel, size, index, room),
      );
    });
  }
  return depth === 8 && size <= LARGEST && byHistograms(fast, input, output, size, index, signal);
}

function byHistograms(
  fast: FastKernels,
  { data, width }: LevelInput,
  output: Raster,
  size: number,
  index: number,
  signal: Signal,
): boolean {
  const { channels, height } = output;
  const line = width * channels;
  const row = output.width * channels;
  // A stripe has the windows' columns in common; wide windows get wider ones, or nothing else would be counted.
  const stripe = Math.max(STRIPE, 2 * size) - size + 1;
  const most = (Math.min(stripe, output.width) + size - 1) * COLUMN;
  const source = { data, line, reach: size - 1 };
  const from = fast.addressOf(data);
  const into = fast.addressOf(output.data);
  return withArena(most + WINDOW, (block) => {
    const histograms = fast.addressOf(block);
    const window = histograms + most;
    const sweep = (rows: number, intoRow: number, fromRow: number): void => {
      for (let x = 0; x < output.width; x += stripe) {
        const part = Math.min(stripe, output.width - x);
        const columns = part + size - 1;
        for (let channel = 0; channel < colourChannelsOf(output); channel++) {
          const first = fromRow + x * channels + channel;
          const target = intoRow + x * channels + channel;
          block.fill(0, 0, columns * COLUMN);
          for (let i = 0; i < size - 1; i++) {
            fast.medianColumns8(histograms, 0, first + i * line, columns, channels);
          }
          for (let i = 0; i < rows; i++) {
            if (i % ROWS_UNASKED === 0) checkpoint(signal);
            const leaving = i === 0 ? 0 : first + (i - 1) * line;
            fast.medianColumns8(histograms, leaving, first + (i + size - 1) * line, columns, channels);
            fast.medianRow8(histograms, window, target + i * row, part, channels, size, index);
          }
        }
      }
    };
    if (from >= 0 && into >= 0) {
      sweep(height, into, from);
      return true;
    }
    // Every band begins with the histograms of its first rows: slower, but a band may be anywhere.
    const target = { data: output.data, line: row };
    return inBands(fast, height, target, [source], signal, (_y, rows, intoRow, fromRow) =>
      sweep(rows, intoRow, fromRow),
    );
  });
}
