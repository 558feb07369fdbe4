import { part } from '../part';
import { byPlanes } from '../parts/planes';
import { top } from '../parts/samples';

const clipped = part(
  'clipped',
  [],
  `
def clipped(counts, limit):
    """Counts cut to a limit; what was cut off is handed out to all alike, and what is left of it one by one."""
    excess = np.maximum(0, counts - limit).sum()
    counts = np.minimum(counts, limit)
    share = excess // len(counts)
    low = counts < limit - share
    counts[low] += share
    excess -= share * np.count_nonzero(low)
    near = (counts >= limit - share) & (counts < limit)
    excess -= (limit - counts[near]).sum()
    counts[near] = limit
    before = None
    while excess > 0 and excess != before:
        before = excess
        for first in range(len(counts)):
            step = max(1, np.count_nonzero(counts < limit) // excess)
            free = counts[first::step] < limit
            counts[first::step] += free
            excess -= np.count_nonzero(free)
            if excess <= 0:
                break
    return counts`,
);

export const clahe = part(
  'clahe',
  [clipped, byPlanes, top],
  `
def clahe(image, tile_width=None, tile_height=None, clip_limit=0.01, bins=256, color_mode="value"):
    """
    Contrast-limited adaptive histogram equalisation (K. Zuiderveld) as in skimage.exposure.equalize_adapthist:
    every tile has a table that evens out its own histogram, and a pixel takes the tables of the four tiles around
    in proportion. Tables count on a grid of 14 bits.
    """
    T, (height, width) = top(image), image.shape[:2]
    th, tw = tile_height or max(1, height // 8), tile_width or max(1, width // 8)
    down, across, pixels = -(-height // th), -(-width // tw), th * tw
    limit = int(max(1, clip_limit * pixels)) if clip_limit else pixels

    def evened(plane):
        least, most = plane.min(), plane.max()
        if least == most:
            return plane
        level = np.rint((plane - least) / (most - least) * 16383).astype(np.int64) // (1 + 16384 // bins)
        tiles = np.pad(level, ((0, down * th - height), (0, across * tw - width)), mode="reflect")
        tiles = tiles.reshape(down, th, across, tw).swapaxes(1, 2).reshape(-1, pixels)
        counts = np.array([clipped(np.bincount(tile, minlength=bins), limit) for tile in tiles])
        tables = np.minimum(16383, 16383 * counts.cumsum(axis=1) // pixels).reshape(down, across, bins)

        (i, y), (j, x) = (np.divmod(np.arange(n) + t // 2, t) for n, t in ((height, th), (width, tw)))
        i, y = i[:, np.newaxis], y[:, np.newaxis]
        up, low = np.maximum(i - 1, 0), np.minimum(i, down - 1)
        left, right = np.maximum(j - 1, 0), np.minimum(j, across - 1)
        upper = (tw - x) * tables[up, left, level] + x * tables[up, right, level]
        lower = (tw - x) * tables[low, left, level] + x * tables[low, right, level]
        mixed = ((th - y) * upper + y * lower) // pixels
        least, most = mixed.min(), mixed.max()
        if least == most:
            return np.full(plane.shape, T if least > 0 else 0)
        return T * (mixed - least) / (most - least)

    return by_planes(image, evened, color_mode)`,
);
