import { part } from '../part';

export const flip = part(
  'flip',
  [],
  `
def flip(image, axis):
    return image[:, ::-1] if axis == "horizontal" else image[::-1]`,
);
