/**
 * The picture that a command names first, decoded while the command is still being loaded and planned: to a short run the decoder is the
 * longest way. Nothing is told of it, and nothing is written. When the command asks for a picture of the same bytes it gets this one, so
 * nobody else has to know of it, for the price of reading the file twice. A command that turns out to be wrong ends the codec, and this with it.
 */

import { resolve } from 'node:path';
import type { Result } from '../../raster/fault';
import { Cancelled } from '../../raster/signal';
import type { Codec } from '../codec/codec';
import { defaultLimits } from '../codec/limits';
import type { DecodedPicture } from '../codec/picture';
import { LARGE_FILE } from '../files/open-file';
import { isInherited, readOrOpen } from '../files/read-file';

interface First {
  readonly bytes: Uint8Array;
  readonly decoded: Promise<Result<DecodedPicture>>;
}

/** The first word that can be a picture; recipes are not. */
function firstPicture(words: readonly string[]): string | null {
  return words.find((word) => word !== '-' && !word.toLowerCase().endsWith('.json')) ?? null;
}

/** Null where there is no such file, or it is to be opened in another way. */
async function begin(codec: Codec, words: readonly string[], signal: AbortSignal): Promise<First | null> {
  const name = firstPicture(words);
  if (name === null) return null;
  const path = resolve(name);
  // What comes through a pipe can be read once.
  if (isInherited(path)) return null;
  const content = await readOrOpen(path, defaultLimits.fileBytes, LARGE_FILE);
  if (!content.ok) return null;
  const bytes = content.value;
  if (!(bytes instanceof Uint8Array)) {
    await bytes.close();
    return null;
  }
  // Projects are archives. Very large pictures stay in their files.
  const isArchive = Buffer.from(bytes.subarray(0, 2)).toString('latin1') === 'PK';
  if (isArchive || (await codec.mayStay(bytes))) return null;
  const decoded = codec.decode(bytes, { signal });
  // Whoever asks for it hears of it.
  decoded.catch(() => undefined);
  return { bytes, decoded };
}

export interface DecodingAhead {
  /** The codec, which has begun to decode the first picture among the command's words. */
  readonly codec: Codec;
  /** Until the child has it, or there is nothing for it: before that, whatever keeps this thread keeps the child waiting. */
  readonly begun: Promise<void>;
}

/** `given` is when a child of the codec has been given its first job. */
export function decodingAhead(codec: Codec, words: readonly string[], given: Promise<void>): DecodingAhead {
  const abort = new AbortController();
  let found: Promise<First | null> | null = begin(codec, words, abort.signal).catch(() => null);
  const begun = found.then((first) => {
    const ended = first?.decoded.then(
      () => undefined,
      () => undefined,
    );
    return Promise.race([given, ended]);
  });
  const take = async (bytes: Uint8Array, signal: AbortSignal | undefined): Promise<First | null> => {
    const asked = found;
    const first = await asked;
    if (first === null || found !== asked || Buffer.compare(first.bytes, bytes) !== 0) return null;
    // Nothing of it is kept here.
    found = null;
    if (signal?.aborted === true) abort.abort();
    signal?.addEventListener('abort', () => abort.abort());
    return first;
  };
  const ahead: Codec = {
    info: (...rest) => codec.info(...rest),
    decode: async (file, options = {}) => {
      const isWhole = file instanceof Uint8Array && options.reducedTo === undefined;
      const first = isWhole ? await take(file, options.signal) : null;
      if (first === null) return codec.decode(file, options);
      const decoded = await first.decoded;
      // It may have ended before it was asked for, and because of what the signal tells of.
      if (options.signal?.aborted === true) throw new Cancelled();
      return decoded;
    },
    regions: (...rest) => codec.regions(...rest),
    mayStay: (...rest) => codec.mayStay(...rest),
    encode: (...rest) => codec.encode(...rest),
    encodeToFile: (...rest) => codec.encodeToFile(...rest),
    keep: (...rest) => codec.keep(...rest),
    prepare: () => codec.prepare(),
    close: () => codec.close(),
  };
  return { codec: ahead, begun };
}
