/** Layers over each other (OPERATIONS.md 11 and 11.1), and the blend modes that a script uses. */

import type { BlendMode } from '../../../colour/blend-mode';
import { part, type PythonPart } from '../part';
import { pythonName, pythonText } from '../literal';
import { colourCount, luma, store, toColour, toDepth, top } from './samples';

const EDGE = part(
  'EDGE',
  [],
  `
# What is 0, 1 or gray in real arithmetic may be a few units of rounding away from it.
EDGE = 2**-50`,
);

const hardLight = part(
  'hard_light',
  [],
  `
def hard_light(b, s):
    return np.where(s <= 0.5, b * (2 * s), b + (2 * s - 1) - b * (2 * s - 1))`,
);

const light = part(
  'light',
  [],
  `
def light(c):
    return 0.3 * c[..., :1] + 0.59 * c[..., 1:2] + 0.11 * c[..., 2:]`,
);

const range = part(
  'saturation_of',
  [],
  `
def saturation_of(c):
    return c.max(axis=2, keepdims=True) - c.min(axis=2, keepdims=True)`,
);

const withSaturation = part(
  'with_saturation',
  [EDGE, range],
  `
def with_saturation(c, saturation):
    """The colour with this saturation; gray stays gray."""
    now = saturation_of(c)
    return (c - c.min(axis=2, keepdims=True)) * np.where(now > EDGE, saturation / now, 0)`,
);

const withLight = part(
  'with_light',
  [light],
  `
def with_light(c, lightness):
    """The colour moved to this light, then towards its gray as far as it left 0..1."""
    c = c + (lightness - light(c))
    gray, least, most = light(c), c.min(axis=2, keepdims=True), c.max(axis=2, keepdims=True)
    c = np.where((least < 0) & (gray > least), gray + (c - gray) * (gray / (gray - least)), c)
    c = np.where((most > 1) & (most > gray), gray + (c - gray) * ((1 - gray) / (most - gray)), c)
    return np.clip(c, 0, 1)`,
);

/** A blend function of two colours; the last four need RGB and are a copy of one of the two on gray pictures. */
function mode(
  name: BlendMode,
  needs: readonly PythonPart[],
  body: string,
  gray: 'b' | 's' | null = null,
): PythonPart {
  const onGray = gray === null ? '' : `    if b.shape[2] == 1:\n        return ${gray}\n`;
  return part(pythonName(name), needs, `def ${pythonName(name)}(b, s):\n${onGray}${body}`);
}

const MODES: Readonly<Record<BlendMode, PythonPart>> = {
  normal: mode('normal', [], '    return s'),
  multiply: mode('multiply', [], '    return b * s'),
  screen: mode('screen', [], '    return b + s - b * s'),
  overlay: mode('overlay', [hardLight], '    return hard_light(s, b)'),
  darken: mode('darken', [], '    return np.minimum(b, s)'),
  lighten: mode('lighten', [], '    return np.maximum(b, s)'),
  colorDodge: mode(
    'colorDodge',
    [EDGE],
    '    return np.select([b <= EDGE, s == 1], [0, 1], np.minimum(1, b / (1 - s)))',
  ),
  colorBurn: mode(
    'colorBurn',
    [EDGE],
    '    return np.select([b >= 1 - EDGE, s == 0], [1, 0], 1 - np.minimum(1, (1 - b) / s))',
  ),
  hardLight,
  softLight: mode(
    'softLight',
    [],
    `    raised = np.where(b <= 0.25, ((16 * b - 12) * b + 4) * b, np.sqrt(b))
    return np.where(s <= 0.5, b - (1 - 2 * s) * b * (1 - b), b + (2 * s - 1) * (raised - b))`,
  ),
  difference: mode('difference', [], '    return np.abs(b - s)'),
  exclusion: mode('exclusion', [], '    return b + s - 2 * b * s'),
  hue: mode(
    'hue',
    [withSaturation, withLight, range, light],
    '    return with_light(with_saturation(s, saturation_of(b)), light(b))',
    'b',
  ),
  saturation: mode(
    'saturation',
    [withSaturation, withLight, range, light],
    '    return with_light(with_saturation(b, saturation_of(s)), light(b))',
    'b',
  ),
  color: mode('color', [withLight, light], '    return with_light(s, light(b))', 'b'),
  luminosity: mode('luminosity', [withLight, light], '    return with_light(b, light(s))', 's'),
};

/** The table of the blend modes that a script uses, by the names that recipes and layers give them. */
export function modesPart(used: ReadonlySet<BlendMode>): PythonPart {
  const chosen = [...used].sort();
  const entries = chosen.map((name) => `${pythonText(name)}: ${MODES[name].name}`);
  return part(
    'MODES',
    chosen.map((name) => MODES[name]),
    `# How the colours of a backdrop b and a source s, 0..1, are mixed (W3C Compositing and Blending Level 1).\nMODES = {${entries.join(', ')}}`,
  );
}

