/** Histograms by the fast kernels. The plain twin is core/raster/histogram.ts. */

import { histogramOf, type Histogram } from '../raster/histogram';
import { colourChannelsOf, levelsOf, type Raster } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';
import { withArena } from '../raster/scratch';
import { fastKernels } from './wasm/fast-kernels';

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
  const { data, channels, depth, width } = raster;
  const start = fast?.addressOf(data) ?? -1;
  if (fast === null || start < 0 || part.width * part.height < WORTH_IT) return null;
  const levels = levelsOf(depth);
  const count = depth === 8 ? fast.count8 : fast.count16;
  const sample = depth / 8;
  const bins: Float64Array[] = [];
  const done = withArena(levels * 8, (block) => {
    const counts = new Uint32Array(block.buffer, block.byteOffset, 2 * levels);
    const address = fast.addressOf(block);
    for (let channel = 0; channel < counted; channel++) {
      counts.fill(0);
      for (let y = part.y; y < part.y + part.height; y++) {
        const first = start + ((y * width + part.x) * channels + channel) * sample;
        count(first, part.width, channels, address, address + levels * 4);
      }
      bins.push(Float64Array.from({ length: levels }, (_, level) => counts[level] + counts[levels + level]));
    }
    return true;
  });
  return done ? { levels, count: part.width * part.height, bins } : null;
}
