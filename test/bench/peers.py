"""
The libraries of Python as a contestant (contestant.mjs): OpenCV, numpy, scipy, scikit-image and Pillow, as far as they are there.
Each function gets the pictures as arrays of height x width x channels and gives the picture that the case of its name asks for;
real results are rounded afterwards, by the rule of Burnish, outside the time that counts.
"""

import itertools
import json
import platform
import sys
import time

import numpy as np

TOP = 255
u = np.arange(256)
known = {}
versions = {"numpy": f"{np.__version__} (Python {platform.python_version()})"}


def stored(v):
    return v if v.dtype == np.uint8 else np.clip(np.floor(v + 0.5 + 2**-20), 0, TOP).astype(np.uint8)


def table(v):
    return stored(np.asarray(v, dtype=np.float64))


def gamma_table(g):
    return table(TOP * (u / TOP) ** (1 / g))


def log_table(most):
    return table(TOP / np.log(1 + most) * np.log(1 + u))


def stretch_table(r1=70, s1=20, r2=180, s2=230):
    return table(np.interp(u, [0, r1, r2, 255], [0, s1, s2, 255]))


def slice_table():
    return table(np.where((u >= 100) & (u <= 160), 230, u))


def plane_table(plane=6):
    return table((u >> plane & 1) * TOP)


def sharp_kernel():
    return np.array([[0, -1, 0], [-1, 5, -1], [0, -1, 0]], np.float32)


def nine_kernel():
    return np.array([[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]], np.float32)


def unsharp_kernel():
    row = np.array([1, 4, 6, 4, 1])
    kernel = -np.outer(row, row).astype(np.float32)
    kernel[2, 2] = 476
    return kernel / 256


def quarter(a):
    return a.shape[1] // 4, a.shape[0] // 4


def side_of(sigma):
    """Of a Gaussian that ends where ours does, at four sigma."""
    return (2 * int(4 * sigma + 0.5) + 1,) * 2


def numpy_layers(*pictures):
    """W3C Compositing and Blending, source over, in single precision."""
    modes = [None, lambda b, s: b * s, lambda b, s: b + s - b * s, hard_light_exchanged, np.minimum]
    done = pictures[0].astype(np.float32) / TOP
    colour, alpha = done[..., :3], done[..., 3:]
    for picture, mode in zip(pictures[1:], modes[1:]):
        layer = picture.astype(np.float32) / TOP
        s, own = layer[..., :3], layer[..., 3:]
        both = own + alpha * (1 - own)
        mixed = own * (1 - alpha) * s + own * alpha * mode(colour, s) + (1 - own) * alpha * colour
        colour, alpha = np.divide(mixed, both, out=np.zeros_like(mixed), where=both > 0), both
    return np.concatenate([colour, alpha], axis=2) * TOP


def hard_light_exchanged(b, s):
    return np.where(b <= 0.5, s * 2 * b, s + (2 * b - 1) - s * (2 * b - 1))


def bell(frequencies, cutoff=0.1):
    return np.exp(-(frequencies**2) / (2 * cutoff * cutoff))


def each_channel(work, a):
    return np.stack([work(a[..., c].astype(np.float64)) for c in range(a.shape[2])], axis=2)


def numpy_fourier(v):
    kept = np.outer(bell(np.fft.fftfreq(v.shape[0])), bell(np.fft.rfftfreq(v.shape[1])))
    return np.fft.irfft2(np.fft.rfft2(v) * kept, v.shape)


copies = {}


def held_for_copy(a):
    """A place that has been written to before, so that a copy costs no page faults."""
    if a.shape not in copies:
        copies.clear()
        copies[a.shape] = np.ones_like(a)
    return copies[a.shape]


def copied(a):
    np.copyto(held_for_copy(a), a)
    return held_for_copy(a)


known["memcpy"] = {"negative": copied}
known["numpy"] = {
    "negative": lambda a: TOP - a,
    "gamma": lambda a: gamma_table(2.2)[a],
    "log": lambda a: log_table(int(a.max()))[a],
    "slice": lambda a: np.where((a >= 100) & (a <= 160), np.uint8(230), a),
    "five layers": numpy_layers,
}
for size in (1, 8, 24):
    known["numpy"][f"Fourier filter, repeated, {size} MP"] = lambda a: each_channel(numpy_fourier, a)

