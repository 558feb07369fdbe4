/** Estimates and exports on behalf of pages: one of each at a time a document, a newer one ending the one before. */

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Answers, ExportOptions } from '../../core/protocol/contract';
import type { Document, DocumentId } from '../../core/document/document';
import { writeAtomically } from '../../core/node/files/atomic-write';
import { chunksOf, sizeOf } from '../../core/node/files/bytes-elsewhere';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { Client } from './client';
import { makeProcessFolder } from './data-folder';
import type { NativeDialogs } from './dialogs';
import type { DocumentSession } from './document-session';
import { Newest } from './newest';
import type { Downloads } from './downloads';
import { closeFile, exportName, mediaTypes, type Exported, type Exporter } from './exporter';
import type { Sources } from './sources';
import { WorkNotice } from './work-notice';

export interface DeskParts {
  readonly exporter: Exporter;
  readonly sources: Sources;
  readonly downloads: Downloads;
  readonly dialogs: NativeDialogs | null;
  /** Large files that wait to be fetched go below it. */
  readonly folder: string;
}

export class ExportDesk {
  readonly #parts: DeskParts;
  readonly #folder: string;
  readonly #estimates = new Newest<DocumentId>();
  readonly #exports = new Newest<DocumentId>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#folder = makeProcessFolder(join(parts.folder, 'exported'));
  }

  /** The size that an export would have, by making it. */
  async estimate(
    session: DocumentSession,
    options: ExportOptions,
  ): Promise<Result<Answers['export.estimate']>> {
    const { document } = session;
    const made = await this.#estimates.alone(session.id, (signal) => this.#make(document, options, signal));
    if (!made.ok) return made;
    const { content, ms } = made.value;
    const bytes = sizeOf(content);
    closeFile(content);
    const original = this.#parts.sources.pictureBelow(document)?.fileSize ?? 0;
    return succeed({ bytes, share: original > 0 ? bytes / original : null, ms });
  }

  /** Exports the document as it stands when this is called. */
  async save(
    session: DocumentSession,
    options: ExportOptions,
    client: Client,
  ): Promise<Result<Answers['export.save']>> {
    const { document } = session;
    const name = exportName(session.name, options.format);
    const target = await this.#parts.dialogs?.chooseTarget(name, options.format);
    if (target === null) return succeed({ name: null, download: null, bytes: 0 });
    const notice = new WorkNotice(
      session.id,
      `Exporting ${target === undefined ? name : basename(target)}`,
      client,
    );
    notice.begin();
    try {
      return await this.#exports.alone(session.id, async (signal) => {
        const made = await this.#make(document, options, signal);
        if (!made.ok) return made;
        const { content } = made.value;
        return this.#deliver(content, name, target, options, signal).finally(() => closeFile(content));
      });
    } finally {
      notice.end();
    }
  }

  cancel(id: DocumentId): void {
    this.#estimates.cancel(id);
    this.#exports.cancel(id);
  }

  #make(document: Document, options: ExportOptions, signal: AbortSignal): Promise<Result<Exported>> {
    const metadata = this.#parts.sources.pictureBelow(document)?.metadata ?? null;
    return this.#parts.exporter.make(document, metadata, options, signal);
  }

  /** To the chosen file, or, where there was no dialog, to where the page can fetch it. */
  async #deliver(
    content: Exported['content'],
    name: string,
    target: string | undefined,
    options: ExportOptions,
    signal: AbortSignal,
  ): Promise<Result<Answers['export.save']>> {
    const { downloads } = this.#parts;
    const bytes = sizeOf(content);
    const type = mediaTypes[options.format];
    if (target === undefined && content instanceof Uint8Array) {
      const id = downloads.add({ name, type, bytes: content });
      return succeed({ name, download: `downloads/${id}`, bytes });
    }
    const path = target ?? join(this.#folder, randomBytes(12).toString('hex'));
    const shown = target === undefined ? name : basename(target);
    const written = await writeAtomically(path, chunksOf(content), { overwrite: true, signal });
    if (!written.ok) {
      const { code, message, remedy } = written.fault;
      return fail(code, `${shown}: ${message}`, remedy);
    }
    const id = target === undefined ? downloads.add({ name, type, file: path, size: bytes }) : null;
    return succeed({ name: shown, download: id === null ? null : `downloads/${id}`, bytes });
  }

  /** Removes what nobody has fetched. */
  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }
}
