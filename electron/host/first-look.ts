/**
 * Something to look at while a large picture is still being decoded: JPEG and WebP files can be read at an eighth or a quarter
 * of their size in a fraction of the time. It is shown until the document is there and never used for anything else.
 */

import { randomUUID } from 'node:crypto';
import type { OpeningFrame } from '../../core/protocol/contract';
import type { Codec } from '../../core/node/codec/codec';
import { formatOf, type ReadFormat } from '../../core/node/codec/format';
import { readerOver } from '../../core/node/files/bytes-elsewhere';
import type { OpenFile } from '../../core/node/files/open-file';
import { toDisplay } from '../../core/raster/convert';
import { levelSize } from '../../core/raster/pyramid';
import { wholeOf } from '../../core/raster/rectangle';
import type { FrameShelf } from './frame-shelf';

/** These are shrunk while they are read; others would be decoded twice. */
const SHRUNK_WHILE_READ: ReadonlySet<ReadFormat | null> = new Set(['JPEG', 'WebP']);
/** Bytes that tell them apart. */
const FORMAT_BYTES = 16;
/** Pixels from which on it is worth it. */
const LARGE = 4e6;
/** Most pixels of the longer side. */
const SIDE = 1024;

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
  const read = file instanceof Uint8Array ? readerOver(file) : file.read;
  const first = await read(0, FORMAT_BYTES);
  if (first === null || !SHRUNK_WHILE_READ.has(formatOf(first))) return null;
  const info = await codec.info(file);
  if (!info.ok || needless()) return null;
  const { width, height } = info.value;
  if (width * height < LARGE) return null;
  let level = 1;
  while (Math.max(width, height) / 2 ** level > SIDE) level++;
  const full = { width, height };
  const decoded = await codec.decode(file, { reducedTo: levelSize(full, level) });
  if (!decoded.ok || needless()) return null;
  const { raster } = decoded.value;
  const region = wholeOf(raster);
  const pixels = new Uint8Array(raster.width * raster.height * 4);
  toDisplay({ raster, rectangle: region }, region, pixels);
  const key = `first-${randomUUID()}`;
  const whole = { width: raster.width, height: raster.height };
  shelf.put(key, { key, level, region, whole, full, exact: false, reported: {}, pixels });
  return { name, key, level, region, whole, full };
}
