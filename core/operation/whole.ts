/** Operations on whole pictures, run on a part of the result or on all of it; alpha stays as it is. */

import { copyRegion, createRaster, hasAlpha, type Region, type Shape } from '../raster/raster';
import { intersect, sameRectangle, wholeOf, type Rectangle } from '../raster/rectangle';
import { checkpoint, type Signal } from '../raster/signal';
import type { AnyValues, Study, WholeOperation } from './operation';

/** The part of the input that a part of the result is made from, inside the picture. */
export function wholeRegion(
  operation: WholeOperation,
  values: AnyValues,
  whole: Shape,
  output: Rectangle,
): Rectangle {
  switch (operation.reads) {
    case 'pixel':
      return output;
    case 'part':
      if (operation.part === undefined) throw new Error(`${operation.id} does not say which part it reads`);
      return intersect(operation.part(values, output), wholeOf(whole));
    case 'everything':
      return wholeOf(whole);
  }
}

/**
 * Fills `output`, a rectangle of the result, all channels. `input` holds what `wholeRegion` says of that rectangle; `whole` is the
 * input picture's shape.
 */
export function applyWhole(
  operation: WholeOperation,
  values: AnyValues,
  study: Study | null,
  input: Region,
  whole: Shape,
  output: Region,
  signal: Signal,
): void {
  checkpoint(signal);
  const partial = operation.reads === 'everything' && !sameRectangle(output.rectangle, wholeOf(whole));
  const full = partial ? { raster: createRaster(whole), rectangle: wholeOf(whole) } : output;
  operation.compute({ values, study, input, whole, output: full, signal });
  if (partial) copyRegion(full, output, intersect(output.rectangle, full.rectangle));
  if (hasAlpha(whole)) copyAlpha(input, output);
}

function copyAlpha(input: Region, output: Region): void {
  const { data, channels, width, height } = output.raster;
  const { x, y } = output.rectangle;
  for (let row = 0; row < height; row++) {
    const line = (y + row - input.rectangle.y) * input.raster.width + (x - input.rectangle.x);
    let from = (line + 1) * channels - 1;
    let at = (row * width + 1) * channels - 1;
    for (let i = 0; i < width; i++, at += channels, from += channels) data[at] = input.raster.data[from];
  }
}
