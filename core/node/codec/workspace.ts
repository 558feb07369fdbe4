/**
 * The private folder through which files and pixels pass to and from the children: in memory where the system
 * has a file system there, because a picture is written once and read once. Nobody else can look into it, and
 * it is gone when the codec is closed, when this process ends, and, by a child's hand, when this process is
 * killed. What is left where all are killed at once the next process removes.
 */

import { accessSync, constants, mkdirSync, rmSync, statfsSync, type Stats } from 'node:fs';
import { copyFile, mkdir, open, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Raster } from '../../raster/raster';
import { sweepWorkspaces, workspaceName } from './stray-workspaces';

const MEMORY_FILES = '/dev/shm';
/** Containers often have 64 MB there, less than one photo takes. */
const LEAST_SPACE = 2 ** 31;
/** Bytes from which on a file lies on the disk all the same: the memory is wanted for other things. */
const LARGE = 2 ** 29;
/** Other than the folder for what is soon gone, this one is on a disk, and large. */
const DISK = '/var/tmp';
/** Bytes of one read or write; the system takes less than 2 GiB at once. */
const PART = 2 ** 28;
/** Bytes of one read at most, and how many are under way: memory is copied, and touched for the first time, by several threads. */
const READ = 2 ** 24;
const READERS = 4;

function roomyMemory(): boolean {
  try {
    accessSync(MEMORY_FILES, constants.W_OK);
    const { bavail, bsize } = statfsSync(MEMORY_FILES);
    return bavail * bsize >= LEAST_SPACE;
  } catch {
    return false;
  }
}

/** Where the large files of a folder in memory lie. */
function diskOf(folder: string): string {
  try {
    accessSync(DISK, constants.W_OK);
    return join(DISK, basename(folder));
  } catch {
    return join(tmpdir(), basename(folder));
  }
}

/** Removes such a folder and what belongs to it elsewhere; for the last moment of a process. */
export function removeWorkspace(folder: string): void {
  for (const each of [folder, diskOf(folder)]) rmSync(each, { recursive: true, force: true });
}

async function transfer(
  from: number,
  end: number,
  most: number,
  part: (from: number, to: number) => Promise<number>,
): Promise<void> {
  for (let at = from; at < end;) {
    const moved = await part(at, Math.min(end, at + most));
    if (moved === 0) throw new Error('a temporary file is shorter than it should be');
    at += moved;
  }
}

/** Whether this process has looked for what others left: once is enough, because they do not die that often. */
let isSwept = false;

export class Workspace {
  readonly folder: string;
  #names = 0;
  readonly #disk: string | null;
  readonly #onExit = (): void => removeWorkspace(this.folder);

  #made = false;
  readonly #removals = new Set<Promise<void>>();

  /** Files of `large` bytes or more do not lie in memory. */
  constructor(private readonly large = LARGE) {
    const inMemory = roomyMemory();
    const name = workspaceName();
    this.folder = join(inMemory ? MEMORY_FILES : tmpdir(), name);
    this.#disk = inMemory ? diskOf(this.folder) : null;
  }

  /** Made for the first file, so that a codec which is never used leaves nothing behind. */
  #make(): void {
    if (this.#made) return;
    mkdirSync(this.folder, { mode: 0o700 });
    this.#made = true;
    process.on('exit', this.#onExit);
    if (isSwept) return;
    isSwept = true;
    this.#meanwhile(sweepWorkspaces([MEMORY_FILES, DISK, tmpdir()]));
  }

  /** Makes a place for a file of about so many bytes, which a child is the first to write under this name. */
  async prepare(name: string, bytes = 0): Promise<void> {
    this.#make();
    if (this.#disk === null || bytes < this.large) return;
    await mkdir(this.#disk, { recursive: true, mode: 0o700 });
    await symlink(join(this.#disk, name), join(this.folder, name));
  }

  /** A name that nothing in the folder has. */
  name(): string {
    this.#names += 1;
    return `file-${this.#names}`;
  }

  /** Gives a file of somebody else's a name here, which takes no copy where the system has links. */
  async link(name: string, path: string): Promise<void> {
    this.#make();
    await symlink(path, this.pathOf(name)).catch(() => copyFile(path, this.pathOf(name)));
  }

  pathOf(name: string): string {
    return join(this.folder, name);
  }

  stat(name: string): Promise<Stats> {
    return stat(this.pathOf(name));
  }

  /** Writes the parts as they come, one after another; together about so many bytes. */
  async write(
    name: string,
    parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    bytes = 0,
  ): Promise<void> {
    await this.prepare(name, bytes);
    // It is there, as a link, where it lies elsewhere.
    const file = await open(join(this.folder, name), 'w', 0o600);
    try {
      for await (const bytes of parts) {
        await transfer(
          0,
          bytes.length,
          PART,
          async (from, to) => (await file.write(bytes, from, to - from)).bytesWritten,
        );
      }
    } finally {
      await file.close();
    }
  }

  /** The first bytes of a file, at most so many. */
  async head(name: string, most: number): Promise<Uint8Array> {
    const file = await open(join(this.folder, name), 'r');
    try {
      const bytes = new Uint8Array(most);
      const { bytesRead } = await file.read(bytes, 0, most, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  async read(name: string): Promise<Uint8Array> {
    return readFile(join(this.folder, name));
  }

  /** Fills `raster` with the pixels that begin `offset` bytes into a file; the first `known` bytes of them are there already. */
  async readRaster(name: string, offset: number, raster: Raster, known = 0): Promise<Raster> {
    const { buffer, byteOffset, byteLength } = raster.data;
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    const file = await open(join(this.folder, name), 'r');
    try {
      const rest = bytes.length - known;
      const share = Math.max(READ, Math.ceil(rest / READERS));
      const shares = Array.from({ length: Math.ceil(rest / share) }, (_, at) => known + at * share);
      const read = async (from: number, to: number): Promise<number> =>
        (await file.read(bytes, from, to - from, offset + from)).bytesRead;
      const readings = shares.map((from) => transfer(from, Math.min(bytes.length, from + share), READ, read));
      // The file is closed when the last of them has ended, whatever became of the others.
      for (const reading of await Promise.allSettled(readings)) {
        if (reading.status === 'rejected') throw reading.reason;
      }
    } finally {
      await file.close();
    }
    return raster;
  }

  /** Removes files that may or may not be there. */
  async remove(names: readonly string[]): Promise<void> {
    const folders = [this.folder, ...(this.#disk === null ? [] : [this.#disk])];
    const paths = names.flatMap((name) => folders.map((folder) => join(folder, name)));
    await Promise.all(paths.map((path) => rm(path, { force: true })));
  }

  /** The same without anybody waiting but `close`; what cannot be removed goes with the folder. */
  removeMeanwhile(names: readonly string[]): void {
    this.#meanwhile(this.remove(names).catch(() => undefined));
  }

  #meanwhile(work: Promise<void>): void {
    const removal = work.finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  async close(): Promise<void> {
    await Promise.all(this.#removals);
    process.off('exit', this.#onExit);
    await rm(this.folder, { recursive: true, force: true });
    if (this.#disk !== null) await rm(this.#disk, { recursive: true, force: true });
  }
}
