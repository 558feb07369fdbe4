"""What a script with OpenCV or Pillow does for the job `edit` of pipelines.mjs: python3 pipeline.py LIBRARY INPUT OUTPUT."""

import sys

library, source, target = sys.argv[1:]


def tables():
    gamma = [int(255 * (v / 255) ** (1 / 2.2) + 0.5) for v in range(256)]
    stretch = [v * 20 / 70 if v < 70 else 20 + (v - 70) * 210 / 110 if v < 180 else 230 + (v - 180) * 25 / 75 for v in range(256)]
    return gamma, [int(v + 0.5) for v in stretch]


gamma, stretch = tables()
if library == "OpenCV":
    import cv2
    import numpy as np

    image = cv2.bitwise_not(cv2.imread(source))
    for table in (gamma, stretch):
        image = cv2.LUT(image, np.array(table, np.uint8))
    image = cv2.blur(image, (15, 15), borderType=cv2.BORDER_REFLECT)
    cv2.imwrite(target, image, [cv2.IMWRITE_JPEG_QUALITY, 90])
else:
    from PIL import Image, ImageChops, ImageFilter

    Image.MAX_IMAGE_PIXELS = None
    image = ImageChops.invert(Image.open(source))
    for table in (gamma, stretch):
        image = image.point(table * 3)
    image.filter(ImageFilter.BoxBlur(7)).save(target, quality=90)
