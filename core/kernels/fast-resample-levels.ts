/**
 * Opaque pictures at 8 bit, resampled down the columns first and in single precision where that is certain to give the same level
 * (wasm/assembly/resample-levels.ts). Columns are taken as many at a time as the processor's caches hold. A row of them in which a
 * sample remains in doubt is added up again in doubles.
 */

import type { Region } from '../raster/raster';
import { checkpoint, type Signal } from '../raster/signal';
import type { ResampleTaps } from './resample-taps';
import { largestOf, resampleBounds, wholeTaps } from './resample-whole-weights';
import type { FastKernels } from './wasm/fast-kernels';
import { rowsIn } from './wasm/rows-in';
import { tapTable } from './wasm/tap-table';
import { bytesOf, fill, withParts } from './wasm/with-parts';

/** Samples of a row of input that are taken at a time, where a pixel's taps are not more. */
const STRIP = 2048;
/** Columns of the output, and the input samples that they read. */
interface Block {
  readonly x: number;
  readonly width: number;
  readonly first: number;
  readonly count: number;
}

function blocksOf({ first, count }: ResampleTaps, channels: number): Block[] {
  const blocks: Block[] = [];
  const reach = (x: number): number => first[x] + count[x];
  for (let x = 0; x < first.length;) {
    let end = x + 1;
    while (end < first.length && (reach(end) - first[x]) * channels <= STRIP) end++;
    const samples = (reach(end - 1) - first[x]) * channels;
    blocks.push({ x, width: end - x, first: first[x], count: samples });
    x = end;
  }
  return blocks;
}

/** Says whether it could; `across` and `down` are the taps of the output's columns and rows. */
export function addLevelsFast(
  fast: FastKernels,
  across: ResampleTaps,
  down: ResampleTaps,
  input: Region,
  output: Region,
  signal: Signal,
): boolean {
  const { raster, rectangle } = input;
  const { channels } = raster;
  // Each row is read for several of the result; elsewhere it had to be copied as often.
  const lying = fast.addressOf(raster.data);
  if (lying < 0) return false;
  const line = raster.width * channels;
  const start = lying - rectangle.x * channels;
  const { width, height } = output.rectangle;
  const blocks = blocksOf(across, channels);
  // Kernels write whole vectors of 16.
  const columns = Math.ceil(largestOf(blocks.map(({ count }) => count)) / 16) * 16;
  const sums = largestOf(blocks.map((block) => block.width)) * channels;
  const kept = largestOf(down.count);
  const whole = wholeTaps(down);
  const bounds = resampleBounds(across, down, whole);
  const scale = 2 ** (whole.bits - whole.exponent);
  const taps = new Int32Array(3 * width);
  for (const { x, width: count, first } of blocks) {
    for (let at = x; at < x + count; at++)
      taps.set([across.first[at] - first, across.count[at], across.at[at]], 3 * at);
  }
  const weights = Float32Array.from(across.weights);
  const scaled = across.weights.map((weight) => weight * scale);
  const { pairs } = whole;
  const tables = [taps, weights, scaled, across.weights, pairs];
  const rooms = [columns * 4, columns * 4, columns * 4, columns * 8, sums * 8, kept * 16, sums];
  return withParts(fast, [...rooms, ...tables.map(({ byteLength }) => byteLength)], (parts) => {
    const [high, low, single, real, realSums, table, levels, ...held] = parts;
    held.forEach((part, at) => fill(part, tables[at]));
    const [tapsPart, weightsPart, scaledPart, doublesPart, pairsPart] = held;
    const target = rowsIn(fast, output.raster.data, bytesOf(levels, sums));
    for (const { x, width: pixels, first, count } of blocks) {
      const ownTaps = tapsPart.address + 12 * x;
      for (let y = 0; y < height; y++) {
        checkpoint(signal);
        const rows = down.count[y];
        const address = start + (down.first[y] - rectangle.y) * line + first * channels;
        fast.resampleColumns8(
          address,
          line,
          rows,
          count,
          pairsPart.address + whole.at[y] * 2,
          high.address,
          low.address,
          single.address,
          scale,
          2 ** -whole.exponent,
        );
        const at = (y * width + x) * channels;
        const to = target.room(at);
        const doubtful = fast.resampleRow8(
          single.address,
          high.address,
          low.address,
          ownTaps,
          weightsPart.address,
          scaledPart.address,
          2 ** -whole.bits,
          pixels,
          channels,
          to,
          bounds.raise,
          bounds.single,
          bounds.exact,
        );
        if (doubtful > 0) {
          const own = down.weights.subarray(down.at[y], down.at[y] + rows);
          const lines = tapTable(own, (row) => row * line);
          fill(table, lines);
          fast.realSums8(address, real.address, count, table.address, rows);
          fast.sumAcross(real.address, ownTaps, doublesPart.address, pixels, channels, realSums.address);
          fast.storeSums8(realSums.address, pixels * channels, to);
        }
        target.takeBack(at, pixels * channels);
      }
    }
    return true;
  });
}
