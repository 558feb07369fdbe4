/**
 * One pixel of a neighbourhood operation: the window's levels as the boundary rule continues them, and the operation's own
 * plain definition on them. Where that is a weighted sum, the weights and products stand beside.
 */

import { extentFrom, windowRegion } from '../operation/area';
import type { AnyValues, AreaOperation, SampleAt } from '../operation/operation';
import { boundaryIndex } from '../raster/boundary';
import { colourChannelsOf, scaleOf, topOf } from '../raster/raster';
import { store } from '../raster/rounding';
import {
  channelName,
  pixelOf,
  type ChannelArithmetic,
  type Plain,
  type Question,
  type WeightedSum,
} from './explanation';

/** Larger windows are not listed sample by sample: nobody could read them. */
const MOST_LISTED = 128 * 128;

function weightedSum(
  operation: AreaOperation,
  values: AnyValues,
  levels: readonly number[],
  scale: number,
): WeightedSum | null {
  const declared = operation.weights?.(values);
  if (declared === undefined) return null;
  const { matrix, divisor, offset, absolute } = declared;
  const weights = matrix.flat();
  const products = weights.map((weight, at) => weight * levels[at]);
  const sum = products.reduce((total, product) => total + product, 0);
  return { weights, products, sum, divisor, offset: offset * scale, absolute };
}

/** A reference may round exact fractions itself; the number before that is the weighted sum's. */
function unroundedOf(weighted: WeightedSum | null, reference: number): number {
  if (weighted === null) return reference;
  const result = weighted.sum / weighted.divisor + weighted.offset;
  return weighted.absolute ? Math.abs(result) : result;
}

export function explainArea(operation: AreaOperation, question: Question): Plain {
  const { values, whole, input } = question;
  const { stride, offsetX, offsetY } = operation.window(values);
  const from = { x: question.x * stride + offsetX, y: question.y * stride + offsetY };
  const window = windowRegion(operation, values, { x: question.x, y: question.y, width: 1, height: 1 });
  const pixels = window.width * window.height;
  const listed = pixels > MOST_LISTED ? 0 : pixels;
  const { rule, constant } = operation.boundary(values);
  const scale = scaleOf(whole.depth);
  const unrounded: number[] = [];
  const stored: number[] = [];
  const arithmetic: ChannelArithmetic[] = [];
  const extent = extentFrom(whole, from.x, from.y);
  for (let own = 0; own < colourChannelsOf(whole); own++) {
    const levelAt = (x: number, y: number, channel = own): number => {
      const column = boundaryIndex(rule, x, whole.width);
      const row = boundaryIndex(rule, y, whole.height);
      if (column < 0 || row < 0) return constant * scale;
      const { raster, rectangle } = input;
      const at = (row - rectangle.y) * raster.width + (column - rectangle.x);
      return raster.data[at * raster.channels + channel];
    };
    const sampleAt: SampleAt = (dx, dy, channel) => levelAt(from.x + dx, from.y + dy, channel);
    const reference = operation.reference(values, sampleAt, whole, extent);
    stored.push(store(reference, topOf(whole.depth)));
    const levels = Array.from({ length: listed }, (_, at) =>
      levelAt(window.x + (at % window.width), window.y + Math.floor(at / window.width)),
    );
    const weighted = listed === 0 ? null : weightedSum(operation, values, levels, scale);
    unrounded.push(unroundedOf(weighted, reference));
    const name = channelName(whole.channels, own);
    arithmetic.push({ name, lines: [], window: { ...window, levels, weighted } });
  }
  const pixel = pixelOf(input, from.x, from.y);
  const alpha = pixel.slice(colourChannelsOf(whole));
  return {
    from,
    formula: operation.formula(values),
    in: pixel,
    unrounded: [...unrounded, ...alpha],
    stored: [...stored, ...alpha],
    values: null,
    arithmetic,
  };
}
