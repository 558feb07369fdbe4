/**
 * Reading files, whole or, where they are large, in pieces, with the questions asked first: is it a file, and is it one that anybody
 * could want in memory? Pipes that a shell hands over (`<(curl …)`, /dev/stdin) are read too; named ones are not, because opening one
 * waits for a writer that may never come.
 */

import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fail, FaultError, succeed, type Result } from '../../raster/fault';
import { OpenFile } from './open-file';
import { notAFile, readingFault } from './system-fault';

const INHERITED = /^\/(dev\/(fd\/\d+|stdin)|proc\/self\/fd\/\d+)$/;

/** Whether a path names what this process was handed; under it another process finds something else. */
export function isInherited(path: string): boolean {
  return INHERITED.test(path);
}

function tooLarge(most: number): ReturnType<typeof fail> {
  return fail('too-large', `is larger than ${Math.round(most / 1e6)} MB`, 'use a smaller file');
}

/** The pieces of a stream. Throws a `FaultError` beyond `most` bytes. */
async function* piecesWithin(stream: AsyncIterable<unknown>, most: number): AsyncGenerator<Uint8Array, void> {
  let length = 0;
  for await (const piece of stream) {
    if (!(piece instanceof Uint8Array)) throw new TypeError('a stream of bytes is expected');
    length += piece.byteLength;
    if (length > most) throw new FaultError(tooLarge(most).fault);
    yield piece;
  }
}

/** What came already, which is not kept, and what comes. */
async function* allPieces(
  first: Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  yield* first.splice(0);
  yield* rest;
}

/**
 * Collects a stream of unknown length, at most `most` bytes; one of `large` bytes or more is not collected, but handed to `pass` from its
 * beginning. Rejects with the stream's own errors.
 */
export async function readOrPass<T>(
  stream: AsyncIterable<unknown>,
  most: number,
  large: number,
  pass: (pieces: AsyncIterable<Uint8Array>) => Promise<Result<T>>,
): Promise<Result<Uint8Array | T>> {
  const pieces = piecesWithin(stream, most);
  const first: Uint8Array[] = [];
  let length = 0;
  try {
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
      first.push(next.value);
      length += next.value.byteLength;
      if (length >= large) return await pass(allPieces(first, pieces));
    }
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  }
  return succeed(first.length === 1 ? first[0] : Buffer.concat(first));
}

/** Collects a stream of unknown length, at most `most` bytes. Rejects with the stream's own errors. */
export function readStream(stream: AsyncIterable<unknown>, most: number): Promise<Result<Uint8Array>> {
  return readOrPass<never>(stream, most, Infinity, () => Promise.reject(new Error('no stream is that long')));
}

/** The handle is closed afterwards, but for an `OpenFile`'s. */
async function readHandle(
  handle: FileHandle,
  path: string,
  most: number,
  large: number,
): Promise<Result<Uint8Array | OpenFile>> {
  const entry = await handle.stat();
  const inherited = isInherited(path);
  if (entry.isFIFO() && inherited) {
    return readStream(handle.createReadStream({ autoClose: false }), most);
  }
  const refused = notAFile(entry, 'name a file');
  if (refused !== null) return refused;
  if (entry.size > most) return tooLarge(most);
  // It may be opened by a child, by its path.
  if (inherited || entry.size < large) return succeed(await handle.readFile());
  return succeed(OpenFile.over(resolve(path), entry.size, handle));
}

/**
 * The bytes of a file, at most `most`; of one of `large` bytes or more the file itself, which whoever gets it closes. Faults:
 * `not-found`, `unreadable`, `not-a-file`, `too-large`, `busy`; their messages leave out the path.
 */
export async function readOrOpen(
  path: string,
  most: number,
  large: number,
): Promise<Result<Uint8Array | OpenFile>> {
  if (path === '' || path.includes('\0'))
    return fail('not-found', 'is not the name of a file', 'name a file');
  try {
    // Not waiting for a writer is all that O_NONBLOCK does here: what is no file is refused before it is read.
    const waiting = isInherited(path) ? 0 : (constants.O_NONBLOCK ?? 0);
    const handle = await open(path, constants.O_RDONLY | waiting);
    let isKept = false;
    try {
      const content = await readHandle(handle, path, most, large);
      isKept = content.ok && content.value instanceof OpenFile;
      return content;
    } finally {
      if (!isKept) await handle.close();
    }
  } catch (error) {
    return { ok: false, fault: readingFault(error) };
  }
}

/** The bytes of a file, however large within `most`. Faults as above. */
export async function readWholeFile(path: string, most: number): Promise<Result<Uint8Array>> {
  const read = await readOrOpen(path, most, Infinity);
  if (!read.ok) return read;
  if (!(read.value instanceof Uint8Array)) throw new Error('no file is that large');
  return succeed(read.value);
}