try:
    import cv2

    versions["OpenCV"] = cv2.__version__
    EDGE = cv2.BORDER_REFLECT

    def cv_sobel(a):
        gx = cv2.Sobel(a, cv2.CV_32F, 1, 0, ksize=3, borderType=EDGE)
        gy = cv2.Sobel(a, cv2.CV_32F, 0, 1, ksize=3, borderType=EDGE)
        return cv2.convertScaleAbs(cv2.magnitude(gx.reshape(-1), gy.reshape(-1))).reshape(a.shape)

    def cv_unsharp(a):
        smooth = cv2.GaussianBlur(a, side_of(3), 3, borderType=EDGE)
        return cv2.addWeighted(a, 2.5, smooth, -1.5, 0)

    def cv_clahe(a):
        """On V; OpenCV has no way to scale R, G and B by it but HSV and back."""
        hsv = cv2.cvtColor(a, cv2.COLOR_RGB2HSV)
        hsv[..., 2] = cv2.createCLAHE(clipLimit=2.56, tileGridSize=(8, 8)).apply(hsv[..., 2])
        return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)

    def cv_five(a):
        a = cv2.bitwise_not(a)
        for each in (log_table(255), gamma_table(2.2), stretch_table(), slice_table()):
            a = cv2.LUT(a, each)
        return a

    known["OpenCV"] = {
        "negative": cv2.bitwise_not,
        "gamma": lambda a: cv2.LUT(a, gamma_table(2.2)),
        "log": lambda a: cv2.LUT(a, log_table(int(a.max()))),
        "stretch": lambda a: cv2.LUT(a, stretch_table()),
        "slice": lambda a: cv2.LUT(a, slice_table()),
        "bit plane": lambda a: cv2.LUT(a, plane_table()),
        "five point operations": cv_five,
        "sharpen 3×3": lambda a: cv2.filter2D(a, -1, sharp_kernel(), borderType=EDGE),
        "nine weights 3×3": lambda a: cv2.filter2D(a, -1, nine_kernel(), borderType=EDGE),
        "unsharp 5×5": lambda a: cv2.filter2D(a, -1, unsharp_kernel(), borderType=EDGE),
        "Gaussian 3": lambda a: cv2.GaussianBlur(a, side_of(3), 3, borderType=EDGE),
        "Gaussian 20": lambda a: cv2.GaussianBlur(a, side_of(20), 20, borderType=EDGE),
        "Sobel": cv_sobel,
        "unsharp 3": cv_unsharp,
        "bilateral 2": lambda a: cv2.bilateralFilter(a, 5, 30, 3),
        "bilateral 5": lambda a: cv2.bilateralFilter(a, 11, 30, 3),
        "CLAHE": cv_clahe,
        "resize": lambda a: cv2.resize(a, quarter(a), interpolation=cv2.INTER_LANCZOS4),
    }
    for size in (9, 15, 30, 60):
        blur = lambda a, k=(size, size): cv2.blur(a, k, borderType=EDGE)
        known["OpenCV"].update({f"box {size}": blur, f"tutorial {size}": blur})
    for size in (3, 5, 25, 49):
        known["OpenCV"][f"median {size}"] = lambda a, k=size: cv2.medianBlur(a, k)
    for radius in (25, 50):
        square = np.ones((2 * radius + 1,) * 2, np.uint8)
        known["OpenCV"][f"erode {radius}"] = lambda a, k=square: cv2.erode(a, k)
except ImportError:
    cv2 = None

try:
    import scipy
    import scipy.fft
    from scipy import ndimage, signal

    versions["scipy"] = scipy.__version__

    def convolve2d(image, size):
        """As the tutorials do it: a kernel of equal weights, channel by channel."""
        kernel = np.full((size, size), 1 / size**2)
        channels = [signal.convolve2d(image[..., c], kernel, mode="same", boundary="symm") for c in range(3)]
        return np.stack(channels, axis=2)

    def uniform_filter(image, size):
        return ndimage.uniform_filter(image, (size, size, 1), output=np.float64, mode="reflect")

    def scipy_fourier(v):
        """Mirrored at its edges: what is multiplied are waves of half the frequency."""
        kept = np.outer(*(bell(np.arange(side) / (2 * side)) for side in v.shape))
        return scipy.fft.idctn(scipy.fft.dctn(v) * kept)

    known["scipy convolve2d"] = {}
    known["scipy"] = {
        "box 15": lambda a: uniform_filter(a, 15),
        "Gaussian 3": lambda a: ndimage.gaussian_filter(a, (3, 3, 0), output=np.float64),
    }
    for size in (1, 8, 24):
        known["scipy"][f"Fourier filter, mirrored, {size} MP"] = lambda a: each_channel(scipy_fourier, a)
    for size in (9, 15, 30, 60):
        known["scipy convolve2d"][f"tutorial {size}"] = lambda a, k=size: convolve2d(a, k)
        known["scipy"][f"tutorial {size}"] = lambda a, k=size: uniform_filter(a, k)
