/** Fast kernels and their plain twins over the same random neighbourhoods. */

import fc from 'fast-check';
import type { FastKernels } from '../../core/kernels/wasm/fast-kernels';
import { createRaster, topOf, type ChannelCount, type Depth, type Raster } from '../../core/raster/raster';
import { expectFast, pooled } from './fast-kernels';
import { DEPTHS, expectSameColours, LAYOUTS, noise } from './rasters';

/** What an output is made from: its size, and what its input shows. */
export interface TwinPicture {
  readonly channels: ChannelCount;
  readonly depth: Depth;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  /** Noise; two neighbouring levels in turn, whose means lie on rounding edges; black and white; few levels with a slope. */
  readonly content: 'noise' | 'chequers' | 'extremes' | 'slope';
  readonly inputInPool: boolean;
  readonly outputInPool: boolean;
}

export const twins: fc.Arbitrary<TwinPicture> = fc.record({
  channels: fc.constantFrom(...LAYOUTS),
  depth: fc.constantFrom(...DEPTHS),
  // Rows shorter and longer than vectors, whole numbers of them and not.
  width: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 70 })),
  height: fc.integer({ min: 1, max: 6 }),
  seed: fc.nat(),
  content: fc.constantFrom('noise', 'noise', 'chequers', 'extremes', 'slope'),
  inputInPool: fc.boolean(),
  outputInPool: fc.boolean(),
});

/** The picture with `across` columns and `down` rows more than its output. */
export function inputFor(picture: TwinPicture, across: number, down: number): Raster {
  const { width, height, channels, depth, seed, content } = picture;
  const raster = noise({ width: width + across, height: height + down, channels, depth }, seed);
  const top = topOf(depth);
  const { data } = raster;
  for (let at = 0; at < data.length; at++) {
    const x = Math.floor(at / channels) % raster.width;
    const y = Math.floor(at / channels / raster.width);
    if (content === 'chequers') data[at] = 100 + ((x + y) & 1);
    if (content === 'extremes') data[at] = data[at] % 3 === 0 ? top : 0;
    if (content === 'slope') data[at] = 3 * x + y + (data[at] & 3);
  }
  return raster;
}

type Work = (input: Raster, output: Raster) => void;

/** Fails where the two differ in a colour, or where none of the named fast kernels was called. */
export function expectSameTwins(
  picture: TwinPicture,
  across: number,
  down: number,
  names: readonly (keyof FastKernels)[],
  { fast, plain }: { fast: Work; plain: Work },
): void {
  const input = inputFor(picture, across, down);
  const { width, height, channels, depth } = picture;
  const expected = createRaster({ width, height, channels, depth });
  plain(input, expected);
  const empty = createRaster(expected);
  const output = picture.outputInPool ? pooled(empty) : empty;
  expectFast(names, () => fast(picture.inputInPool ? pooled(input) : input, output));
  expectSameColours(output, expected);
}
