import { part } from '../part';
import { samples, scale, stored } from '../parts/samples';
import { gaussianMean } from './gaussian-blur';

export const unsharpMask = part(
  'unsharp_mask',
  [gaussianMean, samples, stored, scale],
  `
def unsharp_mask(image, sigma, amount, threshold=0, boundary="symmetric", constant=0):
    """Adds what a blur would take away, where that is not too little."""
    v = samples(image)
    d = v - gaussian_mean(image, sigma, 4, boundary, constant)
    return stored(image, np.where(np.abs(d) >= threshold * scale_of(image), v + amount * d, v))`,
);
