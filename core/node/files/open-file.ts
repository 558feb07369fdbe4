/**
 * A file on the disk that is read in pieces. It stays open while it is used, so a file that is moved over it meanwhile, as programs
 * that save do, is another one and changes nothing here; one that is written into is found out where it became shorter.
 */

import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { FaultError, fail } from '../../raster/fault';
import type { BytesElsewhere, PartsElsewhere, ReadAt } from './bytes-elsewhere';
import { readingFault } from './system-fault';

/** A file by its place, for whoever opens it himself. */
export interface FilePlace {
  /** Absolute. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** Bytes of a file from which on it stays on the disk while it is worked on. */
export const LARGE_FILE = 2 ** 27;

/** Bytes of a piece: large enough that a call costs nothing, small enough that hashing it holds nobody up. */
const PIECE = 2 ** 20;

const shortened = fail('changed', 'it has changed while it was read', 'open it again').fault;

/** Reads from an open file of so many bytes. */
export function readerOf(file: Pick<FileHandle, 'read'>, size: number): ReadAt {
  return async (position, length) => {
    if (!Number.isSafeInteger(position) || position + length > size) return null;
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const { bytesRead } = await file.read(bytes, at, length - at, position + at);
      if (bytesRead === 0) return null;
      at += bytesRead;
    }
    return bytes;
  };
}

export class OpenFile implements PartsElsewhere, FilePlace {
  readonly path: string;
  readonly size: number;
  readonly read: ReadAt;
  readonly #handle: FileHandle;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
    this.read = readerOf(handle, size);
  }

  /** Of an absolute path that is known to be an ordinary file. Rejects with the system's error. */
  static async at(path: string): Promise<OpenFile> {
    const handle = await open(path, 'r');
    try {
      return OpenFile.over(path, (await handle.stat()).size, handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** The same of one that is open already, which is closed with this. */
  static over(path: string, size: number, handle: FileHandle): OpenFile {
    return new OpenFile(path, size, handle);
  }

  async *chunks(): AsyncGenerator<Uint8Array, void> {
    for (let at = 0; at < this.size; at += PIECE) {
      const piece = await this.read(at, Math.min(PIECE, this.size - at)).catch((error: unknown) => {
        throw new FaultError(readingFault(error));
      });
      if (piece === null) throw new FaultError(shortened);
      yield piece;
    }
  }

  close(): Promise<void> {
    return this.#handle.close();
  }
}

/** A file that nobody else writes to, opened whenever it is read. Rejects with the system's error where it is not there. */
export async function fileElsewhere(path: string): Promise<BytesElsewhere & FilePlace> {
  const { size } = await stat(path);
  return { path, size, chunks: () => chunksOfFile(path) };
}

/**
 * The bytes of a file, which is opened when the first are asked for. (A stream opens its file at once: where it cannot, and nobody
 * listens yet, its error is one that nobody catches.)
 */
export async function* chunksOfFile(path: string): AsyncGenerator<Uint8Array, void> {
  const chunks: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: PIECE });
  yield* chunks;
}
