/**
 * One pixel of a neighbourhood operation: the window's levels as the boundary rule continues them, and the operation's own
 * plain definition on them. Where that is a weighted sum, the weights and products stand beside; where it is a sample chosen by its
 * size, their order.
 */

import { extentFrom, windowRegion } from '../operation/area';
import type { WindowRank } from '../operation/account';
import type { AreaOperation, SampleAt } from '../operation/operation';
import type { Matrix } from '../operation/parameter';
import { boundaryIndex, type Boundary } from '../raster/boundary';
import { colourChannelsOf, scaleOf, topOf } from '../raster/raster';
import { intersect, translate, wholeOf, type Rectangle } from '../raster/rectangle';
import { store } from '../raster/rounding';
import {
  channelName,
  MOST_LISTED,
  type ChannelArithmetic,
  type Plain,
  type Question,
  type RankedSamples,
  type WeightedSum,
} from './explanation';
import { pixelOf } from '../raster/pixel';
import type { Pixel } from './pixel-story';
import { productSum, weightedSum, type LevelAt, type ProductSum } from './weighted-sum';
import { shownPart } from './window-view';

/** The sums of still larger windows would take longer than anybody waits. */
const MOST_SUMMED = 512 * 512;

/** The samples that count in order of size, those of one level row by row, and the one that is the result. */
function rankedSamples(
  { counts, place }: WindowRank,
  window: Rectangle,
  from: Pixel,
  levels: readonly number[],
): RankedSamples {
  const counting = [...levels.keys()].filter((at) => {
    const dx = window.x + (at % window.width) - from.x;
    const dy = window.y + Math.floor(at / window.width) - from.y;
    return counts(dx, dy);
  });
  const order = counting.toSorted((a, b) => levels[a] - levels[b]);
  const chosen = place(order.length);
  const sorted = order.map((at) => levels[at]);
  return { sorted, chosen, before: 0, after: 0, counting, at: order[chosen] };
}

/** Where in a strip of the picture a window's columns or rows lie, as the boundary rule continues it; −1: outside, for a constant. */
function placesAlong(rule: Boundary, first: number, count: number, length: number): Int32Array {
  return Int32Array.from({ length: count }, (_, at) => boundaryIndex(rule, first + at, length));
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
  const isListed = window.width * window.height <= MOST_LISTED;
  const isSummed = window.width * window.height <= MOST_SUMMED;
  const all = isListed ? { ...window, x: 0, y: 0 } : { x: 0, y: 0, width: 0, height: 0 };
  const some = question.brief === true && isListed ? shownPart({ ...window, listed: all }, from) : all;
  const { rule, constant } = operation.boundary(values);
  const scale = scaleOf(whole.depth);
  const inside = translate(intersect(window, wholeOf(whole)), -window.x, -window.y);
  const boundary = operation.leavesOutside ? null : rule;
  const unrounded: number[] = [];
  const stored: number[] = [];
  const arithmetic: ChannelArithmetic[] = [];
  const extent = extentFrom(whole, from.x, from.y);
  const columns = placesAlong(rule, window.x, window.width, whole.width);
  const rows = placesAlong(rule, window.y, window.height, whole.height);
  const { raster, rectangle } = input;
  const { data, width, channels } = raster;
  /** By column and row of the window. */
  const levelAt = (x: number, y: number, channel: number): number => {
    const column = columns[x];
    const row = rows[y];
    if (column < 0 || row < 0) return constant * scale;
    return data[((row - rectangle.y) * width + (column - rectangle.x)) * channels + channel];
  };
  for (let own = 0; own < colourChannelsOf(whole); own++) {
    const sampleAt: SampleAt = (dx, dy, channel = own) =>
      levelAt(from.x + dx - window.x, from.y + dy - window.y, channel);
    const reference = question.outcome?.stored[own] ?? operation.reference(values, sampleAt, whole, extent);
    stored.push(store(reference, topOf(whole.depth)));
    const ownAt: LevelAt = (x, y) => levelAt(x, y, own);
    const declared = isSummed ? operation.weights?.(values, sampleAt, whole) : undefined;
    const account = isSummed ? operation.account?.(values, sampleAt, whole, extent) : undefined;
    // Where samples are put in order, all have to be there.
    const listed = account?.rank === undefined ? some : all;
    const levels: number[] = [];
    for (let y = listed.y; y < listed.y + listed.height; y++) {
      for (let x = listed.x; x < listed.x + listed.width; x++) levels.push(ownAt(x, y));
    }
    const sumOf = (matrix: Matrix): ProductSum => productSum(matrix, ownAt, listed);
    const weighted = declared === undefined ? null : weightedSum(declared, sumOf(declared.matrix), scale);
    const parts = (account?.parts ?? []).map(({ name, matrix, divisor }) => ({
      name,
      ...sumOf(matrix),
      divisor,
    }));
    const ranked =
      account?.rank === undefined || !isListed ? null : rankedSamples(account.rank, window, from, levels);
    unrounded.push(unroundedOf(weighted, reference));
    arithmetic.push({
      name: channelName(whole.channels, own),
      lines: account?.lines ?? [],
      window: { ...window, inside, boundary, listed, levels, weighted, parts, ranked },
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
