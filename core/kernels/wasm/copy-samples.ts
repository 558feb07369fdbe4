/** Copies of runs of samples: by vectors within the pool, because arrays over shared memory copy themselves slowly. */

import type { Samples } from '../../raster/raster';
import { fastKernels } from './fast-kernels';

/** Copies `count` samples from index `start` of one array to index `at` of another; they do not overlap. */
export function copySamples(
  from: Samples | Float64Array,
  start: number,
  count: number,
  into: Samples | Float64Array,
  at: number,
): void {
  const fast = fastKernels();
  const bytes = from.BYTES_PER_ELEMENT;
  const source = fast?.addressOf(from) ?? -1;
  const target = fast?.addressOf(into) ?? -1;
  if (fast === null || source < 0 || target < 0 || into.BYTES_PER_ELEMENT !== bytes) {
    into.set(from.subarray(start, start + count), at);
    return;
  }
  fast.copyBytes(target + at * bytes, source + start * bytes, count * bytes);
}
