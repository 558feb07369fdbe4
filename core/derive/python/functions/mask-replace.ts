import { part } from '../part';
import { luma, rgb, samples, scale, store, stored, top } from '../parts/samples';
import { tones } from '../parts/tones';

export const maskReplace = part(
  'mask_replace',
  [luma, rgb, samples, store, stored, top, tones, scale],
  `
def mask_replace(image, conditions, combine="and", scope="pixel", *, replacement):
    """Paints over the pixels, or samples, for which the conditions hold, combined from left to right."""
    T = top(image)
    R, G, B = rgb(image)
    looked_at = {"r": R, "g": G, "b": B, "luma": store(luma(R, G, B), T), None: samples(image)}
    compare = {
        "<": operator.lt,
        "<=": operator.le,
        ">": operator.gt,
        ">=": operator.ge,
        "==": operator.eq,
        "!=": operator.ne,
    }
    join = {"and": operator.and_, "or": operator.or_, "xor": operator.xor}[combine]
    selected = None
    for condition in conditions:
        level = condition["value"] * scale_of(image)
        holds = compare[condition["op"]](looked_at[condition.get("channel")], level)
        selected = holds if selected is None else join(selected, holds)
    return stored(image, np.where(selected, tones(replacement, image), samples(image)))`,
);
