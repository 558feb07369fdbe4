/**
 * Pictures that are open: each once, whatever documents use it, named by the hash of its file. The engine has the pixels, the
 * originals have the files; kept here is what an export needs beside them, and who uses the picture, so that its memory is given
 * back when nobody does.
 */

import type { Document, DocumentId, Source, SourceId } from '../../core/document/document';
import type { Engine } from '../../core/node/engine/engine';
import type { Codec } from '../../core/node/codec/codec';
import type { PictureMetadata } from '../../core/node/codec/picture';
import { sizeOf, type BytesElsewhere } from '../../core/node/files/bytes-elsewhere';
import { intoEngine, type InEngine, type Place } from '../../core/node/jobs/into-engine';
import { fail, succeed, type Fault, type Result } from '../../core/raster/fault';
import type { FileContent } from './files';
import type { Originals, Taken } from './originals';

export type Decoder = Pick<Codec, 'decode' | 'regions' | 'mayStay'>;

/** What is known of an open picture beside its pixels. */
export interface OpenPicture {
  readonly source: Source;
  readonly metadata: PictureMetadata;
  /** Bytes of the file. */
  readonly fileSize: number;
  /** Where the user's own file lies; null where nobody knows. */
  readonly path: string | null;
  /** Its samples are read out of its file a part at a time, as they are needed. */
  readonly staysInFile: boolean;
  /** What the user ought to know, a sentence each. */
  readonly notices: readonly string[];
}

export interface PictureFile extends Pick<FileContent, 'name'>, Partial<Pick<FileContent, 'path'>> {
  readonly bytes: Uint8Array | BytesElsewhere;
}

/** A file that the originals have taken in. */
type TakenFile = Omit<PictureFile, 'bytes'> & Taken;
type Keeper = Pick<Originals, 'take' | 'hold' | 'path' | 'drop'>;

interface Kept extends OpenPicture {
  readonly users: Set<string>;
}

export class Sources {
  readonly #decoder: Decoder;
  readonly #engine: Pick<Engine, 'addSource' | 'addFile' | 'dropSource'>;
  readonly #originals: Keeper;
  readonly #open = new Map<SourceId, Kept>();
  /** Files that are being decoded, so that one that is asked for twice is decoded once. */
  readonly #opening = new Map<SourceId, Promise<Result<Kept>>>();

  constructor(
    decoder: Decoder,
    engine: Pick<Engine, 'addSource' | 'addFile' | 'dropSource'>,
    originals: Keeper,
  ) {
    this.#decoder = decoder;
    this.#engine = engine;
    this.#originals = originals;
  }

  /** Decodes a file for a document. The fault names the file. */
  async open(file: PictureFile, user: DocumentId): Promise<Result<OpenPicture>> {
    const { name } = file;
    const taken = await this.#originals.take(file.bytes);
    if (!taken.ok) return named(name, taken.fault);
    const { id } = taken.value;
    const known = this.#open.get(id);
    const opened = known !== undefined ? succeed(known) : await this.#decode({ ...file, ...taken.value });
    if (!opened.ok) {
      this.#originals.drop(id);
      return named(name, opened.fault);
    }
    const kept = opened.value;
    // Each user holds the original once.
    if (kept.users.has(user)) this.#originals.drop(id);
    else kept.users.add(user);
    // It may have been let go while this was waiting for it.
    this.#open.set(id, kept);
    const { users: _users, source, notices, ...facts } = kept;
    return succeed({
      ...facts,
      source: { ...source, name },
      notices: notices.map((notice) => `${name}: ${notice}`),
    });
  }

  find(id: SourceId): OpenPicture | undefined {
    return this.#open.get(id);
  }

  /** A picture that is open for somebody and is now another's too: a document that took over steps, or a batch. */
  use(id: SourceId, user: string): OpenPicture | undefined {
    const kept = this.#open.get(id);
    if (kept === undefined || kept.users.has(user)) return kept;
    kept.users.add(user);
    this.#originals.hold(id);
    return kept;
  }

  /** What an export of this document may carry on: the metadata of its lowest picture. */
  pictureBelow(document: Document): OpenPicture | undefined {
    const [lowest] = document.layers;
    return this.#open.get(lowest.source);
  }

  /** The document is closed, or the batch at its end. Its pictures go unless somebody else uses them. */
  release(user: string): void {
    for (const [id, kept] of this.#open) {
      if (!kept.users.delete(user)) continue;
      if (kept.users.size === 0) {
        this.#open.delete(id);
        this.#engine.dropSource(id);
      }
      this.#originals.drop(id);
    }
  }

  #decode(file: TakenFile): Promise<Result<Kept>> {
    const known = this.#opening.get(file.id);
    if (known !== undefined) return known;
    const opening = this.#decodeOnce(file).finally(() => this.#opening.delete(file.id));
    this.#opening.set(file.id, opening);
    return opening;
  }

  /** Of one that is very large the engine reads parts of the copy that is kept of its file, which nobody changes. */
  async #decodeOnce(file: TakenFile): Promise<Result<Kept>> {
    const { id, content } = file;
    const means = { codec: this.#decoder, engine: this.#engine };
    const opened = await intoEngine(id, content, () => this.#placeOf(id), means);
    return opened.ok ? succeed(this.#keep(file, opened.value)) : opened;
  }

  async #placeOf(id: SourceId): Promise<Result<Place | null>> {
    const path = await this.#originals.path(id);
    return succeed(path === null ? null : { path });
  }

  #keep({ id, name, path, content }: TakenFile, known: InEngine): Kept {
    const { info, metadata, notices, shape, staysInFile } = known;
    const { format, profile } = info;
    const kept: Kept = {
      source: { ...shape, id, name, format, profile },
      metadata,
      fileSize: sizeOf(content),
      path: path ?? null,
      staysInFile,
      notices,
      users: new Set(),
    };
    this.#open.set(id, kept);
    return kept;
  }
}

function named(name: string, { code, message, remedy }: Fault): Result<never> {
  return fail(code, `${name}: ${message}`, remedy);
}
