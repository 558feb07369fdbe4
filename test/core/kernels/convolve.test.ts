import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { convolve, plainConvolve } from '../../../core/kernels/convolve';
import { factorsOf, type Response, type WindowWeights } from '../../../core/kernels/window-weights';
import type { PaddedRaster } from '../../../core/raster/padding';
import { colourChannelsOf, createRaster, topOf, type Raster } from '../../../core/raster/raster';
import { store } from '../../../core/raster/rounding';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, LAYOUTS, noise } from '../../support/rasters';
import { expectSameTwins, twins } from '../../support/twins';

function windowOf(matrix: readonly (readonly number[])[]): WindowWeights {
  return { rows: matrix.length, columns: matrix[0].length, values: Float64Array.from(matrix.flat()) };
}

function emptyOutput(input: PaddedRaster, { rows, columns }: WindowWeights, stride: number): Raster {
  return createRaster({
    ...input,
    width: Math.floor((input.width - columns) / stride) + 1,
    height: Math.floor((input.height - rows) / stride) + 1,
  });
}

function convolved(input: PaddedRaster, window: WindowWeights, stride: number, response: Response): Raster {
  const output = emptyOutput(input, window, stride);
  convolve(input, output, window, stride, response, neverAborted);
  return output;
}

/** The definition, window by window. */
function plain(input: PaddedRaster, window: WindowWeights, stride: number, response: Response): Raster {
  const { width, channels, data } = input;
  const output = emptyOutput(input, window, stride);
  for (let at = 0; at < output.data.length; at++) {
    const channel = at % channels;
    if (channel >= colourChannelsOf(input)) continue;
    const x = (Math.floor(at / channels) % output.width) * stride;
    const y = Math.floor(at / channels / output.width) * stride;
    let sum = 0;
    window.values.forEach((weight, index) => {
      const column = x + (index % window.columns);
      const row = y + Math.floor(index / window.columns);
      sum += weight * data[(row * width + column) * channels + channel];
    });
    const value = sum / response.divisor + response.offset;
    output.data[at] = store(response.absolute ? Math.abs(value) : value, topOf(input.depth));
  }
  return output;
}

const small = fc.integer({ min: -9, max: 9 });
const whole = fc.oneof(small, fc.constant(0), fc.integer({ min: -(2 ** 20), max: 2 ** 20 }));
const real = fc.integer({ min: -4000, max: 4000 }).map((thousandths) => thousandths / 1000);

function matrixOf(weight: fc.Arbitrary<number>): fc.Arbitrary<number[][]> {
  const side = fc.integer({ min: 1, max: 6 });
  return fc.tuple(side, side).chain(([rows, columns]) => {
    const row = fc.array(weight, { minLength: columns, maxLength: columns });
    return fc.array(row, { minLength: rows, maxLength: rows });
  });
}

const product = fc
  .tuple(fc.array(small, { minLength: 1, maxLength: 7 }), fc.array(small, { minLength: 1, maxLength: 7 }))
  .map(([column, row]) => column.map((a) => row.map((b) => a * b)));

const threeByThree = fc.array(fc.array(small, { minLength: 3, maxLength: 3 }), {
  minLength: 3,
  maxLength: 3,
});

const response = fc.record({
  divisor: fc.constantFrom(1, 9, -3, 16, 255, 0.7, 1e6),
  offset: fc.constantFrom(0, 128, -40, 32_896, 12.3),
  absolute: fc.boolean(),
});

