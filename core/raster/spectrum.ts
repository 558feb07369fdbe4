/**
 * The frequencies of a side laid out on few cells. As many cells as frequencies where there are at most 257, zero at the place ⌊n/2⌋ as numpy's
 * fftshift has it. More are gathered in 257 cells of the same width, of which zero frequency has the middle one around it: a frequency lies in the
 * cell over its place between −0.5 and 0.5 cycles per pixel, so distances are the same as among the frequencies themselves.
 */

import type { Size } from './rectangle';

export interface Spectrum {
  /** Cells. */
  readonly width: number;
  readonly height: number;
  /** Frequencies along both sides, as many as what was transformed has pixels. A step along x is 1/width cycles per pixel. */
  readonly frequencies: Size;
  /** The picture was transformed as a whole; otherwise this is the root of the mean power of `tiles` tiles. */
  readonly whole: boolean;
  readonly tiles: number;
  /** The greatest |F| of each cell, row by row, with F = Σ v·exp(−2πi(ux/W + vy/H)) in levels. */
  readonly magnitudes: Float64Array;
  /**
   * Which frequency of its cell that is: (v − lowest v)·`widestCell(width)` + (u − lowest u). Null where each cell is one frequency.
   */
  readonly strongest: Uint32Array | null;
}

/** Most cells along a side: odd, so that one is the middle; about the pixels that a panel has for them. */
export const MOST_CELLS = 257;

export function cellsFor(frequencies: number): number {
  return Math.min(frequencies, MOST_CELLS);
}

/** The cell of a frequency from −⌊n/2⌋ to ⌈n/2⌉ − 1, counted in cycles a side. */
export function cellOf(frequency: number, frequencies: number): number {
  const cells = cellsFor(frequencies);
  if (cells === frequencies) return frequency + (frequencies >> 1);
  return Math.floor((2 * frequency * cells + frequencies) / (2 * frequencies)) + (cells >> 1);
}

/** The lowest frequency of a cell; of the one behind the last, one more than the highest there is. */
export function lowestIn(cell: number, frequencies: number): number {
  const cells = cellsFor(frequencies);
  if (cells === frequencies) return cell - (frequencies >> 1);
  return Math.ceil((frequencies * (2 * (cell - (cells >> 1)) - 1)) / (2 * cells));
}

/** Frequencies of the cell that has most of them. */
export function widestCell(frequencies: number): number {
  return Math.ceil(frequencies / cellsFor(frequencies));
}
