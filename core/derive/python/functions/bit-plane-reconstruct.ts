import { part } from '../part';
import { bitAnd, samples, stored, top } from '../parts/samples';

export const bitPlaneReconstruct = part(
  'bit_plane_reconstruct',
  [bitAnd, samples, stored, top],
  `
def bit_plane_reconstruct(image, planes, rescale=False):
    """Keeps some of the bits, and stretches them to the whole range if rescale."""
    mask = sum(2**plane for plane in planes)
    kept = bit_and(samples(image), mask)
    return stored(image, kept * top(image) / mask if rescale and planes else kept)`,
);
