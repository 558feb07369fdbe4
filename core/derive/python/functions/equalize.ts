import { part } from '../part';
import { samples, stored, top } from '../parts/samples';

export const equalize = part(
  'equalize',
  [samples, stored, top],
  `
def equalize(image, normalization="cdf", color_mode="value"):
    """T C(v) / N, with C(v) the number of samples up to v; cdfMin takes the darkest level to black."""
    v, T = samples(image), top(image)

    def evened(plane):
        plane = plane.astype(np.int64)
        counts = np.bincount(plane.ravel(), minlength=T + 1)
        if counts.max() == plane.size:
            return plane
        least = counts[plane.min()] if normalization == "cdfMin" else 0
        return (T * np.maximum(0, counts.cumsum() - least) / (plane.size - least))[plane]

    if color_mode == "perChannel":
        return stored(image, np.stack([evened(v[..., c]) for c in range(v.shape[2])], axis=2))
    V = v.max(axis=2, keepdims=True)
    changed = evened(V)
    return stored(image, np.where(V == 0, changed, v * changed / V))`,
);
