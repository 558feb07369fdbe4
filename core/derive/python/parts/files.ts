/**
 * Reading and writing pictures. Pillow reads what it can at 8 bit; 16-bit PNG, which it would reduce, is read here, and PNG is
 * written here at both depths.
 */

import { part } from '../part';

const readPng16 = part(
  'read_png16',
  [],
  `
def read_png16(data):
    """A 16-bit PNG at full depth, which Pillow would reduce to 8 bits."""
    width, height, _, colour, _, _, interlaced = struct.unpack(">IIBBBBB", data[16:29])
    if interlaced:
        sys.exit("interlaced 16-bit PNG cannot be read here; save it without interlacing")
    at, packed = 8, b""
    while at < len(data):
        (length,) = struct.unpack(">I", data[at:at + 4])
        if data[at + 4:at + 8] == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    channels = {0: 1, 4: 2, 2: 3, 6: 4}[colour]
    step, line = 2 * channels, 2 * channels * width
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(height, line + 1)
    result = np.zeros((height, line), np.uint8)
    above = np.zeros(line, np.uint8)
    for y in range(height):
        above = result[y] = unfiltered(rows[y, 0], rows[y, 1:], above, step)
    return result.view(">u2").astype(np.uint16).reshape(height, width, channels)`,
);

const unfiltered = part(
  'unfiltered',
  [],
  `
def unfiltered(kind, row, above, step):
    """A row of PNG bytes as they were before they were filtered for compression."""
    if kind == 0:
        return row
    if kind == 1:
        return np.cumsum(row.reshape(-1, step), axis=0, dtype=np.uint8).ravel()
    if kind == 2:
        return row + above
    out, row, above = [0] * step, row.tolist(), [0] * step + above.tolist()
    for i, value in enumerate(row):
        a, b, c = out[i], above[i + step], above[i]
        if kind == 3:
            guess = (a + b) // 2
        else:
            near = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
            guess = (a, b, c)[near.index(min(near))]
        out.append((value + guess) & 255)
    return np.array(out[step:], np.uint8)`,
);

const toSrgb = part(
  'to_srgb',
  [],
  `
def to_srgb(image):
    """Colours by the embedded profile, where there is one, as sRGB."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA"):
        return image
    try:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in ImageCms.getProfileDescription(embedded):
            return image
        return ImageCms.profileToProfile(image, embedded, ImageCms.createProfile("sRGB"), outputMode=image.mode)
    except ImageCms.PyCMSError:
        return image`,
);

const decoded = part(
  'decoded',
  [unfiltered, readPng16, toSrgb],
  `
def decoded(data):
    """A picture as height x width x channels, uint8 or uint16: gray, gray and alpha, RGB, or RGB and alpha."""
    if data[:8] == b"\\x89PNG\\r\\n\\x1a\\n" and data[24] == 16:
        return read_png16(data)
    image = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
    if image.mode.startswith("I;16"):
        return np.array(image).astype(np.uint16)[..., np.newaxis]
    if image.mode == "1":
        image = image.convert("L")
    elif image.mode not in ("L", "LA", "RGB", "RGBA"):
        transparent = "transparency" in image.info or image.mode in ("PA", "La", "RGBa")
        image = image.convert("RGBA" if transparent else "RGB")
    pixels = np.array(to_srgb(image))
    return pixels.reshape(pixels.shape[0], pixels.shape[1], -1)`,
);

export const readImage = part(
  'read_image',
  [decoded],
  `
def read_image(path):
    return decoded(Path(path).read_bytes())`,
);

export const readImageIn = part(
  'read_image_in',
  [decoded],
  `
def read_image_in(archive, entry):
    """A picture that lies in a zip archive, as the originals do in a Burnish project."""
    with zipfile.ZipFile(archive) as opened:
        return decoded(opened.read(entry))`,
);

export const writePng = part(
  'write_png',
  [],
  `
def write_png(path, image):
    """Writes a PNG of 8 or 16 bits; Pillow cannot write 16-bit colour. Returns the file's bytes."""
    height, width, channels = image.shape
    bits = image.itemsize * 8
    levels = np.ascontiguousarray(image, ">u2" if bits == 16 else "u1")
    rows = levels.reshape(height, -1).view(np.uint8)

    def chunk(kind, content):
        check = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", check)

    header = struct.pack(">IIBBBBB", width, height, bits, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0)
    unfiltered_rows = np.insert(rows, 0, 0, axis=1).tobytes()
    data = b"\\x89PNG\\r\\n\\x1a\\n" + chunk(b"IHDR", header)
    data += chunk(b"IDAT", zlib.compress(unfiltered_rows)) + chunk(b"IEND", b"")
    Path(path).write_bytes(data)
    return data`,
);
