import { part } from '../part';
import { samples, stored, top } from '../parts/samples';
import { tones } from '../parts/tones';

export const circularMask = part(
  'circular_mask',
  [samples, stored, top, tones],
  `
def circular_mask(image, center_x=None, center_y=None, radius=None, fill=0):
    """Paints over everything outside a circle, by default one in the middle and as high as the picture."""
    height, width = image.shape[:2]
    center_x = width / 2 if center_x is None else center_x
    center_y = height / 2 if center_y is None else center_y
    radius = height / 2 if radius is None else radius
    y, x, _ = np.ogrid[:height, :width, :1]
    outside = (x - center_x) * (x - center_x) + (y - center_y) * (y - center_y) > radius * radius
    return stored(image, np.where(outside, tones(fill, image), samples(image)))`,
);