const unit = part(
  'unit',
  [colourCount, luma, toColour, top],
  `
def unit(image, colours):
    """Colours as 0..1, gray repeated or colour as its unrounded luma where they must be 3 or 1; and alpha."""
    if colours == 3:
        image = to_colour(image)
    values = image / top(image)
    alpha = values[..., -1:] if image.shape[2] in (2, 4) else np.ones(image.shape[:2] + (1,))
    colour = values[..., :colour_count(image)]
    if colours == 1 and colour.shape[2] == 3:
        colour = luma(colour[..., :1], colour[..., 1:2], colour[..., 2:])
    return colour, alpha`,
);

const over = part(
  'over',
  [],
  `
def over(backdrop, source, mode, opacity):
    """
    One picture over another, both (colour, alpha), straight and unrounded:
    ao = as + ab (1 - as),  Co = [as (1 - ab) Cs + as ab B(Cb, Cs) + (1 - as) ab Cb] / ao
    """
    (cb, ab), (cs, alpha) = backdrop, source
    a = alpha * opacity
    ao = a + ab * (1 - a)
    mixed = MODES[mode](cb, cs)
    co = (a * (1 - ab)) / ao * cs + (a * ab) / ao * mixed + ((1 - a) * ab) / ao * cb
    return np.where(a == 0, cb, co), np.where(a == 0, ab, ao)`,
);

const nothing = part(
  'nothing',
  [],
  `
def nothing(height, width, colours):
    """Colour and alpha of a picture that is fully transparent."""
    return np.zeros((height, width, colours)), np.zeros((height, width, 1))`,
);

const storedUnit = part(
  'stored_unit',
  [store],
  `
def stored_unit(composed, T, with_alpha):
    """Colour and alpha, 0..1, as a picture of levels."""
    colour, alpha = composed
    values = np.concatenate([colour, alpha], axis=2) if with_alpha else colour
    return store(values * T, T).astype(np.uint16 if T == 65535 else np.uint8)`,
);

/** Needs `MODES` of the script besides. */
export const blendStep = part(
  'blend',
  [nothing, unit, over, storedUnit, colourCount, toDepth, top],
  `
def blend(image, source, mode="normal", opacity=1):
    """Composes a second picture of the same size over this one."""
    if opacity == 0:
        return image
    if source.shape[:2] != image.shape[:2]:
        sys.exit("the second picture of a blend must have the size of the first")
    T, colours = top(image), colour_count(image)
    source = to_depth(source, image.itemsize * 8)
    composed = over(nothing(*image.shape[:2], colours), unit(image, colours), "normal", 1)
    composed = over(composed, unit(source, colours), mode, opacity)
    return stored_unit(composed, T, image.shape[2] in (2, 4))`,
);

/** Needs `MODES` of the script besides. */
export const compose = part(
  'compose',
  [nothing, unit, over, storedUnit, colourCount, toColour, top],
  `
def compose(layers, width, height, depth, colour, alpha):
    """
    The layers (picture, mode, opacity), bottom first, each centred on the canvas and transparent outside itself,
    composed in float64 and rounded once. RGB as soon as one has colour; a single opaque one stays as it is.
    """
    colours = 3 if colour or any(colour_count(image) == 3 for image, _, _ in layers) else 1
    fits = [image.shape[:2] == (height, width) for image, _, _ in layers]
    if len(layers) == 1 and fits[0] and layers[0][1:] == ("normal", 1):
        return to_colour(layers[0][0]) if colours == 3 else layers[0][0]
    opaque = any(
        covers and opacity == 1 and image.shape[2] in (1, 3) for (image, _, opacity), covers in zip(layers, fits)
    )
    composed = nothing(height, width, colours)
    for image, mode, opacity in layers:
        y, x = (height - image.shape[0]) // 2, (width - image.shape[1]) // 2
        to = np.s_[max(0, y):max(0, y + image.shape[0]), max(0, x):max(0, x + image.shape[1])]
        part = image[max(0, -y):max(0, height - y), max(0, -x):max(0, width - x)]
        below = tuple(plane[to] for plane in composed)
        for plane, result in zip(composed, over(below, unit(part, colours), mode, opacity)):
            plane[to] = result
    return stored_unit(composed, 2**depth - 1, alpha or not opaque)`,
);

export const withoutNeedlessAlpha = part(
  'without_needless_alpha',
  [top],
  `
def without_needless_alpha(image):
    """Alpha is kept only where something is transparent."""
    if image.shape[2] in (2, 4) and (image[..., -1] == top(image)).all():
        return image[..., :-1]
    return image`,
);
