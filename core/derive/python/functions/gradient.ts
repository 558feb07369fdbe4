import { part } from '../part';
import { beyond } from '../parts/boundaries';
import { samples, scale, stored } from '../parts/samples';

export const gradient = part(
  'gradient',
  [samples, stored, beyond, scale],
  `
def gradient(image, operator="sobel", component="magnitude", scale=1, boundary="symmetric", constant=0):
    """How steeply the tones rise across (x) and down (y)."""
    smoothing = {"sobel": [1, 2, 1], "prewitt": [1, 1, 1], "scharr": [3, 10, 3]}[operator]
    across = np.outer(smoothing, [-1, 0, 1])
    mode, outside = BEYOND[boundary], constant * scale_of(image)
    gx, gy = (
        ndimage.correlate(samples(image), weights[..., np.newaxis], mode=mode, cval=outside)
        for weights in (across, across.T)
    )
    steepness = {"x": np.abs(gx), "y": np.abs(gy), "magnitude": np.sqrt(gx * gx + gy * gy)}
    return stored(image, scale * steepness[component])`,
);
