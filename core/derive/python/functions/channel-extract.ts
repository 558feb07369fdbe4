import { part } from '../part';
import { alpha, samples, stored } from '../parts/samples';
import { onlyChannel } from '../parts/tones';

export const channelExtract = part(
  'channel_extract',
  [alpha, samples, stored, onlyChannel],
  `
def channel_extract(image, channel, display="gray"):
    """One channel alone, in all of them or in its own colour; alpha always as gray."""
    v = samples(image)
    if channel == "a":
        return stored(image, alpha(image))
    if v.shape[2] == 1:
        return image
    if display == "color":
        return stored(image, only_channel(channel, v, np.zeros_like(v)))
    return stored(image, v[..., ["rgb".index(channel)]])`,
);
