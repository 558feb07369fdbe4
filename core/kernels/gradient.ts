/**
 * The slope of every pixel by a 3 × 3 pair of derivative windows (OPERATIONS.md 8.6): differences across, smoothed down, and the
 * other way round. Sums of whole levels are exact, so a response is rounded once, when it is stored.
 */

import { colourChannelsOf, topOf, type Raster } from '../raster/raster';
import type { PaddedRaster } from '../raster/padding';
import { store } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';
import { eachRow } from './wasm/each-row';
import { fastKernels } from './wasm/fast-kernels';

/** In the order in which the fast kernels count them. */
const COMPONENTS = ['magnitude', 'x', 'y'] as const;

export type GradientComponent = (typeof COMPONENTS)[number];

/** The unrounded response to both slopes. */
export function gradientResponse(
  component: GradientComponent,
  scale: number,
  across: number,
  down: number,
): number {
  switch (component) {
    case 'magnitude':
      return scale * Math.sqrt(across * across + down * down);
    case 'x':
      return scale * Math.abs(across);
    case 'y':
      return scale * Math.abs(down);
  }
}

/**
 * Fills the colour channels of `output`, whose pixel (x, y) is the middle of the window with top left input pixel (x, y).
 * `side` and `middle` are the smoothing weights: 1 and 2 for Sobel. What becomes of alpha is left open.
 */
export function gradient(
  input: PaddedRaster,
  output: Raster,
  side: number,
  middle: number,
  component: GradientComponent,
  scale: number,
  signal: Signal,
): void {
  const fast = fastKernels();
  const { data, width } = input;
  if (fast !== null && !(data instanceof Float64Array)) {
    const { channels, depth } = output;
    const count = output.width * channels;
    const which = COMPONENTS.indexOf(component);
    // A length that is not scaled needs no double precision: the square root of a whole number is never halfway.
    const whole = depth === 8 && component === 'magnitude' && scale === 1;
    const slopes = depth === 8 ? fast.gradientRow8 : fast.gradientRow16;
    const done = eachRow(fast, { data, width }, output, 2, signal, (into, from, line) => {
      if (whole) fast.gradientMagnitude8(from, line, into, count, channels, side, middle);
      else slopes(from, line, into, count, channels, side, middle, which, scale);
    });
    if (done) return;
  }
  plainGradient(input, output, side, middle, component, scale, signal);
}

/** The same in plain TypeScript. */
export function plainGradient(
  input: PaddedRaster,
  output: Raster,
  side: number,
  middle: number,
  component: GradientComponent,
  scale: number,
  signal: Signal,
): void {
  const { data } = input;
  const { channels, width, height } = output;
  const line = input.width * channels;
  const top = topOf(output.depth);
  for (let y = 0; y < height; y++) {
    checkpoint(signal);
    for (let c = 0; c < colourChannelsOf(output); c++) {
      let a = y * line + c;
      let to = y * width * channels + c;
      for (let x = 0; x < width; x++, a += channels, to += channels) {
        const b = a + line;
        const d = b + line;
        const e = 2 * channels;
        const across =
          side * (data[a + e] - data[a] + data[d + e] - data[d]) + middle * (data[b + e] - data[b]);
        const down =
          side * (data[d] - data[a] + data[d + e] - data[a + e]) +
          middle * (data[d + channels] - data[a + channels]);
        output.data[to] = store(gradientResponse(component, scale, across, down), top);
      }
    }
  }
}
