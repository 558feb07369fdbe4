import { part } from '../part';
import { samples, stored } from '../parts/samples';

export const pixelate = part(
  'pixelate',
  [samples, stored],
  `
def pixelate(image, size=8):
    """Each block of size x size, from the top left, becomes its mean; at right and bottom, of what is there."""
    v = samples(image)
    y, x = np.arange(0, v.shape[0], size), np.arange(0, v.shape[1], size)
    rows, columns = np.diff(y, append=v.shape[0]), np.diff(x, append=v.shape[1])
    sums = np.add.reduceat(np.add.reduceat(v, y, axis=0), x, axis=1)
    means = sums / np.outer(rows, columns)[..., np.newaxis]
    return stored(image, means.repeat(rows, axis=0).repeat(columns, axis=1))`,
);
