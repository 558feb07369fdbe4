/** The sums of a resampling by the fast kernels: the same taps in the same order, several channels at once. */

import { hasAlpha, type Region } from '../raster/raster';
import { withArena } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { cover, storeUncovered } from './covered-colour';
import type { Resampling } from './resample';
import type { ResampleTaps } from './resample-taps';
import type { FastKernels } from './wasm/fast-kernels';
import { rowsIn } from './wasm/rows-in';

/** Numbers behind a row that vectors reach. */
const SLACK = 4;

/** Says whether it could; `across` and `down` are the taps of the output's columns and rows. */
export function addFast(
  fast: FastKernels,
  { linear }: Resampling,
  across: ResampleTaps,
  down: ResampleTaps,
  input: Region,
  output: Region,
  signal: Signal,
): boolean {
  const { raster, rectangle } = input;
  const { channels, depth } = raster;
  const { width, height } = output.rectangle;
  const bytes = depth / 8;
  const wide = raster.width * channels;
  const row = width * channels;
  const kept = down.count.reduce((most, count) => Math.max(most, count), 0);
  const lines = { covered: wide + SLACK, sums: row + SLACK, rows: kept * (row + SLACK) };
  const weights = across.weights.length + down.weights.length;
  const numbers = lines.covered + lines.sums + lines.rows + weights;
  const levels = Math.max(wide, row) * bytes;
  return withArena(numbers * 8 + (3 * width + kept) * 4 + levels, (block) => {
    const base = fast.addressOf(block);
    let used = 0;
    const doubles = (count: number): Float64Array => {
      const made = new Float64Array(block.buffer, block.byteOffset + used, count);
      used += made.byteLength;
      return made;
    };
    const covered = doubles(lines.covered);
    const sums = doubles(lines.sums);
    const rowsAt = base + used;
    doubles(lines.rows);
    const ofAcross = base + used;
    doubles(across.weights.length).set(across.weights);
    const ofDown = base + used;
    doubles(down.weights.length).set(down.weights);
    const taps = new Int32Array(block.buffer, block.byteOffset + used, 3 * width);
    across.first.forEach((first, x) => {
      taps.set([first - rectangle.x, across.count[x], across.at[x]], 3 * x);
    });
    const places = new Int32Array(block.buffer, block.byteOffset + used + taps.byteLength, kept);
    const copies = block.subarray(used + taps.byteLength + places.byteLength);
    const rowAt = (number: number): number => rowsAt + (number % kept) * (row + SLACK) * 8;
    const finished = !linear && !hasAlpha(raster);
    const spread = depth === 8 ? fast.spreadLevels8 : fast.spreadLevels16;
    const store = depth === 8 ? fast.storeSums8 : fast.storeSums16;
    const source = rowsIn(fast, raster.data, copies);
    const target = rowsIn(fast, output.raster.data, copies);
    let next = down.first[0];
    for (let y = 0; y < height; y++) {
      checkpoint(signal);
      const first = down.first[y];
      const count = down.count[y];
      for (next = Math.max(next, first); next < first + count; next++) {
        const start = (next - rectangle.y) * wide;
        if (finished) spread(source.bring(start, wide), wide, fast.addressOf(covered));
        else cover(raster.data, start, raster.width, raster, linear, covered);
        fast.sumAcross(fast.addressOf(covered), fast.addressOf(taps), ofAcross, width, channels, rowAt(next));
      }
      for (let tap = 0; tap < count; tap++) places[tap] = rowAt(first + tap);
      fast.sumDown(fast.addressOf(places), ofDown + down.at[y] * 8, count, row, fast.addressOf(sums));
      if (finished) {
        store(fast.addressOf(sums), row, target.room(y * row));
        target.takeBack(y * row, row);
      } else {
        storeUncovered(sums, width, raster, linear, output.raster.data, y * row);
      }
    }
    return true;
  });
}
