import { part } from '../part';
import { percentile as percentileOf } from '../parts/percentile';
import { samples, stored, top } from '../parts/samples';

export const whiteBalance = part(
  'white_balance',
  [percentileOf, samples, stored, top],
  `
def white_balance(image, method, percentile=99, neutral=None, gains=None, measured=None):
    """Every channel times its gain; a gray picture stays as it is."""
    v = samples(image)
    if v.shape[2] == 1:
        return image
    if measured is not None:
        gains = np.array(measured["gains"])
    elif method == "grayWorld":
        means = v.mean(axis=(0, 1))
        gains = np.where(means == 0, 1, means.mean() / means)
    elif method == "whitePatch":
        light = np.array([percentile_of(v[..., c], percentile) for c in range(3)])
        gains = np.where(light == 0, 1, top(image) / light)
    elif method == "neutral":
        gains = np.mean(neutral) / np.array(neutral)
    return stored(image, v * gains)`,
);
