/** Histograms by the fast kernels. The plain twin is core/raster/histogram.ts. */

import { histogramOf, type Histogram } from '../raster/histogram';
import { colourChannelsOf, levelsOf, type Raster } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';
import { withArena } from '../raster/scratch';
import type { CountRow } from './wasm/export-shapes';
import { fastKernels, type FastKernels } from './wasm/fast-kernels';

/** Pixels from which on clearing the counters is no large part of the work. */
const WORTH_IT = 1 << 12;

/** Counts `part` (in the raster's own coordinates): the first so many channels, by default those of colour. */
export function countLevels(
  raster: Raster,
  part: Rectangle,
  counted: number = colourChannelsOf(raster),
): Histogram {
  return countFast(raster, part, counted) ?? histogramOf(raster, part, counted);
}

function countFast(raster: Raster, part: Rectangle, counted: number): Histogram | null {
  const kernel = (fast: FastKernels): CountRow => (raster.depth === 8 ? fast.count8 : fast.count16);
  const bins: Float64Array[] = [];
  for (let channel = 0; channel < counted; channel++) {
    const counts = countRows(raster, part, channel, kernel);
    if (counts === null) return null;
    bins.push(counts);
  }
  return { levels: levelsOf(raster.depth), count: part.width * part.height, bins };
}

/** What a kernel counts in the rows of a part, beginning with that channel of their first pixel; null where it cannot. */
export function countRows(
  { data, channels, depth, width }: Raster,
  part: Rectangle,
  channel: number,
  kernelOf: (fast: FastKernels) => CountRow,
): Float64Array | null {
  const fast = fastKernels();
  const start = fast?.addressOf(data) ?? -1;
  if (fast === null || start < 0 || part.width * part.height < WORTH_IT) return null;
  const kernel = kernelOf(fast);
  const levels = levelsOf(depth);
  let counted: Float64Array | null = null;
  withArena(levels * 8, (block) => {
    const counts = new Uint32Array(block.buffer, block.byteOffset, 2 * levels).fill(0);
    const address = fast.addressOf(block);
    for (let y = part.y; y < part.y + part.height; y++) {
      const first = start + ((y * width + part.x) * channels + channel) * (depth / 8);
      kernel(first, part.width, channels, address, address + levels * 4);
    }
    counted = Float64Array.from({ length: levels }, (_, level) => counts[level] + counts[levels + level]);
    return true;
  });
  return counted;
}
