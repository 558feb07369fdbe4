import { part } from '../part';
import { samples, scale, stored } from '../parts/samples';
import { onlyChannel } from '../parts/tones';

export const curves = part(
  'curves',
  [samples, stored, onlyChannel, scale],
  `
def curves(image, points, channel="rgb"):
    """The monotone cubic through the points (a line through two), on the 255 scale; constant beyond the ends."""
    r, K = samples(image), scale_of(image)
    x, y = np.array(points, np.float64).T
    u = np.clip(r / K, x[0], x[-1])
    tones = interpolate.PchipInterpolator(x, y)(u) if len(x) > 2 else np.interp(u, x, y)
    return stored(image, only_channel(channel, K * tones, r))`,
);
