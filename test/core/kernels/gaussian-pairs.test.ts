import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mixWithMeans, plainMixWithMeans } from '../../../core/kernels/gaussian';
import { bitOrders, BLOCK, GROUP, pairLayout, pixelTurns } from '../../../core/kernels/gaussian-layout';
import { ASIDE, planFor } from '../../../core/kernels/gaussian-pair-plan';
import { pairWeights, STAGES } from '../../../core/kernels/gaussian-pair-weights';
import { gaussianRadius, gaussianWeights } from '../../../core/kernels/gaussian-weights';
import type { MeanMix } from '../../../core/kernels/mean-mix';
import { createRaster, type Raster } from '../../../core/raster/raster';
import { neverAborted } from '../../../core/raster/signal';
import { expectFast, kernels, pooled, withFastKernels } from '../../support/fast-kernels';
import { expectSameColours, LAYOUTS, noise } from '../../support/rasters';
import { expectSameTwins, twins } from '../../support/twins';

/** Windows that are summed up in pairs: of an odd and an even radius, the narrowest and the widest. */
const SIGMAS = [2, 2.2, 2.6, 3, 3.4, 4.3, 6.3, 9, 10] as const;

const weightsOf = (sigma: number): Float64Array => gaussianWeights(sigma, gaussianRadius(sigma, 4));

const mixes: fc.Arbitrary<MeanMix> = fc.oneof(
  fc.constant<MeanMix>({ kind: 'mean' }),
  fc.record({
    kind: fc.constant('sharpen' as const),
    amount: fc.constantFrom(0, 0.5, 1, 1.5, 3),
    least: fc.constantFrom(0, 0.5, 1, 3, 257),
  }),
  fc.record({ kind: fc.constant('clarify' as const), amount: fc.constantFrom(-1, -0.3, 0.4, 1) }),
);

/** Fails where the fast kernels make other levels of the picture than the plain ones. */
function expectSame(input: Raster, output: Raster, weights: Float64Array, mix: MeanMix): void {
  const expected = createRaster(output);
  plainMixWithMeans(input, expected, weights, mix, neverAborted);
  expectFast(['gaussianStrip8'], () => mixWithMeans(input, output, weights, mix, neverAborted));
  expectSameColours(output, expected);
}

