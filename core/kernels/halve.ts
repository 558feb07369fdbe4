/** The next level of the pyramid by the fast kernels. The plain twin is core/raster/pyramid.ts. */

import { halve as plainHalve } from '../raster/pyramid';
import type { Region } from '../raster/raster';
import { checkpoint, type Signal } from '../raster/signal';
import { fastKernels, type FastKernels } from './wasm/fast-kernels';

const ROWS_UNASKED = 16;

/** As `halve` of the pyramid: fills `output`, a rectangle of the next level, from `input`. */
export function halve(input: Region, output: Region, signal: Signal): void {
  const fast = fastKernels();
  const { x, width } = output.rectangle;
  // A column beyond an odd edge is a mean of two, which is not worth a kernel.
  const whole = 2 * (x + width) <= input.rectangle.x + input.rectangle.width;
  if (fast === null || !whole || !halveFast(fast, input, output, signal)) plainHalve(input, output);
}

/** Says whether it could: where both lie in the pool. */
function halveFast(fast: FastKernels, input: Region, output: Region, signal: Signal): boolean {
  const from = fast.addressOf(input.raster.data);
  const to = fast.addressOf(output.raster.data);
  if (from < 0 || to < 0) return false;
  const { channels, depth } = input.raster;
  const kernel = depth === 8 ? fast.halve8 : fast.halve16;
  const pixel = channels * (depth / 8);
  const line = input.raster.width * pixel;
  const { x, y, width, height } = output.rectangle;
  const start = from + (2 * x - input.rectangle.x) * pixel;
  const bottom = input.rectangle.y + input.rectangle.height;
  for (let row = 0; row < height; row++) {
    if (row % ROWS_UNASKED === 0) checkpoint(signal);
    const above = start + (2 * (y + row) - input.rectangle.y) * line;
    const below = 2 * (y + row) + 1 < bottom ? above + line : above;
    kernel(above, below, to + row * output.raster.width * pixel, width, channels);
  }
  return true;
}
