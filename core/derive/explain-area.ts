/**
 * One pixel of a neighbourhood operation: the window's levels as the boundary rule continues them, and the operation's own
 * plain definition on them. Where that is a weighted sum, the weights and products stand beside; where it is a sample chosen by its
 * size, their order.
 */

import { extentFrom, windowRegion } from '../operation/area';
import type { AreaOperation, SampleAt, WindowRank, WindowSum } from '../operation/operation';
import type { Matrix } from '../operation/parameter';
import { boundaryIndex } from '../raster/boundary';
import { colourChannelsOf, scaleOf, topOf } from '../raster/raster';
import { intersect, translate, wholeOf, type Rectangle } from '../raster/rectangle';
import { store } from '../raster/rounding';
import {
  channelName,
  pixelOf,
  type ChannelArithmetic,
  type Plain,
  type Question,
  type RankedSamples,
  type WeightedSum,
} from './explanation';
import type { Pixel } from './pixel-story';

/** Larger windows are not listed sample by sample: nobody could read them. */
const MOST_LISTED = 128 * 128;

function productSum(
  matrix: Matrix,
  levels: readonly number[],
): Pick<WeightedSum, 'weights' | 'products' | 'sum'> {
  const weights = matrix.flat();
  const products = weights.map((weight, at) => weight * levels[at]);
  return { weights, products, sum: products.reduce((total, product) => total + product, 0) };
}

function weightedSum(declared: WindowSum, levels: readonly number[], scale: number): WeightedSum {
  const { matrix, divisor, offset, absolute } = declared;
  return { ...productSum(matrix, levels), divisor, offset: offset * scale, absolute };
}

/** The samples that count in order of size, those of one level row by row, and the one that is the result. */
function rankedSamples(
  { counts, place }: WindowRank,
  window: Rectangle,
  from: Pixel,
  levels: readonly number[],
): RankedSamples {
  const order = [...levels.keys()]
    .filter((at) => {
      const dx = window.x + (at % window.width) - from.x;
      const dy = window.y + Math.floor(at / window.width) - from.y;
      return counts(dx, dy);
    })
    .sort((a, b) => levels[a] - levels[b]);
  return { order, chosen: place(order.length) };
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
  const inside = translate(intersect(window, wholeOf(whole)), -window.x, -window.y);
  const boundary = operation.leavesOutside ? null : rule;
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
    const declared = listed === 0 ? undefined : operation.weights?.(values, sampleAt, whole);
    const weighted = declared === undefined ? null : weightedSum(declared, levels, scale);
    const account = listed === 0 ? undefined : operation.account?.(values, sampleAt, whole, extent);
    const parts = (account?.parts ?? []).map(({ name, matrix, divisor }) => ({
      name,
      ...productSum(matrix, levels),
      divisor,
    }));
    const ranked = account?.rank === undefined ? null : rankedSamples(account.rank, window, from, levels);
    unrounded.push(unroundedOf(weighted, reference));
    arithmetic.push({
      name: channelName(whole.channels, own),
      lines: account?.lines ?? [],
      window: { ...window, inside, boundary, levels, weighted, parts, ranked },
    });
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