describe('convolve', () => {
  it.each([
    ['small whole weights', matrixOf(small)],
    ['large whole weights', matrixOf(whole)],
    ['products of a column and a row', product],
    ['3 × 3 windows', threeByThree],
    ['real weights', matrixOf(real)],
  ] as const)('gives the samples of the definition for %s', (_, matrices) => {
    fc.assert(
      fc.property(
        matrices,
        response,
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(...DEPTHS),
        fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 7 }), fc.nat()),
        (matrix, how, stride, channels, depth, [wider, higher, seed]) => {
          const window = windowOf(matrix);
          const size = { width: window.columns + wider, height: window.rows + higher };
          const input = noise({ ...size, channels, depth }, seed);
          expect(convolved(input, window, stride, how)).toEqual(plain(input, window, stride, how));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('gives the samples of the definition over doubles', () => {
    fc.assert(
      fc.property(matrixOf(small), response, fc.nat(), (matrix, how, seed) => {
        const window = windowOf(matrix);
        const levels = noise({ width: 9, height: 8, channels: 3, depth: 8 }, seed);
        const data = Float64Array.from(levels.data, (level, at) => (at % 7 === 0 ? 0.5 : level));
        const input: PaddedRaster = { ...levels, data };
        expect(convolved(input, window, 1, how)).toEqual(plain(input, window, 1, how));
      }),
    );
  });

  it('takes sums that outgrow 32 bits, and the largest window there is', () => {
    const window: WindowWeights = { rows: 101, columns: 101, values: new Float64Array(101 * 101).fill(3) };
    const input = noise({ width: 103, height: 102, channels: 1, depth: 16 });
    const how = { divisor: 3 * 101 * 101, offset: 0, absolute: false };
    expect(convolved(input, window, 1, how)).toEqual(plain(input, window, 1, how));
  });

  it('is black for a window of zeros', () => {
    const input = noise({ width: 5, height: 5, channels: 3, depth: 8 });
    const how = { divisor: 1, offset: 0, absolute: false };
    const { data } = convolved(input, windowOf([[0, 0]]), 1, how);
    expect(data.every((level) => level === 0)).toBe(true);
  });

  it('stops between two rows when it is aborted', () => {
    const input = noise({ width: 12, height: 12, channels: 3, depth: 8 });
    for (const matrix of [
      [
        [1, 2, 1],
        [2, 4, 2],
        [1, 2, 1],
      ],
      [[0.5, 0.5]],
    ]) {
      let asked = 0;
      const signal = {
        get aborted() {
          return ++asked > 2;
        },
      };
      const window = windowOf(matrix);
      const output = emptyOutput(input, window, 1);
      const how = { divisor: 1, offset: 128, absolute: false };
      expect(() => convolve(input, output, window, 1, how, signal)).toThrow(Cancelled);
      expect(output.data.at(0)).toBeGreaterThan(0);
      expect(output.data.at(-1)).toBe(0);
    }
  });
});

describe('factorsOf', () => {
  it('finds the column and the row whose product a window is', () => {
    const window = windowOf([1, 4, 6, 4, 1].map((a) => [1, 4, 6, 4, 1].map((b) => -2 * a * b)));
    const factors = factorsOf(window);
    const products = factors && [...factors.column].flatMap((a) => [...factors.row].map((b) => a * b));
    expect(products).toEqual([...window.values]);
  });

  it('sees rows of zeros, and common divisors', () => {
    const factors = factorsOf(
      windowOf([
        [0, 0, 0, 0, 0],
        [6, 9, 12, 3, 3],
        [0, 0, 0, 0, 0],
        [-4, -6, -8, -2, -2],
      ]),
    );
    expect(factors && [[...factors.column], [...factors.row]]).toEqual([
      [0, 3, 0, -2],
      [2, 3, 4, 1, 1],
    ]);
  });

  it('finds none where there are none, or where they would save nothing', () => {
    expect(
      factorsOf(
        windowOf([
          [1, 2, 3, 4],
          [2, 4, 6, 9],
          [1, 2, 3, 4],
          [1, 2, 3, 4],
        ]),
      ),
    ).toBeNull();
    expect(
      factorsOf(
        windowOf([
          [1, 2],
          [2, 4],
        ]),
      ),
    ).toBeNull();
    expect(
      factorsOf(
        windowOf([
          [0, 0],
          [0, 0],
        ]),
      ),
    ).toBeNull();
  });
});

describe('convolve with fast kernels', () => {
  withFastKernels();

  it('gives the same levels as in plain TypeScript for all weights, divisors, offsets and responses', () => {
    const weights = fc.oneof(matrixOf(small), matrixOf(whole), matrixOf(real), product, threeByThree);
    fc.assert(
      fc.property(twins, weights, response, (picture, matrix, to) => {
        const window = windowOf(matrix);
        expectSameTwins(picture, window.columns - 1, window.rows - 1, [], {
          fast: (input, output) => convolve(input, output, window, 1, to, neverAborted),
          plain: (input, output) => plainConvolve(input, output, window, 1, to, neverAborted),
        });
      }),
      { numRuns: 800 },
    );
  });

  it.each([
    ['small whole weights', 8, [[1, 2, -3, 4]], 16, 128, ['windowRow8']],
    ['sums of 16 bits at their end', 8, [[127, 0, -1]], 1, -127, ['windowRow8']],
    ['sums just beyond 16 bits', 8, [[127, 0, -2]], 4096, 128, ['windowSums8']],
    [
      'the largest divisor of single precision',
      8,
      [[3000, -3000, 2000]],
      4096,
      0,
      ['windowSums8', 'windowLevels8'],
    ],
    ['large divisors', 8, [[32_767, -32_767, 3000]], 262_143, 0, ['windowSums8', 'windowLevels']],
    ['whole weights at 16 bit', 16, [[1, 2, -3, 4]], 16, 32_896, ['windowSums16', 'windowLevels']],
    ['weights beyond 16 bits', 8, [[32_768, -32_768]], 1, 0, ['realSums8', 'realLevels8']],
    ['real weights', 16, [[0.1, 0.2, 0.7]], 1, 0, ['realSums16', 'realLevels16']],
    ['a real offset', 8, [[1, 2, 1]], 4, 0.25, ['realSums8', 'realLevels8']],
  ] as const)('uses the arithmetic that fits: %s', (_, depth, matrix, divisor, offset, names) => {
    for (const absolute of [false, true]) {
      for (const content of ['noise', 'extremes', 'chequers'] as const) {
        const picture = {
          channels: 3,
          depth,
          width: 61,
          height: 4,
          seed: 4,
          content,
          inputInPool: false,
          outputInPool: true,
        } as const;
        const window = windowOf(matrix);
        const to = { divisor, offset, absolute };
        expectSameTwins(picture, window.columns - 1, window.rows - 1, names, {
          fast: (input, output) => convolve(input, output, window, 1, to, neverAborted),
          plain: (input, output) => plainConvolve(input, output, window, 1, to, neverAborted),
        });
      }
    }
  });
});
