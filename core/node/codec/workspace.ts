/**
 * The private folder through which files and pixels pass to and from the children: in memory where the system
 * has a file system there, because a picture is written once and read once. Nobody else can look into it, and
 * it is gone when the codec is closed, when this process ends, and, by a child's hand, when this process is
 * killed.
 */

import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Raster } from '../../raster/raster';

const MEMORY_FILES = '/dev/shm';
/** Containers often have 64 MB there, less than one photo takes. */
const LEAST_SPACE = 2 ** 31;
/** Bytes of one read or write; the system takes less than 2 GiB at once. */
const PART = 2 ** 28;

function roomyMemory(): boolean {
  try {
    accessSync(MEMORY_FILES, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY_FILES);
    return bavail * bsize >= LEAST_SPACE;
  } catch {
    return false;
  }
}

async function transfer(length: number, part: (from: number, to: number) => Promise<number>): Promise<void> {
  for (let at = 0; at < length;) {
    const moved = await part(at, Math.min(length, at + PART));
    if (moved === 0) throw new Error('a temporary file is shorter than it should be');
    at += moved;
  }
}

export class Workspace {
  readonly folder: string;
  #names = 0;
  readonly #onExit = (): void => rmSync(this.folder, { recursive: true, force: true });

  #made = false;

  constructor() {
    const base = roomyMemory() ? MEMORY_FILES : tmpdir();
    this.folder = join(base, `burnish-codec-${process.pid}-${randomBytes(8).toString('hex')}`);
  }

  /** Made for the first file, so that a codec which is never used leaves nothing behind. */
  #make(): void {
    if (this.#made) return;
    mkdirSync(this.folder, { mode: 0o700 });
    this.#made = true;
    process.on('exit', this.#onExit);
  }

  /** For files that a child is the first to write. */
  prepare(): void {
    this.#make();
  }

  /** A name that nothing in the folder has. */
  name(): string {
    this.#names += 1;
    return `file-${this.#names}`;
  }

  /** Writes the parts as they come, one after another. */
  async write(name: string, parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void> {
    this.#make();
    const file = await open(join(this.folder, name), 'wx', 0o600);
    try {
      for await (const bytes of parts) {
        await transfer(
          bytes.length,
          async (from, to) => (await file.write(bytes, from, to - from)).bytesWritten,
        );
      }
    } finally {
      await file.close();
    }
  }

  async read(name: string): Promise<Uint8Array> {
    return readFile(join(this.folder, name));
  }

  /** Fills `raster` with the pixels that begin `offset` bytes into a file. */
  async readRaster(name: string, offset: number, raster: Raster): Promise<Raster> {
    const { buffer, byteOffset, byteLength } = raster.data;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    const file = await open(join(this.folder, name), 'r');
    try {
      await transfer(bytes.length, async (from, to) => {
        return (await file.read(bytes, from, to - from, offset + from)).bytesRead;
      });
    } finally {
      await file.close();
    }
    return raster;
  }

  /** Removes files that may or may not be there. */
  async remove(names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => rm(join(this.folder, name), { force: true })));
  }

  async close(): Promise<void> {
    process.off('exit', this.#onExit);
    await rm(this.folder, { recursive: true, force: true });
  }
}
