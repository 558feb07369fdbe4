"""Makes the cases of test/oracle/generated: geometry and photographers' operations as numpy, scipy, scikit-image, OpenCV and Pillow
compute them, in the manifest format of test/oracle/reference. Nothing here is shared with the program: every function is the
definition written down once more, in doubles, and the library's own implementation where it has one.

    /usr/bin/python3 test/oracle/generate.py

needs Debian's python3-numpy, -scipy, -skimage, -opencv and -pil. The result is committed; running it again with the versions that the
manifest names changes nothing.
"""

import colorsys
import json
import math
import shutil
import struct
import sys
import zlib
from pathlib import Path

import cv2
import numpy as np
import PIL
import scipy
import skimage
from PIL import Image
from scipy import ndimage
from skimage import feature

HERE = Path(__file__).resolve().parent
OUT = HERE / "generated"

EXACT = {"maxAbs": 0, "maxFraction": 0, "why": "samples are moved or replaced, not computed"}
REAL8 = {"maxAbs": 1, "maxFraction": 0.002, "why": "real arithmetic: one level may differ only where the exact value lies within rounding noise of a half"}
REAL16 = {"maxAbs": 1, "maxFraction": 0.02, "why": "real arithmetic at 1/65535: single-precision noise (about 0.004 level) flips more roundings"}


def top_of(picture):
    return np.iinfo(picture.dtype).max


def store(values, top):
    """The rounding rule: half up, held between black and white."""
    return np.clip(np.floor(values + 0.5 + 2.0**-20), 0, top)


def stored(values, like):
    return store(values, top_of(like)).astype(like.dtype)


