/** The open documents: from a file to a session, and away again. */

import { randomUUID } from 'node:crypto';
import type { DocumentState, Event } from '../../core/protocol/contract';
import type { DocumentId, SourceId } from '../../core/document/document';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { Client } from './client';
import { DocumentSession, type SessionParts } from './document-session';
import type { FileContent } from './files';
import type { OpenPicture, Sources } from './sources';

export interface DocumentsParts extends Omit<SessionParts, 'source'> {
  readonly sources: Sources;
  readonly broadcast: (event: Event) => void;
  /** A file was opened as a document. */
  readonly opened: (session: DocumentSession, picture: OpenPicture, file: FileContent) => void;
}

export interface OpenedDocument {
  readonly session: DocumentSession;
  readonly notices: readonly string[];
}

function newId(): string {
  return randomUUID();
}

export class Documents {
  readonly #parts: DocumentsParts;
  readonly #sessions = new Map<DocumentId, DocumentSession>();

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

  /** Opens a picture as a new document and tells every page of it. */
  async open(file: FileContent): Promise<Result<OpenedDocument>> {
    const id: DocumentId = newId();
    const picture = await this.#parts.sources.open(file, id);
    if (!picture.ok) return picture;
    const { source, notices } = picture.value;
    const session = new DocumentSession(
      { type: 'document.open', time: Date.now(), document: id, layer: newId(), source },
      // What a command names becomes this document's as well: steps may come from another one.
      { ...this.#parts, source: (known: SourceId) => this.#parts.sources.use(known, id)?.source },
    );
    this.#sessions.set(id, session);
    this.#parts.broadcast({ event: 'document.changed', data: session.state });
    this.#parts.opened(session, picture.value, file);
    return succeed({ session, notices });
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
