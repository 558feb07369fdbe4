/**
 * Turning by any angle (OPERATIONS.md 12a): every output pixel looks back to where it comes from, and is put together from the
 * pixels around that place. The centres of old and new canvas coincide.
 */

import { colourChannelsOf, hasAlpha, topOf, type Region, type Samples, type Shape } from '../raster/raster';
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

/**
 * Whether pixels are only moved: each is then one of the input with all that it holds, or the one outside. By quarter turns that
 * is so where the pixels of both canvases lie on each other.
 */
function moves(turn: Turn): boolean {
  const [x, y] = originOf(turn, 0, 0);
  const quarter = turn.cos === 0 || turn.sin === 0;
  return turn.interpolation === 'nearest' || (quarter && Number.isInteger(x) && Number.isInteger(y));
}

/** Puts pixels together, unrounded; `input` holds what of the picture their taps meet. */
class Gatherer {
  /** The pixel that was put together last. */
  readonly pixel: Float64Array;
  readonly #moves: boolean;
  readonly #centreX: number;
  readonly #centreY: number;
  readonly #taps: number;
  readonly #across = new Float64Array(4);
  readonly #down = new Float64Array(4);
  readonly #row: Float64Array;
  /** The pixel outside, ready to be weighted. */
  readonly #outside: Float64Array;
  readonly #colours: number;
  readonly #alpha: boolean;

  constructor(
    private readonly turn: Turn,
    private readonly input: Region,
    private readonly whole: Shape,
  ) {
    const { channels } = whole;
    this.#moves = moves(turn);
    this.#centreX = (turn.to.width - 1) / 2;
    this.#centreY = (turn.to.height - 1) / 2;
    this.#taps = turn.interpolation === 'bilinear' ? 2 : 4;
    this.#colours = colourChannelsOf(whole);
    this.#alpha = hasAlpha(whole);
    this.pixel = new Float64Array(channels);
    this.#row = new Float64Array(channels);
    const covering = this.#alpha ? turn.outside[this.#colours] : 1;
    this.#outside = Float64Array.from(turn.outside, (level, at) =>
      at < this.#colours ? level * covering : level,
    );
  }

  gather(x: number, y: number): void {
    const { turn, pixel } = this;
    const { cos, sin } = turn;
    const { width, height } = turn.from;
    // As `originOf` says it, without the pair that costs a third of the time.
    const dx = x - this.#centreX;
    const dy = y - this.#centreY;
    const fromX = dx * cos + dy * sin + (width - 1) / 2;
    const fromY = dy * cos - dx * sin + (height - 1) / 2;
    if (this.#moves) {
      this.#pick(Math.floor(fromX + 0.5), Math.floor(fromY + 0.5));
      return;
    }
    const taps = this.#taps;
    const left = weightsAt(turn.interpolation, fromX, this.#across);
    const up = weightsAt(turn.interpolation, fromY, this.#down);
    if (left >= width || up >= height || left + taps <= 0 || up + taps <= 0) {
      pixel.set(turn.outside);
      return;
    }
    if (left >= 0 && up >= 0 && left + taps <= width && up + taps <= height) this.#addInside(left, up);
    else {
      pixel.fill(0);
      for (let j = 0; j < taps; j++) this.#addRow(left, up + j, this.#down[j]);
    }
    if (this.#alpha) uncover(pixel, 0, this.whole, false);
  }

  #pick(x: number, y: number): void {
    const { raster, rectangle } = this.input;
    const { width, height } = this.turn.from;
    if (x < 0 || y < 0 || x >= width || y >= height) {
      this.pixel.set(this.turn.outside);
      return;
    }
    const at = ((y - rectangle.y) * raster.width + x - rectangle.x) * raster.channels;
    for (let channel = 0; channel < raster.channels; channel++)
      this.pixel[channel] = raster.data[at + channel];
  }

  /** Adds a row of taps, any of which may lie outside. */
  #addRow(left: number, y: number, down: number): void {
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
    for (let channel = 0; channel < channels; channel++) this.pixel[channel] += down * row[channel];
  }

  /** All taps at once where none lies outside, in the same order. */
  #addInside(left: number, up: number): void {
    const { raster, rectangle } = this.input;
    const { data, channels, width } = raster;
    const start = ((up - rectangle.y) * width + left - rectangle.x) * channels;
    if (channels === 3) addColours(data, start, width * 3, this.#taps, this.#across, this.#down, this.pixel);
    else this.#addChannels(data, start, width * channels);
  }

  #addChannels(data: Samples, start: number, row: number): void {
    const colours = this.#colours;
    const taps = this.#taps;
    const { pixel } = this;
    const across = this.#across;
    for (let channel = 0; channel < pixel.length; channel++) {
      const covered = this.#alpha && channel < colours;
      let total = 0;
      for (let j = 0, line = start; j < taps; j++, line += row) {
        let sum = 0;
        for (let i = 0, at = line; i < taps; i++, at += pixel.length) {
          sum += across[i] * (covered ? data[at + channel] * data[at + colours] : data[at + channel]);
        }
        total += this.#down[j] * sum;
      }
      pixel[channel] = total;
    }
  }
}

