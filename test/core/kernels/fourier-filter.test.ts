/** The filter is the one of the definition, for every size; its fast kernels give the levels of the plain ones; it can be stopped. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mirroredFilter, periodicFilter, type ChannelFilter } from '../../../core/kernels/fourier-filter';
import { keptRows, storedRows } from '../../../core/kernels/sample-lines';
import type { Transfer } from '../../../core/kernels/fourier-transfer';
import { createRaster, topOf, type Raster } from '../../../core/raster/raster';
import { store } from '../../../core/raster/rounding';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, withFastKernels, withFullArena } from '../../support/fast-kernels';
import { DEPTHS, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';

withFastKernels();

const bell = (cutoff: number) => (d2: number) => Math.exp(-d2 / (2 * cutoff * cutoff));
const disc = (cutoff: number) => (d2: number) => (Math.sqrt(d2) <= cutoff + 1e-12 ? 1 : 0);
const randomTransfer: fc.Arbitrary<Transfer> = fc
  .record({
    cutoff: fc.double({ min: 0.01, max: 0.75, noNaN: true }),
    bell: fc.boolean(),
    high: fc.boolean(),
  })
  .map(({ cutoff, bell: isBell, high }) => ({
    kept: isBell ? bell(cutoff) : disc(cutoff),
    separable: isBell,
    high,
  }));
const randomFilter = fc.record({
  padding: fc.constantFrom('mirror' as const, 'none' as const),
  transfer: randomTransfer,
  channels: fc.constantFrom(...LAYOUTS),
  depth: fc.constantFrom(...DEPTHS),
  seed: fc.nat(1000),
  offset: fc.constantFrom(0, 128, -7.25),
});
type RandomFilter = typeof randomFilter extends fc.Arbitrary<infer T> ? T : never;

const filterFor = (
  { padding, transfer }: Pick<RandomFilter, 'padding' | 'transfer'>,
  { width, height }: Raster,
): ChannelFilter => (padding === 'mirror' ? mirroredFilter : periodicFilter)(width, height, transfer);

function filtered(given: RandomFilter, input: Raster): Raster {
  const output = createRaster(input);
  const filter = filterFor(given, input);
  for (let channel = 0; channel < input.channels; channel++) {
    filter({ raster: input, channel }, storedRows({ raster: output, channel }, given.offset), neverAborted);
  }
  return output;
}

const share = ({ kept, high }: Transfer, d2: number): number => (high ? 1 - kept(d2) : kept(d2));

/** One line's transform and back along both axes, wave by wave: Σ over frequencies of share · (wave · picture) · wave. */
function byDefinition({ padding, transfer, offset }: RandomFilter, input: Raster, channel: number): number[] {
  const mirrored = padding === 'mirror';
  const width = mirrored ? 2 * input.width : input.width;
  const height = mirrored ? 2 * input.height : input.height;
  const level = (x: number, y: number): number => {
    const column = x < input.width ? x : width - 1 - x;
    const row = y < input.height ? y : height - 1 - y;
    return input.data[(row * input.width + column) * input.channels + channel];
  };
  const made = new Array<number>(input.width * input.height).fill(0);
  for (let v = 0; v < height; v++) {
    for (let u = 0; u < width; u++) {
      const factor = share(
        transfer,
        (Math.min(u, width - u) / width) ** 2 + (Math.min(v, height - v) / height) ** 2,
      );
      const angle = (x: number, y: number): number => 2 * Math.PI * ((u * x) / width + (v * y) / height);
      let [re, im] = [0, 0];
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          re += level(x, y) * Math.cos(angle(x, y));
          im -= level(x, y) * Math.sin(angle(x, y));
        }
      }
      made.forEach((_, at) => {
        const turn = angle(at % input.width, Math.floor(at / input.width));
        made[at] += ((re * Math.cos(turn) - im * Math.sin(turn)) * factor) / (width * height);
      });
    }
  }
  return made.map((value) => store(value + offset, topOf(input.depth)));
}

