/**
 * Private folders that a killed process left. A codec removes its own when it is closed, when its process ends, and by a child's hand
 * when that is killed; only where the children were killed in the same moment nobody is left to do it. Then the next one does, before
 * what lies in memory or on the disk there is missed.
 */

import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isGone, MARK, ownMark } from '../files/process-mark';

const NAME = new RegExp(`^burnish-codec-(${MARK})-[0-9a-f]{16}$`);

/** A name for a folder that nothing else has, and by which it can be told whose it was. */
export function workspaceName(): string {
  return `burnish-codec-${ownMark}-${randomBytes(8).toString('hex')}`;
}

async function isOurs(path: string): Promise<boolean> {
  const entry = await lstat(path);
  return entry.isDirectory() && (process.getuid === undefined || entry.uid === process.getuid());
}

async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const mark = NAME.exec(name)?.[1];
    if (mark === undefined || !isGone(mark)) continue;
    const path = join(folder, name);
    // Another one may be sweeping too, and what cannot be removed now is tried again by the next one.
    await isOurs(path).then(
      (ours) => (ours ? rm(path, { recursive: true, force: true }).catch(() => undefined) : undefined),
      () => undefined,
    );
  }
}

/** Removes those of this user's whose processes are gone. Never fails. */
export async function sweepWorkspaces(folders: Iterable<string>): Promise<void> {
  await Promise.all([...new Set(folders)].map(sweep));
}
