import { part } from '../part';
import { store, top } from '../parts/samples';
import { outside } from '../parts/tones';

export const canvasSize = part(
  'canvas_size',
  [store, top, outside],
  `
def canvas_size(image, width, height, anchor_x="center", anchor_y="center", fill=None):
    """The picture on another canvas, unscaled: moved by all, none or half of what is gained, rounded down."""
    share = {"left": 0, "top": 0, "center": 0.5, "right": 1, "bottom": 1}
    x = math.floor((width - image.shape[1]) * share[anchor_x])
    y = math.floor((height - image.shape[0]) * share[anchor_y])
    canvas = np.empty((height, width, image.shape[2]), image.dtype)
    canvas[:] = store(outside(image, fill), top(image))
    shown = image[max(0, -y):max(0, height - y), max(0, -x):max(0, width - x)]
    y, x = max(0, y), max(0, x)
    canvas[y:y + shown.shape[0], x:x + shown.shape[1]] = shown
    return canvas`,
);
