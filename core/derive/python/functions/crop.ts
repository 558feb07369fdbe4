import { part } from '../part';

export const crop = part(
  'crop',
  [],
  `
def crop(image, x, y, width, height):
    """The rectangle, as far as it lies in the picture."""
    return image[y:y + height, x:x + width]`,
);
