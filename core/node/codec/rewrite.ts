/**
 * Other levels in the place of those that a pixel file holds. It is done strip by strip, in the file itself, so that a picture of
 * any size costs a strip of memory and is never there twice: from the top down where pixels get smaller, from the bottom up where
 * they grow, what is written never covers what is still to be read.
 */

import { open, type FileHandle } from 'node:fs/promises';
import { byteLength, sampleCount, samplesOver, shapeOf, type Raster, type Shape } from '../../raster/raster';
import { VIPS_HEADER, vipsHeader } from './vips-file';

/** Bytes of a strip. */
const STRIP_BYTES = 2 ** 23;

/** One way from pixels to pixels: the form of its results, and the results of some whole rows. */
export interface Rewriting {
  readonly form: Pick<Shape, 'channels' | 'depth'>;
  /** May change the raster that it is given. */
  readonly convert: (rows: Raster) => Raster;
}

async function readAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    const { bytesRead } = await file.read(bytes, at, bytes.length - at, position + at);
    if (bytesRead === 0) throw new Error('a file of pixels is shorter than it should be');
    at += bytesRead;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length;) {
    at += (await file.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
  }
}

/** The shape of what the file at `path`, which holds a picture of this shape, holds afterwards. */
export async function rewrite(
  path: string,
  shape: Shape,
  { form, convert }: Rewriting,
  stripBytes = STRIP_BYTES,
): Promise<Shape> {
  const result: Shape = { ...shapeOf(shape), ...form };
  const row = byteLength({ ...shape, height: 1 });
  const newRow = byteLength({ ...result, height: 1 });
  const rows = Math.max(1, Math.floor(stripBytes / Math.max(row, newRow)));
  const tops = Array.from({ length: Math.ceil(shape.height / rows) }, (_, index) => index * rows);
  const file = await open(path, 'r+');
  try {
    for (const y of newRow > row ? tops.reverse() : tops) {
      const strip: Shape = { ...shape, height: Math.min(rows, shape.height - y) };
      const bytes = new Uint8Array(byteLength(strip));
      await readAll(file, bytes, VIPS_HEADER + y * row);
      const { data } = convert({
        ...strip,
        data: samplesOver(bytes.buffer, strip.depth, 0, sampleCount(strip)),
      });
      const written = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      await writeAll(file, written, VIPS_HEADER + y * newRow);
    }
    await writeAll(file, vipsHeader(result), 0);
    await file.truncate(VIPS_HEADER + byteLength(result));
  } finally {
    await file.close();
  }
  return result;
}
