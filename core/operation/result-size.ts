/** Results of another size than their input (OPERATIONS.md 12a), up to the size of the largest pictures that can be opened. */

import { fail, succeed, type Result } from '../raster/fault';
import type { Shape } from '../raster/raster';
import type { Size } from '../raster/rectangle';

export const MOST_PIXELS = 500_000_000;

/** The input's shape with another size; a fault where that has no pixel, or too many. */
export function resizedShape(input: Shape, { width, height }: Size): Result<Shape> {
  if (width < 1 || height < 1)
    return fail('empty-result', `a picture of ${width} × ${height} pixels has none`);
  if (width * height > MOST_PIXELS) {
    return fail(
      'too-large',
      `a picture of ${width} × ${height} pixels is larger than ${MOST_PIXELS / 1e6} megapixels`,
      'choose a smaller size',
    );
  }
  return succeed({ ...input, width, height });
}
