import { part } from '../part';
import { byPlanes } from '../parts/planes';
import { top } from '../parts/samples';

export const equalize = part(
  'equalize',
  [byPlanes, top],
  `
def equalize(image, normalization="cdf", color_mode="value"):
    """T C(v) / N, with C(v) the number of samples up to v; cdfMin takes the darkest level to black."""
    T = top(image)

    def evened(plane):
        plane = plane.astype(np.int64)
        counts = np.bincount(plane.ravel(), minlength=T + 1)
        if counts.max() == plane.size:
            return plane
        least = counts[plane.min()] if normalization == "cdfMin" else 0
        return (T * np.maximum(0, counts.cumsum() - least) / (plane.size - least))[plane]

    return by_planes(image, evened, color_mode)`,
);
