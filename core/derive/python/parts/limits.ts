/** What a step's `channels` and `opacity` do (OPERATIONS.md 2.6). */

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
def limited(before, after, channels="rgb", opacity=1):
    """
    A step held back: only one channel takes its result, or every channel the change of the luma (\`after\` is then
    the step's result on the luma alone); what comes of that is mixed with the picture before. Each is rounded.
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
    return store(v + opacity * (w - v), T).astype(before.dtype)`,
);
