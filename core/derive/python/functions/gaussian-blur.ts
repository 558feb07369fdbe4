import { part } from '../part';
import { beyond } from '../parts/boundaries';
import { samples, scale, stored } from '../parts/samples';

export const gaussianMean = part(
  'gaussian_mean',
  [samples, beyond, scale],
  `
def gaussian_mean(image, sigma, truncate, boundary, constant):
    """Rows, then columns, weighted by a bell curve; unrounded."""
    mode, outside = BEYOND[boundary], constant * scale_of(image)
    return ndimage.gaussian_filter(samples(image), (sigma, sigma, 0), mode=mode, cval=outside, truncate=truncate)`,
);

export const gaussianBlur = part(
  'gaussian_blur',
  [gaussianMean, stored],
  `
def gaussian_blur(image, sigma, truncate=4, boundary="symmetric", constant=0):
    return stored(image, gaussian_mean(image, sigma, truncate, boundary, constant))`,
);
