/**
 * A picture at half, a quarter, an eighth … of its size, for views that show it small. Level 0 is the picture itself; each
 * further level is made from the one before by means of 2 × 2 pixels, rounded half up. At an odd edge the mean is of what is
 * there, so that the last row and column are not darkened. Previews only: results always come from level 0.
 */

import type { Size } from './rectangle';
import type { Region, Samples } from './raster';

/** The size of the next level: halved, rounded up. */
export function halfSize(size: Size): Size {
  return levelSize(size, 1);
}

/** The size of a level: halved, rounded up, `level` times. */
export function levelSize(size: Size, level: number): Size {
  const factor = 2 ** level;
  return { width: Math.ceil(size.width / factor), height: Math.ceil(size.height / factor) };
}

/**
 * Fills `output`, a rectangle of the next level, from `input`, which holds the pixels 2x, 2x+1 and 2y, 2y+1 of every one of
 * its pixels as far as the picture goes: where the input ends after an odd column or row, the picture ends. Same channels
 * and depth.
 */
export function halve(input: Region, output: Region): void {
  const { channels } = input.raster;
  const stride = input.raster.width * channels;
  const right = input.rectangle.x + input.rectangle.width;
  const bottom = input.rectangle.y + input.rectangle.height;
  const { x, y, width, height } = output.rectangle;
  const start = (2 * x - input.rectangle.x) * channels;
  const whole = Math.min(width, Math.floor((right - 2 * x) / 2));
  const target = output.raster.data;
  for (let row = 0; row < height; row++) {
    const above = (2 * (y + row) - input.rectangle.y) * stride + start;
    // Beyond an odd last row the row itself stands in for the missing one, which leaves the mean as it is.
    const below = 2 * (y + row) + 1 < bottom ? above + stride : above;
    const at = row * output.raster.width * channels;
    halveRow(input.raster.data, above, below, channels, whole, target, at);
    if (whole < width) {
      const last = 2 * whole * channels;
      for (let c = 0; c < channels; c++) {
        const sum = input.raster.data[above + last + c] + input.raster.data[below + last + c];
        target[at + whole * channels + c] = (sum + 1) >> 1;
      }
    }
  }
}

function halveRow(
  data: Samples,
  above: number,
  below: number,
  channels: number,
  count: number,
  target: Samples,
  at: number,
): void {
  const step = 2 * channels;
  for (let i = 0; i < count; i++, above += step, below += step) {
    for (let c = 0; c < channels; c++) {
      const sum = data[above + c] + data[above + channels + c] + data[below + c] + data[below + channels + c];
      target[at++] = (sum + 2) >> 2;
    }
  }
}
