/** Runs a fast kernel over a neighbourhood's rows, one output row a call. */

import type { Raster, Samples } from '../../raster/raster';
import type { Signal } from '../../raster/signal';
import type { FastKernels } from './fast-kernels';
import { inBands } from './in-bands';

/** A padded input whose samples are whole levels. */
export interface LevelInput {
  readonly width: number;
  readonly data: Samples;
}

/**
 * Calls `run` for every output row with the addresses of it and of the first row that it reads, and with the bytes between
 * two input rows; `reach` rows more follow. False, and nothing is done, where the arena has no room for a copy.
 */
export function eachRow(
  fast: FastKernels,
  { width, data }: LevelInput,
  output: Raster,
  reach: number,
  signal: Signal,
  run: (output: number, input: number, line: number, y: number) => void,
): boolean {
  const line = width * output.channels;
  const row = output.width * output.channels;
  const { BYTES_PER_ELEMENT: bytes } = data;
  const target = { data: output.data, line: row, overwritten: true };
  return inBands(fast, output.height, target, [{ data, line, reach }], signal, (y, rows, into, from) => {
    for (let i = 0; i < rows; i++) run(into + i * row * bytes, from + i * line * bytes, line * bytes, y + i);
  });
}
