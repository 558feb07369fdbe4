import { part } from '../part';
import { padded } from '../parts/boundaries';
import { samples, stored } from '../parts/samples';

export const median = part(
  'median',
  [samples, stored, padded],
  `
def median(image, size, boundary="symmetric"):
    """The middle one of the size x size samples around each; of an even number the upper of the two."""
    v = samples(image)
    # Padded here: windows several times as large as the picture are more than scipy can extend by itself.
    middle = ndimage.median_filter(padded(v, size, size, boundary, 0), (size, size, 1))
    first = size // 2
    return stored(image, middle[first:first + v.shape[0], first:first + v.shape[1]])`,
);
