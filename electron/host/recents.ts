/**
 * The files that were opened lately, with thumbnails. A file that has no path of its own (it was dropped into a browser) is kept
 * as a copy; copies are bounded, and the oldest go first. Losing this list is no loss of work: whatever cannot be read or
 * written is passed over.
 */

import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Recent } from '../../core/protocol/contract';
import { isPlainObject } from '../../core/document/json';
import { writeAtomically, type Content } from '../../core/node/files/atomic-write';
import { chunksOfFile } from '../../core/node/files/open-file';
import { makePrivateFolder } from './data-folder';

const MOST = 12;
/** Bytes of copies, altogether and one. */
const MOST_COPIED = 512_000_000;
const LARGEST_COPY = 128_000_000;

interface Entry {
  /** A SHA-256: of a picture's file, or of what a project is known by. */
  readonly id: string;
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** Milliseconds since 1970. */
  readonly opened: number;
  /** Where the user's own file is; null where only the copy is known. */
  readonly path: string | null;
  /** Bytes of the copy; 0 where there is none. */
  readonly copied: number;
}

/** A file that holds what somebody has just written. */
export interface KeptFile {
  readonly path: string;
  readonly size: number;
}

/** A file that was opened or saved, by what it is called and what it holds. */
export interface RecentFile {
  readonly name: string;
  /** Where the user's own file is; null where nobody knows. */
  readonly path: string | null;
  readonly bytes: Uint8Array | KeptFile;
}

export interface Opened extends RecentFile {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** WebP. */
  readonly thumbnail: Uint8Array;
}

function contentOf(bytes: RecentFile['bytes']): Content {
  return bytes instanceof Uint8Array ? bytes : chunksOfFile(bytes.path);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function entryOf(value: unknown): Entry | null {
  if (!isPlainObject(value)) return null;
  const { id, name, width, height, opened, path, copied } = value;
  if (typeof id !== 'string' || !/^[0-9a-f]{64}$/.test(id) || typeof name !== 'string') return null;
  if (!isCount(width) || !isCount(height) || !isCount(opened) || !isCount(copied)) return null;
  if (path !== null && typeof path !== 'string') return null;
  return { id, name, width, height, opened, path, copied };
}

async function readEntries(path: string): Promise<readonly Entry[]> {
  try {
    const list: unknown = JSON.parse(await readFile(path, 'utf8'));
    return Array.isArray(list) ? list.map(entryOf).filter((entry) => entry !== null) : [];
  } catch {
    return [];
  }
}

export class Recents {
  readonly #folder: string;
  #entries: readonly Entry[];
  #writing: Promise<void> = Promise.resolve();

  private constructor(folder: string, entries: readonly Entry[]) {
    this.#folder = folder;
    this.#entries = entries;
  }

  /** Reads the list kept in `folder`. */
  static async open(folder: string): Promise<Recents> {
    makePrivateFolder(join(folder, 'recent'));
    return new Recents(folder, await readEntries(join(folder, 'recent.json')));
  }

  /** The newest first; only those that can still be opened. */
  list(): readonly Recent[] {
    return this.#entries
      .filter((entry) => this.#place(entry) !== null)
      .map(({ id, name, width, height, opened }) => ({
        id,
        name,
        width,
        height,
        opened,
        thumbnail: `thumbnails/${id}`,
      }));
  }

  /** Where to open it from; null where it is gone. */
  find(id: string): { readonly path: string; readonly name: string; readonly isCopy: boolean } | null {
    const entry = this.#entries.find((candidate) => candidate.id === id);
    const path = entry === undefined ? null : this.#place(entry);
    if (entry === undefined || path === null) return null;
    return { path, name: entry.name, isCopy: path !== entry.path };
  }

  async thumbnail(id: string): Promise<Uint8Array | null> {
    if (!this.#entries.some((entry) => entry.id === id)) return null;
    return readFile(this.#thumbnailPath(id)).catch(() => null);
  }

  /** Puts a file at the head of the list. Resolves when it is stored, or could not be. */
  add(opened: Opened): Promise<void> {
    this.#writing = this.#writing.then(() => this.#add(opened));
    return this.#writing;
  }

  async #add({ bytes, thumbnail, ...facts }: Opened): Promise<void> {
    const size = bytes instanceof Uint8Array ? bytes.byteLength : bytes.size;
    const wantsCopy = facts.path === null && size <= LARGEST_COPY;
    const overwrite = { overwrite: true };
    const pictured = await writeAtomically(this.#thumbnailPath(facts.id), thumbnail, overwrite);
    if (!pictured.ok) return;
    const copied = wantsCopy
      ? await writeAtomically(this.#copyPath(facts.id), contentOf(bytes), overwrite)
      : null;
    const entry: Entry = { ...facts, opened: Date.now(), copied: copied?.ok === true ? size : 0 };
    const isSame = ({ id, path }: Entry): boolean =>
      id === entry.id || (path !== null && path === entry.path);
    const kept = bounded([entry, ...this.#entries.filter((other) => !isSame(other))]);
    const gone = this.#entries.filter((old) => !kept.some((other) => other.id === old.id));
    this.#entries = kept;
    await writeAtomically(
      join(this.#folder, 'recent.json'),
      Buffer.from(JSON.stringify(kept, null, 1)),
      overwrite,
    );
    for (const { id } of gone) await this.#remove(id);
  }

  async #remove(id: string): Promise<void> {
    for (const path of [this.#thumbnailPath(id), this.#copyPath(id)])
      await rm(path, { force: true }).catch(() => undefined);
  }

  #place(entry: Entry): string | null {
    if (entry.path !== null && existsSync(entry.path)) return entry.path;
    const copy = this.#copyPath(entry.id);
    return entry.copied > 0 && existsSync(copy) ? copy : null;
  }

  #copyPath(id: string): string {
    return join(this.#folder, 'recent', `${id}.bytes`);
  }

  #thumbnailPath(id: string): string {
    return join(this.#folder, 'recent', `${id}.webp`);
  }
}

/** As many of the newest as may be kept. */
function bounded(entries: readonly Entry[]): readonly Entry[] {
  let copied = 0;
  return entries.slice(0, MOST).filter((entry) => {
    copied += entry.copied;
    return copied <= MOST_COPIED || entry.copied === 0;
  });
}
