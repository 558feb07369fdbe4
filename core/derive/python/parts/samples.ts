/**
 * What every operation of a script is written with. A picture is an array of height × width × channels, uint8 or uint16, alpha
 * last, and the rounding rule of OPERATIONS.md 2.1 stands once.
 */

import { part } from '../part';

export const store = part(
  'store',
  [],
  `
def store(x, T):
    """The one rounding rule: half up, cut to 0..T. 2^-20 sends an exact half up however its terms were added."""
    x = np.where(np.isnan(x), 0, x)
    return np.clip(np.floor(x + 0.5 + 2**-20), 0, T)`,
);

export const top = part(
  'top',
  [],
  `
def top(image):
    """T, the largest level: 255 or 65535."""
    return int(np.iinfo(image.dtype).max)`,
);

export const scale = part(
  'scale_of',
  [top],
  `
def scale_of(image):
    """K, what one unit of the 255 scale is in levels: 1 or 257."""
    return top(image) / 255`,
);

export const colourCount = part(
  'colour_count',
  [],
  `
def colour_count(image):
    """1 for gray pictures, 3 for colour, alpha not counted."""
    return 1 if image.shape[2] <= 2 else 3`,
);

export const samples = part(
  'samples',
  [colourCount],
  `
def samples(image):
    """The colour samples as float64; alpha takes no part in what is computed."""
    return image[..., :colour_count(image)].astype(np.float64)`,
);

export const stored = part(
  'stored',
  [store, top, colourCount],
  `
def stored(image, x):
    """The picture with x, rounded, as its colour samples; its alpha stays."""
    colours = colour_count(image)
    result = image.copy()
    result[..., :colours] = store(np.broadcast_to(x, image[..., :colours].shape), top(image))
    return result`,
);

export const rgb = part(
  'rgb',
  [samples],
  `
def rgb(image):
    """Red, green and blue of every pixel; in a gray picture three times the gray."""
    v = samples(image)
    return v[..., :1], v[..., 1:2] if v.shape[2] == 3 else v, v[..., -1:]`,
);

export const luma = part(
  'luma',
  [],
  `
def luma(R, G, B):
    """BT.601 luma, unrounded."""
    return 0.299 * R + 0.587 * G + 0.114 * B`,
);

export const alpha = part(
  'alpha',
  [top],
  `
def alpha(image):
    """The alpha of every pixel; T in a picture without."""
    if image.shape[2] in (2, 4):
        return image[..., -1:].astype(np.float64)
    return np.full(image.shape[:2] + (1,), float(top(image)))`,
);

export const toColour = part(
  'to_colour',
  [colourCount],
  `
def to_colour(image):
    """Gray repeated to red, green and blue; alpha stays."""
    if colour_count(image) == 3:
        return image
    return np.concatenate([image[..., :1]] * 3 + [image[..., 1:]], axis=2)`,
);

export const toDepth = part(
  'to_depth',
  [store],
  `
def to_depth(image, depth):
    """8 to 16 bit is v * 257, 16 to 8 bit v / 257, rounded."""
    if image.itemsize * 8 == depth:
        return image
    if depth == 16:
        return image.astype(np.uint16) * 257
    return store(image / 257, 255).astype(np.uint8)`,
);

export const decodeSrgb = part(
  'decode_srgb',
  [],
  `
def decode_srgb(p):
    """A stored value, 0..1, as linear light (IEC 61966-2-1)."""
    return np.where(p <= 0.04045, p / 12.92, ((p + 0.055) / 1.055) ** 2.4)`,
);

export const encodeSrgb = part(
  'encode_srgb',
  [],
  `
def encode_srgb(light):
    """Linear light, 0..1, as it is stored."""
    return np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)`,
);

export const bitAnd = part(
  'bit_and',
  [],
  `
def bit_and(v, bits):
    """The bits that whole numbers have in common."""
    return (v.astype(np.int64) & int(bits)).astype(np.float64)`,
);
