/**
 * Turning by any angle (OPERATIONS.md 12a): every output pixel looks back to where it comes from, and is put together from the
 * pixels around that place. The centres of old and new canvas coincide.
 */

import { colourChannelsOf, hasAlpha, topOf, type Region, type Shape } from '../raster/raster';
import { intersect, wholeOf, type Rectangle, type Size } from '../raster/rectangle';
import { store } from '../raster/rounding';
import { checkpoint, type Signal } from '../raster/signal';
import { uncover } from './covered-colour';
import { keysCubic } from './resample-taps';

export const INTERPOLATIONS = ['nearest', 'bilinear', 'bicubic'] as const;
export type Interpolation = (typeof INTERPOLATIONS)[number];

export interface Turn {
  readonly cos: number;
  readonly sin: number;
  readonly from: Size;
  readonly to: Size;
  readonly interpolation: Interpolation;
  /** The pixel that lies everywhere outside the picture, all channels, in levels. */
  readonly outside: readonly number[];
}

/** Cosine and sine of degrees, exact at quarter turns. */
export function directionOf(degrees: number): { readonly cos: number; readonly sin: number } {
  const quarters = degrees / 90;
  if (!Number.isInteger(quarters)) {
    const radians = (degrees * Math.PI) / 180;
    return { cos: Math.cos(radians), sin: Math.sin(radians) };
  }
  const turns = ((quarters % 4) + 4) % 4;
  return { cos: [1, 0, -1, 0][turns], sin: [0, 1, 0, -1][turns] };
}

/** The smallest canvas that holds a turned rectangle. */
export function turnedSize(size: Size, cos: number, sin: number): Size {
  // Less a little, because rounding errors must not cost a column.
  const hold = (extent: number): number => Math.ceil(extent - 1e-9);
  return {
    width: hold(Math.abs(size.width * cos) + Math.abs(size.height * sin)),
    height: hold(Math.abs(size.width * sin) + Math.abs(size.height * cos)),
  };
}

/** Where a pixel of the result comes from, in pixels of the input. */
function originOf({ cos, sin, from, to }: Turn, x: number, y: number): readonly [x: number, y: number] {
  const dx = x - (to.width - 1) / 2;
  const dy = y - (to.height - 1) / 2;
  return [dx * cos + dy * sin + (from.width - 1) / 2, dy * cos - dx * sin + (from.height - 1) / 2];
}

/** The part of the input that a part of the result may look at; empty where that lies outside the picture. */
export function turnedReach(turn: Turn, part: Rectangle): Rectangle {
  const right = part.x + part.width - 1;
  const bottom = part.y + part.height - 1;
  const corners = [
    originOf(turn, part.x, part.y),
    originOf(turn, right, part.y),
    originOf(turn, part.x, bottom),
    originOf(turn, right, bottom),
  ];
  const columns = corners.map(([x]) => x);
  const rows = corners.map(([, y]) => y);
  // Two taps on each side, and one more for rounding.
  const x = Math.floor(Math.min(...columns)) - 2;
  const y = Math.floor(Math.min(...rows)) - 2;
  const reach = {
    x,
    y,
    width: Math.floor(Math.max(...columns)) + 4 - x,
    height: Math.floor(Math.max(...rows)) + 4 - y,
  };
  return intersect(reach, wholeOf(turn.from));
}

/** Sets the weights of the taps around a place, and says which input column or row the first one is. */
function weightsAt(interpolation: Interpolation, place: number, weights: Float64Array): number {
  if (interpolation === 'nearest') {
    weights[0] = 1;
    return Math.floor(place + 0.5);
  }
  const start = Math.floor(place);
  const beyond = place - start;
  if (interpolation === 'bilinear') {
    weights[0] = 1 - beyond;
    weights[1] = beyond;
    return start;
  }
  for (let tap = 0; tap < 4; tap++) weights[tap] = keysCubic(beyond + 1 - tap);
  return start - 1;
}

/** Puts one pixel together, unrounded; `input` holds what of the picture its taps meet. */
class Gatherer {
  readonly sums: Float64Array;
  readonly #taps: number;
  readonly #across = new Float64Array(4);
  readonly #down = new Float64Array(4);
  readonly #row: Float64Array;
  readonly #outside: Float64Array;
  readonly #colours: number;
  readonly #alpha: boolean;

  constructor(
    private readonly turn: Turn,
    private readonly input: Region,
    whole: Shape,
  ) {
    const { channels } = whole;
    this.#taps = { nearest: 1, bilinear: 2, bicubic: 4 }[turn.interpolation];
    this.#colours = colourChannelsOf(whole);
    this.#alpha = hasAlpha(whole);
    this.sums = new Float64Array(channels);
    this.#row = new Float64Array(channels);
    const covering = this.#alpha ? turn.outside[this.#colours] : 1;
    this.#outside = Float64Array.from(turn.outside, (level, at) =>
      at < this.#colours ? level * covering : level,
    );
  }

  gather(x: number, y: number): Float64Array {
    const { turn, sums } = this;
    const [fromX, fromY] = originOf(turn, x, y);
    const left = weightsAt(turn.interpolation, fromX, this.#across);
    const up = weightsAt(turn.interpolation, fromY, this.#down);
    sums.fill(0);
    for (let j = 0; j < this.#taps; j++) {
      this.#addRow(left, up + j);
      const weight = this.#down[j];
      for (let channel = 0; channel < sums.length; channel++) sums[channel] += weight * this.#row[channel];
    }
    return sums;
  }

  #addRow(left: number, y: number): void {
    const { raster, rectangle } = this.input;
    const { width, height } = this.turn.from;
    const { data, channels } = raster;
    const row = this.#row.fill(0);
    const line = (y - rectangle.y) * raster.width - rectangle.x;
    for (let i = 0; i < this.#taps; i++) {
      const weight = this.#across[i];
      const x = left + i;
      if (x < 0 || y < 0 || x >= width || y >= height) {
        for (let channel = 0; channel < channels; channel++) row[channel] += weight * this.#outside[channel];
        continue;
      }
      const at = (line + x) * channels;
      const covering = this.#alpha ? data[at + this.#colours] : 1;
      for (let channel = 0; channel < this.#colours; channel++)
        row[channel] += weight * (data[at + channel] * covering);
      if (this.#alpha) row[this.#colours] += weight * covering;
    }
  }
}

/** Fills `output`; `input` holds `turnedReach(turn, output.rectangle)`, and `whole` is the input picture's shape. */
export function turnPicture(turn: Turn, input: Region, whole: Shape, output: Region, signal: Signal): void {
  const gatherer = new Gatherer(turn, input, whole);
  const { data, channels } = output.raster;
  const { x, y, width, height } = output.rectangle;
  const top = topOf(whole.depth);
  let at = 0;
  for (let row = y; row < y + height; row++) {
    checkpoint(signal);
    for (let column = x; column < x + width; column++, at += channels) {
      const sums = gatherer.gather(column, row);
      uncover(sums, 0, whole, false);
      for (let channel = 0; channel < channels; channel++) data[at + channel] = store(sums[channel], top);
    }
  }
}

/** The unrounded levels of one pixel of the result. */
export function turnedPixel(
  turn: Turn,
  input: Region,
  whole: Shape,
  x: number,
  y: number,
): readonly number[] {
  const sums = new Gatherer(turn, input, whole).gather(x, y);
  uncover(sums, 0, whole, false);
  return [...sums];
}
