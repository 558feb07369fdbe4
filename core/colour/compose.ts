/**
 * Pictures over pictures (OPERATIONS.md 11 and 11.1): the layers of a document, and the `blend` step. Any rectangle of the
 * result can be made alone; it is the same as that part of the whole.
 */

import {
  ACCUMULATED,
  composeOnto,
  createAccumulator,
  startAccumulator,
  storeAccumulator,
  type Accumulator,
} from './accumulator';
import type { BlendMode } from './blend-mode';
import { composeFast } from './fast-composition';
import { fastKernels } from '../kernels/wasm/fast-kernels';
import { colourChannelsOf, copyRegion, shapeOf, type Region, type Shape } from '../raster/raster';
import { checkpoint, type Signal } from '../raster/signal';

/** A layer's result where it lies on the canvas. */
export interface ComposedLayer {
  /** In the layer's own coordinates; holds at least what of the layer lies under the output. */
  readonly region: Region;
  /** The whole layer; outside it the layer is transparent. */
  readonly whole: Shape;
  /** Canvas coordinates of the layer's top left corner; may be negative. */
  readonly x: number;
  readonly y: number;
  /** 0 … 1; multiplies the layer's alpha. */
  readonly opacity: number;
  readonly mode: BlendMode;
}

/**
 * Composes layers, bottom first, from nothing, and stores the result once into `output` (canvas coordinates), whose raster has
 * the document's depth and layout. Layers of the other depth are converted first; grey ones are repeated to RGB.
 * Where `output` has no alpha channel, what is not opaque keeps its straight colour, and pixels of nothing are black.
 */
export function composeLayers(layers: readonly ComposedLayer[], output: Region, signal: Signal): void {
  const seen = layers.filter((layer) => layer.opacity > 0);
  const fast = fastKernels();
  if (fast !== null && composeFast(fast, seen, output, signal)) return;
  composePlainly(seen, output, signal);
}

/** The same in plain TypeScript; every layer's opacity is above 0. */
export function composePlainly(layers: readonly ComposedLayer[], output: Region, signal: Signal): void {
  const { raster, rectangle } = output;
  const accumulator = createAccumulator(colourChannelsOf(raster), raster.depth);
  eachRowPart(output, accumulator, signal, (x, y) => {
    for (const layer of layers) composeLayer(accumulator, layer, rectangle.x + x, rectangle.y + y);
  });
}

function composeLayer(accumulator: Accumulator, layer: ComposedLayer, x: number, y: number): void {
  const { region, whole, mode, opacity } = layer;
  const row = y - layer.y;
  if (row < 0 || row >= whole.height) return;
  const first = Math.max(0, x - layer.x);
  const last = Math.min(whole.width, x - layer.x + accumulator.count);
  if (first >= last) return;
  const { raster, rectangle } = region;
  const start = ((row - rectangle.y) * raster.width + first - rectangle.x) * raster.channels;
  composeOnto(accumulator, first + layer.x - x, last - first, raster, start, mode, opacity);
}

/**
 * The `blend` step: composes `source` over `backdrop`, two pictures of the same size, and stores it into `output` (whose
 * rectangle both hold), which has the backdrop's depth and layout: a grey source is repeated to RGB, an RGB source counts with
 * its unrounded BT.601 luma over grey, and without alpha in the backdrop none is produced. Opacity 0 … 1; 0 changes nothing.
 */
export function blendRegions(
  backdrop: Region,
  source: Region,
  mode: BlendMode,
  opacity: number,
  output: Region,
  signal: Signal,
): void {
  checkpoint(signal);
  if (opacity === 0) {
    copyRegion(backdrop, output, output.rectangle);
    return;
  }
  const { x, y, width, height } = output.rectangle;
  const whole: Shape = { ...shapeOf(output.raster), width: x + width, height: y + height };
  const layers: ComposedLayer[] = [
    { region: backdrop, whole, x: 0, y: 0, opacity: 1, mode: 'normal' },
    { region: source, whole, x: 0, y: 0, opacity, mode },
  ];
  composeLayers(layers, output, signal);
}

/** Goes through the output in parts of rows that fit the accumulator: starts it, lets `fill` compose onto it, stores it. */
function eachRowPart(
  output: Region,
  accumulator: Accumulator,
  signal: Signal,
  fill: (x: number, y: number) => void,
): void {
  const { raster } = output;
  const { width, height } = output.rectangle;
  for (let y = 0; y < height; y++) {
    if (y % 16 === 0) checkpoint(signal);
    for (let x = 0; x < width; x += ACCUMULATED) {
      startAccumulator(accumulator, Math.min(ACCUMULATED, width - x));
      fill(x, y);
      storeAccumulator(accumulator, raster, (y * raster.width + x) * raster.channels);
    }
  }
}
