/**
 * Files that a page may open, by handles. Paths never come from a page: they come from the command line, from a native dialog, or
 * from an upload that lies in a private folder. A handle is a random name that only the page that was given it knows.
 */

import { randomBytes } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { LARGE_FILE, OpenFile } from '../../core/node/files/open-file';
import { notAFile, readingFault, systemCode, writingFault } from '../../core/node/files/system-fault';
import { fail, succeed, type Result } from '../../core/raster/fault';
import { makeProcessFolder } from './data-folder';
import { stampFrom, type FileStamp } from './file-stamp';

export type FileHandle = string;

/** The largest file that is opened, in bytes. */
export const LARGEST_FILE = 2_000_000_000;
/** Uploads that were never opened; the oldest is removed for a new one. */
const MOST_UPLOADS = 32;

/** The user's own file, a copy that Burnish keeps, or an upload, which is removed once it has been read. */
type Origin = 'own' | 'copy' | 'upload';

interface KnownFile {
  readonly path: string;
  /** Without folders. */
  readonly name: string;
  readonly origin: Origin;
}

export interface FileContent {
  readonly name: string;
  readonly bytes: Uint8Array | OpenFile;
  /** Absolute; null where the user's own file is elsewhere. */
  readonly path: string | null;
  /** What the user's own file was when it was read. */
  readonly stamp: FileStamp | null;
  /** It comes with the program, so it is not listed among the files that were opened lately. */
  readonly sample?: true;
}

/** A name as it is shown: without folders and control characters, never empty. */
export function shownName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? '';
  return (
    last
      .replace(/[\p{Cc}\p{Cs}]/gu, '')
      .slice(0, 255)
      .trim() || 'Untitled'
  );
}

export interface FileSizes {
  /** The largest file that is opened, in bytes. */
  readonly largest: number;
  /** Bytes of a file from which on it stays on the disk while it is opened; what recents keep a copy of is smaller. */
  readonly large: number;
}

export class Files {
  readonly #folder: string;
  /** Bytes. */
  readonly largest: number;
  readonly #large: number;
  readonly #known = new Map<FileHandle, KnownFile>();
  readonly #folders = new Map<FileHandle, string>();

  /** Uploads go below `folder`. */
  constructor(folder: string, { largest = LARGEST_FILE, large = LARGE_FILE }: Partial<FileSizes> = {}) {
    this.#folder = makeProcessFolder(join(folder, 'uploads'));
    this.largest = largest;
    this.#large = large;
  }

  /** A handle for a file of the user's. */
  register(path: string): FileHandle {
    return this.#add({ path: resolve(path), name: shownName(basename(path)), origin: 'own' });
  }

  /** A handle for a copy of a file of this name. */
  registerCopy(path: string, name: string): FileHandle {
    return this.#add({ path, name: shownName(name), origin: 'copy' });
  }

  /** A handle for a folder that the user chose to write to. */
  registerFolder(path: string): FileHandle {
    const handle = randomBytes(16).toString('base64url');
    this.#folders.set(handle, path);
    return handle;
  }

  /** The path of such a folder. */
  folder(handle: FileHandle): string | undefined {
    return this.#folders.get(handle);
  }

  /** Where the user's own file lies; null for one that came through the page. */
  ownPath(handle: FileHandle): string | null {
    const known = this.#known.get(handle);
    return known?.origin === 'own' ? known.path : null;
  }

  /** What a page is told of a file: its handle and its name. */
  describe(handle: FileHandle): { readonly handle: FileHandle; readonly name: string } {
    return { handle, name: this.#known.get(handle)?.name ?? '' };
  }

  /** Stores what a page hands over. The fault names the file. */
  async receive(name: string, chunks: AsyncIterable<Uint8Array>): Promise<Result<FileHandle>> {
    const shown = shownName(name);
    const path = join(this.#folder, randomBytes(12).toString('hex'));
    try {
      const file = await open(path, 'wx', 0o600);
      let size = 0;
      try {
        for await (const chunk of chunks) {
          size += chunk.byteLength;
          if (size > this.largest) return await this.#refuse(path, this.tooLarge(shown));
          await file.appendFile(chunk);
        }
      } finally {
        await file.close();
      }
      return succeed(this.#add({ path, name: shown, origin: 'upload' }));
    } catch (error) {
      await rm(path, { force: true });
      if (systemCode(error) === undefined) throw error;
      const fault = writingFault(error);
      return fail(fault.code, `${shown}: ${fault.message}`, fault.remedy);
    }
  }

  async #refuse<R>(path: string, refusal: R): Promise<R> {
    await rm(path, { force: true });
    return refusal;
  }

  /** The refusal of a file for its size. */
  tooLarge(name: string): Result<never> {
    const limit = `${Math.round(this.largest / 1e6)} MB`;
    return fail('too-large', `${name} is larger than ${limit}`, 'reduce it with another program first');
  }

  /**
   * Gives `use` the content of a file, in memory or, where it is large, as a file that is open until `use` is done with it. An uploaded
   * one is gone afterwards. Answers what `use` answers; the fault of what cannot be read names the file.
   */
  async using<T>(
    handle: FileHandle,
    use: (content: FileContent) => Promise<Result<T>> | Result<T>,
  ): Promise<Result<T>> {
    const known = this.#known.get(handle);
    if (known === undefined) return fail('not-found', 'this file is no longer at hand', 'choose it again');
    try {
      const content = await this.#contentOf(known);
      if (!content.ok) return content;
      const { bytes } = content.value;
      try {
        return await use(content.value);
      } finally {
        if (bytes instanceof OpenFile) await bytes.close();
      }
    } finally {
      if (known.origin === 'upload') await this.#remove(handle);
    }
  }

  async #contentOf({ path, name, origin }: KnownFile): Promise<Result<FileContent>> {
    try {
      const entry = await stat(path);
      const refused = notAFile(entry, 'name a file');
      if (refused !== null)
        return fail(refused.fault.code, `${name} ${refused.fault.message}`, refused.fault.remedy);
      if (entry.size > this.largest) return this.tooLarge(name);
      const own = origin === 'own' ? { path, stamp: stampFrom(entry) } : { path: null, stamp: null };
      const bytes = entry.size < this.#large ? await readFile(path) : await OpenFile.at(path);
      return succeed({ name, bytes, ...own });
    } catch (error) {
      const fault = readingFault(error);
      return fail(fault.code, `${name}: ${fault.message}`, fault.remedy);
    }
  }

  #add(file: KnownFile): FileHandle {
    const handle = randomBytes(16).toString('base64url');
    this.#known.set(handle, file);
    if (file.origin !== 'upload') return handle;
    const uploads = [...this.#known].filter(([, known]) => known.origin === 'upload');
    if (uploads.length > MOST_UPLOADS) void this.#remove(uploads[0][0]);
    return handle;
  }

  async #remove(handle: FileHandle): Promise<void> {
    const known = this.#known.get(handle);
    this.#known.delete(handle);
    if (known?.origin === 'upload') await rm(known.path, { force: true });
  }

  async close(): Promise<void> {
    this.#known.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
