/** What lies beyond the edges (OPERATIONS.md 7.1): scipy has all five rules, under names of its own. */

import { part } from '../part';

export const beyond = part(
  'BEYOND',
  [],
  `
# What lies beyond the edges of a picture, as scipy.ndimage calls it.
BEYOND = {
    "symmetric": "reflect",
    "reflect": "mirror",
    "replicate": "nearest",
    "wrap": "wrap",
    "constant": "constant",
}`,
);

export const padded = part(
  'padded',
  [],
  `
def padded(v, rows, columns, boundary, outside):
    """The samples and what windows of rows x columns see beyond the edges; even ones reach further up and left."""

    def indices(size, n):
        i = np.arange(-(size // 2), n - size // 2 + size - 1)
        if boundary == "symmetric":
            i = i % (2 * n)
            return np.where(i < n, i, 2 * n - 1 - i)
        if boundary == "reflect":
            i = i % max(1, 2 * (n - 1))
            return np.where(i < n, i, 2 * (n - 1) - i)
        if boundary == "wrap":
            return i % n
        if boundary == "replicate":
            return np.clip(i, 0, n - 1)
        return np.where((i < 0) | (i >= n), -1, i)

    y, x = indices(rows, v.shape[0]), indices(columns, v.shape[1])
    result = v[y][:, x]
    result[y < 0] = result[:, x < 0] = outside
    return result`,
);
