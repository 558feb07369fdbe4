import { part } from '../part';
import { asLight, covered, fromLight, keysCubic, uncovered } from '../parts/resampling';
import { store, top } from '../parts/samples';

const filters = part(
  'FILTERS',
  [keysCubic],
  `
# How far a filter reaches, and what a sample at a distance d weighs.
FILTERS = {
    "bilinear": (1, lambda d: 1 - np.abs(d)),
    "bicubic": (2, keys_cubic),
    "lanczos3": (3, lambda d: np.where((d % 1 == 0) & (d != 0), 0, np.sinc(d) * np.sinc(d / 3))),
}`,
);

const resampled = part(
  'resampled',
  [filters],
  `
def resampled(v, count, filter):
    """So many rows, each a weighted mean of those around; for fewer rows than there are the filter widens."""
    reach, weight = FILTERS[filter]
    old = len(v)
    # Places in halves of the finer grid, so that all are whole numbers.
    unit, center = 2 * max(old, count), (2 * np.arange(count) + 1) * old
    first = np.maximum(0, (center - reach * unit + count) // (2 * count))
    end = np.minimum(old, (center + reach * unit + count) // (2 * count))
    taps = first + np.arange((end - first).max())[:, np.newaxis]
    distance = ((2 * taps + 1) * count - center) / unit
    weights = np.where((taps < end) & (np.abs(distance) < reach), weight(distance), 0)
    weights /= weights.sum(axis=0)
    taps = np.minimum(taps, old - 1)
    return sum(w[:, np.newaxis, np.newaxis] * v[rows] for w, rows in zip(weights, taps))`,
);

export const resize = part(
  'resize',
  [resampled, covered, uncovered, asLight, fromLight, store, top],
  `
def resize(image, width, height, filter="lanczos3", linear_light=False):
    """Another size, as Pillow has it, in real numbers: along rows, then along columns, and rounded once."""
    if filter == "nearest" or (height, width) == image.shape[:2]:
        rows = (2 * np.arange(height) + 1) * image.shape[0] // (2 * height)
        columns = (2 * np.arange(width) + 1) * image.shape[1] // (2 * width)
        return image[rows][:, columns]
    T = top(image)
    v = covered(as_light(image) if linear_light else image.astype(np.float64))
    v = resampled(v.swapaxes(0, 1), width, filter).swapaxes(0, 1)
    v = uncovered(resampled(v, height, filter))
    return store(from_light(v, T) if linear_light else v, T).astype(image.dtype)`,
);
