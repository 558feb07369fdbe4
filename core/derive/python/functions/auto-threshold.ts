import { part } from '../part';
import { luma, rgb, scale, store, stored, top } from '../parts/samples';

const otsu = part(
  'otsu',
  [],
  `
def otsu(counts):
    """The smallest level that makes the variance between dark and light greatest."""
    levels = np.arange(len(counts))
    dark, total = counts.cumsum()[:-1], (counts * levels).cumsum()
    light = counts.sum() - dark
    variance = dark * light * (total[:-1] / dark - (total[-1] - total[:-1]) / light) ** 2
    return np.where(dark == 0, 0, variance).argmax()`,
);

const li = part(
  'li',
  [],
  `
def li(counts):
    """Least cross-entropy, approached until it moves by half a level at most."""

    def mean(part, first):
        return (part * (first + np.arange(len(part)))).sum() / part.sum()

    t, change = mean(counts, 0), np.inf
    while change > 0.5:
        above = int(t) + 1
        dark, light = mean(counts[:above], 0), mean(counts[above:], above)
        before, t = t, (dark - light) / (np.log(dark) - np.log(light))
        change = abs(t - before)
    return t`,
);

const triangle = part(
  'triangle',
  [],
  `
def triangle(counts):
    """The level farthest below the line from the histogram's longer end to its peak."""
    last, peak = len(counts) - 1, counts.argmax()
    mirrored = peak < last - peak
    if mirrored:
        counts, peak = counts[::-1], last - peak
    t = (counts[peak] * np.arange(peak) - peak * counts[:peak]).argmax()
    return last - t if mirrored else t`,
);

export const autoThreshold = part(
  'auto_threshold',
  [luma, rgb, scale, store, stored, top, otsu, li, triangle],
  `
def auto_threshold(image, method="otsu", measured=None):
    """White where the luma is above a threshold that its own histogram decides, else black."""
    T = top(image)
    Y = store(luma(*rgb(image)), T).astype(np.int64)
    counts, lowest = np.bincount(Y.ravel()).astype(np.float64), Y.min()
    if measured is not None:
        t = measured["threshold"] * scale_of(image)
    elif lowest == Y.max():
        t = lowest
    elif method == "otsu":
        t = otsu(counts)
    elif method == "mean":
        t = Y.sum() / Y.size
    else:
        t = lowest + {"li": li, "triangle": triangle}[method](counts[lowest:])
    return stored(image, np.where(Y > t, T, 0))`,
);
