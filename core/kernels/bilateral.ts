/**
 * Means of neighbours weighted by nearness and by likeness (OPERATIONS.md 8.5), one weight for all channels. Both factors come
 * from tables: nearness by offset, likeness by the sum of the channels' differences, which is a whole number.
 */

import { colourChannelsOf, topOf, type Raster } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { store } from '../raster/rounding';
import { withArena } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import { bilateralLevels } from './bilateral-levels';
import { fastKernels, type FastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';

/** A disk of neighbours. */
export interface Neighbours {
  readonly dx: Int32Array;
  readonly dy: Int32Array;
  readonly nearness: Float64Array;
}

/** exp(−x²/(2σ²)), 1 at 0 however small σ is. */
export function bell(x: number, sigma: number): number {
  return x === 0 ? 1 : Math.exp(-(x * x) / (2 * sigma * sigma));
}

export function neighboursWithin(radius: number, sigmaSpace: number): Neighbours {
  const dx: number[] = [];
  const dy: number[] = [];
  for (let y = -radius; y <= radius; y++) {
    for (let x = -radius; x <= radius; x++) {
      if (x * x + y * y > radius * radius) continue;
      dx.push(x);
      dy.push(y);
    }
  }
  const nearness = Float64Array.from(dx, (x, i) => bell(Math.hypot(x, dy[i]), sigmaSpace));
  return { dx: Int32Array.from(dx), dy: Int32Array.from(dy), nearness };
}

/** Every job of a step asks for the same table, which at 16 bit takes milliseconds to make. */
let latest: { readonly sigma: number; readonly table: Float64Array } = {
  sigma: 0,
  table: new Float64Array(0),
};

/** `bell` of every whole difference up to `largest`; `sigma` in levels. */
function likenessTable(sigma: number, largest: number): Float64Array {
  if (latest.sigma !== sigma || latest.table.length <= largest) {
    latest = { sigma, table: Float64Array.from({ length: largest + 1 }, (_, d) => bell(d, sigma)) };
  }
  return latest.table;
}

/**
 * Fills the colour channels of `output`, whose pixel (x, y) is the middle of the window with top left input pixel (x, y);
 * `sigmaColor` in levels. Alpha is not touched.
 */
export function bilateral(
  input: PaddedRaster,
  output: Raster,
  radius: number,
  sigmaColor: number,
  neighbours: Neighbours,
  signal: Signal,
): void {
  const fast = fastKernels();
  if (fast !== null) {
    const likeness = likenessTable(sigmaColor, colourChannelsOf(output) * topOf(output.depth));
    if (bilateralLevels(fast, input, output, radius, likeness, neighbours, signal)) return;
    if (bilateralFast(fast, input, output, radius, likeness, neighbours, signal)) return;
  }
  plainBilateral(input, output, radius, sigmaColor, neighbours, signal);
}

/** Columns of a block: its rows, as doubles, fit the processor's caches. */
const BLOCK = 256;
/** Rows at most between two calls, for which there is room. */
const ROWS = 64;

/** Says whether it could. */
function bilateralFast(
  fast: FastKernels,
  input: PaddedRaster,
  output: Raster,
  radius: number,
  likeness: Float64Array,
  { dx, dy, nearness }: Neighbours,
  signal: Signal,
): boolean {
  const { data } = input;
  if (data instanceof Float64Array) return false;
  const { width, height, channels, depth } = output;
  const colours = colourChannelsOf(output);
  const run = depth === 8 ? fast.bilateralBlock8 : fast.bilateralBlock16;
  const count = dx.length;
  const room = (ROWS + 2 * radius) * (BLOCK + 2 * radius + 1) * colours;
  return withArena((likeness.length + count + room) * 8 + count * 4, (block) => {
    const { buffer, byteOffset } = block;
    const numbers = new Float64Array(buffer, byteOffset, likeness.length + count + room);
    const offsets = new Int32Array(buffer, byteOffset + numbers.byteLength, count);
    numbers.set(likeness);
    numbers.set(nearness, likeness.length);
    const at = fast.addressOf(block);
    const near = at + likeness.length * 8;
    const planes = near + count * 8;
    const source = { data, line: input.width * channels, reach: 2 * radius };
    const target = { data: output.data, line: width * channels };
    const bytes = depth / 8;
    return inBands(fast, height, target, [source], signal, (_, rows, into, from) => {
      for (let x = 0; x < width; x += BLOCK) {
        const columns = Math.min(BLOCK, width - x);
        const line = (columns + 2 * radius + 1) * colours;
        for (let i = 0; i < count; i++) offsets[i] = ((dy[i] + radius) * line + dx[i] + radius) * 8;
        for (let y = 0; y < rows; y += ROWS) {
          checkpoint(signal);
          run(
            from + (y * source.line + x * channels) * bytes,
            source.line * bytes,
            into + (y * target.line + x * channels) * bytes,
            target.line * bytes,
            Math.min(ROWS, rows - y),
            columns,
            channels,
            radius,
            fast.addressOf(offsets),
            near,
            count,
            at,
            planes,
          );
        }
      }
    });
  });
}

/** The same in plain TypeScript. */
export function plainBilateral(
  input: PaddedRaster,
  output: Raster,
  radius: number,
  sigmaColor: number,
  neighbours: Neighbours,
  signal: Signal,
): void {
  const { data, channels } = input;
  const { width, height } = output;
  const { dx, dy, nearness } = neighbours;
  const colours = colourChannelsOf(output);
  const top = topOf(output.depth);
  const whole = !(data instanceof Float64Array);
  const likeness = likenessTable(sigmaColor, whole ? colours * top : 0);
  const offsets = dx.map((x, i) => (dy[i] * input.width + x) * channels);
  const second = colours === 3 ? 1 : 0;
  const third = colours === 3 ? 2 : 0;
  for (let y = 0; y < height; y++) {
    checkpoint(signal);
    let at = ((y + radius) * input.width + radius) * channels;
    let to = y * width * channels;
    for (let x = 0; x < width; x++, at += channels, to += channels) {
      const r = data[at];
      const g = data[at + second];
      const b = data[at + third];
      let sum = 0;
      let sumR = 0;
      let sumG = 0;
      let sumB = 0;
      for (let i = 0; i < offsets.length; i++) {
        const n = at + offsets[i];
        let difference = Math.abs(data[n] - r);
        if (colours === 3) difference += Math.abs(data[n + 1] - g) + Math.abs(data[n + 2] - b);
        const weight = nearness[i] * (whole ? likeness[difference] : bell(difference, sigmaColor));
        sum += weight;
        sumR += weight * data[n];
        sumG += weight * data[n + second];
        sumB += weight * data[n + third];
      }
      output.data[to] = store(sumR / sum, top);
      if (colours === 3) {
        output.data[to + 1] = store(sumG / sum, top);
        output.data[to + 2] = store(sumB / sum, top);
      }
    }
  }
}
