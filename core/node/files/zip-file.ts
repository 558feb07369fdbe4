/** An archive that grows on disk, one file after the other, so that its size is bounded by the disk alone. */

import { open, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { configure, ZipWriter } from '@zip.js/zip.js/lib/zip-core-native.js';

import type { BytesElsewhere } from './bytes-elsewhere';

configure({ useWebWorkers: false });

export interface ZipFile {
  /** Adds a file, as it is: encoded pictures do not become smaller. Files may be added at the same time. */
  add(name: string, content: BytesElsewhere): Promise<void>;
  /** Finishes the archive. */
  close(): Promise<{ readonly file: string; readonly size: number }>;
}

function readerOf({ size, chunks }: BytesElsewhere): Parameters<ZipWriter<unknown>['add']>[1] {
  return { readable: Readable.toWeb(Readable.from(chunks())), size };
}

/** Begins an archive in a new file. Rejects with the system's error, as do its methods; nothing stays then. */
export async function startZip(path: string): Promise<ZipFile> {
  const handle = await open(path, 'wx', 0o600);
  let size = 0;
  const writer = new ZipWriter(
    new WritableStream<Uint8Array>({
      write: async (chunk) => {
        await handle.writeFile(chunk);
        size += chunk.byteLength;
      },
      close: () => handle.close(),
    }),
    { level: 0, keepOrder: true },
  );
  let last: Promise<unknown> = Promise.resolve();
  const giveUp = async (error: unknown): Promise<never> => {
    await handle.close().catch(() => undefined);
    await rm(path, { force: true });
    throw error;
  };
  return {
    add: async (name, content) => {
      // One at a time: an archive is one stream.
      const added = last.then(() => writer.add(name, readerOf(content)));
      last = added.catch(() => undefined);
      await added;
    },
    close: async () => {
      await last;
      await writer.close().catch(giveUp);
      return { file: path, size };
    },
  };
}
