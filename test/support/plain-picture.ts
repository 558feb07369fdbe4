/**
 * A document's picture the plain way: every step on whole pictures, one after the other, nothing fused, nothing tiled, no
 * threads, no cache. What the engine answers is held against this.
 */

import { composeLayers } from '../../core/colour/compose';
import { isLimited, type Document, type Step } from '../../core/document/document';
import { canvasShape, compositeShape } from '../../core/document/stack-check';
import { checkValues } from '../../core/operation/check';
import { runOperation } from '../../core/operation/run';
import { operationById } from '../../core/operations/index';
import { limit, type MaskLevels } from '../../core/kernels/limit';
import { writeLuma } from '../../core/kernels/luma';
import { convertDepth, toColour } from '../../core/raster/convert';
import { halve, levelSize } from '../../core/raster/pyramid';
import {
  channelsFor,
  colourChannelsOf,
  createRaster,
  hasAlpha,
  topOf,
  type Raster,
} from '../../core/raster/raster';
import { wholeOf } from '../../core/raster/rectangle';
import { neverAborted } from '../../core/raster/signal';
import { plainMask } from './plain-mask';

export type Pictures = Readonly<Record<string, Raster>>;

/** The picture as it is exported. */
export function plainPicture(document: Document, pictures: Pictures): Raster {
  const composite = compositePicture(document, pictures);
  const picture = runStack(document, document.canvas, composite, pictures);
  return hasAlpha(picture) && !hasAlpha(document) && isOpaque(picture) ? withoutAlpha(picture) : picture;
}

/** The same picture halved `level` times. */
export function plainLevel(picture: Raster, level: number): Raster {
  let halved = picture;
  for (let done = 0; done < level; done++) {
    const smaller = createRaster({ ...halved, ...levelSize(halved, 1) });
    halve({ raster: halved, rectangle: wholeOf(halved) }, { raster: smaller, rectangle: wholeOf(smaller) });
    halved = smaller;
  }
  return halved;
}

function compositePicture(document: Document, pictures: Pictures): Raster {
  const shape = compositeShape(document);
  if (!shape.ok) throw new Error(shape.fault.message);
  const visible = document.layers.filter((layer) => layer.visible);
  const results = visible.map((layer) =>
    runStack(document, layer.stack, convertDepth(pictures[layer.source], document.depth), pictures),
  );
  const colour =
    colourChannelsOf(document) === 3 || results.some((result) => colourChannelsOf(result) === 3) ? 3 : 1;
  const placed = results.map((result) => (colour === 3 ? toColour(result) : result));
  const [first] = visible;
  const [alone] = placed;
  const { width, height } = shape.value;
  const asItIs = visible.length === 1 && first.opacity === 1 && first.mode === 'normal';
  if (asItIs && alone.width === width && alone.height === height) return alone;
  const output = createRaster({ width, height, depth: document.depth, channels: channelsFor(colour, true) });
  composeLayers(
    placed.map((raster, index) => ({
      region: { raster, rectangle: wholeOf(raster) },
      whole: raster,
      x: Math.floor((width - raster.width) / 2),
      y: Math.floor((height - raster.height) / 2),
      opacity: visible[index].opacity,
      mode: visible[index].mode,
    })),
    { raster: output, rectangle: wholeOf(output) },
    neverAborted,
  );
  return isOpaque(output) && !hasAlpha(document) ? withoutAlpha(output) : output;
}

function runStack(document: Document, stack: readonly Step[], input: Raster, pictures: Pictures): Raster {
  return stack.reduce((raster, step) => runStep(document, step, raster, pictures), input);
}

function runStep(document: Document, step: Step, given: Raster, pictures: Pictures): Raster {
  if (!step.enabled || step.opacity === 0) return given;
  const operation = operationById.get(step.operation);
  if (operation === undefined) throw new Error(step.operation);
  const values = checkValues(operation, step.params, given);
  if (!values.ok) throw new Error(values.fault.message);
  const second =
    operation.kind === 'blend'
      ? convertDepth(pictures[operation.source(values.value)], document.depth)
      : undefined;
  if (step.channels !== 'luma') {
    const after = runOperation(operation, values.value, given, second, step.measured).raster;
    if (!isLimited(step)) return after;
    const input = after.channels === given.channels || after.channels < 3 ? given : toColour(given);
    const limited = createRaster(input);
    limit(step.channels, step.opacity, input, after, limited, neverAborted, maskOf(step, input, pictures));
    return limited;
  }
  const grey = createRaster({ ...given, channels: 1 });
  writeLuma(given, grey, neverAborted);
  const after = runOperation(operation, values.value, grey, second, step.measured).raster;
  const limited = createRaster(given);
  limit('luma', step.opacity, given, after, limited, neverAborted, maskOf(step, given, pictures));
  return limited;
}

function maskOf({ mask }: Step, input: Raster, pictures: Pictures): MaskLevels | null {
  if (mask === null) return null;
  const whole = plainMask(mask, input, pictures);
  return (row, levels) => levels.set(whole.subarray(row * input.width, (row + 1) * input.width));
}

function isOpaque(raster: Raster): boolean {
  const top = topOf(raster.depth);
  for (let at = raster.channels - 1; at < raster.data.length; at += raster.channels) {
    if (raster.data[at] !== top) return false;
  }
  return true;
}

function withoutAlpha(raster: Raster): Raster {
  const colours = colourChannelsOf(raster);
  const result = createRaster({ ...raster, channels: colours });
  for (let pixel = 0; pixel < raster.width * raster.height; pixel++) {
    for (let channel = 0; channel < colours; channel++) {
      result.data[pixel * colours + channel] = raster.data[pixel * raster.channels + channel];
    }
  }
  return result;
}

/** The document's size as `canvasShape` says it, for tests that hold it against a picture. */
export function saidSize(document: Document): { readonly width: number; readonly height: number } {
  const shape = canvasShape(document);
  if (!shape.ok) throw new Error(shape.fault.message);
  return { width: shape.value.width, height: shape.value.height };
}
