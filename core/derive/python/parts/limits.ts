/** What a step's `channels`, `opacity` and mask do (OPERATIONS.md 2.6). */

import { part } from '../part';
import { colourCount, luma, rgb, store, toColour, top } from './samples';

export const lumaPicture = part(
  'luma_picture',
  [luma, rgb, store, top],
  `
def luma_picture(image):
    """The rounded luma as a gray picture without alpha."""
    return store(luma(*rgb(image)), top(image)).astype(image.dtype)`,
);

export const limited = part(
  'limited',
  [store, top, colourCount, toColour, lumaPicture],
  `
def limited(before, after, channels="rgb", opacity=1, mask=None):
    """
    A step held back: only one channel takes its result, or every channel the change of the luma (\`after\` is then
    the step's result on the luma alone); what comes of that is mixed with the picture before, by the opacity and
    the mask's levels. Each is rounded.
    """
    if colour_count(after) > colour_count(before) and channels != "luma":
        before = to_colour(before)
    T, colours = top(before), colour_count(before)
    v = before.astype(np.float64)
    w = v.copy()
    if channels == "luma":
        change = after.astype(np.float64) - luma_picture(before)
        w[..., :colours] = store(v[..., :colours] + change, T)
    elif channels == "rgb" or colours == 1:
        w[...] = after
    else:
        one = "rgb".index(channels)
        w[..., one] = after[..., one]
        w[..., 3:] = after[..., 3:]
    share = opacity if mask is None else opacity * (mask / 255)[..., np.newaxis]
    return store(v + share * (w - v), T).astype(before.dtype)`,
);
