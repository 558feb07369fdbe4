/** Small pictures for tests, in every layout and at both depths. */

import { expect } from 'vitest';
import {
  createRaster,
  levelsOf,
  shapeOf,
  topOf,
  type ChannelCount,
  type Depth,
  type Raster,
  type Shape,
} from '../../core/raster/raster';

export const DEPTHS: readonly Depth[] = [8, 16];
export const LAYOUTS: readonly ChannelCount[] = [1, 2, 3, 4];

/** A picture of noise with black, white and the middle among its levels; the same for the same seed. */
export function noise(shape: Shape, seed = 1): Raster {
  const raster = createRaster(shape);
  const levels = levelsOf(shape.depth);
  const edges = [0, topOf(shape.depth), levels / 2];
  let state = seed;
  for (let at = 0; at < raster.data.length; at++) {
    // Numerical Recipes' linear congruential generator; its high bits are good enough here.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const draw = state / 2 ** 32;
    raster.data[at] = draw < 0.1 ? edges[at % edges.length] : Math.floor(draw * levels);
  }
  return raster;
}

/** Fails at the first sample that differs. The test runner's own comparison of arrays takes seconds for a million. */
export function expectSameLevels(actual: Raster, expected: Raster): void {
  expect(shapeOf(actual)).toEqual(shapeOf(expected));
  const at = actual.data.findIndex((level, index) => level !== expected.data[index]);
  expect(at < 0 ? null : { at, level: actual.data[at] }).toEqual(
    at < 0 ? null : { at, level: expected.data[at] },
  );
}

/** "3 × 2, 16 bit, 4 channels", for the names of tests. */
export function shapeText({ width, height, channels, depth }: Shape): string {
  return `${width} × ${height}, ${depth} bit, ${channels} channel${channels === 1 ? '' : 's'}`;
}

/** Every layout at both depths, in the given sizes. */
export function shapes(...sizes: readonly (readonly [width: number, height: number])[]): readonly Shape[] {
  return sizes.flatMap(([width, height]) =>
    DEPTHS.flatMap((depth) => LAYOUTS.map((channels): Shape => ({ width, height, channels, depth }))),
  );
}
