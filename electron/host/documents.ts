/** The open documents: from a file to a session, and away again. */

import { randomUUID } from 'node:crypto';
import type { DocumentState, Event, OpeningFrame } from '../../core/protocol/contract';
import type { Codec } from '../../core/node/codec/codec';
import type { DocumentId, SourceId } from '../../core/document/document';
import { current, openLog, type Log } from '../../core/document/log';
import { kindOf, readProject } from '../../core/node/project/project-file';
import { openLayered, type LayerTools } from '../../core/node/project/layered-file';
import { fail, succeed, type Fault, type Result } from '../../core/raster/fault';
import type { Client } from './client';
import { DocumentSession, type ProjectPlace, type SessionParts } from './document-session';
import type { FileContent } from './files';
import { firstLook } from './first-look';
import { openSources, withDocumentId } from './project-opening';
import type { Sources } from './sources';

export interface DocumentsParts extends Omit<SessionParts, 'source'> {
  readonly sources: Sources;
  /** Also for layered pictures, whose groups may have to be merged. */
  readonly codec: LayerTools['codec'] & Pick<Codec, 'info' | 'decode'>;
  readonly engine: LayerTools['engine'];
  readonly broadcast: (event: Event) => void;
  /** A file was opened as a document; `picture` is the hash of its bytes where it is a picture. */
  readonly opened: (session: DocumentSession, file: FileContent, picture: SourceId | null) => void;
  /** Takes what went wrong with something that nobody waits for. */
  readonly complain: (error: unknown) => void;
}

/** Takes what there is to see of a picture before it is open. */
export type SeeFirst = (frame: OpeningFrame) => void;

export interface OpenedDocument {
  readonly session: DocumentSession;
  readonly notices: readonly string[];
}

function named({ name }: FileContent, { fault }: { readonly fault: Fault }): Result<never> {
  return fail(fault.code, `${name}: ${fault.message}`, fault.remedy);
}

function newId(): string {
  return randomUUID();
}

export class Documents {
  readonly #parts: DocumentsParts;
  readonly #sessions = new Map<DocumentId, DocumentSession>();
  /** Ids of projects whose pictures are being decoded. */
  readonly #opening = new Set<DocumentId>();

  constructor(parts: DocumentsParts) {
    this.#parts = parts;
  }

  get states(): readonly DocumentState[] {
    return [...this.#sessions.values()].map((session) => session.state);
  }

  find(id: DocumentId): Result<DocumentSession> {
    const session = this.#sessions.get(id);
    return session === undefined
      ? fail('not-found', 'this document is not open', 'open it again')
      : succeed(session);
  }

  /** Opens a picture or a project as a document and tells every page of it. The fault names the file. */
  async open(file: FileContent, seeFirst: SeeFirst = () => undefined): Promise<Result<OpenedDocument>> {
    const known = this.#atPath(file.path);
    if (known !== undefined) return succeed({ session: known, notices: [] });
    switch (await kindOf(file.bytes)) {
      case 'project':
        return this.#openProject(file);
      case 'layers':
        return this.#openLayered(file);
      case null:
        return this.#openPicture(file, seeFirst);
    }
  }

  /** A project that is open already, and would be saved over itself if it were open twice. */
  #atPath(path: string | null): DocumentSession | undefined {
    if (path === null) return undefined;
    return [...this.#sessions.values()].find((session) => session.project?.path === path);
  }

  async #openPicture(file: FileContent, seeFirst: SeeFirst): Promise<Result<OpenedDocument>> {
    const id: DocumentId = newId();
    let needless = false;
    const { codec, shelf, complain } = this.#parts;
    const look = firstLook(file.name, file.bytes, codec, shelf, () => needless).then((frame) => {
      if (frame !== null && !needless) seeFirst(frame);
    }, complain);
    const picture = await this.#parts.sources.open(file, id).catch((error: unknown) => {
      needless = true;
      throw error;
    });
    // A picture that is read where it lies is open long before there is an exact frame of it.
    if (picture.ok && picture.value.staysInFile) await look;
    needless = true;
    if (!picture.ok) return picture;
    const { source, notices } = picture.value;
    const log = openLog({ type: 'document.open', time: Date.now(), document: id, layer: newId(), source });
    return succeed({ session: this.#begin(log, null, file, source.id), notices });
  }

  /** A layered picture of another program: a document that has no file of its own yet. */
  async #openLayered(file: FileContent): Promise<Result<OpenedDocument>> {
    const { codec, engine } = this.#parts;
    const read = await openLayered(file.name, file.bytes, { codec, engine, newId });
    if (!read.ok) return named(file, read);
    const { log, notices } = read.value;
    const { id } = current(log);
    const found = await openSources(read.value, this.#parts.sources, id);
    if (!found.ok) {
      this.#parts.sources.release(id);
      return named(file, found);
    }
    const told = [...notices, ...found.value].map((notice) => `${file.name}: ${notice}`);
    return succeed({ session: this.#begin(log, null, file), notices: told });
  }

  async #openProject(file: FileContent): Promise<Result<OpenedDocument>> {
    const { name, path, stamp } = file;
    const read = await readProject(file.bytes);
    if (!read.ok) return named(file, read);
    const id = this.#freeId(read.value.log);
    this.#opening.add(id);
    try {
      const found = await openSources(read.value, this.#parts.sources, id);
      if (!found.ok) {
        this.#parts.sources.release(id);
        return named(file, found);
      }
      const known = this.#atPath(path);
      const session = known ?? this.#begin(withDocumentId(read.value.log, id), { name, path, stamp }, file);
      if (known !== undefined) this.#parts.sources.release(id);
      return succeed({ session, notices: [...read.value.notices, ...found.value] });
    } finally {
      this.#opening.delete(id);
    }
  }

  /** The project's own id, unless a copy of it is open. */
  #freeId(log: Log): DocumentId {
    const { id } = current(log);
    return this.#sessions.has(id) || this.#opening.has(id) ? newId() : id;
  }

  #begin(
    log: Log,
    project: ProjectPlace | null,
    file: FileContent,
    picture: SourceId | null = null,
  ): DocumentSession {
    const session = new DocumentSession(log, project, {
      ...this.#parts,
      // What a command names becomes this document's as well: steps may come from another one.
      source: (known: SourceId) => this.#parts.sources.use(known, current(log).id)?.source,
    });
    this.#sessions.set(session.id, session);
    this.#parts.opened(session, file, picture);
    this.#parts.broadcast({ event: 'document.changed', data: session.state });
    return session;
  }

  close(id: DocumentId): void {
    const session = this.#sessions.get(id);
    if (session === undefined) return;
    session.close();
    this.#sessions.delete(id);
    this.#parts.sources.release(id);
    this.#parts.broadcast({ event: 'document.closed', data: { document: id } });
  }

  /** A page is gone; its frames are no longer made. */
  leave(client: Client): void {
    for (const session of this.#sessions.values()) session.leave(client);
  }

  /** A page may not edit any more. */
  dropDrafts(client: Client): void {
    for (const session of this.#sessions.values()) session.dropDraft(client);
  }

  closeAll(): void {
    for (const session of this.#sessions.values()) session.close();
    this.#sessions.clear();
  }
}
