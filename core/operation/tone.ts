/** Tones that a user picks: gray, or red, green and blue (OPERATIONS.md 4.5, 4.6, 12a). */

import { colourChannelsOf, type ChannelCount } from '../raster/raster';
import type { Tone } from './parameter';

/** One number a colour channel, on the 255 scale. Of three numbers a gray picture uses the first. */
export function tonesOf(tone: Tone, shape: { readonly channels: ChannelCount }): readonly number[] {
  const each = typeof tone === 'number' ? [tone, tone, tone] : tone;
  return each.slice(0, colourChannelsOf(shape));
}
