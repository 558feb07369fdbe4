import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPlainly, resample, type Resampling } from '../../../core/kernels/resample';
import { resampleTaps, type ResampleTaps } from '../../../core/kernels/resample-taps';
import { resampleBounds, wholeTaps } from '../../../core/kernels/resample-whole-weights';
import { useFastKernels } from '../../../core/kernels/wasm/fast-kernels';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { wholeOf, type Rectangle, type Size } from '../../../core/raster/rectangle';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { withArena } from '../../../core/raster/scratch';
import { expectFast, pooled, withFastKernels } from '../../support/fast-kernels';
import { DEPTHS, expectSameLevels, LAYOUTS, noise } from '../../support/rasters';

withFastKernels();

const side = fc.integer({ min: 1, max: 40 });
const filters = fc.constantFrom('bilinear' as const, 'bicubic' as const, 'lanczos3' as const);

function resampled(how: Resampling, input: Raster, part: Rectangle, inPool: boolean): Raster {
  const shape = { ...input, width: part.width, height: part.height };
  const raster = inPool ? pooled({ ...shape, data: createRaster(shape).data }) : createRaster(shape);
  resample(how, { raster: input, rectangle: wholeOf(input) }, { raster, rectangle: part }, neverAborted);
  return raster;
}

it('adds up the same samples to the same bytes as the plain sums', () => {
  const doubles = [
    'spreadLevels8',
    'spreadLevels16',
    'sumAcross',
    'sumDown',
    'storeSums8',
    'storeSums16',
  ] as const;
  expectFast([...doubles, 'resampleColumns8', 'resampleRow8'], () => {
    fc.assert(
      fc.property(
        fc.record({
          width: side,
          height: side,
          channels: fc.constantFrom(...LAYOUTS),
          depth: fc.constantFrom(...DEPTHS),
        }),
        fc.record({ width: side, height: side }),
        filters,
        fc.boolean(),
        fc.boolean(),
        fc.nat(),
        (shape, to, filter, linear, inPool, seed) => {
          const drawn = noise(shape, seed);
          const input = inPool ? pooled(drawn) : drawn;
          const how: Resampling = { filter, linear, from: shape, to };
          const x = seed % to.width;
          const part: Rectangle = { x, y: 0, width: to.width - x, height: to.height };
          const fast = resampled(how, input, part, inPool);
          // Without room in the arena the plain sums are all there is.
          let plain: Raster | null = null;
          withArena(2 ** 24, () => {
            plain = resampled(how, input, part, false);
            return true;
          });
          if (plain === null) throw new Error('the arena was in use');
          expectSameLevels(fast, plain);
        },
      ),
    );
  });
});

/** A picture whose levels only the plain sums give, and the same by the fast kernels. */
function expectSameAsPlain(input: Raster, to: Size, filter: Resampling['filter']): void {
  const how: Resampling = { filter, linear: false, from: input, to };
  const whole = { raster: input, rectangle: wholeOf(input) };
  const shape = { ...input, width: to.width, height: to.height };
  const plain = createRaster(shape);
  const taps = (length: number, size: number): ResampleTaps => resampleTaps(filter, length, size, 0, size);
  const [across, down] = [taps(input.width, to.width), taps(input.height, to.height)];
  addPlainly(how, across, down, whole, { raster: plain, rectangle: wholeOf(plain) }, neverAborted);
  expectSameLevels(resampled(how, pooled(input), wholeOf(plain), true), plain);
}

it.each([
  [3001, 40, 701, 11],
  [40, 3001, 11, 701],
  [1500, 12, 2900, 31],
  [6000, 9, 7, 2],
] as const)(
  'is the same over several blocks of columns: %i × %i to %i × %i',
  (width, height, columns, rows) => {
    for (const channels of [1, 3] as const) {
      const input = noise({ width, height, channels, depth: 8 }, width);
      expectSameAsPlain(input, { width: columns, height: rows }, 'lanczos3');
    }
  },
);

