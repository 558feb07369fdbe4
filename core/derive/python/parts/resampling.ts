/** What resizing and turning have in common (OPERATIONS.md 12a): colours are added up as far as they cover. */

import { part } from '../part';
import { colourCount, decodeSrgb, encodeSrgb, top } from './samples';

export const keysCubic = part(
  'keys_cubic',
  [],
  `
def keys_cubic(d):
    """Keys' cubic with a = -1/2 at a distance d; it goes through the samples."""
    d = np.abs(d)
    near = (1.5 * d - 2.5) * d * d + 1
    far = ((-0.5 * d + 2.5) * d - 4) * d + 2
    return np.select([d <= 1, d < 2], [near, far])`,
);

export const covered = part(
  'covered',
  [],
  `
def covered(v):
    """Colours times alpha, so that what is transparent lends no colour to its neighbours."""
    if v.shape[2] in (2, 4):
        v[..., :-1] *= v[..., -1:]
    return v`,
);

export const uncovered = part(
  'uncovered',
  [],
  `
def uncovered(v):
    """Colours divided by alpha; 0 where there is none."""
    if v.shape[2] in (2, 4):
        v[..., :-1] = np.where(v[..., -1:] > 0, v[..., :-1] / v[..., -1:], 0)
    return v`,
);

export const asLight = part(
  'as_light',
  [colourCount, decodeSrgb, top],
  `
def as_light(image):
    """The picture in float64, its colours as linear light, 0..1."""
    v, colours = image.astype(np.float64), colour_count(image)
    v[..., :colours] = decode_srgb(v[..., :colours] / top(image))
    return v`,
);

export const fromLight = part(
  'from_light',
  [colourCount, encodeSrgb],
  `
def from_light(v, T):
    """Light as levels, unrounded."""
    colours = colour_count(v)
    v[..., :colours] = T * encode_srgb(np.clip(v[..., :colours], 0, 1))
    return v`,
);
