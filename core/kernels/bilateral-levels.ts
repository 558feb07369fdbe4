/**
 * The bilateral filter at 8 bit by the fast kernel (wasm/assembly/bilateral-levels.ts), in blocks whose levels and weights stay in the
 * processor's caches. Single precision decides; where its error could change a level, the kernel computes the pixel in doubles.
 */

import { colourChannelsOf, type Raster } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { SNAP } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';
import type { Neighbours } from './bilateral';
import type { FastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';
import { fill, withParts } from './wasm/with-parts';

/** Columns of a block: as many as let what is kept of it stay in the second cache, within limits. */
const COLUMNS = { least: 64, most: 256 };
const KEPT = 2 ** 18;
/** Weights of a wider window lie so far away in memory that it is faster to look each one up twice, in doubles at once. */
const MOST_KEPT = 2 ** 21;
/** Rows of a block; `radius` more make weights for them. */
const ROWS = 64;
/** Bytes before and behind the planes of a block that vectors may read: neighbours of what is not used. */
const SLACK = 256;
/** Pairs of neighbours that the kernel adds up by themselves. */
const GROUP = 16;
/** Weights below this are nothing: all together they cannot move a mean by a billionth, and numbers still smaller are slow. */
const NOTHING = 2 ** -60;

const MOST = 255;

/** Neighbours below a pixel or right of it in its row; the others lie opposite. */
interface Step {
  readonly dx: number;
  readonly dy: number;
  readonly nearness: number;
}

function stepsOf({ dx, dy, nearness }: Neighbours): Step[] {
  return Array.from(nearness, (near, i) => ({ dx: dx[i], dy: dy[i], nearness: near })).filter(
    (step) => step.dy > 0 || (step.dy === 0 && step.dx > 0),
  );
}

/** How far a mean in single precision can lie from the true one, with what the rounding rule adds. */
export function bilateralBound(steps: number): number {
  // Three roundings make a weight, one a product, one the sum of a pair, then one each addition within the group and of groups; that
  // for the sum and for the weights, and one for their quotient. No term is negative, so each is a share of the result.
  const additions = GROUP + Math.ceil(steps / GROUP) + 1;
  const roundings = 2 * (3 + 1 + 1 + additions) + 1;
  return (MOST * roundings * 2 ** -24 + SNAP) * (1 + 2 ** -10);
}

const asSingle = (numbers: Float64Array): Float32Array =>
  Float32Array.from(numbers, (each) => (each < NOTHING ? 0 : each));

/** Says whether it could; `likeness` is the table of `bell` for every difference. */
export function bilateralLevels(
  fast: FastKernels,
  input: PaddedRaster,
  output: Raster,
  radius: number,
  likeness: Float64Array,
  neighbours: Neighbours,
  signal: Signal,
): boolean {
  const { data } = input;
  if (data instanceof Float64Array || output.depth !== 8) return false;
  const { width, height, channels } = output;
  const colours = colourChannelsOf(output);
  const steps = stepsOf(neighbours);
  const rowsKept = steps.reduce((sum, { dy }) => sum + dy + 1, 0);
  const fitting = Math.floor(KEPT / (rowsKept * 4)) - 2 * radius;
  const columns = Math.min(COLUMNS.most, Math.max(COLUMNS.least, fitting));
  const wide = Math.ceil((columns + 2 * radius) / 16) * 16;
  if (rowsKept * wide * 4 > MOST_KEPT) return false;
  const line = input.width * channels;
  const { dx, dy, nearness } = neighbours;
  const offsets = Int32Array.from(dx, (x, i) => dy[i] * line + x * channels);
  const near = asSingle(Float64Array.from(steps, (step) => step.nearness));
  // The table that is kept may be one of 16 bit.
  const alike = likeness.subarray(0, colours * MOST + 1);
  const tables = [offsets, nearness, alike, asSingle(alike)];
  const levels = (ROWS + 2 * radius) * wide * colours;
  const rooms = [
    levels + 2 * SLACK,
    levels * 4 + 2 * SLACK,
    rowsKept * wide * 4,
    steps.length * 24,
    steps.length * 16,
  ];
  return withParts(fast, [...rooms, ...tables.map(({ byteLength }) => byteLength)], (parts) => {
    const [bytes, floats, weights, stepsPart, pairs, ...held] = parts;
    held.forEach((part, at) => fill(part, tables[at]));
    const [offsetsPart, nearnessPart, exactPart, likenessPart] = held;
    const words = new Int32Array(stepsPart.buffer, stepsPart.byteOffset, steps.length * 6);
    const singles = new Float32Array(stepsPart.buffer, stepsPart.byteOffset, steps.length * 6);
    let ring = weights.address;
    steps.forEach((step, i) => {
      words.set([step.dy * wide * colours + step.dx, step.dx, step.dy, ring], 6 * i);
      singles[6 * i + 4] = near[i];
      ring += (step.dy + 1) * wide * 4;
    });
    const source = { data, line, reach: 2 * radius };
    // Alpha stays as it is.
    const target = { data: output.data, line: width * channels };
    const bound = bilateralBound(steps.length);
    return inBands(fast, height, target, [source], signal, (_, rows, into, from) => {
      for (let x = 0; x < width; x += columns) {
        for (let y = 0; y < rows; y += ROWS) {
          checkpoint(signal);
          fast.bilateralLevels8(
            from + y * line + x * channels,
            line,
            into + y * target.line + x * channels,
            target.line,
            Math.min(ROWS, rows - y),
            Math.min(columns, width - x),
            wide,
            channels,
            radius,
            stepsPart.address,
            steps.length,
            likenessPart.address,
            bytes.address + SLACK,
            floats.address + SLACK,
            pairs.address,
            offsetsPart.address,
            nearnessPart.address,
            dx.length,
            exactPart.address,
            bound,
          );
        }
      }
    });
  });
}
