/** A step's limits held against their definition (OPERATIONS.md 2.6), one sample at a time. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { STEP_CHANNELS, type StepChannels } from '../../../core/document/document';
import { limit } from '../../../core/kernels/limit';
import { createRaster, topOf, type Raster } from '../../../core/raster/raster';
import { neverAborted } from '../../../core/raster/signal';
import { sharedNoise } from '../../support/documents';

const store = (value: number, top: number): number =>
  Math.min(top, Math.max(0, Math.floor(value + 0.5 + 2 ** -20)));

/** What is stored of one pixel: `m` is the mask's level, null without a mask. */
function plainPixel(
  v: readonly number[],
  w: readonly number[],
  channels: StepChannels,
  opacity: number,
  m: number | null,
  top: number,
): number[] {
  const a = m === null ? opacity : opacity * (m / 255);
  const colours = v.length < 3 ? 1 : 3;
  const luma = colours === 1 ? v[0] : store(0.299 * v[0] + 0.587 * v[1] + 0.114 * v[2], top);
  return v.map((level, channel) => {
    if (channel >= colours) return channels === 'luma' ? level : store(level + a * (w[channel] - level), top);
    if (channels === 'luma') return store(level + a * (store(level + w[0] - luma, top) - level), top);
    const isTaken = colours === 1 || channels === 'rgb' || channels === 'rgb'[channel];
    return isTaken ? store(level + a * (w[channel] - level), top) : level;
  });
}

const pixelOf = ({ data, channels }: Raster, at: number): number[] => [
  ...data.subarray(at * channels, (at + 1) * channels),
];

describe('the limits of a step', () => {
  it('store v + a·(w − v), and copy where the mask is closed or open', () => {
    const kind = fc.record({
      channels: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
      depth: fc.constantFrom(8 as const, 16 as const),
      limited: fc.constantFrom(...STEP_CHANNELS),
      opacity: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      // Runs, as masks have them.
      levels: fc.option(
        fc.array(fc.tuple(fc.constantFrom(0, 255, 128, 1, 254), fc.integer({ min: 1, max: 9 })), {
          minLength: 4,
          maxLength: 12,
        }),
      ),
      seed: fc.nat(1_000),
    });
    fc.assert(
      fc.property(kind, ({ channels, depth, limited, opacity, levels, seed }) => {
        const shape = { width: 13, height: 5, channels, depth };
        const before = sharedNoise(shape, seed);
        const after = sharedNoise(limited === 'luma' ? { ...shape, channels: 1 } : shape, seed + 1);
        const runs = levels?.flatMap(([level, length]) => new Array<number>(length).fill(level)) ?? null;
        const levelAt = (at: number): number | null => runs && runs[at % runs.length];
        const held = (row: number, own: Uint8Array): void => {
          for (let at = 0; at < own.length; at++) own[at] = levelAt(row * shape.width + at) ?? 0;
        };
        const output = createRaster(shape);
        limit(limited, opacity, before, after, output, neverAborted, runs && held);
        for (let at = 0; at < shape.width * shape.height; at++) {
          const [v, w] = [pixelOf(before, at), pixelOf(after, at)];
          expect(pixelOf(output, at)).toEqual(plainPixel(v, w, limited, opacity, levelAt(at), topOf(depth)));
        }
      }),
      { numRuns: 300 },
    );
  });
});
