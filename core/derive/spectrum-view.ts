/** What is shown of a picture's spectrum: logarithms of its magnitudes, and where a frequency lies among them. */

import type { Parameters } from '../operation/parameter';

export interface SpectrumView {
  /** Frequencies along x and y; a step along x is 1/width cycles per pixel. */
  readonly width: number;
  readonly height: number;
  /** It is the picture's own; otherwise the root of the mean power of so many tiles. */
  readonly whole: boolean;
  readonly tiles: number;
  /** ln(1 + |F|) in ten-thousandths, row by row, zero frequency in the middle. */
  readonly logarithms: readonly number[];
}

/** What there is to see of it, by what it was made from. */
type Seen = Omit<SpectrumView, 'logarithms'>;

export function spectrumView({
  magnitudes,
  ...seen
}: Seen & { readonly magnitudes: Float64Array }): SpectrumView {
  return { ...seen, logarithms: Array.from(magnitudes, (value) => Math.round(Math.log1p(value) * 1e4)) };
}

/** A frequency in cycles per pixel, and how strong it is. */
export interface Frequency {
  readonly x: number;
  readonly y: number;
  readonly logarithm: number;
}

/** At column and row of the view; null outside. */
export function frequencyAt(view: SpectrumView, column: number, row: number): Frequency | null {
  const { width, height, logarithms } = view;
  if (column < 0 || row < 0 || column >= width || row >= height) return null;
  return {
    x: (column - (width >> 1)) / width,
    y: (row - (height >> 1)) / height,
    logarithm: logarithms[row * width + column] / 1e4,
  };
}

/** The parameters that are frequencies, around which a filter passes over: circles on the spectrum. */
export function frequencyParameters(parameters: Parameters): readonly string[] {
  return Object.entries(parameters).flatMap(([name, parameter]) =>
    parameter.kind === 'number' && parameter.unit === 'cycles/px' ? [name] : [],
  );
}
