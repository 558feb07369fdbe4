import { part } from '../part';
import { percentile } from '../parts/percentile';
import { samples, scale, stored, top } from '../parts/samples';

export const percentileStretch = part(
  'percentile_stretch',
  [percentile, samples, scale, stored, top],
  `
def percentile_stretch(image, low=2, high=98, scope="image", measured=None):
    """Percentiles of the whole picture, or of each channel, become black and white."""
    r = samples(image)
    if measured is not None:
        lo, hi = (np.array(measured[name]) * scale_of(image) for name in ("low", "high"))
    else:
        parts = [r[..., c] for c in range(r.shape[2])] if scope == "channel" else [r]
        lo = np.array([percentile_of(part, low) for part in parts])
        hi = np.array([percentile_of(part, high) for part in parts])
    return stored(image, np.where(hi == lo, r, np.clip((r - lo) / (hi - lo), 0, 1) * top(image)))`,
);