/** Three channels side by side: the loop in which opaque pictures spend their time. */
function addColours(
  data: Samples,
  start: number,
  row: number,
  taps: number,
  across: Float64Array,
  down: Float64Array,
  pixel: Float64Array,
): void {
  let r = 0;
  let g = 0;
  let b = 0;
  for (let j = 0, line = start; j < taps; j++, line += row) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let i = 0, at = line; i < taps; i++, at += 3) {
      const weight = across[i];
      red += weight * data[at];
      green += weight * data[at + 1];
      blue += weight * data[at + 2];
    }
    const weight = down[j];
    r += weight * red;
    g += weight * green;
    b += weight * blue;
  }
  pixel[0] = r;
  pixel[1] = g;
  pixel[2] = b;
}

/** Fills `output`; `input` holds `turnedReach(turn, output.rectangle)`, and `whole` is the input picture's shape. */
export function turnPicture(turn: Turn, input: Region, whole: Shape, output: Region, signal: Signal): void {
  const gatherer = new Gatherer(turn, input, whole);
  const { pixel } = gatherer;
  const { data, channels } = output.raster;
  const { x, y, width, height } = output.rectangle;
  const top = topOf(whole.depth);
  let at = 0;
  for (let row = y; row < y + height; row++) {
    checkpoint(signal);
    for (let column = x; column < x + width; column++, at += channels) {
      gatherer.gather(column, row);
      for (let channel = 0; channel < channels; channel++) data[at + channel] = store(pixel[channel], top);
    }
  }
}

/** What a pixel of the result is made of: the pixel outside, one of the input, or samples with their weights across and down. */
export type Turned =
  | { readonly kind: 'outside' }
  | { readonly kind: 'moved'; readonly x: number; readonly y: number }
  | {
      readonly kind: 'gathered';
      readonly x: number;
      readonly y: number;
      readonly across: readonly number[];
      readonly down: readonly number[];
    };

export function turnedFrom(turn: Turn, x: number, y: number): Turned {
  const [fromX, fromY] = originOf(turn, x, y);
  const { width, height } = turn.from;
  if (moves(turn)) {
    const [column, row] = [Math.floor(fromX + 0.5), Math.floor(fromY + 0.5)];
    const isIn = column >= 0 && row >= 0 && column < width && row < height;
    return isIn ? { kind: 'moved', x: column, y: row } : { kind: 'outside' };
  }
  const taps = turn.interpolation === 'bilinear' ? 2 : 4;
  const across = new Float64Array(taps);
  const down = new Float64Array(taps);
  const left = weightsAt(turn.interpolation, fromX, across);
  const up = weightsAt(turn.interpolation, fromY, down);
  const isApart = left >= width || up >= height || left + taps <= 0 || up + taps <= 0;
  return isApart
    ? { kind: 'outside' }
    : { kind: 'gathered', x: left, y: up, across: [...across], down: [...down] };
}

/** The unrounded levels of one pixel of the result. */
export function turnedPixel(
  turn: Turn,
  input: Region,
  whole: Shape,
  x: number,
  y: number,
): readonly number[] {
  const gatherer = new Gatherer(turn, input, whole);
  gatherer.gather(x, y);
  return [...gatherer.pixel];
}
