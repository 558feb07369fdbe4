/**
 * Archives from anywhere, read without trust. The whole directory is judged before anything is inflated: names, kinds, sizes
 * and ratios. Then only what is asked for is inflated, into memory of exactly the size that the directory declares, and the moment
 * it grows beyond that it is given up. Nothing is ever written to disk. An archive
 * that is itself on the disk is read where it lies, and what is large in it is handed on in pieces.
 *
 * zip.js does the parsing, in its strict mode: an archive that two programs could read as two different things is refused. What
 * it throws at hostile bytes is told in words; every fault speaks of the archive and leaves out the file's own name.
 */

import {
  configure,
  ERR_AMBIGUOUS_ARCHIVE,
  ERR_EOCDR_NOT_FOUND,
  ERR_INVALID_COMPRESSED_DATA,
  ERR_INVALID_CRC32,
  ERR_INVALID_UNCOMPRESSED_SIZE,
  ERR_OVERLAPPING_ENTRY,
  ERR_SPLIT_ZIP_FILE,
  Reader,
  Uint8ArrayReader,
  ZipReader,
  type Entry,
  type FileEntry,
} from '@zip.js/zip.js/lib/zip-core-native.js';
import { fail, FaultError, succeed, type FaultCode, type Result } from '../../raster/fault';
import { sizeOf, type BytesElsewhere, type PartsElsewhere } from '../files/bytes-elsewhere';
import { nameProblem, shownName } from './archive-names';
import type { ArchiveLimits } from './limits';

// Inflating is native code here, and there is no page whose thread it would hold up.
configure({ useWebWorkers: false });

/** An archive whose directory has been found good. */
export interface Archive {
  /** Every file in the order of the directory; folders are left out. */
  readonly names: readonly string[];
  /** Whether the file is there as it is, not compressed. */
  isStored(name: string): boolean;
  has(name: string): boolean;
  /** The file's bytes, at most `most`; they are what the directory says, by size and checksum. The file must be there. */
  read(name: string, most: number): Promise<Result<Uint8Array>>;
  /**
   * The same in pieces, made while they are taken, so that it is never there as a whole. The pieces throw a `FaultError` where they
   * turn out not to be what the directory says. In memory where the archive is.
   */
  take(name: string, most: number): Promise<Result<Uint8Array | BytesElsewhere>>;
}

const AGAIN = 'save it again, or take a copy that is whole';
const STORED = 0;
const DEFLATED = 8;
/** The part of a Unix mode that tells files, folders and links apart. */
const KIND = 0o170000;
const FILE = 0o100000;
const FOLDER = 0o040000;

/** What zip.js says, in words. Whatever else it throws over foreign bytes means that they are no archive. */
const WORDS: Readonly<Record<string, readonly [code: FaultCode, message: string]>> = {
  [ERR_EOCDR_NOT_FOUND]: ['damaged', 'the archive is cut off: its directory is missing'],
  [ERR_AMBIGUOUS_ARCHIVE]: ['damaged', 'the archive can be read in two ways, so neither is taken'],
  [ERR_SPLIT_ZIP_FILE]: ['unsupported', 'the archive is one part of several'],
  [ERR_OVERLAPPING_ENTRY]: ['damaged', 'files in the archive lie over each other'],
  [ERR_INVALID_CRC32]: ['damaged', 'the checksum does not match'],
  [ERR_INVALID_COMPRESSED_DATA]: ['damaged', 'the compressed data are broken'],
  [ERR_INVALID_UNCOMPRESSED_SIZE]: ['damaged', 'the size is not the one that the directory gives'],
};

function archiveFault(error: unknown, about: string): ReturnType<typeof fail> {
  if (error instanceof FaultError) return { ok: false, fault: error.fault };
  const said = error instanceof Error ? WORDS[error.message] : undefined;
  const [code, message] = said ?? ['damaged', about === '' ? 'the archive is broken' : 'it is broken'];
  return fail(code, about === '' ? message : `${about}: ${message}`, AGAIN, error);
}

function refuse(code: FaultCode, message: string): FaultError {
  return new FaultError(fail(code, message, code === 'damaged' ? AGAIN : '').fault);
}

/** Throws a `FaultError` for an entry that no honest program writes into a project. */
function judge(entry: Entry, { ratio, entryBytes }: ArchiveLimits): void {
  const { filename, unixMode = 0, compressionMethod, compressedSize, uncompressedSize } = entry;
  const name = shownName(filename);
  const problem = nameProblem(filename);
  if (problem !== null) throw refuse('refused', `a name in the archive ${problem}: ${name}`);
  const kind = unixMode & KIND;
  if (entry.symlink || (kind !== 0 && kind !== FILE && kind !== FOLDER)) {
    throw refuse('refused', `${name} in the archive is a link or a device, not a file`);
  }
  if (entry.encrypted) throw refuse('unsupported', `${name} in the archive is encrypted`);
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw refuse('unsupported', `${name} in the archive is compressed in a way that projects do not use`);
  }
  if (uncompressedSize > entryBytes) {
    throw refuse(
      'too-large',
      `${name} in the archive has ${uncompressedSize} bytes; at most ${entryBytes} are read`,
    );
  }
  if (uncompressedSize > compressedSize * ratio) {
    throw refuse('too-large', `${name} in the archive would grow more than ${ratio} times when it is read`);
  }
}

