/** Percentiles in the engine's own arithmetic: where two of them nearly agree, the last bit decides whether they are equal. */

import { part } from '../part';

export const percentile = part(
  'percentile_of',
  [],
  `
def percentile_of(v, p):
    """The level below which p per cent of the samples lie, between neighbours as np.percentile has it."""
    ordered = np.sort(v, axis=None)
    position = (ordered.size - 1) * p / 100
    low = int(position)
    return ordered[low] + (ordered[min(low + 1, ordered.size - 1)] - ordered[low]) * (position - low)`,
);
