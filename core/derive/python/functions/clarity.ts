import { part } from '../part';
import { samples, stored, top } from '../parts/samples';
import { gaussianMean } from './gaussian-blur';

export const clarity = part(
  'clarity',
  [gaussianMean, samples, stored, top],
  `
def clarity(image, radius=30, amount=0):
    """v + amount/100 w (v - G), G the Gaussian mean around v, w = 1 - |2v/T - 1|^3: mid-tones change most."""
    v = samples(image)
    w = 1 - np.abs(2 * v / top(image) - 1) ** 3
    return stored(image, v + amount / 100 * w * (v - gaussian_mean(image, radius, 4, "symmetric", 0)))`,
);
