/** How a pixel that is put together from samples is told: painted outside the picture, or a sum of samples weighted across and down. */

import { countText } from '../raster/number-text';
import { colourChannelsOf, hasAlpha, topOf, type Region, type Shape } from '../raster/raster';
import type { Rectangle } from '../raster/rectangle';
import { decodeSrgb, encodeSrgb } from '../raster/srgb';
import type { GatheredPixel, WindowSum } from './account';
import { shortNumber, type FilledLine } from './formula/print';
import type { Matrix } from './parameter';

const NOWHERE: Rectangle = { x: 0, y: 0, width: 0, height: 0 };

/** A pixel made from nothing of the picture. */
export function paintedPixel(levels: readonly number[]): GatheredPixel {
  const channels = levels.map((value) => [{ name: null, text: 'the fill', value }]);
  return { part: NOWHERE, outside: null, channels };
}

/** A pixel that is one of the input, where that is not the one in the middle of what may be read. */
export function movedPixel(
  { x, y }: { readonly x: number; readonly y: number },
  { raster, rectangle }: Region,
): GatheredPixel {
  const at = ((y - rectangle.y) * raster.width + x - rectangle.x) * raster.channels;
  const levels = Array.from(raster.data.subarray(at, at + raster.channels));
  const channels = levels.map((value) => [{ name: null, text: `v(${x}, ${y})`, value }]);
  return { part: NOWHERE, outside: null, channels };
}

/** Samples from a column and a row on, with their weights across and down. */
export interface Taps {
  readonly x: number;
  readonly y: number;
  readonly across: readonly number[];
  readonly down: readonly number[];
}

/**
 * The weighted sum of samples. In a picture with alpha every sample counts as much as it covers, and the sum is divided by what all of them
 * cover. `outside`: the pixel beyond the picture, in levels. `linear`: light is added up instead of levels.
 */
export function gatheredPixel(
  { x, y, across, down }: Taps,
  input: Region,
  whole: Shape,
  outside: readonly number[] | null,
  linear: boolean,
): GatheredPixel {
  const part: Rectangle = { x, y, width: across.length, height: down.length };
  const { raster, rectangle } = input;
  const colours = colourChannelsOf(whole);
  const levelAt = (dx: number, dy: number, channel: number): number => {
    const column = x + dx;
    const row = y + dy;
    const isIn = column >= 0 && row >= 0 && column < whole.width && row < whole.height;
    if (!isIn) return outside?.[channel] ?? 0;
    return raster.data[
      ((row - rectangle.y) * raster.width + column - rectangle.x) * raster.channels + channel
    ];
  };
  const plain: Matrix = down.map((below) => across.map((beside) => below * beside));
  const top = topOf(whole.depth);
  const covering = hasAlpha(whole)
    ? plain.map((row, dy) => row.map((weight, dx) => (weight * levelAt(dx, dy, colours)) / top))
    : plain;
  const covered = hasAlpha(whole) ? covering.flat().reduce((sum, each) => sum + each, 0) : 1;
  const colour = (channel: number): WindowSum | readonly FilledLine[] => {
    if (covered <= 0) return [{ name: null, text: 'nothing covers it', value: 0 }];
    if (!linear) return { matrix: covering, divisor: covered, offset: 0, absolute: false };
    const light = covering.flatMap((row, dy) =>
      row.map((weight, dx) => weight * decodeSrgb(levelAt(dx, dy, channel) / top)),
    );
    return lightLines(
      light.reduce((sum, each) => sum + each, 0),
      covered,
      part,
      top,
    );
  };
  const channels = Array.from({ length: whole.channels }, (_, channel) =>
    channel < colours ? colour(channel) : { matrix: plain, divisor: 1, offset: 0, absolute: false },
  );
  return { part, outside, channels };
}

function lightLines(sum: number, covered: number, part: Rectangle, top: number): readonly FilledLine[] {
  const light = sum / covered;
  const held = Math.min(1, Math.max(0, light));
  return [
    { name: 'light', text: `Σ over ${countText(part.width * part.height)} samples`, value: light },
    { name: null, text: `${top}·enc(${shortNumber(held)})`, value: top * encodeSrgb(held) },
  ];
}
