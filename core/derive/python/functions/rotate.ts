import { part } from '../part';
import { covered, keysCubic, uncovered } from '../parts/resampling';
import { store, top } from '../parts/samples';
import { outside } from '../parts/tones';

const around = part(
  'around',
  [keysCubic],
  `
def around(place, interpolation):
    """The whole places around one that lies between, each with its weight."""
    first = np.floor(place).astype(int)
    beyond = place - first
    if interpolation == "bilinear":
        return [(first, 1 - beyond), (first + 1, beyond)]
    return [(first + k, keys_cubic(beyond - k)) for k in (-1, 0, 1, 2)]`,
);

export const rotate = part(
  'rotate',
  [around, covered, uncovered, outside, store, top],
  `
def rotate(image, angle, interpolation="bicubic", expand=True, fill=None):
    """Clockwise about the centre: every new pixel is put together from those around the place it comes from."""
    height, width = image.shape[:2]
    cos, sin = math.cos(angle * math.pi / 180), math.sin(angle * math.pi / 180)
    if angle % 90 == 0:
        cos, sin = [(1, 0), (0, 1), (-1, 0), (0, -1)][int(angle // 90) % 4]
    new_height, new_width = height, width
    if expand:
        new_height = math.ceil(abs(width * sin) + abs(height * cos) - 1e-9)
        new_width = math.ceil(abs(width * cos) + abs(height * sin) - 1e-9)
    dy, dx = np.ogrid[:new_height, :new_width]
    dy, dx = dy - (new_height - 1) / 2, dx - (new_width - 1) / 2
    x = dx * cos + dy * sin + (width - 1) / 2
    y = dy * cos - dx * sin + (height - 1) / 2
    # A border of one pixel stands for all that lies outside.
    v = np.empty((height + 2, width + 2, image.shape[2]))
    v[:] = outside(image, fill)
    v[1:-1, 1:-1] = image

    def pixels(row, column):
        return v[np.clip(row + 1, 0, height + 1), np.clip(column + 1, 0, width + 1)]

    T = top(image)
    if interpolation == "nearest" or (angle % 90 == 0 and x[0, 0] % 1 == 0 and y[0, 0] % 1 == 0):
        moved = pixels(np.floor(y + 0.5).astype(int), np.floor(x + 0.5).astype(int))
        return store(moved, T).astype(image.dtype)
    v, total = covered(v), 0
    for row, down in around(y, interpolation):
        along = sum(across[..., np.newaxis] * pixels(row, column) for column, across in around(x, interpolation))
        total = total + down[..., np.newaxis] * along
    return store(uncovered(total), T).astype(image.dtype)`,
);
