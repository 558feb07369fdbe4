/** Histograms by the fast kernels. The plain twin is core/raster/histogram.ts. */

import { histogramOf, type Histogram } from '../raster/histogram';
import { colourChannelsOf, levelsOf, type Raster } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';
import { withArena } from '../raster/scratch';
import type { CountLevels } from './wasm/exports';
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
  const fast = fastKernels();
  if (fast === null) return null;
  const count = raster.depth === 8 ? fast.count8 : fast.count16;
  const passes = Array.from({ length: counted }, (_, channel): Pass => ({ count, channel }));
  return countPasses(fast, raster, part, passes);
}

/**
 * The rounded luma of a colour picture, as one list of counts; null where the fast kernels cannot. The plain twin is
 * core/operation/measure.ts.
 */
export function countLuma(raster: Raster, part: Rectangle): Histogram | null {
  const fast = fastKernels();
  if (fast === null || colourChannelsOf(raster) !== 3) return null;
  const count = raster.depth === 8 ? fast.countLuma8 : fast.countLuma16;
  return countPasses(fast, raster, part, [{ count, channel: 0 }]);
}

/** One list of counts: by which kernel, and the channel at which that begins to read. */
interface Pass {
  readonly count: CountLevels;
  readonly channel: number;
}

function countPasses(
  fast: FastKernels,
  { data, channels, depth, width }: Raster,
  part: Rectangle,
  passes: readonly Pass[],
): Histogram | null {
  const start = fast.addressOf(data);
  if (start < 0 || part.width * part.height < WORTH_IT) return null;
  const levels = levelsOf(depth);
  const bins: Float64Array[] = [];
  const done = withArena(levels * 8, (block) => {
    const counts = new Uint32Array(block.buffer, block.byteOffset, 2 * levels);
    const address = fast.addressOf(block);
    for (const { count, channel } of passes) {
      counts.fill(0);
      for (let y = part.y; y < part.y + part.height; y++) {
        const first = start + (((y * width + part.x) * channels + channel) * depth) / 8;
        count(first, part.width, channels, address, address + levels * 4);
      }
      bins.push(Float64Array.from({ length: levels }, (_, level) => counts[level] + counts[levels + level]));
    }
    return true;
  });
  return done ? { levels, count: part.width * part.height, bins } : null;
}
