/**
 * One pixel of an operation that moves pixels. Most of them are another pixel, all channels. One that is put together from several is told like a
 * neighbourhood: the samples, their weights, the sum.
 */

import type { GatheredPixel, WindowSum } from '../operation/account';
import type { FilledLine } from '../operation/formula/print';
import type { GeometryOperation } from '../operation/operation';
import { topOf, type Region, type Shape } from '../raster/raster';
import { intersect, type Rectangle, translate, wholeOf } from '../raster/rectangle';
import { store } from '../raster/rounding';
import {
  channelName,
  MOST_LISTED,
  type ChannelArithmetic,
  type Plain,
  type Question,
  type WindowArithmetic,
} from './explanation';
import { pixelOf } from '../raster/pixel';
import type { Pixel } from './pixel-story';
import { productSum, weightedSum, type LevelAt } from './weighted-sum';

/** `from` is the pixel of the input that the result is compared with. */
export function explainGeometry(operation: GeometryOperation, question: Question, from: Pixel): Plain {
  const { values, whole, input, x, y } = question;
  const pixel = pixelOf(input, from.x, from.y);
  const unrounded = operation.reference?.(values, whole, input, x, y) ?? pixel;
  const gathered = operation.account?.(values, whole, input, x, y) ?? null;
  return {
    from,
    formula: operation.formula(values),
    in: pixel,
    unrounded,
    stored: unrounded.map((level) => store(level, topOf(whole.depth))),
    values: null,
    arithmetic:
      gathered?.channels.map((told, channel) => arithmeticOf(gathered, told, channel, whole, input)) ?? [],
  };
}

function arithmeticOf(
  gathered: GatheredPixel,
  told: WindowSum | readonly FilledLine[],
  channel: number,
  whole: Shape,
  input: Region,
): ChannelArithmetic {
  const name = channelName(whole.channels, channel);
  if (isLines(told)) return { name, lines: told, window: null };
  return { name, lines: [], window: windowOf(gathered, told, channel, whole, input) };
}

function isLines(told: WindowSum | readonly FilledLine[]): told is readonly FilledLine[] {
  return Array.isArray(told);
}

function windowOf(
  { part, outside }: GatheredPixel,
  declared: WindowSum,
  channel: number,
  whole: Shape,
  input: Region,
): WindowArithmetic {
  const count = part.width * part.height;
  const isListed = count <= MOST_LISTED;
  const { raster, rectangle } = input;
  const levels = Array.from({ length: count }, (_, at) => {
    const x = part.x + (at % part.width);
    const y = part.y + Math.floor(at / part.width);
    const isIn = x >= 0 && y >= 0 && x < whole.width && y < whole.height;
    const from = (y - rectangle.y) * raster.width + x - rectangle.x;
    return isIn ? raster.data[from * raster.channels + channel] : (outside?.[channel] ?? 0);
  });
  const listed: Rectangle = isListed ? { ...part, x: 0, y: 0 } : { x: 0, y: 0, width: 0, height: 0 };
  const levelAt: LevelAt = (x, y) => levels[y * part.width + x];
  return {
    ...part,
    inside: translate(intersect(part, wholeOf(whole)), -part.x, -part.y),
    boundary: 'constant',
    listed,
    levels: isListed ? levels : [],
    weighted: weightedSum(declared, productSum(declared.matrix, levelAt, listed), 1),
    parts: [],
    ranked: null,
  };
}
