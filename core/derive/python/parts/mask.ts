/** Masks as numpy writes them (docs/masks.md): the same doubles as core/kernels/mask.ts, and so the same levels. */

import { part } from '../part';
import { lumaPicture } from './limits';
import { store, top } from './samples';

const boxDistance = part(
  'box_distance',
  [],
  `
def box_distance(shape, x, y, left, above, width, height):
    """How far inside a rectangle or an ellipse; negative outside."""
    a, b = width / 2, height / 2
    if shape == "ellipse":
        u, v = (x - (left + a)) / a, (y - (above + b)) / b
        q = np.sqrt(u * u + v * v)
        return np.where(q == 0, min(a, b), (1 - q) * q / np.sqrt((u / a) * (u / a) + (v / b) * (v / b)))
    across = np.maximum(left - x, x - (left + width))
    down = np.maximum(above - y, y - (above + height))
    ox, oy = np.maximum(across, 0), np.maximum(down, 0)
    return -(np.sqrt(ox * ox + oy * oy) + np.minimum(np.maximum(across, down), 0))`,
);

const polygonDistance = part(
  'polygon_distance',
  [],
  `
def polygon_distance(x, y, points):
    """How far inside a polygon, by its nearest edge; negative outside."""
    squares, inside = np.inf, False
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1]):
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        h = np.clip(((x - ax) * dx + (y - ay) * dy) / length, 0, 1) if length else 0
        ex, ey = x - ax - h * dx, y - ay - h * dy
        squares = np.minimum(squares, ex * ex + ey * ey)
        if dy:
            inside = inside ^ (((ay > y) != (by > y)) & ((bx - ax) * (y - ay) / (by - ay) + ax > x))
    return np.where(inside, 1, -1) * np.sqrt(squares)`,
);

const maskShare = part(
  'mask_share',
  [boxDistance, polygonDistance, lumaPicture, top],
  `
def mask_share(image, shape, x=None, y=None, width=None, height=None, points=None, feather=0, source=None):
    """The share of a shape in every pixel, 0..1: a smooth ramp of the feather's length to either side of its edge."""
    if shape == "picture":
        picture = read_image(source) if isinstance(source, str) else read_image_in(*source)
        return luma_picture(picture)[..., 0] / top(picture)
    down, across = (axis + 0.5 for axis in np.ogrid[: image.shape[0], : image.shape[1]])
    if shape == "polygon":
        distance = polygon_distance(across, down, points)
    else:
        distance = box_distance(shape, across, down, x, y, width, height)
        feather = min(feather, width / 2, height / 2)
    s = np.clip(0.5 + distance / (2 * max(0.5, feather)), 0, 1)
    return s * s * (3 - 2 * s)`,
);

/** Calls \`read_image\`, which every script has. */
export const maskLevels = part(
  'mask_levels',
  [maskShare, store],
  `
def mask_levels(image, parts, inverted=False):
    """Where a step shows, 0..255: shapes joined in order, in pixels of the picture."""
    share = 0 if parts[0].get("mode", "add") == "add" else 1
    for part in parts:
        own = mask_share(image, **{name: value for name, value in part.items() if name != "mode"})
        mode = part.get("mode", "add")
        share = np.maximum(share, own) if mode == "add" else np.minimum(share, own if mode == "intersect" else 1 - own)
    return store(255 * (1 - share if inverted else share), 255)`,
);
