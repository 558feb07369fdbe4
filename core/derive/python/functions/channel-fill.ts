import { part } from '../part';
import { samples, scale, stored } from '../parts/samples';

export const channelFill = part(
  'channel_fill',
  [samples, stored, scale],
  `
def channel_fill(image, channels, value, rect=None):
    """Sets channels ("r" is also the gray one) to one tone, everywhere or in rect = [x, y, width, height]."""
    v = samples(image)
    left, top_row, width, height = rect or (0, 0, v.shape[1], v.shape[0])
    inside = np.s_[max(0, top_row):max(0, top_row + height), max(0, left):max(0, left + width)]
    for channel in range(v.shape[2]):
        if "rgb"[channel] in channels:
            v[inside + (channel,)] = value * scale_of(image)
    return stored(image, v)`,
);
