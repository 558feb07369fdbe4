/**
 * The files of open pictures as they were when they were opened, byte for byte: a project file takes them in. They lie in a
 * folder of this process alone, named by their content, because the user's own file may change or go while its picture is
 * open. Where the disk takes no copy the bytes stay in memory: a full disk is a reason not to save, but none not to open.
 */

import { createReadStream } from 'node:fs';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceId } from '../../core/document/document';
import { readingFault } from '../../core/node/files/system-fault';
import type { BytesElsewhere } from '../../core/node/project/archive-writing';
import { fail, succeed, type Result } from '../../core/raster/fault';
import { makeProcessFolder } from './data-folder';

/** Where a file is: a path, or its bytes. */
type Place = string | Uint8Array;

function gone(error: unknown): Result<never> {
  const { code } = readingFault(error);
  return fail(code, 'the original file is no longer at hand', 'open the picture again');
}

export class Originals {
  readonly #folder: string;
  readonly #places = new Map<SourceId, Promise<Place>>();
  #kept = 0;

  /** They go below `folder`. */
  constructor(folder: string) {
    this.#folder = makeProcessFolder(join(folder, 'originals'));
  }

  /** Begins to keep these bytes; whoever reads them waits for it. */
  keep(id: SourceId, bytes: Uint8Array): void {
    if (!this.#places.has(id)) this.#places.set(id, this.#store(id, bytes));
  }

  async #store(id: SourceId, bytes: Uint8Array): Promise<Place> {
    // The number keeps a file that is on its way out apart from the same one that is opened again.
    const path = join(this.#folder, `${id}-${++this.#kept}`);
    try {
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
      return path;
    } catch {
      await rm(path, { force: true }).catch(() => undefined);
      return bytes;
    }
  }

  /** The path of one that is kept, for whoever reads parts of it; null where it lies in memory. */
  async path(id: SourceId): Promise<string | null> {
    const place = await this.#places.get(id);
    return typeof place === 'string' ? place : null;
  }

  /** Where one that is kept lies; there it stays as it is until it is dropped. The fault does not name it. */
  async find(id: SourceId): Promise<Result<Uint8Array | BytesElsewhere>> {
    const place = await this.#places.get(id);
    if (place === undefined) return fail('not-found', 'the original file is no longer at hand');
    if (typeof place !== 'string') return succeed(place);
    try {
      const { size } = await stat(place);
      return succeed({ size, chunks: () => createReadStream(place) });
    } catch (error) {
      return gone(error);
    }
  }

  /** The bytes of one that is kept. The fault does not name it. */
  async read(id: SourceId): Promise<Result<Uint8Array>> {
    const place = await this.#places.get(id);
    if (place === undefined) return fail('not-found', 'the original file is no longer at hand');
    if (typeof place !== 'string') return succeed(place);
    try {
      return succeed(await readFile(place));
    } catch (error) {
      return gone(error);
    }
  }

  /** Nobody needs it any more. */
  drop(id: SourceId): void {
    const place = this.#places.get(id);
    this.#places.delete(id);
    void place?.then((path) => (typeof path === 'string' ? rm(path, { force: true }) : undefined));
  }

  async close(): Promise<void> {
    await Promise.all(this.#places.values());
    this.#places.clear();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
