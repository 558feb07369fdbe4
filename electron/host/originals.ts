/**
 * The files of open pictures as they were when they were opened, byte for byte: a project file takes them in. They lie in a
 * folder of this process alone, named by their content, because the user's own file may change or go while its picture is
 * open. Where the disk takes no copy the bytes stay in memory: a full disk is a reason not to save, but none not to open.
 *
 * A file's name is worked out while it is copied: a large one is read once, a piece at a time, and never in memory as a whole.
 */

import { createHash } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceId } from '../../core/document/document';
import { wholeOf, type BytesElsewhere } from '../../core/node/files/bytes-elsewhere';
import { fileElsewhere, type FilePlace } from '../../core/node/files/open-file';
import { readingFault, systemCode } from '../../core/node/files/system-fault';
import { fail, FaultError, succeed, type Result } from '../../core/raster/fault';
import { makeProcessFolder } from './data-folder';

/** Where a file is: a path, or its bytes. */
type Place = string | Uint8Array;

interface Kept {
  readonly place: Promise<Place>;
  /** How many need it. */
  holders: number;
}

/** A file that was taken in: its name, and its content where it was in memory or where it lies now. */
export interface Taken {
  readonly id: SourceId;
  readonly content: Uint8Array | FilePlace;
}

function gone(error: unknown): Result<never> {
  const { code } = readingFault(error);
  return fail(code, 'the original file is no longer at hand', 'open the picture again');
}

function hashOf(bytes: Uint8Array): SourceId {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes the content to a new file; what it is called by its content. Rejects with the system's error, or the content's own. */
async function copied(content: BytesElsewhere, path: string): Promise<SourceId> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  try {
    // While one piece is written the next is read.
    let writing: Promise<void> = Promise.resolve();
    for await (const chunk of content.chunks()) {
      hash.update(chunk);
      await writing;
      writing = file.writeFile(chunk);
      // It is told with the next piece.
      writing.catch(() => undefined);
    }
    await writing;
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

export class Originals {
  readonly #folder: string;
  readonly #kept = new Map<SourceId, Kept>();
  readonly #removals = new Set<Promise<void>>();
  #count = 0;

  /** They go below `folder`. */
  constructor(folder: string) {
    this.#folder = makeProcessFolder(join(folder, 'originals'));
  }

  /** Takes a file in for one more who needs it, until `drop`. The fault is that of reading it. */
  async take(content: Uint8Array | BytesElsewhere): Promise<Result<Taken>> {
    if (content instanceof Uint8Array) {
      const id = hashOf(content);
      this.#hold(id, () => this.#store(id, content));
      return succeed({ id, content });
    }
    const path = join(this.#folder, `incoming-${++this.#count}`);
    let id: SourceId;
    try {
      id = await copied(content, path);
    } catch (error) {
      await rm(path, { force: true }).catch(() => undefined);
      if (error instanceof FaultError) return { ok: false, fault: error.fault };
      if (systemCode(error) === undefined) throw error;
      return this.#inMemory(content);
    }
    const place = await this.#hold(id, () => this.#named(path, id)).place;
    // It was there already.
    if (place !== this.#pathOf(path, id)) await rm(path, { force: true }).catch(() => undefined);
    return succeed({ id, content: typeof place === 'string' ? { path: place, size: content.size } : place });
  }

  /** The number keeps a file that is on its way out apart from the same one that is opened again. */
  #pathOf(incoming: string, id: SourceId): string {
    return join(this.#folder, `${id}-${incoming.slice(incoming.lastIndexOf('-') + 1)}`);
  }

  async #named(incoming: string, id: SourceId): Promise<Place> {
    const path = this.#pathOf(incoming, id);
    await rename(incoming, path);
    return path;
  }

  /** Where the disk takes no copy. */
  async #inMemory(content: BytesElsewhere): Promise<Result<Taken>> {
    try {
      const bytes = await wholeOf(content);
      const id = hashOf(bytes);
      this.#hold(id, () => Promise.resolve(bytes));
      return succeed({ id, content: bytes });
    } catch (error) {
      if (error instanceof FaultError) return { ok: false, fault: error.fault };
      throw error;
    }
  }

  #hold(id: SourceId, store: () => Promise<Place>): Kept {
    const known = this.#kept.get(id);
    const kept = known ?? { place: store(), holders: 0 };
    kept.holders += 1;
    this.#kept.set(id, kept);
    return kept;
  }

  async #store(id: SourceId, bytes: Uint8Array): Promise<Place> {
    const path = join(this.#folder, `${id}-${++this.#count}`);
    try {
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
      return path;
    } catch {
      await rm(path, { force: true }).catch(() => undefined);
      return bytes;
    }
  }

  /** One more needs what is kept. */
  hold(id: SourceId): void {
    const kept = this.#kept.get(id);
    if (kept !== undefined) kept.holders += 1;
  }

  /** The path of one that is kept, for whoever reads parts of it; null where it lies in memory. */
  async path(id: SourceId): Promise<string | null> {
    const place = await this.#kept.get(id)?.place;
    return typeof place === 'string' ? place : null;
  }

  /** Where one that is kept lies; there it stays as it is until it is dropped. The fault does not name it. */
  async find(id: SourceId): Promise<Result<Uint8Array | (BytesElsewhere & FilePlace)>> {
    const place = await this.#kept.get(id)?.place;
    if (place === undefined) return fail('not-found', 'the original file is no longer at hand');
    if (typeof place !== 'string') return succeed(place);
    try {
      return succeed(await fileElsewhere(place));
    } catch (error) {
      return gone(error);
    }
  }

  /** The bytes of one that is kept. The fault does not name it. */
  async read(id: SourceId): Promise<Result<Uint8Array>> {
    const found = await this.find(id);
    if (!found.ok) return found;
    try {
      return succeed(await wholeOf(found.value));
    } catch (error) {
      return gone(error);
    }
  }

  /** One who needed it does not any more; with the last one it goes. */
  drop(id: SourceId): void {
    const kept = this.#kept.get(id);
    if (kept === undefined || --kept.holders > 0) return;
    this.#kept.delete(id);
    const removal = kept.place
      .then((place) => (typeof place === 'string' ? rm(place, { force: true }) : undefined))
      // The folder goes at the end, and what is left in it.
      .catch(() => undefined)
      .finally(() => this.#removals.delete(removal));
    this.#removals.add(removal);
  }

  async close(): Promise<void> {
    await Promise.allSettled([...this.#kept.values()].map(({ place }) => place));
    await Promise.all(this.#removals);
    this.#kept.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
