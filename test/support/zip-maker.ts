/** Archives made by hand, byte by byte, so that every field can be a lie. */

import { crc32, deflateRawSync } from 'node:zlib';

export interface MadeEntry {
  readonly name: string | Uint8Array;
  readonly content: string | Uint8Array;
  readonly deflate?: boolean;
  /** What both headers say instead of the truth. */
  readonly says?: Partial<Header>;
  /** What the directory alone says instead. */
  readonly directorySays?: Partial<Header & { readonly attributes: number; readonly madeBy: number }>;
  readonly extra?: Uint8Array;
}

interface Header {
  readonly version: number;
  readonly flags: number;
  readonly method: number;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
}

export interface MadeEnd {
  readonly entries: number;
  readonly length: number;
  readonly offset: number;
  readonly disk: number;
  readonly comment: string;
  /** Between the directory and its end. */
  readonly before: Uint8Array;
}

function bytesOf(content: string | Uint8Array): Buffer {
  return typeof content === 'string' ? Buffer.from(content) : Buffer.from(content);
}

function fields(...parts: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]): Buffer {
  return Buffer.concat(
    parts.map(([value, length]) => {
      const buffer = Buffer.alloc(8);
      buffer.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
      return buffer.subarray(0, length);
    }),
  );
}

/** Mode bits of Unix as an archive's external attributes. */
export function unixMode(mode: number): { readonly attributes: number; readonly madeBy: number } {
  return { attributes: mode * 0x10000, madeBy: 0x0314 };
}

export function makeZip(entries: readonly MadeEntry[], end: Partial<MadeEnd> = {}): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, content, deflate, says, directorySays, extra } of entries) {
    const plain = bytesOf(content);
    const data = deflate === true ? deflateRawSync(plain) : plain;
    const truth = {
      version: 20,
      flags: 0,
      method: deflate === true ? 8 : 0,
      crc: crc32(plain),
      compressed: data.length,
      size: plain.length,
    };
    const file = bytesOf(name);
    const more = extra ?? new Uint8Array();
    const header = (given: Header): Uint8Array =>
      fields(
        [given.version, 2],
        [given.flags, 2],
        [given.method, 2],
        [0x00210000, 4],
        [given.crc, 4],
        [given.compressed, 4],
        [given.size, 4],
        [file.length, 2],
        [more.length, 2],
      );
    const local = { ...truth, ...says };
    const listed = { attributes: 0, madeBy: 20, ...local, ...directorySays };
    const written = Buffer.concat([fields([0x04034b50, 4]), header(local), file, more, data]);
    directory.push(
      fields([0x02014b50, 4], [listed.madeBy, 2]),
      header(listed),
      fields([0, 2], [0, 2], [0, 2], [listed.attributes, 4], [offset, 4]),
      file,
      more,
    );
    locals.push(written);
    offset += written.length;
  }
  const list = Buffer.concat(directory);
  const comment = Buffer.from(end.comment ?? '');
  const count = end.entries ?? entries.length;
  return Buffer.concat([
    ...locals,
    list,
    end.before ?? new Uint8Array(),
    fields([0x06054b50, 4], [end.disk ?? 0, 2], [end.disk ?? 0, 2], [count, 2], [count, 2]),
    fields([end.length ?? list.length, 4], [end.offset ?? offset, 4], [comment.length, 2]),
    comment,
  ]);
}

/** The end of a large archive, with its locator, as it stands before the ordinary end. */
export function zip64End(entries: number, length: number, offset: number, at: number): Uint8Array {
  return Buffer.concat([
    fields([0x06064b50, 4], [44, 8], [45, 2], [45, 2], [0, 4], [0, 4]),
    fields([entries, 8], [entries, 8], [length, 8], [offset, 8]),
    fields([0x07064b50, 4], [0, 4], [at, 8], [1, 4]),
  ]);
}
