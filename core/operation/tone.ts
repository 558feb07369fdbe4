/** Tones that a user picks: gray, or red, green and blue (OPERATIONS.md 4.5, 4.6, 12a). */

import { colourChannelsOf, hasAlpha, scaleOf, topOf, type ChannelCount, type Shape } from '../raster/raster';
import type { Tone } from './parameter';

/** One number a colour channel, on the 255 scale. Of three numbers a gray picture uses the first. */
export function tonesOf(tone: Tone, shape: { readonly channels: ChannelCount }): readonly number[] {
  const each = typeof tone === 'number' ? [tone, tone, tone] : tone;
  return each.slice(0, colourChannelsOf(shape));
}

/** The pixel that lies outside a picture: opaque, or where no tone is given transparent (black without alpha). In levels. */
export function pixelOutside(fill: Tone | null, shape: Shape): readonly number[] {
  if (fill === null) return new Array<number>(shape.channels).fill(0);
  const levels = tonesOf(fill, shape).map((tone) => tone * scaleOf(shape.depth));
  return hasAlpha(shape) ? [...levels, topOf(shape.depth)] : levels;
}
