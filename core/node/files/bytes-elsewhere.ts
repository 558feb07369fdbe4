/**
 * The content of a file that need not be in memory. What is small is: its bytes. What is large lies somewhere, stays as it is there, and
 * is read in pieces by whoever needs it, so that nobody holds a file of a gigabyte to look at its beginning.
 */

/** Reads exactly so many bytes from a place in a file; null where the file does not reach so far. */
export type ReadAt = (position: number, length: number) => Promise<Uint8Array | null>;

/** Bytes that lie elsewhere and stay as they are; they can be read any number of times. */
export interface BytesElsewhere {
  readonly size: number;
  /** All of them, in order. Throws a `FaultError` where they can no longer be read. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** The same where any part can be read without those before it. */
export interface PartsElsewhere extends BytesElsewhere {
  readonly read: ReadAt;
}

/** Bytes. */
export function sizeOf(content: Uint8Array | Pick<BytesElsewhere, 'size'>): number {
  return content instanceof Uint8Array ? content.byteLength : content.size;
}

/** In order. */
export function chunksOf(
  content: Uint8Array | BytesElsewhere,
): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  return content instanceof Uint8Array ? [content] : content.chunks();
}

/** All of it in memory. */
export async function wholeOf(content: Uint8Array | BytesElsewhere): Promise<Uint8Array> {
  if (content instanceof Uint8Array) return content;
  const bytes = new Uint8Array(content.size);
  let at = 0;
  for await (const chunk of content.chunks()) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  if (at !== bytes.byteLength) throw new Error(`${at} bytes came where ${bytes.byteLength} were told of`);
  return bytes;
}

/** Reads from bytes in memory. */
export function readerOver(bytes: Uint8Array): ReadAt {
  return async (position, length) =>
    position + length <= bytes.length ? bytes.subarray(position, position + length) : null;
}