def read_png(path):
    """As (height, width, channels). Pillow reads 16-bit colour at 8 bits, so that is done here."""
    with open(path, "rb") as file:
        data = file.read()
    at, packed, header = 8, b"", None
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IHDR":
            header = struct.unpack(">IIBBBBB", body)
        if kind == b"IDAT":
            packed += body
    width, height, bits, colour, _, _, interlace = header
    if bits == 8:
        picture = np.asarray(Image.open(path))
        return picture.reshape(height, width, -1)
    assert interlace == 0
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    size = 2 * channels
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, 1 + width * size)
    out = np.zeros((height, width * size), np.uint8)
    for y in range(height):
        kind, line = rows[y, 0], rows[y, 1:].astype(np.int64)
        above = out[y - 1].astype(np.int64) if y else np.zeros(width * size, np.int64)
        for x in range(width * size):
            left = int(out[y, x - size]) if x >= size else 0
            corner = int(above[x - size]) if x >= size else 0
            up = int(above[x])
            if kind == 4:
                p = left + up - corner
                near = min((abs(p - left), 0, left), (abs(p - up), 1, up), (abs(p - corner), 2, corner))[2]
            else:
                near = [0, left, up, (left + up) // 2][kind]
            out[y, x] = (line[x] + near) & 255
    return out.reshape(height, width, channels, 2).astype(np.uint16) @ np.array([256, 1], np.uint16)


def write_png(path, picture):
    height, width, channels = picture.shape
    bits = picture.dtype.itemsize * 8
    colour = {1: 0, 2: 4, 3: 2, 4: 6}[channels]
    rows = picture.astype(">u2" if bits == 16 else "u1").reshape(height, -1).view(np.uint8).reshape(height, -1)
    # Differences to the pixel on the left, which pack better.
    size = channels * bits // 8
    shifted = np.zeros_like(rows)
    shifted[:, size:] = rows[:, :-size]
    lines = np.concatenate([np.ones((height, 1), np.uint8), rows - shifted], axis=1)

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    body = zlib.compress(lines.tobytes(), 9)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def parts_of(picture):
    """Colour as doubles, and alpha 0 … 1 or None."""
    channels = picture.shape[2]
    values = picture.astype(np.float64)
    if channels in (2, 4):
        return values[..., :-1], values[..., -1:] / top_of(picture)
    return values, None


def with_alpha(colour, picture):
    """New colour over the picture's own alpha."""
    if picture.shape[2] in (2, 4):
        return np.concatenate([colour, picture[..., -1:]], axis=2)
    return colour


def in_colour(picture):
    colour, _ = parts_of(picture)
    return picture if colour.shape[2] == 3 else with_alpha(np.repeat(picture[..., :1], 3, axis=2), picture)


def decoded(p):
    return np.where(p <= 0.04045, p / 12.92, ((p + 0.055) / 1.055) ** 2.4)


def encoded(p):
    p = np.maximum(p, 0)
    return np.where(p <= 0.0031308, 12.92 * p, 1.055 * p ** (1 / 2.4) - 0.055)


def fill_levels(fill, picture):
    """The pixel that stands outside a picture."""
    top, channels = top_of(picture), picture.shape[2]
    alpha = channels in (2, 4)
    colours = channels - alpha
    if fill is None:
        return np.zeros(channels)
    tone = np.broadcast_to(np.atleast_1d(fill)[:colours], colours) * (top / 255)
    return np.concatenate([tone, [top]]) if alpha else tone


def layers_of(picture, change):
    """What a function of OpenCV makes of each channel: it knows no picture of two."""
    return np.stack([change(np.ascontiguousarray(picture[..., c])) for c in range(picture.shape[2])], axis=2)


def flip(picture, axis):
    return layers_of(picture, lambda plane: cv2.flip(plane, 1 if axis == "horizontal" else 0))


def rotate90(picture, turns):
    codes = [cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE]
    return layers_of(picture, lambda plane: cv2.rotate(plane, codes[turns - 1]))


def crop(picture, x, y, width, height):
    return picture[y : y + height, x : x + width].copy()


def canvas_size(picture, width, height, anchorX="center", anchorY="center", fill=None):
    old_height, old_width, channels = picture.shape
    canvas = np.empty((height, width, channels), picture.dtype)
    canvas[:] = store(fill_levels(fill, picture), top_of(picture)).astype(picture.dtype)
    left = {"left": 0, "center": (width - old_width) // 2, "right": width - old_width}[anchorX]
    up = {"top": 0, "center": (height - old_height) // 2, "bottom": height - old_height}[anchorY]
    x0, x1 = max(0, left), min(width, left + old_width)
    y0, y1 = max(0, up), min(height, up + old_height)
    if x0 < x1 and y0 < y1:
        canvas[y0:y1, x0:x1] = picture[y0 - up : y1 - up, x0 - left : x1 - left]
    return canvas


FILTERS = {"bilinear": Image.BILINEAR, "bicubic": Image.BICUBIC, "lanczos3": Image.LANCZOS}


def resize(picture, width, height, filter="lanczos3", linearLight=False):
    """Pillow's own resampling of single-precision planes. Its nearest adds up steps and so loses an exact half; that is done here
    in whole numbers."""
    top = top_of(picture)
    if filter == "nearest":
        old_height, old_width = picture.shape[:2]
        rows = (2 * np.arange(height) + 1) * old_height // (2 * height)
        columns = (2 * np.arange(width) + 1) * old_width // (2 * width)
        return picture[np.ix_(rows, columns)]

    def planes(values):
        images = [Image.fromarray(values[..., c].astype(np.float32)) for c in range(values.shape[2])]
        resized = [image.resize((width, height), FILTERS[filter]) for image in images]
        return np.stack([np.asarray(image, np.float64) for image in resized], axis=2)

    colour, alpha = parts_of(picture)
    if linearLight:
        colour = decoded(colour / top)
    if alpha is None:
        result = planes(colour)
        new_alpha = None
    else:
        new_alpha = planes(alpha)
        weighted = planes(colour * alpha)
        result = np.where(new_alpha > 0, weighted / np.where(new_alpha > 0, new_alpha, 1), 0)
    if linearLight:
        result = encoded(np.clip(result, 0, 1)) * top
    out = store(result, top)
    if new_alpha is not None:
        out = np.concatenate([out, store(new_alpha * top, top)], axis=2)
    return out.astype(picture.dtype)


def keys(d):
    d = np.abs(d)
    near = 1.5 * d**3 - 2.5 * d**2 + 1
    far = -0.5 * d**3 + 2.5 * d**2 - 4 * d + 2
    return np.where(d <= 1, near, np.where(d < 2, far, 0))


def rotate(picture, angle, interpolation="bicubic", expand=True, fill=None):
    top, (height, width, channels) = top_of(picture), picture.shape
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    new_width, new_height = width, height
    if expand:
        new_width = math.ceil(abs(width * cos) + abs(height * sin) - 1e-9)
        new_height = math.ceil(abs(width * sin) + abs(height * cos) - 1e-9)
    if angle % 90 == 0 and expand:
        return np.rot90(picture, -angle // 90).copy()
    y, x = np.mgrid[0:new_height, 0:new_width].astype(np.float64)
    dx, dy = x - (new_width - 1) / 2, y - (new_height - 1) / 2
    sx = dx * cos + dy * sin + (width - 1) / 2
    sy = -dx * sin + dy * cos + (height - 1) / 2
    outside = fill_levels(fill, picture)
    values = picture.astype(np.float64)
    alpha = channels in (2, 4)
    if alpha:
        values[..., :-1] *= values[..., -1:] / top
        outside = outside.copy()
        outside[:-1] *= outside[-1] / top
    result = np.empty((new_height, new_width, channels))
    for c in range(channels):
        plane, beyond = values[..., c], outside[c]
        if interpolation == "nearest":
            column, row = np.floor(sx + 0.5).astype(int), np.floor(sy + 0.5).astype(int)
            inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
            result[..., c] = np.where(inside, plane[row.clip(0, height - 1), column.clip(0, width - 1)], beyond)
        elif interpolation == "bilinear":
            result[..., c] = ndimage.map_coordinates(plane, [sy, sx], order=1, mode="grid-constant", cval=beyond)
        else:
            total = np.zeros((new_height, new_width))
            left, up = np.floor(sx).astype(int), np.floor(sy).astype(int)
            for j in range(-1, 3):
                for i in range(-1, 3):
                    column, row = left + i, up + j
                    inside = (column >= 0) & (column < width) & (row >= 0) & (row < height)
                    tap = np.where(inside, plane[row.clip(0, height - 1), column.clip(0, width - 1)], beyond)
                    total += keys(sx - column) * keys(sy - row) * tap
            result[..., c] = total
    if alpha:
        cover = result[..., -1:] / top
        result[..., :-1] = np.where(cover > 0, result[..., :-1] / np.where(cover > 0, cover, 1), 0)
    return stored(result, picture)


def exposure(picture, stops=0):
    colour, _ = parts_of(picture)
    top = top_of(picture)
    return with_alpha(stored(encoded(np.clip(decoded(colour / top) * 2.0**stops, 0, 1)) * top, picture), picture)


def temperature_tint(picture, temperature=0, tint=0):
    picture = in_colour(picture)
    colour, _ = parts_of(picture)
    top = top_of(picture)
    gains = np.exp2(np.array([temperature, -tint, -temperature]) / 200)
    gains /= gains @ [0.2126, 0.7152, 0.0722]
    return with_alpha(stored(encoded(np.clip(decoded(colour / top) * gains, 0, 1)) * top, picture), picture)


def vibrance(picture, amount=0):
    if picture.shape[2] < 3:
        return picture
    colour, _ = parts_of(picture)
    top = top_of(picture)
    flat = []
    for r, g, b in colour.reshape(-1, 3) / top:
        h, l, s = colorsys.rgb_to_hls(r, g, b)
        s = min(max(s * (1 + amount / 100 * (1 - s)), 0), 1)
        flat.append(colorsys.hls_to_rgb(h, l, s))
    return with_alpha(stored(np.array(flat).reshape(colour.shape) * top, picture), picture)


def channel_mixer(picture, matrix=((1, 0, 0), (0, 1, 0), (0, 0, 1)), offset=(0, 0, 0)):
    picture = in_colour(picture)
    colour, _ = parts_of(picture)
    mixed = colour @ np.array(matrix, float).T + np.array(offset, float) * (top_of(picture) / 255)
    return with_alpha(stored(mixed, picture), picture)


def shadows_highlights(picture, shadows=0, highlights=0):
    colour, _ = parts_of(picture)
    top = top_of(picture)
    value = colour.max(axis=2, keepdims=True)
    p = value / top
    a, b = (2 if shadows > 0 else 1), (2 if highlights < 0 else 1)
    q = np.clip(p + shadows / 100 * a * p * (1 - p) ** 3 + highlights / 100 * b * p**3 * (1 - p), 0, 1) * top
    return with_alpha(stored(np.where(value > 0, colour * q / np.where(value > 0, value, 1), q), picture), picture)


def vignette(picture, amount=0, radius=0.75, softness=0.4):
    colour, _ = parts_of(picture)
    height, width = picture.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    d = np.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2) / (0.5 * math.hypot(width, height))
    t = np.clip((d - (radius - softness)) / ((radius + softness) - (radius - softness)), 0, 1)
    factor = 1 + amount / 100 * t**2 * (3 - 2 * t)
    return with_alpha(stored(colour * factor[..., None], picture), picture)


WORD = np.uint64(2**32 - 1)


def scattered(z):
    """`h` of OPERATIONS.md 12b, in 64 bits so that no product is cut before its time."""
    z = np.atleast_1d(np.asarray(z, np.uint64)) & WORD
    z ^= z >> np.uint64(16)
    z = z * np.uint64(0x7FEB352D) & WORD
    z ^= z >> np.uint64(15)
    z = z * np.uint64(0x846CA68B) & WORD
    return z ^ (z >> np.uint64(16))


def add_noise(picture, distribution="gaussian", amount=10, monochrome=False, seed=0):
    colour, _ = parts_of(picture)
    top = top_of(picture)
    scale = top / 255
    height, width, channels = colour.shape
    y, x, c = np.mgrid[0:height, 0:width, 0:channels].astype(np.uint64)
    if monochrome:
        c = c * np.uint64(0)
    key = scattered(scattered(scattered(seed ^ 0x9E3779B9) + x) + y) + np.uint64(16) * c
    u1 = (scattered(key).astype(np.float64) + 0.5) / 2**32
    u2 = (scattered(key + np.uint64(1)).astype(np.float64) + 0.5) / 2**32
    if distribution == "uniform":
        result = colour + scale * amount * (2 * u1 - 1)
    elif distribution == "gaussian":
        result = colour + scale * amount * np.sqrt(-2 * np.log(u1)) * np.cos(2 * np.pi * u2)
    else:
        result = np.where(u1 < amount / 100, np.where(u2 >= 0.5, top, 0), colour)
    return with_alpha(stored(result, picture), picture)


def clarity(picture, radius=30, amount=0):
    colour, _ = parts_of(picture)
    top = top_of(picture)
    # scipy calls the symmetric boundary "reflect".
    smooth = np.stack(
        [ndimage.gaussian_filter(colour[..., c], radius, mode="reflect", truncate=4) for c in range(colour.shape[2])], axis=2
    )
    weight = 1 - np.abs(2 * colour / top - 1) ** 3
    return with_alpha(stored(colour + amount / 100 * weight * (colour - smooth), picture), picture)


def canny(picture, sigma=1, low=25, high=50):
    colour, _ = parts_of(picture)
    luma = (colour @ [0.299, 0.587, 0.114] if colour.shape[2] == 3 else colour[..., 0]) / (top_of(picture) / 255)
    edges = feature.canny(luma, sigma, low, high, mode="constant")
    white = np.where(edges[..., None], top_of(picture), 0).astype(picture.dtype)
    return with_alpha(np.repeat(white, colour.shape[2], axis=2), picture)


def pixelate(picture, size=8):
    colour, _ = parts_of(picture)
    height, width = colour.shape[:2]
    rows, columns = np.arange(0, height, size), np.arange(0, width, size)
    sums = np.add.reduceat(np.add.reduceat(colour, rows, axis=0), columns, axis=1)
    counts = np.outer(np.diff([*rows, height]), np.diff([*columns, width]))
    means = sums / counts[..., None]
    blocks = np.repeat(np.repeat(means, size, axis=0), size, axis=1)[:height, :width]
    return with_alpha(stored(blocks, picture), picture)


def chain(picture, steps):
    """Each step stores its result, so a chain is its steps."""
    for step in steps:
        picture = FUNCTIONS[step["id"]](picture, **step.get("params", {}))
    return picture


INPUTS = {
    # name: file of the reference set, left, top, width, height
    "face": ("face", 30, 14, 40, 30),
    "camera": ("camera", 20, 20, 37, 28),
    "faceA": ("faceA", 12, 10, 36, 27),
    "rgb16": ("rgb16", 6, 5, 33, 26),
    "ramp": ("ramp", 0, 0, 64, 4),
    "rgba16": ("rgba16", 4, 3, 31, 24),
    "gray16": ("gray16", 2, 5, 29, 22),
}

SEPIA = [[0.393, 0.769, 0.189], [0.349, 0.686, 0.168], [0.272, 0.534, 0.131]]
SWAP = [[0, 0, 1], [1, 0, 0], [0, 1, 0]]

CASES = [
    ("flip", flip, [("face", {"axis": "horizontal"}), ("faceA", {"axis": "vertical"}), ("gray16", {"axis": "horizontal"})]),
    ("rotate90", rotate90, [("face", {"turns": 1}), ("camera", {"turns": 2}), ("rgba16", {"turns": 3})]),
    ("crop", crop, [
        ("face", {"x": 3, "y": 5, "width": 20, "height": 9}),
        ("faceA", {"x": 30, "y": 20, "width": 400, "height": 300}),
        ("gray16", {"x": 0, "y": 21, "width": 29, "height": 1}),
    ]),
    ("canvasSize", canvas_size, [
        ("face", {"width": 51, "height": 33}),
        ("face", {"width": 31, "height": 41, "anchorX": "right", "anchorY": "bottom", "fill": [255, 128, 0]}),
        ("faceA", {"width": 41, "height": 20, "anchorX": "left"}),
        ("faceA", {"width": 45, "height": 40, "fill": 200, "anchorY": "top"}),
        ("rgb16", {"width": 40, "height": 40, "fill": 77}),
        ("gray16", {"width": 12, "height": 31, "anchorX": "right", "fill": 12.5}),
        ("rgba16", {"width": 60, "height": 10}),
    ]),
    ("resize", resize, [
        ("face", {"width": 17, "height": 11}),
        ("face", {"width": 61, "height": 47}),
        ("camera", {"width": 19, "height": 40, "filter": "bicubic"}),
        ("camera", {"width": 50, "height": 9, "filter": "bilinear"}),
        ("face", {"width": 23, "height": 53, "filter": "nearest"}),
        ("faceA", {"width": 20, "height": 14, "filter": "bicubic"}),
        ("faceA", {"width": 55, "height": 31, "filter": "bilinear", "linearLight": True}),
        ("face", {"width": 13, "height": 29, "linearLight": True}),
        ("rgb16", {"width": 21, "height": 35}),
        ("rgba16", {"width": 44, "height": 17}),
        ("gray16", {"width": 58, "height": 7, "filter": "bicubic"}),
        ("face", {"width": 40, "height": 30}),
        ("camera", {"width": 1, "height": 1}),
        ("camera", {"width": 37, "height": 5, "linearLight": True, "filter": "bilinear"}),
        ("gray16", {"width": 200, "height": 3, "filter": "nearest"}),
    ]),
    ("rotate", rotate, [
        ("face", {"angle": 12.5}),
        ("face", {"angle": -33, "expand": False, "fill": [10, 200, 90]}),
        ("camera", {"angle": 45, "interpolation": "bilinear", "fill": 255}),
        ("camera", {"angle": 171.3, "interpolation": "nearest"}),
        ("faceA", {"angle": -7, "interpolation": "bilinear"}),
        ("faceA", {"angle": 20, "fill": 128}),
        ("rgb16", {"angle": 61}),
        ("rgba16", {"angle": -110.25, "fill": [1, 128, 255]}),
        ("gray16", {"angle": 3, "expand": False, "interpolation": "bilinear"}),
        ("camera", {"angle": 90, "expand": False, "fill": 60}),
        ("face", {"angle": 90}),
        ("face", {"angle": -180}),
    ]),
    ("exposure", exposure, [
        ("face", {"stops": 1}), ("camera", {"stops": -1.5}), ("faceA", {"stops": 0.33}), ("rgb16", {"stops": -0.7}), ("ramp", {"stops": 3}),
        ("rgba16", {"stops": 0.5}), ("gray16", {"stops": -5}),
    ]),
    ("temperatureTint", temperature_tint, [
        ("face", {"temperature": 60}), ("camera", {"temperature": -80, "tint": 30}), ("faceA", {"tint": -45}),
        ("rgb16", {"temperature": 25, "tint": 10}), ("gray16", {"temperature": -100}),
    ]),
    ("vibrance", vibrance, [
        ("face", {"amount": 70}), ("faceA", {"amount": -60}), ("camera", {"amount": 50}), ("rgb16", {"amount": 100}), ("rgba16", {"amount": -100}),
    ]),
    ("channelMixer", channel_mixer, [
        ("face", {"matrix": SEPIA}), ("faceA", {"matrix": SWAP, "offset": [10, -20.5, 0]}),
        ("camera", {"matrix": [[1, 0, 0], [0, 0.8, 0], [0, 0, 0.6]]}),
        ("rgb16", {"matrix": [[0.5, 0.5, 0], [-0.2, 1.2, 0], [0, 0.3, 0.7]], "offset": [0, 0, 12.5]}),
    ]),
    ("shadowsHighlights", shadows_highlights, [
        ("face", {"shadows": 80}), ("camera", {"highlights": -70}), ("faceA", {"shadows": -40, "highlights": 55}),
        ("rgb16", {"shadows": 100, "highlights": -100}), ("gray16", {"shadows": -100, "highlights": 100}),
    ]),
    ("vignette", vignette, [
        ("face", {"amount": -70}), ("camera", {"amount": 60, "radius": 0.4, "softness": 0.2}),
        ("faceA", {"amount": -100, "radius": 0, "softness": 1}), ("rgb16", {"amount": -35.5}),
        ("gray16", {"amount": 100, "radius": 2, "softness": 1}),
    ]),
    ("addNoise", add_noise, [
        ("face", {}), ("camera", {"distribution": "uniform", "amount": 40, "seed": 4294967295}),
        ("faceA", {"distribution": "saltPepper", "amount": 15, "seed": 7}), ("face", {"monochrome": True, "amount": 25.5, "seed": 123456}),
        ("rgb16", {"amount": 3, "seed": 99}), ("gray16", {"distribution": "saltPepper", "amount": 50}),
        ("rgba16", {"distribution": "uniform", "amount": 255, "monochrome": True, "seed": 2147483648}),
    ]),
    ("clarity", clarity, [
        ("face", {"radius": 3, "amount": 80}), ("camera", {"amount": -50}), ("faceA", {"radius": 10, "amount": 100}),
        ("rgb16", {"radius": 5.5, "amount": 40}), ("gray16", {"radius": 1, "amount": -100}),
    ]),
    ("canny", canny, [
        ("face", {}), ("camera", {"sigma": 2, "low": 10, "high": 20}), ("faceA", {"sigma": 0.6, "low": 40, "high": 90}),
        ("rgb16", {"sigma": 1.4, "low": 5, "high": 30}), ("gray16", {"low": 0, "high": 0}), ("camera", {"sigma": 0.3, "low": 30, "high": 30}),
    ]),
    ("pixelate", pixelate, [
        ("face", {}), ("camera", {"size": 5}), ("faceA", {"size": 100}), ("rgb16", {"size": 7}), ("face", {"size": 1}),
        ("rgba16", {"size": 3}), ("gray16", {"size": 28}),
    ]),
    ("chain", chain, [
        ("face", {"steps": [{"id": "resize", "params": {"width": 30, "height": 50}}, {"id": "pixelate", "params": {"size": 4}}]}),
        ("faceA", {"steps": [{"id": "crop", "params": {"x": 2, "y": 2, "width": 30, "height": 20}}, {"id": "flip", "params": {"axis": "vertical"}}]}),
        ("gray16", {"steps": [{"id": "temperatureTint", "params": {"tint": 40}}, {"id": "channelMixer", "params": {"matrix": SWAP}}]}),
    ]),
]

FUNCTIONS = {identifier: function for identifier, function, _ in CASES}

MOVING = {"canvasSize", "flip", "rotate90", "crop"}


def described(file, picture):
    height, width, channels = picture.shape
    return {"file": file, "width": width, "height": height, "channels": channels, "bitDepth": picture.dtype.itemsize * 8}


def tolerance(identifier, params, picture):
    if identifier == "chain" and all(step["id"] in MOVING for step in params["steps"]):
        return EXACT
    moved = identifier in MOVING or params.get("filter") == "nearest" or params.get("angle", 1) % 90 == 0
    if moved or params.get("distribution") == "saltPepper" or identifier == "canny":
        return EXACT
    return REAL8 if picture.dtype == np.uint8 else REAL16


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "in").mkdir(parents=True)
    (OUT / "out").mkdir()
    pictures = {}
    for name, (source, left, up, width, height) in INPUTS.items():
        picture = read_png(HERE / "reference" / "in" / f"{source}.png")[up : up + height, left : left + width].copy()
        pictures[name] = picture
        write_png(OUT / "in" / f"{name}.png", picture)
    cases = []
    for identifier, function, sets in CASES:
        for number, (name, params) in enumerate(sets, 1):
            picture = pictures[name]
            result = function(picture, **params)
            case = f"{identifier}-g{number:02}-{name}"
            write_png(OUT / "out" / f"{case}.png", result)
            cases.append({
                "name": case,
                "id": identifier,
                "params": params,
                "input": described(f"in/{name}.png", picture),
                "output": described(f"out/{case}.png", result),
                "tolerance": tolerance(identifier, params, picture),
            })
    manifest = {
        "format": 1,
        "set": "generated",
        "madeWith": {
            "python": sys.version.split()[0],
            "numpy": np.__version__,
            "scipy": scipy.__version__,
            "scikit-image": skimage.__version__,
            "opencv": cv2.__version__,
            "pillow": PIL.__version__,
        },
        "cases": cases,
    }
    (OUT / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(f"{len(cases)} cases")


if __name__ == "__main__":
    main()
