"""Checks OpenRaster files against the baseline specification, with nothing of Burnish in it.

Usage: python3 check_openraster.py FILE...

Prints a JSON list with an object a file: what is wrong with it, the SHA-256 of the samples of its merged picture as Pillow
decodes it (null at 16 bit, where Pillow reduces), and how far that is from a composition of the layers by the formulas of W3C
Compositing and Blending (null where a layer has a mode that is not computed here).
"""
import hashlib
import io
import json
import struct
import sys
import zipfile
from xml.etree import ElementTree

import numpy as np
from PIL import Image

BASELINE = {"src-over", "multiply", "screen", "overlay", "darken", "lighten", "color-dodge", "color-burn", "hard-light",
            "soft-light", "difference", "color", "luminosity", "hue", "saturation", "plus", "dst-in", "dst-out",
            "src-atop", "dst-atop"}
# Not in the baseline; readers that do not know it fall back to src-over.
BEYOND = {"exclusion"}
BLENDS = {
    "src-over": lambda b, s: s,
    "multiply": lambda b, s: b * s,
    "screen": lambda b, s: b + s - b * s,
    "darken": np.minimum,
    "lighten": np.maximum,
    "difference": lambda b, s: np.abs(b - s),
    "exclusion": lambda b, s: b + s - 2 * b * s,
}


def png_header(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "no PNG"
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    return width, height, depth, colour, interlaced


def unit_values(data):
    """A PNG as height x width x 4, straight, 0 to 1; None where Pillow would reduce it."""
    if png_header(data)[2] == 16:
        return None
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"), np.float64) / 255


def placed(picture, x, y, width, height):
    whole = np.zeros((height, width, 4))
    rows, columns = picture.shape[:2]
    top, left, bottom, right = max(0, y), max(0, x), min(height, y + rows), min(width, x + columns)
    if top < bottom and left < right:
        whole[top:bottom, left:right] = picture[top - y:bottom - y, left - x:right - x]
    return whole


def composed(archive, stack, width, height, backdrop):
    """The stack over a premultiplied backdrop, the last child first; None where that is not known here."""
    for child in reversed(list(stack)):
        if child.get("visibility", "visible") == "hidden":
            continue
        blend = BLENDS.get(child.get("composite-op", "svg:src-over").removeprefix("svg:"))
        if blend is None or child.tag == "stack":
            return None
        picture = unit_values(archive.read(child.get("src")))
        if picture is None:
            return None
        picture = placed(picture, int(child.get("x", 0)), int(child.get("y", 0)), width, height)
        alpha = picture[..., 3:] * float(child.get("opacity", 1))
        below = backdrop[..., 3:]
        with np.errstate(all="ignore"):
            straight = np.where(below > 0, backdrop[..., :3] / below, 0)
        mixed = (1 - below) * picture[..., :3] + below * blend(straight, picture[..., :3])
        backdrop = np.concatenate([alpha * mixed + (1 - alpha) * backdrop[..., :3], alpha + below * (1 - alpha)], axis=2)
    return backdrop


def problems(path, archive):
    infos = archive.infolist()
    first = infos[0]
    if first.filename != "mimetype" or first.compress_type != zipfile.ZIP_STORED or first.header_offset != 0:
        yield "mimetype is not the first file, stored"
    with open(path, "rb") as file:
        if file.read(54)[38:54] != b"image/openraster":
            yield "the type does not stand where programs look for it"
    if archive.read("mimetype") != b"image/openraster":
        yield "wrong mimetype"
    broken = archive.testzip()
    if broken is not None:
        yield f"{broken} is broken"
    names = {info.filename for info in infos}
    if len(names) != len(infos):
        yield "a name comes twice"
    if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
        yield "compressed in another way"
    for name in ("stack.xml", "mergedimage.png", "Thumbnails/thumbnail.png"):
        if name not in names:
            yield f"{name} is missing"
            return
    image = ElementTree.fromstring(archive.read("stack.xml"))
    if image.tag != "image" or [child.tag for child in image] != ["stack"]:
        yield "stack.xml is not an image with one stack"
    size = int(image.get("w")), int(image.get("h"))
    merged = png_header(archive.read("mergedimage.png"))
    if merged[:2] != size:
        yield f"the merged picture is {merged[:2]}, the image {size}"
    width, height, depth, _, interlaced = png_header(archive.read("Thumbnails/thumbnail.png"))
    if max(width, height) > 256 or max(width, height) < min(256, max(size)) or depth != 8 or interlaced:
        yield f"the thumbnail is {width} x {height}, {depth} bit"
    if abs(width / height - size[0] / size[1]) > max(1 / width, 1 / height) * max(1, width / height):
        yield "the thumbnail has another shape than the picture"
    referenced = set()
    for element in image.find("stack").iter():
        if element.tag not in ("stack", "layer"):
            yield f"an element {element.tag}"
        if not 0 <= float(element.get("opacity", 1)) <= 1:
            yield "an opacity out of range"
        if element.get("visibility", "visible") not in ("visible", "hidden"):
            yield "a visibility that is none"
        mode = element.get("composite-op", "svg:src-over")
        if not mode.startswith("svg:") or mode[4:] not in BASELINE | BEYOND:
            yield f"the mode {mode}"
        if element.tag == "layer":
            source = element.get("src")
            referenced.add(source)
            int(element.get("x")), int(element.get("y"))
            if source not in names:
                yield f"{source} is missing"
            elif png_header(archive.read(source))[4]:
                yield f"{source} is interlaced"
            if not element.get("name"):
                yield "a layer without a name"
    unused = {name for name in names if name.startswith("data/")} - referenced
    if unused:
        yield f"nobody uses {sorted(unused)}"


def report(path):
    with zipfile.ZipFile(path) as archive:
        wrong = list(problems(path, archive))
        merged = archive.read("mergedimage.png")
        width, height, depth, _, _ = png_header(merged)
        samples = None if depth == 16 else hashlib.sha256(Image.open(io.BytesIO(merged)).tobytes()).hexdigest()
        image = ElementTree.fromstring(archive.read("stack.xml"))
        result = composed(archive, image.find("stack"), width, height, np.zeros((height, width, 4)))
        shown = unit_values(merged)
        distance = None
        if result is not None and shown is not None:
            shown = np.concatenate([shown[..., :3] * shown[..., 3:], shown[..., 3:]], axis=2)
            distance = float(np.abs(result - shown).max() * 255)
        names = [element.get("name") for element in image.iter("layer")]
        return {"wrong": wrong, "samples": samples, "distance": distance, "names": names}


print(json.dumps([report(path) for path in sys.argv[1:]]))
