import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boxBlur, plainBoxBlur } from '../../../core/kernels/box-blur';
import type { PaddedRaster } from '../../../core/raster/padding';
import { colourChannelsOf, createRaster, topOf, type Raster } from '../../../core/raster/raster';
import { store } from '../../../core/raster/rounding';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { expectFast, kernels, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, expectSameColours, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';
import { expectSameTwins, twins } from '../../support/twins';

function blurred(input: PaddedRaster, size: number): Raster {
  const output = createRaster({
    ...input,
    width: input.width - size + 1,
    height: input.height - size + 1,
  });
  plainBoxBlur(input, output, size, neverAborted);
  return output;
}

/** The mean by the exact rule, window by window, in whole numbers of any size. */
function plain(input: PaddedRaster, size: number): Raster {
  const { width, channels, data } = input;
  const output = createRaster({ ...input, width: width - size + 1, height: input.height - size + 1 });
  for (let at = 0; at < output.data.length; at++) {
    const channel = at % channels;
    if (channel >= colourChannelsOf(input)) continue;
    const x = Math.floor(at / channels) % output.width;
    const y = Math.floor(at / channels / output.width);
    let sum = 0;
    for (let dy = 0; dy < size; dy++) {
      for (let dx = 0; dx < size; dx++) sum += data[((y + dy) * width + x + dx) * channels + channel];
    }
    const area = BigInt(size * size);
    output.data[at] = Number.isInteger(sum)
      ? Number((2n * BigInt(sum) + area) / (2n * area))
      : store(sum / (size * size), topOf(input.depth));
  }
  return output;
}

const shape = fc.record({
  channels: fc.constantFrom(...LAYOUTS),
  depth: fc.constantFrom(...DEPTHS),
  width: fc.integer({ min: 1, max: 14 }),
  height: fc.integer({ min: 1, max: 12 }),
});

describe('plainBoxBlur', () => {
  it('gives the exact means of every window, and leaves alpha alone', () => {
    fc.assert(
      fc.property(
        shape,
        fc.integer({ min: 1, max: 13 }),
        fc.nat(),
        ({ width, height, ...layout }, size, seed) => {
          const input = noise({ ...layout, width: width + size - 1, height: height + size - 1 }, seed);
          expect(blurred(input, size)).toEqual(plain(input, size));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps the means of doubles within the rounding rule', () => {
    fc.assert(
      fc.property(
        shape,
        fc.integer({ min: 1, max: 9 }),
        fc.nat(),
        ({ width, height, ...layout }, size, seed) => {
          const levels = noise({ ...layout, width: width + size - 1, height: height + size - 1 }, seed);
          const data = Float64Array.from(levels.data, (level, at) => (at % 5 === 0 ? 0.1 * 257 : level));
          const input: PaddedRaster = { ...levels, data };
          expect(blurred(input, size)).toEqual(plain(input, size));
        },
      ),
    );
  });

  it.each([
    [182, 16],
    [725, 16],
    [999, 16],
    [999, 8],
  ] as const)(
    'is exact for a window of %s × its size at %s bit, where sums outgrow 32 bits',
    (size, depth) => {
      const input = noise({ width: size + 2, height: size + 1, channels: 1, depth });
      expect(blurred(input, size)).toEqual(plain(input, size));
      // Nearly white: the largest sums there are.
      input.data.fill(topOf(depth));
      input.data[size * 3] = 0;
      expect(blurred(input, size)).toEqual(plain(input, size));
    },
  );

  it('rounds a mean of exactly one half up', () => {
    const input: Raster = { width: 2, height: 2, channels: 1, depth: 8, data: Uint8Array.of(0, 1, 1, 0) };
    expect([...blurred(input, 2).data]).toEqual([1]);
    input.data[1] = 0;
    expect([...blurred(input, 2).data]).toEqual([0]);
  });

  it('keeps flat pictures flat', () => {
    for (const size of [2, 15, 60, 181, 182]) {
      const input = createRaster({ width: size + 3, height: size, channels: 3, depth: 16 });
      input.data.fill(65_535);
      expect(blurred(input, size).data.every((level) => level === 65_535)).toBe(true);
    }
  });

  it('stops in the middle when it is aborted', () => {
    let asked = 0;
    const signal = {
      get aborted() {
        return ++asked > 3;
      },
    };
    const input = noise({ width: 10, height: 200, channels: 3, depth: 8 });
    const output = createRaster({ ...input, width: 8, height: 198 });
    expect(() => plainBoxBlur(input, output, 3, signal)).toThrow(Cancelled);
    expect(output.data.some((level) => level > 0)).toBe(true);
    expect(output.data.subarray(-24).every((level) => level === 0)).toBe(true);
  });
});

describe('boxBlur with fast kernels', () => {
  withFastKernels();

  it('gives the same levels as in plain TypeScript, wherever the samples lie', () => {
    fc.assert(
      fc.property(twins, fc.integer({ min: 1, max: 13 }), (picture, size) => {
        expectSameTwins(picture, size - 1, size - 1, [picture.depth === 8 ? 'boxMeans8' : 'boxMeans16'], {
          fast: (input, output) => boxBlur(input, output, size, neverAborted),
          plain: (input, output) => plainBoxBlur(input, output, size, neverAborted),
        });
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    [85, 8, 'boxMeans8'],
    [86, 8, 'boxMeans8'],
    [257, 8, 'boxMeans8'],
    [258, 8, 'boxMeans8Wide'],
    [999, 8, 'boxMeans8Wide'],
    [181, 16, 'boxMeans16'],
  ] as const)(
    'is exact where its arithmetic changes, size %s at %s bit, noisy and nearly white',
    (size, depth, name) => {
      for (const channels of LAYOUTS) {
        for (const white of [false, true]) {
          const input = noise({ width: size + 19, height: size + 3, channels, depth });
          if (white) input.data.fill(topOf(depth)).fill(0, 0, 1);
          const shape = { ...input, width: 20, height: 4 };
          const expected = createRaster(shape);
          plainBoxBlur(input, expected, size, neverAborted);
          const output = createRaster(shape);
          expectFast([name], () => boxBlur(input, output, size, neverAborted));
          expectSameColours(output, expected);
        }
      }
    },
  );

  it('rounds the sums next to every rounding edge of every size exactly', () => {
    const largest = 100;
    const block = pooled({ width: 2 * (largest + 64) + 16, height: 1, channels: 1, depth: 8 });
    const fast = kernels();
    const start = fast.addressOf(block.data);
    const sums = new Uint16Array(block.data.buffer, start + 32, largest + 32);
    const at = block.data.length - 16;
    const meanOf = (sum: number, size: number): number => {
      sums.fill(Math.floor(sum / size), 0, size);
      sums[0] += sum % size;
      fast.boxMeans8(start + 32, start + at, 1, 1, size);
      return block.data[at];
    };
    for (let size = 1; size <= largest; size++) {
      const area = size * size;
      for (let level = 0; level < 255; level++) {
        // The least sum that is rounded up.
        const edge = Math.ceil(area * (level + 0.5));
        const found = [meanOf(edge - 1, size), meanOf(edge, size)];
        if (found[0] !== level || found[1] !== level + 1)
          expect([size, ...found]).toEqual([size, level, level + 1]);
      }
      expect(meanOf(255 * area, size)).toBe(255);
    }
  });

  const outputFor = (input: PaddedRaster, size: number, inPool: boolean): Raster => {
    const output = createRaster({ ...input, width: input.width - size + 1, height: input.height - size + 1 });
    return inPool ? pooled(output) : output;
  };

  it('works in several bands on a large picture, and stops between them when it is aborted', () => {
    const input = noise({ width: 402, height: 702, channels: 3, depth: 8 });
    const expected = outputFor(input, 3, false);
    plainBoxBlur(input, expected, 3, neverAborted);
    const output = outputFor(input, 3, true);
    boxBlur(input, output, 3, neverAborted);
    expectSameLevels(output, expected);
    let asked = 0;
    const signal = {
      get aborted() {
        return ++asked > 2;
      },
    };
    expect(() => boxBlur(input, output, 3, signal)).toThrow(Cancelled);
  });
});

describe('boxBlur in an arena that is too small', () => {
  withFastKernels(2 ** 12);

  it('gives the same levels in plain TypeScript', () => {
    const input = noise({ width: 900, height: 60, channels: 4, depth: 16 });
    const expected = createRaster({ ...input, width: 860, height: 20 });
    plainBoxBlur(input, expected, 41, neverAborted);
    const output = createRaster(expected);
    let called = false;
    kernels().boxMeans16 = () => (called = true);
    boxBlur(input, output, 41, neverAborted);
    expect(called).toBe(false);
    expectSameLevels(output, expected);
  });
});
