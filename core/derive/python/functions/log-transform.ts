import { part } from '../part';
import { luma, rgb, samples, scale, stored } from '../parts/samples';

export const logTransform = part(
  'log_transform',
  [luma, rgb, samples, stored, scale],
  `
def log_transform(image, source="image", color_mode="perChannel", measured=None):
    """K c ln(1 + u), u the sample on the 255 scale; c takes the largest sample M to white."""
    K = scale_of(image)
    u = (luma(*rgb(image)) if color_mode == "gray" else samples(image)) / K
    if source == "range":
        M = 255
    elif measured is not None:
        M = np.array(measured["max"])
    elif source == "channel":
        M = u.max(axis=(0, 1))
    else:
        M = u.max()
    c = np.where(M == 0, 0, 255 / np.log(1 + M))
    return stored(image, K * c * np.log(1 + u))`,
);
