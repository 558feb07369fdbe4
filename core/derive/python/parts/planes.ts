/** Operations on brightness that keep hue and saturation (OPERATIONS.md 2.3). */

import { part } from '../part';
import { samples, stored } from './samples';

export const byPlanes = part(
  'by_planes',
  [samples, stored],
  `
def by_planes(image, change, color_mode):
    """Every channel changed by itself; or V = max(R, G, B) changed, and every channel multiplied by V'/V."""
    v = samples(image)
    if color_mode == "perChannel":
        return stored(image, np.stack([change(v[..., c]) for c in range(v.shape[2])], axis=2))
    V = v.max(axis=2, keepdims=True)
    changed = change(V[..., 0])[..., np.newaxis]
    return stored(image, np.where(V == 0, changed, v * changed / V))`,
);
