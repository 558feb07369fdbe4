import { part } from '../part';
import { padded } from '../parts/boundaries';
import { samples, scale, stored } from '../parts/samples';

export const boxBlur = part(
  'box_blur',
  [samples, stored, padded, scale],
  `
def box_blur(image, size, boundary="symmetric", constant=0):
    """The mean of the size x size window around every sample, by running sums."""
    sums = padded(samples(image), size, size, boundary, constant * scale_of(image))
    whole = (sums == np.floor(sums)).all()
    for axis in (0, 1):
        total = np.cumsum(sums, axis=axis)
        ends = np.moveaxis(total, axis, 0)[size - 1:]
        starts = np.concatenate([np.zeros_like(ends[:1]), np.moveaxis(total, axis, 0)[:-size]])
        sums = np.moveaxis(ends - starts, 0, axis)
    area = size * size
    # Sums of whole levels are exact, and so is their fraction.
    return stored(image, np.floor((2 * sums + area) / (2 * area)) if whole else sums / area)`,
);
