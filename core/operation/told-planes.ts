/**
 * The arithmetic of one pixel of an operation on planes (kernels/planes.ts): of each channel by itself, or of V, the largest, by which all
 * of them are then multiplied.
 */

import type { ColorMode } from '../kernels/planes';
import { exactNumber, shortNumber, type FilledLine } from './formula/print';

/** What becomes of a plane's level: definitions first, the unrounded result last (`name` null). */
type PlaneLines = (level: number, plane: number) => readonly FilledLine[];

/** Lines for each of the pixel's colour channels. */
export function toldPlanes(
  mode: ColorMode,
  colours: readonly number[],
  linesOf: PlaneLines,
): readonly (readonly FilledLine[])[] {
  if (mode === 'perChannel' || colours.length === 1) return colours.map(linesOf);
  const value = Math.max(...colours);
  const named = linesOf(value, 0).map((line) => (line.name === null ? { ...line, name: 'V′' } : line));
  const result = named[named.length - 1].value;
  const largest: FilledLine = { name: 'V', text: `max(${colours.join(', ')})`, value };
  return colours.map((level) => [largest, ...named, scaled(level, value, result)]);
}

/** A channel times V′/V; V′ itself where all channels are 0. */
function scaled(level: number, value: number, result: number): FilledLine {
  if (value === 0) return { name: null, text: shortNumber(result), value: result, because: 'V = 0' };
  const text = `${level}·${shortNumber(result)}/${value}`;
  return { name: null, text, value: (level * result) / value };
}

/** A plane of a single level stays as it is. */
export function evenPlane(level: number): readonly FilledLine[] {
  return [{ name: null, text: exactNumber(level), value: level, because: 'the whole plane has this level' }];
}
