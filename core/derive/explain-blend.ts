/** One pixel of a blend: composition of two pictures of one size (OPERATIONS.md 11). */

import type { BlendOperation } from '../operation/operation';
import { createRaster, hasAlpha, topOf } from '../raster/raster';
import { store } from '../raster/rounding';
import { composePixels } from './explain-composite';
import { type Plain, type Question } from './explanation';
import { pixelOf } from '../raster/pixel';

export function explainBlend(operation: BlendOperation, question: Question): Plain {
  const { values, whole, x, y, second } = question;
  if (second === null) throw new Error('a blend is explained with the pixel of its second picture');
  const pixel = pixelOf(question.input, x, y);
  const backdrop = createRaster({ ...whole, width: 1, height: 1 });
  backdrop.data.set(pixel);
  const opacity = operation.opacity(values);
  const [, composed] = composePixels(
    [
      { raster: backdrop, mode: 'normal', opacity: 1 },
      { raster: second, mode: operation.mode(values), opacity },
    ],
    whole,
  );
  const colours = hasAlpha(whole) ? composed.unrounded : composed.unrounded.slice(0, -1);
  // Opacity 0 keeps the input as it is, whatever lies under full transparency.
  const unrounded = opacity === 0 ? pixel : colours;
  return {
    from: { x, y },
    formula: operation.formula(values),
    in: pixel,
    unrounded,
    stored: unrounded.map((value) => store(value, topOf(whole.depth))),
    values: null,
    arithmetic: composed.arithmetic,
  };
}
