/**
 * Temporary files beside their targets. While one exists it is listed here, so that a process that ends in a hurry can
 * remove its own; what a killed process left is removed by the next one that writes into the same folder.
 */

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, MARK, ownMark } from './process-mark';

const living = new Set<string>();
const swept = new Set<string>();
let watching = false;

const pattern = new RegExp(String.raw`^\.burnish-(${MARK})-[0-9a-f]{12}\.tmp$`);

/** A short name, so that a target whose name is as long as the file system allows can be written too. */
function newName(): string {
  return `.burnish-${ownMark}-${randomBytes(6).toString('hex')}.tmp`;
}

/** Removes every temporary file of this process at once; for the last moment before it ends. */
export function removeTemporaryFiles(): void {
  for (const path of living) {
    try {
      rmSync(path, { force: true });
      living.delete(path);
    } catch {
      // The next process that writes there tries again.
    }
  }
}

/** Removes what killed processes left in this folder; once a folder, because folders can be large. Never fails. */
async function sweep(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  swept.add(folder);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const mark = pattern.exec(name)?.[1];
    if (mark === undefined || !isGone(mark)) continue;
    await rm(join(folder, name), { force: true }).catch(() => undefined);
  }
}

export interface TemporaryFile {
  readonly path: string;
  readonly handle: FileHandle;
}

/** Makes a new, empty file that only this user can read. Rejects with the system's error. */
export async function createTemporaryFile(folder: string): Promise<TemporaryFile> {
  if (!watching) process.on('exit', removeTemporaryFiles);
  watching = true;
  await sweep(folder);
  const path = join(folder, newName());
  const handle = await open(path, 'wx', 0o600);
  living.add(path);
  return { path, handle };
}

/** To be called when it was renamed. */
export function forgetTemporaryFile(path: string): void {
  living.delete(path);
}

/** Removes it. Does not fail: what made the caller give up is the more important news, and the end of the process tries again. */
export async function removeTemporaryFile(path: string): Promise<void> {
  await rm(path, { force: true }).then(
    () => living.delete(path),
    () => undefined,
  );
}
