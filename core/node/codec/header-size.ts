/**
 * How large the picture in a file says it is, in the formats that hold very large ones: enough to tell whether it is worth asking a
 * child whether it should stay in its file. Numbers alone are read, and nothing depends on their being true.
 */

import type { Size } from '../../raster/rectangle';
import type { ReadAt } from '../files/bytes-elsewhere';
import { formatOf } from './format';
import { numbersOf, readDirectory } from './tiff-directory';
import { TIFF_TAG } from './tiff-blocks';

/** As the file stores it, before it is turned upright; null where that is not said in a way that is known here. */
export async function headerSize(read: ReadAt): Promise<Size | null> {
  const first = await read(0, 26);
  switch (first === null ? null : formatOf(first)) {
    case 'PNG':
      return first === null ? null : sizeAt(first, 16, 20, 4);
    case 'JPEG':
      return jpegSize(read);
    case 'TIFF':
      return tiffSize(read);
    default:
      return null;
  }
}

function sizeAt(bytes: Uint8Array, width: number, height: number, length: 2 | 4): Size {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (place: number): number => (length === 2 ? view.getUint16(place) : view.getUint32(place));
  return { width: at(width), height: at(height) };
}

/** More segments than this stand before the size of no picture. */
const MOST_SEGMENTS = 4_096;
/** What begins a frame: all of 0xC0 … 0xCF but tables of codes, an extension, and conditions. */
const NO_FRAMES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

async function jpegSize(read: ReadAt): Promise<Size | null> {
  let at = 2;
  for (let segment = 0; segment < MOST_SEGMENTS; segment++) {
    const head = await read(at, 9);
    if (head === null || head[0] !== 0xff) return null;
    const [, marker] = head;
    if (marker === 0xff) {
      // Filling.
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAMES.has(marker)) return sizeAt(head, 7, 5, 2);
    at += 2 + head[2] * 256 + head[3];
  }
  return null;
}

async function tiffSize(read: ReadAt): Promise<Size | null> {
  const directory = await readDirectory(read);
  if (directory === null) return null;
  const number = (tag: number): number => {
    const field = directory.fields.get(tag);
    return (field === undefined ? null : numbersOf(field, directory.little))?.[0] ?? 0;
  };
  return { width: number(TIFF_TAG.width), height: number(TIFF_TAG.height) };
}
