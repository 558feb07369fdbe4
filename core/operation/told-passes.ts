/**
 * Erosions and dilations one after the other, told at one pixel: which levels each pass chose from, in what the pass before left around
 * the pixel. All of that follows from the window that the passes together look at.
 */

import { covers, type Element } from '../kernels/element';
import type { Field } from '../kernels/field';
import { dilate, erode } from '../kernels/morphology';
import { createRaster, type Depth } from '../raster/raster';
import type { Margins } from '../raster/rectangle';
import { neverAborted } from '../raster/signal';
import { countText } from '../raster/number-text';
import type { FilledLine } from './formula/print';
import type { SampleAt } from './operation';

export type Pass = 'erode' | 'dilate';

/** Levels that are written out. */
const MOST_WRITTEN = 9;
/** More passes than this are not told one by one. */
const MOST_TOLD = 8;
/** Samples times passes that are worked through for a pixel. */
const MOST_WORK = 2 ** 20;

/**
 * `known`: how far around the pixel the passes together look, as far as the picture goes. Empty where that is more than anybody waits for.
 */
export function toldPasses(
  passes: readonly Pass[],
  element: Element,
  sampleAt: SampleAt,
  known: Margins,
  depth: Depth,
): readonly FilledLine[] {
  const width = known.left + 1 + known.right;
  const height = known.top + 1 + known.bottom;
  if (width * height * passes.length > MOST_WORK) return [];
  const field: Field = createRaster({ width, height, channels: 1, depth });
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at++) field.data[at] = sampleAt(x - known.left, y - known.top);
  }
  const lines = passes.map((pass, index): FilledLine => {
    const from = under(element, field, known);
    if (pass === 'erode') erode(field, element, 1, neverAborted);
    else dilate(field, element, 1, neverAborted);
    const value = field.data[known.top * width + known.left];
    return {
      name: index === passes.length - 1 ? null : `v${subscript(index + 1)}`,
      text: `${pass === 'erode' ? 'smallest' : 'largest'} of ${listText(from)}`,
      value,
    };
  });
  return lines.filter((_, index) => isTold(passes, index));
}

/** Of many passes the first, the last of each kind, and the one before the result. */
function isTold(passes: readonly Pass[], index: number): boolean {
  if (passes.length <= MOST_TOLD || index === 0 || index >= passes.length - 2) return true;
  return passes[index] !== passes[index + 1];
}

/** The levels under the element that lie in the picture, row by row. */
function under(element: Element, { width, height, data }: Field, { left, top }: Margins): readonly number[] {
  const { radius } = element;
  const levels: number[] = [];
  for (let y = Math.max(0, top - radius); y <= Math.min(height - 1, top + radius); y++) {
    for (let x = Math.max(0, left - radius); x <= Math.min(width - 1, left + radius); x++) {
      if (covers(element, x - left, y - top)) levels.push(data[y * width + x]);
    }
  }
  return levels;
}

function listText(levels: readonly number[]): string {
  if (levels.length <= MOST_WRITTEN) return levels.join(', ');
  const least = levels.reduce((a, b) => Math.min(a, b));
  const most = levels.reduce((a, b) => Math.max(a, b));
  return `${countText(levels.length)} levels from ${least} to ${most}`;
}

function subscript(number: number): string {
  return [...String(number)].map((digit) => '₀₁₂₃₄₅₆₇₈₉'.charAt(Number(digit))).join('');
}
