import { part } from '../part';
import { samples, scale, stored } from '../parts/samples';

export const kmeansQuantize = part(
  'kmeans_quantize',
  [samples, scale, stored],
  `
def kmeans_quantize(image, colors, max_iterations=100, measured=None):
    """Lloyd's algorithm on the distinct colours; the start splits the group that varies most at its mean."""
    v = samples(image)
    channels = v.shape[2]
    palette, first, place, counts = np.unique(
        v.reshape(-1, channels), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    # In the order in which they appear, so that sums are added in one order everywhere.
    order = np.argsort(first)
    palette, counts, place = palette[order], counts[order], np.argsort(order)[place.ravel()]

    def sums(values, groups, k):
        return np.stack([np.bincount(groups, counts * column, k) for column in values.T], axis=1)

    def means(groups, before):
        pixels = np.bincount(groups, counts, len(before))[:, np.newaxis]
        return np.where(pixels == 0, before, sums(palette, groups, len(before)) / pixels)

    def nearest(centres):
        squares = [(palette[:, [c]] - centres[:, c]) ** 2 for c in range(channels)]
        distance = squares[0] if channels == 1 else squares[0] + (squares[1] + squares[2])
        return distance.argmin(axis=1)

    if measured is not None:
        centres = np.array([np.broadcast_to(centre, channels) for centre in measured["centers"]]) * scale_of(image)
        return stored(image, centres[nearest(centres)[place]].reshape(v.shape))
    groups = np.zeros(len(palette), np.int64)
    for k in range(1, colors):
        middle = means(groups, np.zeros((k, channels)))
        spread = sums((palette - middle[groups]) ** 2, groups, k)
        widest = spread.sum(axis=1).argmax()
        if spread[widest].sum() == 0:
            break
        channel = spread[widest].argmax()
        groups[(groups == widest) & (palette[:, channel] > middle[widest, channel])] = k
    centres = means(groups, np.zeros((groups.max() + 1, channels)))
    for _ in range(max_iterations):
        assigned = nearest(centres)
        if (assigned == groups).all():
            break
        groups = assigned
        centres = means(groups, centres)
    return stored(image, centres[groups[place]].reshape(v.shape))`,
);
