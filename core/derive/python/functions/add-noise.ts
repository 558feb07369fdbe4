import { part } from '../part';
import { samples, scale, stored, top } from '../parts/samples';

const hash32 = part(
  'hash32',
  [],
  `
def hash32(z):
    """Scatters whole numbers, modulo 2^32, so that neighbours have nothing in common."""
    z = (np.asarray(z) % 2**32).astype(np.uint32)
    z = (z ^ (z >> np.uint32(16))) * np.uint32(0x7FEB352D)
    z = (z ^ (z >> np.uint32(15))) * np.uint32(0x846CA68B)
    return (z ^ (z >> np.uint32(16))).astype(np.int64)`,
);

export const addNoise = part(
  'add_noise',
  [hash32, samples, stored, top, scale],
  `
def add_noise(image, distribution="gaussian", amount=10, monochrome=False, seed=0):
    """Grain that a sample's position and the seed alone decide."""
    v, T = samples(image), top(image)
    y, x, channel = np.ogrid[:v.shape[0], :v.shape[1], :v.shape[2]]
    key = hash32(hash32(hash32(seed ^ 0x9E3779B9) + x) + y) + (0 if monochrome else 16 * channel)
    u1, u2 = (hash32(key) + 0.5) / 2**32, (hash32(key + 1) + 0.5) / 2**32
    if distribution == "uniform":
        return stored(image, v + scale_of(image) * amount * (2 * u1 - 1))
    if distribution == "gaussian":
        return stored(image, v + scale_of(image) * amount * np.sqrt(-2 * np.log(u1)) * np.cos(2 * np.pi * u2))
    return stored(image, np.where(u1 < amount / 100, np.where(u2 >= 0.5, T, 0), v))`,
);
