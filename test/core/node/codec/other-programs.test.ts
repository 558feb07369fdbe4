// What OpenCV and Pillow read from exported files: the readers that people's scripts use.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCodec, type Codec } from '../../../../core/node/codec/codec';
import { byteLength, type Raster } from '../../../../core/raster/raster';
import { findPython } from '../../../support/python';
import { noise, shapes } from '../../../support/rasters';
import { save } from './files';

const python = findPython('numpy', 'cv2', 'PIL');
let codec: Codec;
beforeAll(() => {
  codec = startCodec();
});
afterAll(() => codec.close());

/** Reads the files it is given, writes their samples in RGB order beside them, and prints what they are. */
const script = `
import sys, json, cv2, numpy
from PIL import Image
told = []
for path in sys.argv[1:]:
    image = Image.open(path)
    samples = cv2.imread(path, cv2.IMREAD_UNCHANGED)
    if samples.ndim == 3:
        samples = samples[:, :, [2, 1, 0, 3][: samples.shape[2]]]
    if 'pillow' in path:
        samples = numpy.asarray(image)
    open(path + '.raw', 'wb').write(samples.tobytes())
    told.append([list(samples.shape), str(samples.dtype), list(image.size)])
print(json.dumps(told))
`;

it.skipIf(python === null)('have the size, depth, channels and levels they should have', async () => {
  if (python === null) return;
  const folder = mkdtempSync(join(tmpdir(), 'burnish-readers-'));
  try {
    const files: { path: string; picture: Raster }[] = [];
    for (const shape of shapes([19, 11])) {
      // OpenCV reads grey with alpha as colour.
      if (shape.channels === 2) continue;
      for (const format of ['png', 'tiff'] as const) {
        const picture = noise(shape);
        // OpenCV multiplies the colours of 8-bit TIFF files by alpha while it reads them.
        const reader = format === 'tiff' && shape.channels === 4 && shape.depth === 8 ? 'pillow' : 'opencv';
        const path = join(folder, `${reader}-${files.length}.${format}`);
        writeFileSync(path, await save(codec, picture, { format }));
        files.push({ path, picture });
      }
    }
    const paths = files.map(({ path }) => path);
    const told: unknown = JSON.parse(execFileSync(python, ['-c', script, ...paths], { encoding: 'utf8' }));
    expect(told).toEqual(
      files.map(({ picture: { width, height, channels, depth } }) => [
        channels === 1 ? [height, width] : [height, width, channels],
        `uint${depth}`,
        [width, height],
      ]),
    );
    for (const { path, picture } of files) {
      const levels = Buffer.from(picture.data.buffer, 0, byteLength(picture));
      expect(readFileSync(`${path}.raw`).equals(levels), path).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
if (python === null) console.log('skipped: no Python with numpy, cv2 and PIL');
