/** What is shown of a picture's spectrum: its magnitudes, cell by cell, and which frequency each is that of. */

import type { Parameters } from '../operation/parameter';
import { lowestIn, widestCell, type Spectrum } from '../raster/spectrum';

export interface SpectrumView extends Omit<Spectrum, 'magnitudes' | 'strongest'> {
  /** |F| of the strongest frequency of each cell, to four decimals; row by row, zero frequency in the middle. */
  readonly magnitudes: readonly number[];
  /** Which of its cell that is, as in `Spectrum`. */
  readonly strongest: readonly number[] | null;
}

export function spectrumView({ magnitudes, strongest, ...seen }: Spectrum): SpectrumView {
  return {
    ...seen,
    magnitudes: Array.from(magnitudes, (value) => Math.round(value * 1e4) / 1e4),
    strongest: strongest && Array.from(strongest),
  };
}

/** A frequency in cycles per pixel, and how strong it is. */
export interface Frequency {
  readonly x: number;
  readonly y: number;
  readonly magnitude: number;
  /** How many frequencies share its cell, of which it is the strongest. */
  readonly among: number;
}

/** What the cell at column and row of the view shows; null outside. */
export function frequencyAt(view: SpectrumView, column: number, row: number): Frequency | null {
  const { width, height, frequencies, magnitudes, strongest } = view;
  if (column < 0 || row < 0 || column >= width || row >= height) return null;
  const at = row * width + column;
  const place = strongest === null ? 0 : strongest[at];
  const across = widestCell(frequencies.width);
  const span = (cell: number, count: number): number => lowestIn(cell + 1, count) - lowestIn(cell, count);
  return {
    x: (lowestIn(column, frequencies.width) + (place % across)) / frequencies.width,
    y: (lowestIn(row, frequencies.height) + Math.floor(place / across)) / frequencies.height,
    magnitude: magnitudes[at],
    among: span(column, frequencies.width) * span(row, frequencies.height),
  };
}

/** The parameters that are frequencies, around which a filter passes over: circles on the spectrum. */
export function frequencyParameters(parameters: Parameters): readonly string[] {
  return Object.entries(parameters).flatMap(([name, parameter]) =>
    parameter.kind === 'number' && parameter.unit === 'cycles/px' ? [name] : [],
  );
}
