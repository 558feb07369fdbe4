/** Tones and channels that parameters name. */

import { part } from '../part';
import { scale, top } from './samples';

export const onlyChannel = part(
  'only_channel',
  [],
  `
def only_channel(channel, result, r):
    """The result in one channel and the samples in the others; in a gray picture every channel is the gray one."""
    if channel == "rgb" or r.shape[2] == 1:
        return result
    return np.where(np.arange(3) == "rgb".index(channel), result, r)`,
);

export const tones = part(
  'tones',
  [scale],
  `
def tones(tone, image):
    """One tone, or red, green and blue, as one level a channel; of three a gray picture takes the first."""
    return np.resize(np.array(tone, np.float64), 3)[:1 if image.shape[2] <= 2 else 3] * scale_of(image)`,
);

export const outside = part(
  'outside',
  [tones, top],
  `
def outside(image, fill):
    """The pixel that lies outside a picture: a fill is opaque; without one it is transparent, or black."""
    if fill is None:
        return np.zeros(image.shape[2])
    alpha = [top(image)] if image.shape[2] in (2, 4) else []
    return np.append(tones(fill, image), alpha)`,
);
