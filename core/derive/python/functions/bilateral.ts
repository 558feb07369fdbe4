import { part } from '../part';
import { padded } from '../parts/boundaries';
import { samples, scale, stored } from '../parts/samples';

export const bilateral = part(
  'bilateral',
  [samples, stored, padded, scale],
  `
def bilateral(image, radius, sigma_color, sigma_space, boundary="symmetric", constant=0):
    """The mean of the neighbours in a disk, weighted by nearness and by likeness over all channels."""
    v, K = samples(image), scale_of(image)
    height, width = v.shape[:2]
    around = padded(v, 2 * radius + 1, 2 * radius + 1, boundary, constant * K)

    def bell(x, sigma):
        return np.where(x == 0, 1, np.exp(-(x * x) / (2 * sigma * sigma)))

    total, weights = np.zeros_like(v), np.zeros((height, width, 1))
    for dy in range(-radius, radius + 1):
        for dx in range(-radius, radius + 1):
            if dx * dx + dy * dy > radius * radius:
                continue
            n = around[radius + dy:radius + dy + height, radius + dx:radius + dx + width]
            difference = np.abs(n - v).sum(axis=2, keepdims=True)
            w = bell(np.hypot(dx, dy), sigma_space) * bell(difference, sigma_color * K)
            total += w * n
            weights += w
    return stored(image, total / weights)`,
);