describe('the filter', () => {
  it('is that of the definition on small pictures of any size', () => {
    const random = fc.record({
      given: randomFilter,
      width: fc.integer({ min: 1, max: 11 }),
      height: fc.integer({ min: 1, max: 11 }),
    });
    const check = ({
      given,
      width,
      height,
    }: typeof random extends fc.Arbitrary<infer T> ? T : never): void => {
      const { channels, depth, seed } = given;
      const input = noise({ width, height, channels, depth }, seed);
      const made = filtered(given, input);
      const channel = seed % channels;
      const levels = Array.from({ length: width * height }, (_, at) => made.data[at * channels + channel]);
      expect(levels).toEqual(byDefinition(given, input, channel));
    };
    fc.assert(fc.property(random, check), { numRuns: 60 });
  }, 120_000);

  it('makes the same levels on the fast kernels', () => {
    const sides = [1, 2, 7, 8, 9, 30, 64, 77, 97, 128, 135, 251];
    const random = fc.record({
      given: randomFilter,
      width: fc.constantFrom(...sides),
      height: fc.constantFrom(...sides),
    });
    const check = ({
      given,
      width,
      height,
    }: typeof random extends fc.Arbitrary<infer T> ? T : never): void => {
      const { channels, depth, seed } = given;
      const input = noise({ width, height, channels, depth }, seed);
      const plain = withFullArena(() => filtered(given, input));
      expectSameLevels(filtered(given, input), plain);
    };
    expectFast(['fourierPass2', 'fourierPass4', 'fourierPass3', 'fourierPass5', 'fourierPassOdd'], () =>
      fc.assert(fc.property(random, check), { numRuns: 60 }),
    );
  }, 120_000);

  it('stores what it keeps unrounded, the offset added', () => {
    const check = (given: RandomFilter): void => {
      const input = noise(
        { width: 19, height: 13, channels: given.channels, depth: given.depth },
        given.seed,
      );
      const made = filtered(given, input);
      for (let channel = 0; channel < input.channels; channel++) {
        const plane = new Float64Array(input.width * input.height);
        filterFor(given, input)({ raster: input, channel }, keptRows(plane, input.width, 0), neverAborted);
        const levels = Array.from(plane, (value) => store(value + given.offset, topOf(given.depth)));
        expect(levels).toEqual(Array.from(plane, (_value, at) => made.data[at * input.channels + channel]));
      }
    };
    fc.assert(fc.property(randomFilter, check), { numRuns: 40 });
  });

  it('gives of some rows what it gives of all', () => {
    const rows = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 12 }));
    const check = (given: RandomFilter, [one, other]: readonly [number, number]): void => {
      const input = noise({ width: 19, height: 13, channels: 1, depth: given.depth }, given.seed);
      const filter = filterFor(given, input);
      const channel = { raster: input, channel: 0 };
      const all = new Float64Array(input.width * input.height);
      filter(channel, keptRows(all, input.width, 0), neverAborted);
      const [from, end] = [Math.min(one, other), Math.max(one, other) + 1];
      const some = new Float64Array(input.width * (end - from));
      filter(channel, keptRows(some, input.width, from), neverAborted, { from, end });
      expect(some).toEqual(all.subarray(from * input.width, end * input.width));
    };
    fc.assert(fc.property(randomFilter, rows, check), { numRuns: 60 });
  });

  it('that keeps everything changes nothing, and one that keeps only the mean leaves it everywhere', () => {
    const all: Transfer = { kept: () => 1, separable: true, high: false };
    const mean: Transfer = { kept: (d2) => (d2 === 0 ? 1 : 0), separable: false, high: false };
    for (const padding of ['mirror', 'none'] as const) {
      for (const [width, height] of [
        [1, 1],
        [500, 3],
        [97, 101],
        [128, 60],
        [1, 331],
      ]) {
        const input = noise({ width, height, channels: 1, depth: 16 }, width);
        const given = { padding, channels: 1, depth: 16, seed: 0, offset: 0 } as const;
        expectSameLevels(filtered({ ...given, transfer: all }, input), input);
        const average = Array.from(input.data).reduce((sum, level) => sum + level) / input.data.length;
        const levels = new Set(filtered({ ...given, transfer: mean }, input).data);
        expect([...levels]).toEqual([store(average, topOf(16))]);
      }
    }
  });

  it('stops when it is aborted, at the beginning and in the middle', () => {
    const input = noise({ width: 40, height: 64, channels: 1, depth: 8 });
    const transfer: Transfer = { kept: () => 1, separable: true, high: false };
    for (const padding of ['mirror', 'none'] as const) {
      for (const after of [0, 9, 14]) {
        let asked = 0;
        const signal = {
          get aborted() {
            return asked++ >= after;
          },
        };
        const channel = { raster: input, channel: 0 };
        const into = storedRows({ raster: createRaster(input), channel: 0 }, 0);
        expect(() => filterFor({ padding, transfer }, input)(channel, into, signal)).toThrow(Cancelled);
        expect(asked).toBe(after + 1);
      }
    }
  });
});
