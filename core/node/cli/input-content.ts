/**
 * What a command's input holds: in memory, or, where it is large, as a file that is open. A project of a gigabyte is read where it
 * lies, a part at a time, and its originals are copied out of it one after the other.
 */

import type { Result } from '../../raster/fault';
import { defaultLimits } from '../codec/limits';
import { LARGE_FILE, OpenFile } from '../files/open-file';
import { readOrOpen, readStream } from '../files/read-file';
import type { Input } from './inputs';
import type { Terminal } from './terminal';

/** Bytes of a file, or the file; whoever gets that closes it. */
export type InputContent = Uint8Array | OpenFile;

/** What counts as large, for tests: there everything may. */
export interface Thresholds {
  /** Bytes of a file from which on it is not read into memory. */
  readonly largeBytes?: number;
  /** Pixels of a picture beyond which it is not decoded into memory. */
  readonly wholePixels?: number;
}

/** The limits of a codec that goes by these thresholds. */
export function codecLimits({ wholePixels }: Thresholds): { readonly wholePixels?: number } {
  return wholePixels === undefined ? {} : { wholePixels };
}

/** The file's or standard input's content. The fault does not name it. */
export async function contentOf(
  { path }: Pick<Input, 'path'>,
  { stdin }: Pick<Terminal, 'stdin'>,
  { largeBytes = LARGE_FILE }: Thresholds = {},
): Promise<Result<InputContent>> {
  if (path === null) return readStream(stdin, defaultLimits.fileBytes);
  return readOrOpen(path, defaultLimits.fileBytes, largeBytes);
}

/** Nothing reads it any more. */
export async function closeContent(content: InputContent): Promise<void> {
  if (content instanceof OpenFile) await content.close();
}
