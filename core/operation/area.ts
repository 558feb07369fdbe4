/**
 * What all neighbourhood operations share: which input a part of the output needs, the picture's continuation beyond its
 * edges, and alpha, which is picked from the window's anchor and never filtered (OPERATIONS.md 7). A kernel is left with a
 * plain array whose margins are filled in, so any part of a picture gives the same samples as the whole.
 */

import { copySamples } from '../kernels/wasm/copy-samples';
import { fastKernels } from '../kernels/wasm/fast-kernels';
import { boundaryIndex } from '../raster/boundary';
import { neededForPadding, padRegion, type PaddedRaster } from '../raster/padding';
import {
  intersect,
  sameRectangle,
  translate,
  wholeOf,
  type Margins,
  type Rectangle,
  type Size,
} from '../raster/rectangle';
import { store } from '../raster/rounding';
import { withScratch } from '../raster/scratch';
import { checkpoint, type Signal } from '../raster/signal';
import {
  colourChannelsOf,
  createRaster,
  hasAlpha,
  sampleCount,
  samplesOver,
  scaleOf,
  shapeOf,
  topOf,
  type Raster,
  type Region,
  type Shape,
} from '../raster/raster';
import type { AnyValues, AreaOperation, SampleAt } from './operation';

/** The input that all windows of `output` cover, in pixels of the input; reaches outside the picture at its edges. */
export function windowRegion(operation: AreaOperation, values: AnyValues, output: Rectangle): Rectangle {
  const { left, top, right, bottom, stride, offsetX, offsetY } = operation.window(values);
  return {
    x: output.x * stride + offsetX - left,
    y: output.y * stride + offsetY - top,
    width: (output.width - 1) * stride + 1 + left + right,
    height: (output.height - 1) * stride + 1 + top + bottom,
  };
}

/** The part of the picture that `output` is made from: inside `whole`, and with `wrap` perhaps at the far side. */
export function neededRegion(
  operation: AreaOperation,
  values: AnyValues,
  whole: Shape,
  output: Rectangle,
): Rectangle {
  return neededForPadding(whole, windowRegion(operation, values, output), operation.boundary(values).rule);
}

/**
 * Fills `output`, a rectangle of the result, all channels. `source` holds at least the input picture's
 * `neededRegion(operation, values, whole, output.rectangle)`; `whole` is the input picture's shape.
 */
export function applyArea(
  operation: AreaOperation,
  values: AnyValues,
  source: Region,
  whole: Shape,
  output: Region,
  signal: Signal,
): void {
  checkpoint(signal);
  const want = windowRegion(operation, values, output.rectangle);
  const inside = translate(intersect(want, wholeOf(whole)), -want.x, -want.y);
  const run = (input: PaddedRaster): void => {
    operation.kernel({ values, input, inside, output: output.raster, signal });
    if (hasAlpha(whole)) pickAlpha(operation, values, input, output.raster);
  };
  // Away from the edges a job's input often is exactly the windows' rectangle: nothing to fill in, nothing to copy.
  if (sameRectangle(source.rectangle, want)) {
    run(source.raster);
    return;
  }
  const { rule, constant } = operation.boundary(values);
  const constantLevel = constant * scaleOf(whole.depth);
  const shape: Shape = { ...shapeOf(whole), width: want.width, height: want.height };
  const count = sampleCount(shape);
  const fractional = rule === 'constant' && !Number.isInteger(constantLevel);
  withScratch(count * (fractional ? 8 : whole.depth / 8), ({ buffer, byteOffset }) => {
    const data = fractional
      ? new Float64Array(buffer, byteOffset, count)
      : samplesOver(buffer, whole.depth, byteOffset, count);
    const padded: PaddedRaster = { ...shape, data };
    padRegion(source, whole, want, rule, constantLevel, padded, copySamples);
    run(padded);
  });
}

/** How far a picture reaches from one of its pixels. */
export function extentFrom({ width, height }: Size, x: number, y: number): Margins {
  return { left: x, top: y, right: width - 1 - x, bottom: height - 1 - y };
}

/** Alpha of each output pixel is that of the pixel at its window's anchor. */
function pickAlpha(operation: AreaOperation, values: AnyValues, input: PaddedRaster, output: Raster): void {
  const { left, top, stride } = operation.window(values);
  const { channels, width, height, data } = output;
  const fast = fastKernels();
  if (fast !== null && stride === 1 && !(input.data instanceof Float64Array)) {
    const source = fast.addressOf(input.data);
    const target = fast.addressOf(data);
    if (source >= 0 && target >= 0) {
      const pixel = channels * data.BYTES_PER_ELEMENT;
      const copy = output.depth === 8 ? fast.copyAlpha8 : fast.copyAlpha16;
      for (let y = 0; y < height; y++) {
        const anchor = (y + top) * input.width + left;
        copy(target + y * width * pixel, source + anchor * pixel, width, channels);
      }
      return;
    }
  }
  for (let y = 0; y < height; y++) {
    let from = ((y * stride + top) * input.width + left + 1) * channels - 1;
    let at = (y * width + 1) * channels - 1;
    for (let x = 0; x < width; x++, at += channels, from += stride * channels) data[at] = input.data[from];
  }
}

/**
 * The whole picture by the operation's own `reference`: the definition, sample by sample, with no faster path. It is what
 * kernels are tested against. The result's shape must exist (`operation.shape` succeeds).
 */
export function referenceArea(operation: AreaOperation, values: AnyValues, input: Raster): Raster {
  const resized = operation.shape?.(values, input);
  if (resized && !resized.ok) throw new Error(resized.fault.message);
  const output = createRaster(resized ? resized.value : input);
  const { stride, offsetX, offsetY } = operation.window(values);
  const { rule, constant } = operation.boundary(values);
  const outside = constant * scaleOf(input.depth);
  const { channels } = input;
  const colours = colourChannelsOf(input);
  for (let y = 0; y < output.height; y++) {
    for (let x = 0; x < output.width; x++) {
      const anchorX = x * stride + offsetX;
      const anchorY = y * stride + offsetY;
      const at = (y * output.width + x) * channels;
      const extent = extentFrom(input, anchorX, anchorY);
      for (let own = 0; own < colours; own++) {
        const sampleAt: SampleAt = (dx, dy, channel = own) => {
          const column = boundaryIndex(rule, anchorX + dx, input.width);
          const row = boundaryIndex(rule, anchorY + dy, input.height);
          return column < 0 || row < 0
            ? outside
            : input.data[(row * input.width + column) * channels + channel];
        };
        const result = operation.reference(values, sampleAt, shapeOf(input), extent);
        output.data[at + own] = store(result, topOf(input.depth));
      }
      if (hasAlpha(input)) {
        const anchor = (anchorY * input.width + anchorX) * channels;
        output.data[at + colours] = input.data[anchor + colours];
      }
    }
  }
  return output;
}
