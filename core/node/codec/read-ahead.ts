/**
 * Pixels are read while the child still writes them: libvips hands a picture on from the top down and appends it to its file, so
 * what lies below the end of the file is what will lie there (its `vips_sink_disc` promises the order, and a test watches it).
 * Copying a large picture takes about half as long as decoding it, and is done meanwhile by a core that has nothing else to do.
 * What was read counts only where the child says at the end that it wrote the file once and left it so.
 */

import { open, type FileHandle } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { byteLength, sameShape, type Raster, type Shape } from '../../raster/raster';
import { systemCode } from '../files/system-fault';
import type { Decoded } from './messages';
import { shapeOfStored, storedIn, VIPS_HEADER } from './vips-file';

/** Milliseconds between two looks at the file. */
const LOOK = 4;
/** Bytes of a picture from which on it is worth it. */
const LEAST = 2 ** 23;
/** Bytes of one read, at most. */
const READ = 2 ** 22;

export interface ReadSoFar {
  readonly raster: Raster;
  /** Bytes of its samples that are there, from the first. */
  readonly bytes: number;
}

export interface ReadAhead {
  /** Ends it. What was read, where it is the beginning of what the child tells of; else null. */
  stop(decoded: Decoded | null): Promise<ReadSoFar | null>;
}

/** Makes the raster for such a picture; null where it is not to be read ahead. */
type MakeRaster = (shape: Shape) => Raster | null | Promise<Raster | null>;

async function openWhenThere(path: string, stopped: () => boolean): Promise<FileHandle | null> {
  while (!stopped()) {
    try {
      return await open(path, 'r');
    } catch (error) {
      if (systemCode(error) !== 'ENOENT') throw error;
      await wait(LOOK);
    }
  }
  return null;
}

class Ahead implements ReadAhead {
  #stopped = false;
  #raster: Raster | null = null;
  #bytes = 0;
  readonly #reading: Promise<void>;

  constructor(
    private readonly path: string,
    private readonly make: MakeRaster,
  ) {
    // Whatever goes wrong here goes wrong again, and is told, when the file is read at the end.
    this.#reading = this.#read().catch(() => {
      this.#raster = null;
    });
  }

  async stop(decoded: Decoded | null): Promise<ReadSoFar | null> {
    this.#stopped = true;
    await this.#reading;
    const raster = this.#raster;
    if (decoded === null || raster === null || !decoded.once || decoded.offset !== VIPS_HEADER) return null;
    return sameShape(decoded.shape, raster) ? { raster, bytes: this.#bytes } : null;
  }

  async #read(): Promise<void> {
    const file = await openWhenThere(this.path, () => this.#stopped);
    if (file === null) return;
    try {
      await this.#follow(file);
    } finally {
      await file.close();
    }
  }

  async #follow(file: FileHandle): Promise<void> {
    let bytes: Uint8Array | null = null;
    while (!this.#stopped) {
      const { size } = await file.stat();
      if (bytes === null && size >= VIPS_HEADER) {
        bytes = await this.#begin(file);
        if (bytes === null) return;
      }
      const end = Math.min(size - VIPS_HEADER, bytes?.length ?? 0);
      if (bytes === null || end <= this.#bytes) {
        if (end === bytes?.length) return;
        await wait(LOOK);
        continue;
      }
      const length = Math.min(READ, end - this.#bytes);
      const { bytesRead } = await file.read(bytes, this.#bytes, length, VIPS_HEADER + this.#bytes);
      // It was begun anew meanwhile.
      if (bytesRead === 0) return;
      this.#bytes += bytesRead;
    }
  }

  /** Where the samples go; null where they are not levels as they stand, or few. */
  async #begin(file: FileHandle): Promise<Uint8Array | null> {
    const header = new Uint8Array(VIPS_HEADER);
    await file.read(header, 0, VIPS_HEADER, 0);
    const shape = shapeOfStored(storedIn(header));
    if (shape === null || byteLength(shape) < LEAST) return null;
    this.#raster = await this.make(shape);
    if (this.#raster === null) return null;
    const { buffer, byteOffset, byteLength: length } = this.#raster.data;
    return new Uint8Array(buffer, byteOffset, length);
  }
}

/** Begins to read the file of pixels at `path`, which is not there yet. It has to be stopped. */
export function readAhead(path: string, make: MakeRaster): ReadAhead {
  return new Ahead(path, make);
}
