import { expect, it } from 'vitest';
import { rearrange } from '../../../core/kernels/rearrange';
import { createRaster } from '../../../core/raster/raster';
import { Cancelled, neverAborted } from '../../../core/raster/signal';
import { DEPTHS, LAYOUTS, noise } from '../../support/rasters';

/** Larger than a block in both directions, and no multiple of one. */
const width = 77;
const height = 45;

it.each(DEPTHS.flatMap((depth) => LAYOUTS.map((channels) => [depth, channels] as const)))(
  'takes every pixel whole from where the steps lead, at %s bit with %s channels',
  (depth, channels) => {
    const input = noise({ width, height, channels, depth });
    for (const steps of [
      { first: 0, across: 1, down: width },
      { first: width - 1, across: -1, down: width },
      { first: width * (height - 1), across: 1, down: -width },
      { first: width * height - 1, across: -1, down: -width },
    ]) {
      const output = createRaster(input);
      rearrange(input, steps, output, neverAborted);
      for (let at = 0; at < output.data.length; at++) {
        const pixel = Math.floor(at / channels);
        const from = steps.first + (pixel % width) * steps.across + Math.floor(pixel / width) * steps.down;
        expect(output.data[at]).toBe(input.data[from * channels + (at % channels)]);
      }
    }
    const turned = createRaster({ ...input, width: height, height: width });
    rearrange(input, { first: width - 1, across: width, down: -1 }, turned, neverAborted);
    const back = createRaster(input);
    rearrange(turned, { first: height * (width - 1), across: -height, down: 1 }, back, neverAborted);
    expect(back.data).toEqual(input.data);
  },
);

it('stops when it is aborted', () => {
  const input = noise({ width: 4, height: 4, channels: 1, depth: 8 });
  const steps = { first: 0, across: 1, down: 4 };
  expect(() => rearrange(input, steps, createRaster(input), { aborted: true })).toThrow(Cancelled);
});
