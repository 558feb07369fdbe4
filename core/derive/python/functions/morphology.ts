import { part } from '../part';
import { samples, stored } from '../parts/samples';

export const morphology = part(
  'morphology',
  [samples, stored],
  `
def morphology(image, operation, shape="square", *, radius, iterations=1):
    """The smallest (erode) or largest (dilate) sample under an element; outside the picture there is none."""
    dy, dx = np.ogrid[-radius:radius + 1, -radius:radius + 1]
    inside = {
        "square": np.ones((2 * radius + 1, 2 * radius + 1), bool),
        "cross": dy * dx == 0,
        "disk": dx * dx + dy * dy <= radius * radius,
    }
    element = inside[shape][..., np.newaxis]
    stages = {"open": ["erode", "dilate"], "close": ["dilate", "erode"]}.get(operation, [operation])
    v = samples(image)
    for stage in stages:
        for _ in range(iterations):
            if stage == "erode":
                v = ndimage.minimum_filter(v, footprint=element, mode="constant", cval=np.inf)
            else:
                v = ndimage.maximum_filter(v, footprint=element, mode="constant", cval=-np.inf)
    return stored(image, v)`,
);