/** An archive that lies elsewhere, as zip.js reads it. */
class PartsReader extends Reader<PartsElsewhere> {
  readonly #archive: PartsElsewhere;

  constructor(archive: PartsElsewhere) {
    super(archive);
    this.#archive = archive;
    this.size = archive.size;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
    const found = await this.#archive.read(index, Math.min(length, this.size - index));
    if (found === null) throw refuse('damaged', 'the archive is shorter than it was');
    return Uint8Array.from(found);
  }
}

/** The directory, judged. Throws. */
async function directoryOf(
  reader: ZipReader<unknown>,
  limits: ArchiveLimits,
): Promise<ReadonlyMap<string, FileEntry>> {
  const files = new Map<string, FileEntry>();
  const names = new Set<string>();
  for await (const entry of reader.getEntriesGenerator()) {
    if (names.size >= limits.entries) {
      throw refuse('too-large', `the archive holds more than ${limits.entries.toLocaleString('en')} files`);
    }
    judge(entry, limits);
    const { filename } = entry;
    if (names.has(filename)) throw refuse('refused', `${shownName(filename)} is in the archive twice`);
    names.add(filename);
    if (!entry.directory) files.set(filename, entry);
    else if (entry.uncompressedSize > 0)
      throw refuse('refused', `the folder ${shownName(filename)} has content`);
  }
  return files;
}

/** Takes exactly as many bytes as were declared. */
class Exactly {
  readonly bytes: Uint8Array;
  #at = 0;
  readonly stream: WritableStream<Uint8Array>;

  constructor(declared: number) {
    this.bytes = new Uint8Array(declared);
    this.stream = new WritableStream({ write: (chunk) => this.#take(chunk) });
  }

  #take(chunk: Uint8Array): void {
    if (this.#at + chunk.length > this.bytes.length) throw new Error(ERR_INVALID_UNCOMPRESSED_SIZE);
    this.bytes.set(chunk, this.#at);
    this.#at += chunk.length;
  }

  /** Throws where there were fewer. */
  finished(): Uint8Array {
    if (this.#at < this.bytes.length) throw new Error(ERR_INVALID_UNCOMPRESSED_SIZE);
    return this.bytes;
  }
}

/** A file of the archive in pieces. */
async function* piecesOf(entry: FileEntry): AsyncGenerator<Uint8Array, void> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const reading = entry.getData(writable).catch(async (error: unknown) => {
    await writable.abort(error).catch(() => undefined);
    throw error;
  });
  // It is told by the pieces, or nobody wants them any more.
  reading.catch(() => undefined);
  let left = entry.uncompressedSize;
  try {
    for await (const piece of readable) {
      left -= piece.byteLength;
      if (left < 0) throw new Error(ERR_INVALID_UNCOMPRESSED_SIZE);
      yield piece;
    }
    await reading;
    if (left > 0) throw new Error(ERR_INVALID_UNCOMPRESSED_SIZE);
  } catch (error) {
    throw new FaultError(archiveFault(error, entry.filename).fault);
  }
}

/** The archive in these bytes, or why it is not taken. One that lies elsewhere has to stay readable for as long as it is read. */
export async function openArchive(
  content: Uint8Array | PartsElsewhere,
  limits: ArchiveLimits,
): Promise<Result<Archive>> {
  const length = sizeOf(content);
  if (length > limits.fileBytes) {
    return fail('too-large', `the file has ${length} bytes; at most ${limits.fileBytes} are read`);
  }
  if (length === 0) return fail('damaged', 'the file is empty');
  const inMemory = content instanceof Uint8Array;
  // Names are judged here, where they can be told.
  const reader = new ZipReader<unknown>(inMemory ? new Uint8ArrayReader(content) : new PartsReader(content), {
    strictness: 'strict',
    filenameValidation: 'tolerant',
    checkCrc32: true,
    checkOverlappingEntry: true,
  });
  let files: ReadonlyMap<string, FileEntry>;
  try {
    files = await directoryOf(reader, limits);
  } catch (error) {
    return archiveFault(error, '');
  }
  let read = 0;
  /** What may still be read of a file that is there. */
  const allowed = (name: string, most: number): Result<FileEntry> => {
    const entry = files.get(name);
    if (entry === undefined) throw new Error(`${name} is not in the archive`);
    const size = entry.uncompressedSize;
    if (size > most) return fail('too-large', `${name} has ${size} bytes; at most ${most} are read`);
    read += size;
    if (read <= limits.totalBytes) return succeed(entry);
    return fail('too-large', `the archive holds more than ${limits.totalBytes} bytes that have to be read`);
  };
  const whole = async (entry: FileEntry): Promise<Result<Uint8Array>> => {
    const target = new Exactly(entry.uncompressedSize);
    try {
      await entry.getData(target.stream);
      return succeed(target.finished());
    } catch (error) {
      return archiveFault(error, entry.filename);
    }
  };
  return succeed({
    names: [...files.keys()],
    isStored: (name) => files.get(name)?.compressionMethod === STORED,
    has: (name) => files.has(name),
    read: async (name, most) => {
      const entry = allowed(name, most);
      return entry.ok ? whole(entry.value) : entry;
    },
    take: async (name, most) => {
      const entry = allowed(name, most);
      if (!entry.ok) return entry;
      if (inMemory) return whole(entry.value);
      return succeed({ size: entry.value.uncompressedSize, chunks: () => piecesOf(entry.value) });
    },
  });
}
