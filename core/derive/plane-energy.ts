/**
 * How much of a picture each of its bit planes carries. A level is the sum of what its bits contribute, v = Σ b·2^p; the energy of plane
 * p is the sum of the squares of its contributions over all pixels, n·4^p where n pixels have the bit set, and its share is its part of
 * the sum over all planes. So shares add up to 1, which those of Σ v² would not: there two planes also meet in products. Both numbers
 * follow from the histogram, so they are exact whatever the size of the picture.
 */

import type { Depth } from '../raster/raster';

export interface PlaneEnergy {
  /** 0 is the least significant. */
  readonly plane: number;
  /** The part of all pixels, 0 … 1, whose bit is set. */
  readonly set: number;
  /** The part of the energy of all planes, 0 … 1; 0 of a black picture, which has none. */
  readonly energy: number;
}

export interface ChannelPlanes {
  /** "R", "G", "B", "Grey". */
  readonly name: string;
  /** The most significant plane first. */
  readonly planes: readonly PlaneEnergy[];
  /** Stored levels of some of the pixels, row by row. */
  readonly levels: readonly number[];
}

export interface StepPlanes {
  readonly depth: Depth;
  /** Of the grid of pixels whose levels are listed. */
  readonly width: number;
  readonly height: number;
  readonly channels: readonly ChannelPlanes[];
}

/** Of one channel's counts, one a level; the most significant plane first. */
export function planeEnergies(counts: ArrayLike<number>, depth: Depth): readonly PlaneEnergy[] {
  const set = new Array<number>(depth).fill(0);
  let pixels = 0;
  for (let level = 0; level < counts.length; level++) {
    pixels += counts[level];
    for (let plane = 0; plane < depth; plane++) if ((level >> plane) & 1) set[plane] += counts[level];
  }
  const energies = set.map((count, plane) => count * 4 ** plane);
  const whole = energies.reduce((sum, energy) => sum + energy, 0);
  return energies
    .map((energy, plane) => ({
      plane,
      set: pixels === 0 ? 0 : set[plane] / pixels,
      energy: whole === 0 ? 0 : energy / whole,
    }))
    .reverse();
}
