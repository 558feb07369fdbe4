import { part } from '../part';
import { beyond } from '../parts/boundaries';
import { samples, stored } from '../parts/samples';

export const median = part(
  'median',
  [samples, stored, beyond],
  `
def median(image, size, boundary="symmetric"):
    """The middle one of the size x size samples around each; of an even number the upper of the two."""
    return stored(image, ndimage.median_filter(samples(image), (size, size, 1), mode=BEYOND[boundary]))`,
);
