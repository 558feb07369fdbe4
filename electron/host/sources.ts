/**
 * Pictures that are open: each once, whatever documents use it, named by the hash of its file. The engine has the pixels, the
 * originals have the files; kept here is what an export needs beside them, and who uses the picture, so that its memory is given
 * back when nobody does.
 */

import { createHash } from 'node:crypto';
import type { Document, DocumentId, Source, SourceId } from '../../core/document/document';
import type { Engine } from '../../core/node/engine/engine';
import type { Codec } from '../../core/node/codec/codec';
import type { DecodedPicture, PictureMetadata } from '../../core/node/codec/picture';
import { fail, succeed, type Result } from '../../core/raster/fault';
import { shapeOf, type Shape } from '../../core/raster/raster';
import type { FileContent } from './files';
import type { Originals } from './originals';

export type Decoder = Pick<Codec, 'decode' | 'regions' | 'mayStay'>;

/** What is known of an open picture beside its pixels. */
export interface OpenPicture {
  readonly source: Source;
  readonly metadata: PictureMetadata;
  /** Bytes of the file. */
  readonly fileSize: number;
  /** Where the user's own file lies; null where nobody knows. */
  readonly path: string | null;
  /** What the user ought to know, a sentence each. */
  readonly notices: readonly string[];
}

export type PictureFile = Pick<FileContent, 'name' | 'bytes'> & Partial<Pick<FileContent, 'path'>>;

interface Kept extends OpenPicture {
  readonly users: Set<string>;
}

export class Sources {
  readonly #decoder: Decoder;
  readonly #engine: Pick<Engine, 'addSource' | 'addFile' | 'dropSource'>;
  readonly #originals: Pick<Originals, 'keep' | 'path' | 'drop'>;
  readonly #open = new Map<SourceId, Kept>();
  /** Files that are being decoded, so that one that is asked for twice is decoded once. */
  readonly #opening = new Map<SourceId, Promise<Result<Kept>>>();

  constructor(
    decoder: Decoder,
    engine: Pick<Engine, 'addSource' | 'addFile' | 'dropSource'>,
    originals: Pick<Originals, 'keep' | 'path' | 'drop'>,
  ) {
    this.#decoder = decoder;
    this.#engine = engine;
    this.#originals = originals;
  }

  /** Decodes a file for a document. The fault names the file. */
  async open(file: PictureFile, user: DocumentId): Promise<Result<OpenPicture>> {
    const id: SourceId = createHash('sha256').update(file.bytes).digest('hex');
    const known = this.#open.get(id);
    const kept = known !== undefined ? succeed(known) : await this.#decode(id, file);
    if (!kept.ok) return fail(kept.fault.code, `${file.name}: ${kept.fault.message}`, kept.fault.remedy);
    kept.value.users.add(user);
    // It may have been let go while this was waiting for it.
    this.#open.set(id, kept.value);
    this.#originals.keep(id, file.bytes);
    const { source, metadata, fileSize, path, notices } = kept.value;
    return succeed({
      source: { ...source, name: file.name },
      metadata,
      fileSize,
      path,
      notices: notices.map((notice) => `${file.name}: ${notice}`),
    });
  }

  find(id: SourceId): OpenPicture | undefined {
    return this.#open.get(id);
  }

  /** A picture that is open for somebody and is now another's too: a document that took over steps, or a batch. */
  use(id: SourceId, user: string): OpenPicture | undefined {
    const kept = this.#open.get(id);
    kept?.users.add(user);
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
      if (!kept.users.delete(user) || kept.users.size > 0) continue;
      this.#open.delete(id);
      this.#engine.dropSource(id);
      this.#originals.drop(id);
    }
  }

  #decode(id: SourceId, file: PictureFile): Promise<Result<Kept>> {
    const known = this.#opening.get(id);
    if (known !== undefined) return known;
    const opening = this.#decodeOnce(id, file).finally(() => this.#opening.delete(id));
    this.#opening.set(id, opening);
    return opening;
  }

  async #decodeOnce(id: SourceId, file: PictureFile): Promise<Result<Kept>> {
    const large = await this.#openInFile(id, file);
    if (!large.ok) return large;
    if (large.value !== null) return succeed(large.value);
    const decoded = await this.#decoder.decode(file.bytes);
    if (!decoded.ok) return decoded;
    this.#engine.addSource(id, decoded.value.raster);
    return succeed(this.#keep(id, file, shapeOf(decoded.value.raster), decoded.value));
  }

  /** A picture that is so large that the engine reads parts of the copy that is kept of its file, which nobody changes. */
  async #openInFile(id: SourceId, file: PictureFile): Promise<Result<Kept | null>> {
    if (!(await this.#decoder.mayStay(file.bytes))) return succeed(null);
    this.#originals.keep(id, file.bytes);
    const path = await this.#originals.path(id);
    const regions = path === null ? succeed(null) : await this.#decoder.regions(path);
    if (!regions.ok) this.#originals.drop(id);
    if (!regions.ok) return regions;
    // A copy that is kept already is kept.
    if (regions.value === null) return succeed(null);
    this.#engine.addFile(id, regions.value);
    return succeed(this.#keep(id, file, regions.value.shape, regions.value));
  }

  #keep(id: SourceId, file: PictureFile, shape: Shape, known: Omit<DecodedPicture, 'raster'>): Kept {
    const { info, metadata, notices } = known;
    const { format, profile } = info;
    const kept: Kept = {
      source: { ...shape, id, name: file.name, format, profile },
      metadata,
      fileSize: file.bytes.byteLength,
      path: file.path ?? null,
      notices,
      users: new Set(),
    };
    this.#open.set(id, kept);
    return kept;
  }
}
