/**
 * Reading whole files, with the questions asked first: is it a file, and is it one that anybody could want in memory? Pipes
 * that a shell hands over (`<(curl …)`, /dev/stdin) are read too; named ones are not, because opening one waits for a writer
 * that may never come.
 */

import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { fail, succeed, type Result } from '../../raster/fault';
import { notAFile, readingFault } from './system-fault';

const INHERITED = /^\/(dev\/(fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

function tooLarge(most: number): Result<never> {
  return fail('too-large', `is larger than ${Math.round(most / 1e6)} MB`, 'use a smaller file');
}

/** Collects a stream of unknown length, at most `most` bytes. Rejects with the stream's own errors. */
export async function readStream(stream: AsyncIterable<unknown>, most: number): Promise<Result<Uint8Array>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of bytes is expected');
    length += chunk.byteLength;
    if (length > most) return tooLarge(most);
    chunks.push(chunk);
  }
  return succeed(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
}

async function readHandle(handle: FileHandle, path: string, most: number): Promise<Result<Uint8Array>> {
  const entry = await handle.stat();
  if (entry.isFIFO() && INHERITED.test(path)) {
    return readStream(handle.createReadStream({ autoClose: false }), most);
  }
  const refused = notAFile(entry, 'name a file');
  if (refused !== null) return refused;
  if (entry.size > most) return tooLarge(most);
  return succeed(await handle.readFile());
}

/**
 * The bytes of a file, at most `most`. Faults: `not-found`, `unreadable`, `not-a-file`, `too-large`, `busy`; their messages
 * leave out the path.
 */
export async function readWholeFile(path: string, most: number): Promise<Result<Uint8Array>> {
  if (path === '' || path.includes('\0'))
    return fail('not-found', 'is not the name of a file', 'name a file');
  try {
    // Not waiting for a writer is all that O_NONBLOCK does here: what is no file is refused before it is read.
    const waiting = INHERITED.test(path) ? 0 : (constants.O_NONBLOCK ?? 0);
    const handle = await open(path, constants.O_RDONLY | waiting);
    try {
      return await readHandle(handle, path, most);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return { ok: false, fault: readingFault(error) };
  }
}
