import { part } from '../part';

export const rotate90 = part(
  'rotate90',
  [],
  `
def rotate90(image, turns):
    """Quarter turns clockwise; numpy turns the other way."""
    return np.rot90(image, -turns)`,
);
