import { part } from '../part';

export const statistics = part(
  'statistics',
  [],
  `
def statistics(image):
    """Prints what there is to know of every channel, and changes nothing."""
    v = image.reshape(-1, image.shape[2]).astype(np.float64)
    for name in ("min", "max", "mean", "std", "median"):
        print(name, *getattr(np, name)(v, axis=0))
    return image`,
);
