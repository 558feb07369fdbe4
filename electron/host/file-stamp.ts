/** Whether a file on the disk is still the one that was read or written: by its size and the moment of its last change. */

import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';

export interface FileStamp {
  readonly size: number;
  /** Milliseconds since 1970, with fractions. */
  readonly changed: number;
}

export function stampFrom({ size, mtimeMs }: Stats): FileStamp {
  return { size, changed: mtimeMs };
}

/** Of the file at a path; null where there is none, or none that can be looked at. */
export async function stampOf(path: string): Promise<FileStamp | null> {
  return stat(path).then(stampFrom, () => null);
}

/** Whether there is another file now. One that is gone is no other. */
export async function hasChanged(path: string, known: FileStamp): Promise<boolean> {
  const now = await stampOf(path);
  return now !== null && (now.size !== known.size || now.changed !== known.changed);
}