describe('Gaussian means in pairs', () => {
  withFastKernels();

  it('give the same levels as in plain TypeScript, alone and mixed', () => {
    fc.assert(
      fc.property(twins, mixes, fc.constantFrom(...SIGMAS), (given, mix, sigma) => {
        const picture = { ...given, depth: 8 as const };
        const weights = weightsOf(sigma);
        expectSameTwins(picture, weights.length - 1, weights.length - 1, ['gaussianStrip8'], {
          fast: (input, output) => mixWithMeans(input, output, weights, mix, neverAborted),
          plain: (input, output) => plainMixWithMeans(input, output, weights, mix, neverAborted),
        });
      }),
      { numRuns: 400 },
    );
  });

  it.each(LAYOUTS)('are the same over several strips and bands, %s channels', (channels) => {
    const weights = weightsOf(3);
    const around = weights.length - 1;
    for (const [width, height] of [
      [Math.ceil(9000 / channels), 5],
      [7, 70],
    ]) {
      const shape = { width, height, channels, depth: 8 } as const;
      const input = noise({ ...shape, width: width + around, height: height + around }, 5);
      for (const inPool of [true, false]) {
        const output = createRaster(shape);
        expectSame(inPool ? pooled(input) : input, inPool ? pooled(output) : output, weights, {
          kind: 'sharpen',
          amount: 1.5,
          least: 0,
        });
      }
    }
  });

  it('are the same of flat pictures, of a single step, and next to one where contrast begins', () => {
    const weights = weightsOf(2.6);
    const around = weights.length - 1;
    const shape = { width: 150, height: 9, channels: 3, depth: 8 } as const;
    fc.assert(
      fc.property(
        fc.nat(255),
        fc.nat(255),
        fc.nat(170),
        fc.boolean(),
        mixes,
        (level, other, place, down, mix) => {
          const input = createRaster({ ...shape, width: 150 + around, height: 9 + around });
          const line = input.width * 3;
          input.data.forEach((_, at) => {
            const where = down ? 8 * Math.floor(at / line) : Math.floor((at % line) / 3);
            input.data[at] = where < place ? level : other;
          });
          expectSame(pooled(input), createRaster(shape), weights, mix);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are the same of the pictures for which the weights, as whole numbers, are off the most', () => {
    for (const sigma of [2, 3, 6.3]) {
      const weights = weightsOf(sigma);
      const { order, weights: whole, ends, sums } = plan(weights, 'down');
      const units = order.map((_, turn) => STAGES.down[ends.findIndex((end) => turn < end)]);
      const off = new Float64Array(weights.length);
      order.forEach((pair, turn) => {
        for (const which of [0, 1]) {
          const at = 2 * pair + which;
          if (at < off.length) off[at] = whole[4 * turn + which] / units[turn] / sums[0] - weights[at];
        }
      });
      const shape = { width: 90, height: 4, channels: 1, depth: 8 } as const;
      for (const [least, most] of [
        [0, 255],
        [100, 131],
        [17, 250],
      ]) {
        for (let first = 0; first < 8; first++) {
          const input = createRaster({ ...shape, width: 90 + off.length - 1, height: 3 + off.length });
          input.data.forEach((_, at) => {
            const row = Math.floor(at / input.width);
            const rise = (at % input.width) % 7;
            input.data[at] = off[(row + first) % off.length] > 0 ? most - rise : least + rise;
          });
          expectSame(pooled(input), createRaster(shape), weights, { kind: 'mean' });
        }
      }
    }
  });

  it('are the same where contrast begins below rows that have none', () => {
    const weights = weightsOf(9);
    const around = weights.length - 1;
    const across = planFor(weights)?.across;
    if (across === undefined) throw new Error('the weights fit no plan');
    const off = new Float64Array(weights.length);
    across.order.forEach((pair, turn) => {
      const unit = STAGES.across[across.ends.findIndex((end) => turn < end)];
      for (const which of [0, 1]) {
        const at = 2 * pair + which;
        if (at < off.length) off[at] = across.weights[4 * turn + which] / unit / across.sums[0] - weights[at];
      }
    });
    const shape = { width: 8, height: 2 * around, channels: 1, depth: 8 } as const;
    for (let time = 0; time < 120; time++) {
      const input = createRaster({ ...shape, width: shape.width + around, height: shape.height + around });
      const first = around + 8 + (time % 5);
      input.data.forEach((_, at) => {
        const isHigh = off[((at % input.width) + time) % off.length] > 0;
        input.data[at] = at < first * input.width ? 90 : isHigh ? 255 - (time % 16) : time % 7;
      });
      expectSame(pooled(input), createRaster(shape), weights, { kind: 'mean' });
    }
  });

  it('are the same where odd pixels follow from the even ones around', () => {
    // Wide enough for several groups of them in every layout; narrower windows are summed up.
    const shapes = fc.record({
      width: fc.integer({ min: 30, max: 170 }),
      height: fc.integer({ min: 1, max: 12 }),
      channels: fc.constantFrom(...LAYOUTS),
      seed: fc.nat(),
      soft: fc.boolean(),
    });
    fc.assert(
      fc.property(
        shapes,
        mixes,
        fc.constantFrom(5.3, 6.3, 7, 8.6, 10),
        ({ seed, soft, ...size }, mix, sigma) => {
          const weights = weightsOf(sigma);
          expect(planFor(weights)?.between).not.toBeNull();
          const shape = { ...size, depth: 8 } as const;
          const around = weights.length - 1;
          const input = noise({ ...shape, width: size.width + around, height: size.height + around }, seed);
          if (soft) input.data.forEach((level, at) => (input.data[at] = 90 + (at % 40) + (level & 15)));
          expectSame(pooled(input), createRaster(shape), weights, mix);
        },
      ),
      { numRuns: 120 },
    );
  });

  it('are the same of the pictures for which pixels between others are off the most', () => {
    for (const sigma of [5.3, 7, 10]) {
      const weights = weightsOf(sigma);
      const off = betweenOff(weights);
      const shape = { width: 300, height: 40, channels: 1, depth: 8 } as const;
      const around = weights.length - 1;
      for (let time = 0; time < 20; time++) {
        const input = noise({ ...shape, width: 300 + around, height: 40 + around }, time);
        // Some windows of odd pixels lie so that all their differences add up, at levels that differ a little, so that every mean is another.
        input.data.forEach((level, at) => {
          const place = ((at % input.width) + 2 * time) % (off.length - (off.length % 2));
          input.data[at] = off[place] > 0 ? 255 - (level & 7) : level & 7;
        });
        expectSame(pooled(input), createRaster(shape), weights, { kind: 'mean' });
      }
    }
  });

  it('leave the rest to single precision where much would be in doubt', () => {
    const weights = weightsOf(3);
    const shape = { width: 9, height: 2, channels: 1, depth: 8 } as const;
    const input = noise({ ...shape, width: 9 + weights.length - 1, height: 1 + weights.length }, 3);
    for (const amount of [10, -10]) {
      const mix: MeanMix = { kind: 'sharpen', amount, least: 0 };
      const expected = createRaster(shape);
      const output = createRaster(shape);
      plainMixWithMeans(input, expected, weights, mix, neverAborted);
      expectFast(['gaussianRow8'], () => mixWithMeans(input, output, weights, mix, neverAborted));
      expectSameColours(output, expected);
    }
  });

  it('are bounded by what levels lie apart within their windows', () => {
    const fast = kernels();
    fc.assert(
      fc.property(
        fc.constantFrom(...LAYOUTS),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(0, ASIDE),
        fc.nat(),
        (channels, radius, width, aside, seed) => {
          const rows = 4;
          const line = (width + 2 * radius) * channels;
          const picture = noise({ width: line, height: rows, channels: 1, depth: 8 }, seed);
          // Every channel lies elsewhere, so that one taken for another would be seen.
          picture.data.forEach((level, at) => {
            picture.data[at] = 60 * ((at % line) % channels) + (level & 31);
          });
          const raster = pooled(picture);
          const blocks = Math.ceil(line / BLOCK);
          const groups = Math.ceil((width * channels) / GROUP);
          const bytes = (width: number): Raster =>
            pooled(createRaster({ width: width + 64, height: 1, channels: 1, depth: 8 }));
          const [extremes, room, coarse, fine] = [blocks * 32, blocks * 32, groups * 4, groups * 4].map(
            bytes,
          );
          const turns = bytes(64);
          turns.data.set(pixelTurns(channels));
          const row = (y: number): number => fast.addressOf(raster.data) + y * line;
          const into = fast.addressOf(extremes.data);
          fast.gaussianExtremes8(row(0), row(1), line, into, 0);
          fast.gaussianExtremes8(row(2), row(3), line, into, 1);
          fast.gaussianBounds8(
            ...([into, blocks * 32, 1, blocks, fast.addressOf(turns.data), groups] as const),
            ...([2 * radius * channels, aside * channels, 0, 1, 1000, 2] as const),
            ...([room, coarse, fine].map(({ data }) => fast.addressOf(data)) as [number, number, number]),
          );
          const floats = ({ data }: Raster): Float32Array => new Float32Array(data.slice().buffer, 0, groups);
          for (let group = 0; group < groups; group++) {
            let apart = 0;
            for (let channel = 0; channel < channels; channel++) {
              const seen: number[] = [];
              const end = Math.min(line, (group + 1) * GROUP + (2 * radius + aside) * channels);
              for (let at = Math.max(0, group * GROUP - aside * channels); at < end; at++) {
                if (at % channels !== channel) continue;
                for (let y = 0; y < rows; y++) seen.push(raster.data[y * line + at]);
              }
              if (seen.length > 0) apart = Math.max(apart, Math.max(...seen) - Math.min(...seen));
            }
            expect(floats(coarse)[group]).toBeGreaterThanOrEqual(apart);
            expect(floats(fine)[group]).toBe(1000 + 2 * floats(coarse)[group]);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** How far the weights lie off that the mean at an odd pixel has when it follows from those at even ones, from `ASIDE` places before its window on. */
function betweenOff(weights: Float64Array): Float64Array {
  const off = new Float64Array(weights.length + 2 * ASIDE);
  for (let at = 0; at < off.length; at++) {
    const weight = (place: number): number => weights[at - ASIDE + place] ?? 0;
    off[at] =
      (1225 * (weight(-1) + weight(1)) -
        245 * (weight(-3) + weight(3)) +
        49 * (weight(-5) + weight(5)) -
        5 * (weight(-7) + weight(7))) /
        2048 -
      weight(0);
  }
  return off;
}

/** The weights of a direction as the kernels would be given them, for samples of at most so much without their sign. */
const LARGEST = { down: 255, across: 32_640 } as const;

function plan(weights: Float64Array, direction: 'down' | 'across') {
  const limit = direction === 'down' ? 2 ** 16 : Infinity;
  const found = pairWeights(weights, STAGES[direction], limit, LARGEST[direction], () => 0);
  if (found === null) throw new Error('no scale fits');
  return found;
}

describe('weights for pairs', () => {
  it('are off by what they say, and fit 16 bits, their sums 32, at every stage', () => {
    for (const sigma of SIGMAS) {
      for (const direction of ['down', 'across'] as const) {
        const weights = weightsOf(sigma);
        const { order, weights: whole, ends, sums, error } = plan(weights, direction);
        const units = STAGES[direction];
        expect([...order].sort((a, b) => a - b)).toEqual(order.map((_, pair) => pair));
        expect(ends.at(-1)).toBe(order.length);
        for (const output of [0, 1]) {
          const most = Math.max(...whole);
          expect(most).toBeLessThan(2 ** 15);
          let sum = 0;
          const found = new Float64Array(weights.length + 2);
          let turn = 0;
          ends.forEach((end, stage) => {
            for (; turn < end; turn++) {
              const [first, second] = whole.subarray(4 * turn + 2 * output, 4 * turn + 2 * output + 2);
              sum += (first + second) * LARGEST[direction];
              expect(sum).toBeLessThan(2 ** 31);
              // The odd output's window begins a place later; the place before it has no weight.
              found[2 * order[turn] + 1 - output] = first / units[stage];
              found[2 * order[turn] + 2 - output] = second / units[stage];
            }
            sum /= 4;
          });
          const total = found.reduce((all, weight) => all + weight, 0);
          expect(total).toBeCloseTo(sums[output], 9);
          const off = [0, ...weights, 0].reduce(
            (all, weight, at) => all + Math.abs(found[at] / total - weight),
            0,
          );
          expect(off).toBeLessThanOrEqual(error * (1 + 1e-12));
          expect(error).toBeLessThan(2e-4);
        }
      }
    }
  });
});

describe('means between others', () => {
  it('say how far they are off', () => {
    for (const sigma of [5.3, 6.3, 7, 8.6, 10]) {
      const plan = planFor(weightsOf(sigma));
      const between = plan?.between;
      if (!plan || !between) throw new Error(`sigma ${sigma} is summed up`);
      const off = betweenOff(weightsOf(sigma)).reduce((all, weight) => all + Math.abs(weight), 0);
      // The rounded weights along the row add no more than a bit over their own error.
      expect(2 * between.slope).toBeGreaterThan(off + plan.down.error - 2 * plan.across.error);
      expect(2 * between.slope).toBeLessThan(off + plan.down.error + 2 * plan.across.error);
      expect(between.slope).toBeGreaterThanOrEqual(plan.slope);
      expect(between.error).toBeGreaterThanOrEqual(plan.error);
    }
  });

  it('are not made of narrow windows, which they would leave in doubt', () => {
    for (const sigma of [2, 3, 4.3]) expect(planFor(weightsOf(sigma))?.between).toBeNull();
  });
});

describe('the layout of pairs', () => {
  it.each(LAYOUTS)('puts bits in the order of the row, %s channels', (channels) => {
    const orders = bitOrders(channels);
    const ordered = (word: number): number =>
      [0, 1, 2, 3].reduce((all, six) => all | orders[64 * six + ((word >> (6 * six)) & 63)], 0);
    const samples = Array.from({ length: GROUP }, (_, bit) => Math.log2(ordered(1 << bit)));
    const pixels = samples.map((sample) => Math.floor(sample / channels));
    expect(samples.toSorted((a, b) => a - b)).toEqual(samples.map((_, at) => at));
    expect(pixels.map((pixel) => pixel % 2)).toEqual(samples.map((_, at) => (at < GROUP / 2 ? 0 : 1)));
    expect(samples.slice(0, GROUP / 2)).toEqual(samples.slice(0, GROUP / 2).toSorted((a, b) => a - b));
    expect(ordered(0xffffff)).toBe(0xffffff);
  });

  it.each(LAYOUTS)('takes every sample once and puts it back, %s channels', (channels) => {
    const bytes = pairLayout(channels);
    const places = new Int32Array(bytes.buffer, 0, 3);
    const mask = (index: number): Uint8Array => bytes.subarray(16 + 16 * index, 32 + 16 * index);
    const swizzle = (from: readonly number[], index: number): number[] =>
      [...mask(index)].map((at) => (at < 16 ? from[at] : 0));
    const either = (a: readonly number[], b: readonly number[]): number[] =>
      a.map((byte, at) => byte | b[at]);
    const samples = Array.from({ length: GROUP }, (_, at) => at + 1);
    const padded = [...samples, ...Array.from({ length: 16 }, () => 0)];
    const [near, far] = [padded.slice(0, 16), padded.slice(16, 32)];
    const evens = either(swizzle(near, 10), swizzle(far, 11));
    const odds = either(swizzle(near, 12), swizzle(far, 13));
    const back = [
      ...either(swizzle(evens, 6), swizzle(odds, 7)),
      ...either(swizzle(evens, 8), swizzle(odds, 9)).slice(0, 8),
    ];
    expect(back).toEqual(samples);
    // Column sums, two bytes each, go to the same lanes.
    const wide = Array.from({ length: 64 }, (_, at) => (at % 2 === 0 ? at / 2 + 1 : 0));
    const halves = [0, 1, 2].map((four) => {
      const from = wide.slice(places[four], places[four] + 16);
      const after = wide.slice(places[four] + 2 * channels, places[four] + 2 * channels + 16);
      return either(swizzle(from, four), swizzle(after, 3 + four));
    });
    const lanes = halves.flat().filter((_, at) => at % 2 === 0);
    expect(lanes.filter((_, at) => at % 2 === 0)).toEqual(evens.slice(0, 12));
    expect(lanes.filter((_, at) => at % 2 === 1)).toEqual(odds.slice(0, 12));
  });
});
