"""The same edit as edited-photo.mjs, by numpy and scipy.

usage: edited_photo.py PHOTO.rgb WIDTH HEIGHT SECOND.rgb WIDTH HEIGHT GAMMA SIZE OPACITY RESULT.rgb
Files are raw 8-bit RGB samples, row by row.
"""
import sys

import numpy as np
from scipy.ndimage import uniform_filter


def store(x):
    return np.clip(np.floor(x + 0.5 + 2.0**-20), 0, 255)


def read(path, width, height):
    return np.fromfile(path, np.uint8).reshape(int(height), int(width), 3).astype(np.float64)


photo_file, pw, ph, second_file, sw, sh, gamma, size, opacity, result_file = sys.argv[1:]
photo = read(photo_file, pw, ph)
second = read(second_file, sw, sh)
size = int(size)
opacity = float(opacity)

picture = 255 - photo
picture = store(255 * (picture / 255) ** (1 / float(gamma)))
for channel in range(3):
    plane = picture[..., channel]
    # "reflect" of scipy.ndimage is the half-sample symmetric rule; the mean is of whole levels, so it is exact before rounding.
    picture[..., channel] = store(uniform_filter(plane, size, mode="reflect"))

left = (photo.shape[1] - second.shape[1]) // 2
top = (photo.shape[0] - second.shape[0]) // 2
under = picture[top : top + second.shape[0], left : left + second.shape[1]] / 255
over = second / 255
picture[top : top + second.shape[0], left : left + second.shape[1]] = store(
    255 * (opacity * (under * over) + (1 - opacity) * under)
)
picture.astype(np.uint8).tofile(result_file)
