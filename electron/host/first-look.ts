/**
 * Something to look at while a large picture is still being read: JPEG and WebP files can be read at an eighth or a quarter
 * of their size in a fraction of the time, and a TIFF file may hold smaller copies of itself. It is shown until the picture is
 * there and never used for anything else.
 */

import { randomUUID } from 'node:crypto';
import type { OpeningFrame } from '../../core/protocol/contract';
import type { Codec, PictureFile } from '../../core/node/codec/codec';
import { formatOf } from '../../core/node/codec/format';
import { headerSize } from '../../core/node/codec/header-size';
import { reducedCopy } from '../../core/node/codec/tiff-reduced';
import { readerOver, sizeOf } from '../../core/node/files/bytes-elsewhere';
import type { OpenFile } from '../../core/node/files/open-file';
import { toDisplay } from '../../core/raster/convert';
import { levelSize } from '../../core/raster/pyramid';
import { wholeOf, type Size } from '../../core/raster/rectangle';
import type { FrameShelf } from './frame-shelf';

/** Bytes that tell formats apart. */
const FORMAT_BYTES = 16;
/** Pixels from which on it is worth it. */
const LARGE = 4e6;
/** Most pixels of the longer side. */
const SIDE = 1024;

/** A file that is soon read: the picture's own, at a part of its size, or a smaller copy. */
interface Quick {
  readonly file: PictureFile;
  /** Of the picture; it may lie on its side. */
  readonly size: Size;
  /** The same upright; null where decoding tells. */
  readonly full: Size | null;
  /** The largest side that there is to see. */
  readonly side: number;
}

/** Null for formats that would have to be decoded twice, and where there is no smaller copy. */
async function quickOf(file: Uint8Array | OpenFile, codec: Pick<Codec, 'info'>): Promise<Quick | null> {
  const read = file instanceof Uint8Array ? readerOver(file) : file.read;
  const first = await read(0, FORMAT_BYTES);
  switch (first === null ? null : formatOf(first)) {
    case 'JPEG': {
      const size = await headerSize(read);
      return size && { file, size, full: null, side: SIDE };
    }
    case 'WebP': {
      const info = await codec.info(file);
      return info.ok ? { file, size: info.value, full: info.value, side: SIDE } : null;
    }
    case 'TIFF': {
      const copy = await reducedCopy(read, sizeOf(file), SIDE);
      if (copy === null) return null;
      const { bytes, full, size } = copy;
      return { file: bytes, size: full, full, side: Math.min(SIDE, Math.max(size.width, size.height)) };
    }
    default:
      return null;
  }
}

/**
 * Null where it is not worth it, the file cannot be read (which decoding will tell), or `needless` says so on the way. The
 * pixels are on the shelf then.
 */
export async function firstLook(
  name: string,
  file: Uint8Array | OpenFile,
  codec: Pick<Codec, 'info' | 'decode'>,
  shelf: FrameShelf,
  needless: () => boolean,
): Promise<OpeningFrame | null> {
  const quick = await quickOf(file, codec);
  if (quick === null || needless()) return null;
  const { width, height } = quick.size;
  if (width * height < LARGE) return null;
  let level = 1;
  while (Math.max(width, height) / 2 ** level > quick.side) level++;
  // Whichever way up it is, the longer side is the one that fits.
  const longer = Math.max(...Object.values(levelSize({ width, height }, level)));
  const decoded = await codec.decode(quick.file, { reducedTo: { width: longer, height: longer } });
  if (!decoded.ok || needless()) return null;
  const { raster, info } = decoded.value;
  const full = quick.full ?? { width: info.width, height: info.height };
  const region = wholeOf(raster);
  const pixels = new Uint8Array(raster.width * raster.height * 4);
  toDisplay({ raster, rectangle: region }, region, pixels);
  const key = `first-${randomUUID()}`;
  const whole = { width: raster.width, height: raster.height };
  shelf.put(key, { key, level, region, whole, full, exact: false, reported: {}, pixels });
  return { name, key, level, region, whole, full };
}
