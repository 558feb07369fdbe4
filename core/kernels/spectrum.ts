/**
 * How strong each spatial frequency is in a picture: the magnitudes of its discrete Fourier transform. A picture of at most 256 pixels a
 * side is transformed as it is. Of a larger one, tiles of 256 pixels spread over it are transformed at full resolution and the mean of
 * their powers is taken (M. S. Bartlett 1948): so every frequency up to 0.5 cycles per pixel stays where it is, which it would not in a
 * picture made smaller, and the work is the same for any picture.
 */

import type { Raster } from '../raster/raster';
import { checkpoint, type Signal } from '../raster/signal';
import { transformOf } from './fourier';

/** Longest side of what is transformed at once. */
export const TILE = 256;
/** Most tiles along a side. */
const MOST_TILES = 8;

export interface Spectrum {
  /** Frequencies along x and y, as many as the tile has pixels. */
  readonly width: number;
  readonly height: number;
  /** The picture was transformed as a whole; otherwise this is the root of the mean power of `tiles` tiles. */
  readonly whole: boolean;
  readonly tiles: number;
  /**
   * |F| with F = Σ v·exp(−2πi(ux/W + vy/H)) in levels, row by row; zero frequency is at (⌊W/2⌋, ⌊H/2⌋), and a step along x is 1/W cycles
   * per pixel.
   */
  readonly magnitudes: Float64Array;
}

/** Of one channel of a picture. */
export function spectrumOf(raster: Raster, channel: number, signal: Signal): Spectrum {
  const width = Math.min(raster.width, TILE);
  const height = Math.min(raster.height, TILE);
  const columns = startsAlong(raster.width, width);
  const rows = startsAlong(raster.height, height);
  const power = new Float64Array(width * height);
  const transform = planeTransform(width, height);
  const re = new Float64Array(width * height);
  const im = new Float64Array(width * height);
  for (const top of rows) {
    for (const left of columns) {
      checkpoint(signal);
      for (let y = 0; y < height; y++) {
        const from = ((top + y) * raster.width + left) * raster.channels + channel;
        for (let x = 0; x < width; x++) re[y * width + x] = raster.data[from + x * raster.channels];
      }
      im.fill(0);
      transform(re, im);
      for (let at = 0; at < power.length; at++) power[at] += re[at] * re[at] + im[at] * im[at];
    }
  }
  const tiles = columns.length * rows.length;
  return {
    width,
    height,
    whole: width === raster.width && height === raster.height,
    tiles,
    magnitudes: centred(power, width, height).map((sum) => Math.sqrt(sum / tiles)),
  };
}

/** Where tiles of `size` start along a side: end to end as far as there are few, else at equal distances. */
function startsAlong(length: number, size: number): readonly number[] {
  const count = Math.min(MOST_TILES, Math.floor(length / size));
  if (count === 1) return [Math.floor((length - size) / 2)];
  return Array.from({ length: count }, (_, at) => Math.floor((at * (length - size)) / (count - 1)));
}

/** Transforms a plane in place, rows first. */
function planeTransform(width: number, height: number): (re: Float64Array, im: Float64Array) => void {
  const across = transformOf(width);
  const down = transformOf(height);
  const columnRe = new Float64Array(height);
  const columnIm = new Float64Array(height);
  return (re, im) => {
    for (let y = 0; y < height; y++) {
      const end = (y + 1) * width;
      across.forward(re.subarray(end - width, end), im.subarray(end - width, end));
    }
    for (let x = 0; x < width; x++) {
      for (let y = 0; y < height; y++) {
        columnRe[y] = re[y * width + x];
        columnIm[y] = im[y * width + x];
      }
      down.forward(columnRe, columnIm);
      for (let y = 0; y < height; y++) {
        re[y * width + x] = columnRe[y];
        im[y * width + x] = columnIm[y];
      }
    }
  };
}

/** With zero frequency in the middle, as numpy's fftshift has it. */
function centred(plane: Float64Array, width: number, height: number): Float64Array {
  const shifted = new Float64Array(plane.length);
  for (let y = 0; y < height; y++) {
    const row = ((y + (height >> 1)) % height) * width;
    for (let x = 0; x < width; x++) shifted[row + ((x + (width >> 1)) % width)] = plane[y * width + x];
  }
  return shifted;
}
