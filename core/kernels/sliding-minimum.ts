/**
 * The smallest of every 2r + 1 neighbours in a sequence, at three comparisons each whatever r is (M. van Herk 1992, J. Gil and
 * M. Werman 1993): in blocks of 2r + 1, the minimum up to every entry from the left and from the right; a window is the end of
 * one block and the beginning of the next.
 *
 * An entry may be a row of samples, which are compared one by one: the pixels of a row are a sequence of `channels` samples
 * each, the rows of a picture one of `width × channels`.
 */

import type { Samples } from '../raster/raster';

export interface Sequence {
  /** Where it begins in the samples. */
  readonly start: number;
  readonly entries: number;
  /** Samples an entry. */
  readonly step: number;
}

/** Samples of scratch memory that `slidingMinimum` needs. */
export function scratchFor({ entries, step }: Sequence, radius: number): number {
  return 2 * (entries + 2 * radius) * step;
}

/**
 * Writes the minimum over each entry's neighbourhood, as far as it lies in the sequence, to the same place of `target`, which may
 * be `source` itself. `scratch` has the samples' type.
 */
export function slidingMinimum(
  source: Samples,
  target: Samples,
  sequence: Sequence,
  radius: number,
  scratch: Samples,
): void {
  const { start, entries, step } = sequence;
  const size = (2 * radius + 1) * step;
  const margin = radius * step;
  const count = entries * step;
  const padded = count + 2 * margin;
  // Beyond its ends stands what no minimum ever picks.
  const forward = scratch.subarray(0, padded).fill(source instanceof Uint8Array ? 255 : 65_535);
  forward.set(source.subarray(start, start + count), margin);
  const backward = scratch.subarray(padded, 2 * padded);
  backward.set(forward);
  for (let block = 0; block < padded; block += size) {
    const end = Math.min(padded, block + size);
    for (let i = block + step; i < end; i++) {
      if (forward[i - step] < forward[i]) forward[i] = forward[i - step];
    }
    for (let i = end - step - 1; i >= block; i--) {
      if (backward[i + step] < backward[i]) backward[i] = backward[i + step];
    }
  }
  const ahead = 2 * margin;
  for (let i = 0; i < count; i++) {
    const a = backward[i];
    const b = forward[i + ahead];
    target[start + i] = a < b ? a : b;
  }
}
