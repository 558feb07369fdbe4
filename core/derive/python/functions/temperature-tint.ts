import { part } from '../part';
import { decodeSrgb, encodeSrgb, samples, stored, toColour, top } from '../parts/samples';

export const temperatureTint = part(
  'temperature_tint',
  [decodeSrgb, encodeSrgb, samples, stored, toColour, top],
  `
def temperature_tint(image, temperature=0, tint=0):
    """Gains of red, green and blue in linear light, scaled so that a gray keeps its brightness."""
    image = to_colour(image)
    T = top(image)
    gains = np.array([2 ** (temperature / 200), 2 ** (-tint / 200), 2 ** (-temperature / 200)])
    gains /= 0.2126 * gains[0] + 0.7152 * gains[1] + 0.0722 * gains[2]
    return stored(image, T * encode_srgb(np.clip(decode_srgb(samples(image) / T) * gains, 0, 1)))`,
);
