/** What a test looks at (OPERATIONS.md 2.3): the sample itself, or the pixel's rounded BT.601 luma. */

import { colourChannelsOf, type Shape } from '../raster/raster';

export function tested(basis: 'channel' | 'luma', shape: Shape): 'r' | 'Y' {
  return basis === 'luma' && colourChannelsOf(shape) === 3 ? 'Y' : 'r';
}
