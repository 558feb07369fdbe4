/** Estimates and exports on behalf of pages: one of each at a time a document, a newer one ending the one before. */

import { basename } from 'node:path';
import type { Answers, ExportOptions } from '../../core/protocol/contract';
import type { Document, DocumentId } from '../../core/document/document';
import { writeAtomically } from '../../core/node/files/atomic-write';
import { fail, succeed, type Result } from '../../core/raster/fault';
import type { Client } from './client';
import type { NativeDialogs } from './dialogs';
import type { DocumentSession } from './document-session';
import { Newest } from './newest';
import type { Downloads } from './downloads';
import { exportName, mediaTypes, type Exported, type Exporter } from './exporter';
import type { Sources } from './sources';
import { WorkNotice } from './work-notice';

export interface DeskParts {
  readonly exporter: Exporter;
  readonly sources: Sources;
  readonly downloads: Downloads;
  readonly dialogs: NativeDialogs | null;
}

export class ExportDesk {
  readonly #parts: DeskParts;
  readonly #estimates = new Newest<DocumentId>();
  readonly #exports = new Newest<DocumentId>();

  constructor(parts: DeskParts) {
    this.#parts = parts;
  }

  /** The size that an export would have, by making it. */
  async estimate(
    session: DocumentSession,
    options: ExportOptions,
  ): Promise<Result<Answers['export.estimate']>> {
    const { document } = session;
    const made = await this.#estimates.alone(session.id, (signal) => this.#make(document, options, signal));
    if (!made.ok) return made;
    const bytes = made.value.bytes.byteLength;
    const original = this.#parts.sources.pictureBelow(document)?.fileSize ?? 0;
    return succeed({ bytes, share: original > 0 ? bytes / original : null, ms: made.value.ms });
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
        return made.ok ? this.#deliver(made.value.bytes, name, target, options, signal) : made;
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
    bytes: Uint8Array,
    name: string,
    target: string | undefined,
    options: ExportOptions,
    signal: AbortSignal,
  ): Promise<Result<Answers['export.save']>> {
    if (target === undefined) {
      const id = this.#parts.downloads.add({ name, type: mediaTypes[options.format], bytes });
      return succeed({ name, download: `downloads/${id}`, bytes: bytes.byteLength });
    }
    const written = await writeAtomically(target, bytes, { overwrite: true, signal });
    if (written.ok) return succeed({ name: basename(target), download: null, bytes: bytes.byteLength });
    return fail(written.fault.code, `${basename(target)}: ${written.fault.message}`, written.fault.remedy);
  }
}
