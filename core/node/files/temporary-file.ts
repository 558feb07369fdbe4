/**
 * Temporary files beside their targets. While one exists it is listed here, so that a process that ends in a hurry can
 * remove its own; what a killed process left is removed by the next one that writes into the same folder.
 *
 * Whether the process that made a stray still runs can only be asked where its number means the same: the name carries a
 * mark of this machine, this boot and this process namespace, and files with any other mark are left alone.
 */

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { open, readdir, rm, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const living = new Set<string>();
const swept = new Set<string>();
let watching = false;

function optional(read: () => string): string {
  try {
    return read();
  } catch {
    // Only Linux tells; elsewhere the host's name has to do.
    return '';
  }
}

const machine = createHash('sha256')
  .update(hostname())
  .update(optional(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')))
  .update(optional(() => readlinkSync('/proc/self/ns/pid')))
  .digest('hex')
  .slice(0, 8);

const pattern = /^\.burnish-([0-9a-f]{8})-([0-9]+)-[0-9a-f]{12}\.tmp$/;

/** A short name, so that a target whose name is as long as the file system allows can be written too. */
function newName(): string {
  return `.burnish-${machine}-${process.pid}-${randomBytes(6).toString('hex')}.tmp`;
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

function runs(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** Removes what killed processes left in this folder; once a folder, because folders can be large. Never fails. */
async function sweep(folder: string): Promise<void> {
  if (swept.has(folder)) return;
  swept.add(folder);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const match = pattern.exec(name);
    if (match === null || match[1] !== machine || runs(Number(match[2]))) continue;
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
