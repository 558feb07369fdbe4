import { part } from '../part';
import { colourCount, luma, rgb, samples, scale, stored, top } from '../parts/samples';

const ridges = part(
  'ridges',
  [],
  `
def ridges(slope, across, down):
    """Where no slope is greater one step up or down the slope, between the two neighbours there."""
    steep = np.abs(down) >= np.abs(across)
    share = np.where(steep, np.abs(across / down), np.abs(down / across))
    opposed = (down >= 0) & (across <= 0) | (down <= 0) & (across >= 0)
    up = np.where(opposed, -1, 1)
    y, x = np.ogrid[1:slope.shape[0] + 1, 1:slope.shape[1] + 1]
    framed = np.pad(slope, 1)

    def neighbour(sign):
        straight = np.where(steep, framed[y + sign * up, x], framed[y, x + sign])
        return framed[y + sign * up, x + sign] * share + straight * (1 - share)

    return (slope > 0) & (neighbour(1) <= slope) & (neighbour(-1) <= slope)`,
);

export const canny = part(
  'canny',
  [ridges, colourCount, luma, rgb, samples, stored, top, scale],
  `
def canny(image, sigma=1, low=25, high=50):
    """Canny's edges as skimage.feature.canny finds them: ridges of the slope, strong or joined to strong ones."""
    Y = (luma(*rgb(image)) if colour_count(image) == 3 else samples(image))[..., 0] / scale_of(image)

    def blurred(plane):
        return ndimage.gaussian_filter(plane, sigma, mode="constant")

    # The mean of what lies on the picture.
    smooth = blurred(Y) / (blurred(np.ones_like(Y)) + np.finfo(float).eps)
    across, down = ndimage.sobel(smooth, axis=1), ndimage.sobel(smooth, axis=0)
    slope = np.sqrt(across * across + down * down)
    edges = ridges(slope, across, down) & (slope >= low)
    edges[[0, -1]] = edges[:, [0, -1]] = False
    pieces, _ = ndimage.label(edges, np.ones((3, 3)))
    edges &= np.isin(pieces, pieces[edges & (slope >= high)])
    return stored(image, np.where(edges, top(image), 0)[..., np.newaxis])`,
  'The edges of canny are those of Burnish unless low is below a millionth of a level: then they are rounding errors.',
);
