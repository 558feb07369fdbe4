"""
The tutorials' box blur by scipy.signal.convolve2d, for tutorial.test.ts: for every size the exact sums of the windows (a kernel of ones
over whole numbers) as int64, then the same with the kernel of the tutorials, 1/k^2, as float64. Usage: tutorial_sums.py RAW WIDTH HEIGHT
OUTPUT SIZE...
"""

import sys

import numpy as np
from scipy import signal

raw, width, height, output = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
image = np.fromfile(raw, np.uint8).reshape(height, width, 3)


def blurred(v, kernel):
    channels = [signal.convolve2d(v[..., c], kernel, mode="same", boundary="symm") for c in range(3)]
    return np.stack(channels, axis=2)


with open(output, "wb") as file:
    for size in map(int, sys.argv[5:]):
        file.write(blurred(image.astype(np.int64), np.ones((size, size), np.int64)).astype("<i8").tobytes())
        file.write(blurred(image, np.full((size, size), 1 / size**2)).astype("<f8").tobytes())
