/** Between layouts by the fast kernels: what a screen takes, a picture without its alpha. Plain twins: core/raster/convert.ts. */

import { dropAlpha, toDisplay } from '../raster/convert';
import { wholeOf } from '../raster/rectangle';
import type { ChannelCount, Raster } from '../raster/raster';
import { withArena } from '../raster/scratch';
import type { Signal } from '../raster/signal';
import { fastKernels } from './wasm/fast-kernels';
import { inBands } from './wasm/in-bands';

/** A byte that comes from nowhere: the highest level. */
const TOP = 255;

/** For each byte of an RGBA pixel, the byte of the picture's pixel that it is. */
const DISPLAYED: Readonly<Record<ChannelCount, readonly number[]>> = {
  1: [0, 0, 0, TOP],
  2: [0, 0, 0, 1],
  3: [0, 1, 2, TOP],
  4: [0, 1, 2, 3],
};

/** Writes `input` as RGBA, 8 bits a sample, to `output` of the same size. */
export function displayPixels(input: Raster, output: Raster, signal: Signal): void {
  if (output.data instanceof Uint16Array) throw new Error('a screen takes 8 bits a sample');
  if (input.depth === 8 && shuffle(input, output, DISPLAYED[input.channels], signal)) return;
  toDisplay({ raster: input, rectangle: wholeOf(input) }, wholeOf(input), output.data);
}

/** Writes the colours of `input`, which has alpha, to `output`, which has none. */
export function dropAlphaOf(input: Raster, output: Raster, signal: Signal): void {
  const order = Array.from({ length: output.channels * (output.depth / 8) }, (_, byte) => byte);
  if (!shuffle(input, output, order, signal)) dropAlpha(input, output);
}

/** Says whether it could. `order` names for each byte of an output pixel the byte of the input pixel. */
function shuffle(input: Raster, output: Raster, order: readonly number[], signal: Signal): boolean {
  const fast = fastKernels();
  if (fast === null) return false;
  const inBytes = input.channels * (input.depth / 8);
  const outBytes = order.length;
  const pixels = Math.floor(16 / Math.max(inBytes, outBytes));
  return withArena(32, (block) => {
    block.fill(TOP, 0, 16).fill(0, 16);
    for (let pixel = 0; pixel < pixels; pixel++) {
      order.forEach((from, byte) => {
        const at = pixel * outBytes + byte;
        if (from === TOP) block[16 + at] = TOP;
        else block[at] = pixel * inBytes + from;
      });
    }
    const orderAt = fast.addressOf(block);
    const target = { data: output.data, line: output.width * output.channels, overwritten: true };
    const source = { data: input.data, line: input.width * input.channels };
    return inBands(fast, output.height, target, [source], signal, (_, rows, to, from) =>
      fast.shufflePixels(from, to, rows * output.width, inBytes, outBytes, orderAt, orderAt + 16),
    );
  });
}
