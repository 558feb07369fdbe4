"""
The others' box blurs, for tutorial.mjs: times in ms and the samples they made, rounded by the rule of Burnish where they are
real. Usage: python3 tutorial_peers.py RAW WIDTH HEIGHT RUNS SIZE...
"""

import json
import platform
import sys
import time

import numpy as np
import scipy
from scipy import ndimage, signal


def stored(v):
    return np.clip(np.floor(v + 0.5 + 2**-20), 0, 255).astype(np.uint8)


def convolve2d(image, size):
    """As the tutorials do it: a kernel of equal weights, channel by channel."""
    kernel = np.full((size, size), 1 / size**2)
    channels = [signal.convolve2d(image[..., c], kernel, mode="same", boundary="symm") for c in range(3)]
    return np.stack(channels, axis=2)


def uniform_filter(image, size):
    return ndimage.uniform_filter(image, (size, size, 1), output=np.float64, mode="reflect")


raw, width, height, runs = sys.argv[1], *map(int, sys.argv[2:5])
sizes = list(map(int, sys.argv[5:]))
image = np.fromfile(raw, np.uint8).reshape(height, width, 3)
versions = f"Python {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}"
# One run of the slow one: it takes minutes.
contestants = [("scipy convolve2d", convolve2d, 1), ("scipy uniform_filter", uniform_filter, runs)]
try:
    import cv2

    cv2.setNumThreads(1)
    versions += f", OpenCV {cv2.__version__} (1 thread)"
    contestants.append(
        ("OpenCV blur", lambda v, size: cv2.blur(v, (size, size), borderType=cv2.BORDER_REFLECT), runs)
    )
except ImportError:
    pass

peers = []
for name, function, count in contestants:
    taken = {}
    for size in sizes:
        if count > 1:
            function(image, size)
        times = []
        for _ in range(count):
            began = time.perf_counter()
            result = function(image, size)
            times.append((time.perf_counter() - began) * 1000)
        path = f"{raw}-{name.replace(' ', '-')}-{size}"
        (stored(result) if result.dtype != np.uint8 else result).tofile(path)
        taken[str(size)] = {"times": times, "file": path}
    peers.append({"name": name, "sizes": taken})
json.dump({"versions": versions, "peers": peers}, sys.stdout)
