/**
 * Archives, the same bytes for the same parts: in the order given, without times, users or anything else of this machine. What is
 * compressed already is stored; text is deflated, unless it shrinks so far that a careful reader would take it for a bomb.
 *
 * An archive is written as a stream, a part at a time, so that a large one never lies in memory whole. The header before each part
 * says its size and checksum, as careful readers want it; what lies elsewhere is therefore read twice, for its checksum and for itself.
 */

import { Readable } from 'node:stream';
import { crc32, deflateRawSync } from 'node:zlib';
import { configure, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';
import type { BytesElsewhere } from '../files/bytes-elsewhere';
import { defaultProjectLimits } from './limits';

configure({ useWebWorkers: false });

export interface ArchivePart {
  readonly name: string;
  /** Text is deflated, bytes are stored. */
  readonly content: string | Uint8Array | BytesElsewhere;
}

/** The first day that archives know, by the clock on the wall: they hold no time zone. */
const NO_DATE = new Date(1980, 0, 1);
const STORED = 0;
const DEFLATED = 8;

/** A part as it lies in the archive. */
interface Packed {
  readonly method: typeof STORED | typeof DEFLATED;
  readonly size: number;
  readonly checksum: number;
  readonly content: Uint8Array | BytesElsewhere;
}

async function packed(content: ArchivePart['content']): Promise<Packed> {
  if (typeof content === 'string') {
    const bytes = Buffer.from(content);
    const deflated = deflateRawSync(bytes);
    const checksum = crc32(bytes);
    return bytes.length > deflated.length * defaultProjectLimits.ratio
      ? { method: STORED, size: bytes.length, checksum, content: bytes }
      : { method: DEFLATED, size: bytes.length, checksum, content: deflated };
  }
  if (content instanceof Uint8Array) {
    return { method: STORED, size: content.length, checksum: crc32(content), content };
  }
  let checksum = 0;
  for await (const chunk of content.chunks()) checksum = crc32(chunk, checksum);
  return { method: STORED, size: content.size, checksum, content };
}

function readerOf(content: Packed['content']): Parameters<ZipWriter<unknown>['add']>[1] {
  if (content instanceof Uint8Array) return new Uint8ArrayReader(content);
  return { readable: Readable.toWeb(Readable.from(content.chunks())), size: content.size };
}

type Parts = Iterable<ArchivePart> | AsyncIterable<ArchivePart>;

async function writeParts(parts: Parts, target: WritableStream<Uint8Array>): Promise<void> {
  const writer = new ZipWriter(target, {
    keepOrder: true,
    // A header without any extra is what programs look at to tell the format by its first bytes.
    extendedTimestamp: false,
    lastModDate: NO_DATE,
  });
  for await (const { name, content } of parts) {
    const { method, size, checksum, content: bytes } = await packed(content);
    await writer.add(name, readerOf(bytes), {
      // It is packed already, and what its header has to say is known.
      passThrough: true,
      compressionMethod: method,
      uncompressedSize: size,
      signature: checksum,
    });
  }
  await writer.close();
}

/** The archive's bytes, in chunks, each part taken when those before it have been. Throws what the parts throw. */
export async function* archiveChunks(parts: Parts): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writing = writeParts(parts, writable).catch(async (error: unknown) => {
    await writable.abort(error).catch(() => undefined);
    throw error;
  });
  // It is told by the chunks, or nobody wants them any more.
  writing.catch(() => undefined);
  for await (const chunk of readable) yield chunk;
  await writing;
}
