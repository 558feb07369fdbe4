import { part } from '../part';
import { samples, scale, stored } from '../parts/samples';
import { onlyChannel } from '../parts/tones';

export const levels = part(
  'levels',
  [samples, stored, onlyChannel, scale],
  `
def levels(image, in_black=0, in_white=255, gamma=1, out_black=0, out_white=255, channel="rgb"):
    """p = clamp((r - inBlack) / (inWhite - inBlack), 0, 1); outBlack + p^(1/gamma) (outWhite - outBlack)"""
    r, K = samples(image), scale_of(image)
    p = np.clip((r - in_black * K) / ((in_white - in_black) * K), 0, 1)
    result = out_black * K + p ** (1 / gamma) * (out_white - out_black) * K
    return stored(image, only_channel(channel, result, r))`,
);
