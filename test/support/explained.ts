/** One pixel of one operation on a picture, explained with nothing known beforehand. */

import { explainStep } from '../../core/derive/explain';
import type { Explanation } from '../../core/derive/explanation';
import { checkValues } from '../../core/operation/check';
import type { Operation } from '../../core/operation/operation';
import type { GivenValues } from '../../core/operation/parameter';
import type { Raster } from '../../core/raster/raster';
import { wholeOf } from '../../core/raster/rectangle';

export function explainedPixel(
  operation: Operation,
  params: GivenValues,
  raster: Raster,
  x: number,
  y: number,
): Explanation {
  const checked = checkValues(operation, params, raster);
  if (!checked.ok) throw new Error(checked.fault.message);
  return explainStep({
    operation,
    values: checked.value,
    channels: 'rgb',
    opacity: 1,
    mask: null,
    whole: raster,
    x,
    y,
    input: { raster, rectangle: wholeOf(raster) },
    measured: null,
    second: null,
    outcome: null,
  });
}