it('adds up in doubles again where rounded weights cannot tell on which side of a half a sum lies', () => {
  // Symmetric windows over chequers of two neighbouring levels: every sum is a half, and the rounding rule decides.
  const input = createRaster({ width: 420, height: 240, channels: 3, depth: 8 });
  for (let at = 0; at < input.data.length; at++) {
    const pixel = Math.floor(at / 3);
    input.data[at] = 100 + (((pixel % 420) + Math.floor(pixel / 420)) % 2);
  }
  expectFast(['resampleRow8', 'realSums8', 'sumAcross', 'storeSums8'], () => {
    expectSameAsPlain(input, { width: 7, height: 4 }, 'lanczos3');
  });
});

describe('weights as whole numbers', () => {
  const sizes = fc.integer({ min: 1, max: 3000 });

  it('stay as near to the true ones as they say, and their sums within 31 bits', () => {
    fc.assert(
      fc.property(filters, sizes, sizes, (filter, from, to) => {
        const down = resampleTaps(filter, from, to, 0, to);
        const { pairs, at, bits, exponent, error } = wholeTaps(down);
        let worst = 0;
        let most = 0;
        down.count.forEach((rows, index) => {
          let missing = 0;
          let highs = 0;
          let lows = 0;
          for (let row = 0; row < rows; row++) {
            const place = at[index] + 4 * (row >> 1) + (row & 1);
            const [high, low] = [pairs[place], pairs[place + 2]];
            missing += Math.abs(
              (high * 2 ** bits + low) / 2 ** exponent - down.weights[down.at[index] + row],
            );
            highs += Math.abs(high) * 255;
            lows += Math.abs(low) * 255;
          }
          worst = Math.max(worst, 255 * missing);
          most = Math.max(most, highs, lows);
        });
        expect(worst).toBeLessThanOrEqual(error * (1 + 1e-9));
        expect(most).toBeLessThan(2 ** 31);
        expect(error).toBeLessThan(1e-4);
      }),
      { numRuns: 30 },
    );
  });

  it('leave single precision so little doubt that it decides nearly always', () => {
    const taps = resampleTaps('lanczos3', 4000, 1000, 0, 1000);
    const { single, exact } = resampleBounds(taps, taps, wholeTaps(taps));
    expect(single).toBeLessThan(1e-3);
    expect(exact).toBeLessThan(2e-6);
  });
});

it('a picture enlarged to twice, four or eight times its size rounds its ties as the plain sums, and along straight lines none is in doubt', () => {
  const sizes = { width: 23, height: 17 };
  for (const channels of [1, 3] as const) {
    const input = pooled(noise({ ...sizes, channels, depth: 8 }, channels));
    for (const filter of ['bilinear', 'bicubic'] as const) {
      for (const times of [2, 4, 8]) {
        const to = { width: sizes.width * times, height: sizes.height * times };
        const how: Resampling = { filter, linear: false, from: sizes, to };
        const [across, down] = [
          resampleTaps(filter, sizes.width, to.width, 0, to.width),
          resampleTaps(filter, sizes.height, to.height, 0, to.height),
        ];
        const { raise, single } = resampleBounds(across, down, wholeTaps(down));
        // At the edges the weights of a cubic are divided by what is left of them.
        const isExact = filter === 'bilinear';
        expect([raise > 0, single < 0]).toEqual([isExact, isExact]);
        const output = createRaster({ ...input, ...to });
        const [from, whole] = [
          { raster: input, rectangle: wholeOf(input) },
          { raster: output, rectangle: wholeOf(to) },
        ];
        addPlainly(how, across, down, from, whole, neverAborted);
        expectSameLevels(resampled(how, input, wholeOf(to), true), output);
      }
    }
  }
  const shrunk = resampleTaps('lanczos3', 4000, 1000, 0, 1000);
  expect(resampleBounds(shrunk, shrunk, wholeTaps(shrunk)).raise).toBe(0);
});

it('stops when it is aborted, fast or plain', () => {
  const input = noise({ width: 8, height: 8, channels: 3, depth: 8 });
  const how: Resampling = { filter: 'lanczos3', linear: false, from: input, to: { width: 4, height: 4 } };
  const region = { raster: createRaster({ ...input, width: 4, height: 4 }), rectangle: wholeOf(how.to) };
  const run = (): void =>
    resample(how, { raster: input, rectangle: wholeOf(input) }, region, { aborted: true });
  expect(run).toThrow(Cancelled);
  useFastKernels(null);
  expect(run).toThrow(Cancelled);
});