except ImportError:
    pass

try:
    import skimage
    from skimage import exposure, filters

    versions["scikit-image"] = skimage.__version__
    known["scikit-image"] = {
        "gamma": lambda a: exposure.adjust_gamma(a, 1 / 2.2),
        "CLAHE": lambda a: exposure.equalize_adapthist(a) * TOP,
        "Sobel": lambda a: np.stack([filters.sobel(a[..., c].astype(float)) for c in range(3)], axis=2) * 32**0.5,
    }
except ImportError:
    pass

try:
    import PIL
    from PIL import Image, ImageChops, ImageFilter

    versions["Pillow"] = PIL.__version__
    Image.MAX_IMAGE_PIXELS = None
    inside = {
        "negative": ImageChops.invert,
        "gamma": lambda p: p.point(gamma_table(2.2).tolist() * 3),
        "stretch": lambda p: p.point(stretch_table().tolist() * 3),
        "box 15": lambda p: p.filter(ImageFilter.BoxBlur(7)),
        "Gaussian 3": lambda p: p.filter(ImageFilter.GaussianBlur(3)),
        "sharpen 3×3": lambda p: p.filter(ImageFilter.Kernel((3, 3), sharp_kernel().ravel().tolist(), 1)),
        "median 3": lambda p: p.filter(ImageFilter.MedianFilter(3)),
        "unsharp 3": lambda p: p.filter(ImageFilter.UnsharpMask(3, 150, 0)),
        "resize": lambda p: p.resize((p.width // 4, p.height // 4), Image.Resampling.LANCZOS),
    }
    known["Pillow"] = inside
except ImportError:
    inside = {}

held = {}


def pictures_of(question):
    """Arrays, or pictures of Pillow for Pillow; kept for the questions that follow on the same files."""
    names = [(picture["file"], question["who"] == "Pillow") for picture in question["pictures"]]
    for name in set(held) - set(names):
        del held[name]
    for picture, name in zip(question["pictures"], names):
        if name not in held:
            shape = picture["height"], picture["width"], picture["channels"]
            array = np.fromfile(picture["file"], np.uint8).reshape(shape)
            held[name] = Image.fromarray(array) if name[1] else array
    return [held[name] for name in names]


def answer(question):
    pictures = pictures_of(question)
    work = known[question["who"]][question["case"]["name"]]
    if cv2 is not None:
        cv2.setNumThreads(question["threads"])
    seconds = question["seconds"]
    times, cpu = [], []
    began = time.perf_counter()
    # The first run warms up; it counts only where it leaves no time for another.
    for count in itertools.count():
        if count > question["runs"] and time.perf_counter() - began > question["least"]:
            break
        if count > 1 and time.perf_counter() - began > seconds:
            break
        own, used = time.perf_counter(), time.process_time()
        result = work(*pictures)
        took = time.perf_counter() - own
        if count > 0 or took > seconds:
            times.append(took * 1000)
            cpu.append((time.process_time() - used) * 1000)
        if count == 0 and question["output"] is not None:
            stored(np.asarray(result)).tofile(question["output"])
        if times and time.perf_counter() - began > seconds:
            break
    return {"times": times, "cpu": cpu}


print(json.dumps({"versions": versions, "can": {name: list(cases) for name, cases in known.items()}, "threaded": ["OpenCV"]}), flush=True)
for line in sys.stdin:
    try:
        print(json.dumps(answer(json.loads(line))), flush=True)
    except Exception as error:
        print(json.dumps({"error": f"{type(error).__name__}: {error}"}), flush=True)
