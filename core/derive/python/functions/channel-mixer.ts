import { part } from '../part';
import { rgb, scale, stored, toColour } from '../parts/samples';

export const channelMixer = part(
  'channel_mixer',
  [rgb, stored, toColour, scale],
  `
def channel_mixer(image, matrix=[[1, 0, 0], [0, 1, 0], [0, 0, 1]], offset=[0, 0, 0]):
    """Every new channel is a sum of the old ones, weighted by its row of the matrix."""
    image = to_colour(image)
    R, G, B = rgb(image)
    M = np.array(matrix, np.float64)
    return stored(image, M[:, 0] * R + M[:, 1] * G + M[:, 2] * B + np.array(offset) * scale_of(image))`,
);
