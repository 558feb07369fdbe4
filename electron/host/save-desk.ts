/**
 * Saves documents as project files: the log as it stands, the original files, and the rendered parts for other programs. With
 * native dialogs a document has a place on the disk, which is asked for once and then written to; without them it goes out as
 * a download every time. Two saves of one document follow each other, so the newer is the one that stays.
 */

import { basename } from 'node:path';
import type { Delivered, Payload } from '../../core/protocol/contract';
import type { DocumentId, SourceId } from '../../core/document/document';
import { current, type Log } from '../../core/document/log';
import type { Engine } from '../../core/node/engine/engine';
import type { Rendered } from '../../core/node/engine/render-request';
import { writeAtomically } from '../../core/node/files/atomic-write';
import {
  writeProject,
  type EncodePng,
  type ProjectContent,
  type SourceFile,
} from '../../core/node/project/project-file';
import { renderParts, type Render } from '../../core/node/project/rendered-parts';
import { sourcesOf } from '../../core/node/project/source-files';
import { fail, FaultError, succeed, type Result } from '../../core/raster/fault';
import type { Raster } from '../../core/raster/raster';
import { Cancelled } from '../../core/raster/signal';
import type { Client } from './client';
import type { NativeDialogs } from './dialogs';
import type { DocumentSession, ProjectPlace } from './document-session';
import type { Downloads } from './downloads';
import type { Encoder } from './exporter';
import { hasProjectEnding, plainName, PROJECT_ENDING, projectName } from './file-names';
import type { FileContent } from './files';
import type { Originals } from './originals';
import { WorkNotice } from './work-notice';

export interface SaveParts {
  readonly render: Engine['render'];
  readonly encoder: Encoder;
  readonly originals: Pick<Originals, 'read'>;
  readonly downloads: Downloads;
  readonly dialogs: NativeDialogs | null;
  /** A document was saved as this file. */
  readonly saved: (session: DocumentSession, file: FileContent) => void;
}

type Wish = Pick<Payload<'document.save'>, 'as' | 'small'>;

/** Where a save goes: `path` null for a download. */
interface Target {
  readonly path: string | null;
  readonly name: string;
  /** Whether a file that is there is to be replaced. */
  readonly overwrite: boolean;
}

/** What a browser should take the file for: no format that it would show itself. */
const MEDIA_TYPE = 'application/octet-stream';

const cancelled = fail('refused', 'cancelled');
const nothing: Delivered = { name: null, download: null, bytes: 0 };

export class SaveDesk {
  readonly #parts: SaveParts;
  /** The saves of a document that are under way or wait for their turn. */
  readonly #running = new Map<DocumentId, Set<AbortController>>();
  readonly #last = new Map<DocumentId, Promise<unknown>>();

  constructor(parts: SaveParts) {
    this.#parts = parts;
  }

  /** Saves the document as it stands when its turn comes. */
  async save(session: DocumentSession, wish: Wish, client: Client): Promise<Result<Delivered>> {
    const controller = new AbortController();
    const running = this.#running.get(session.id) ?? new Set();
    this.#running.set(session.id, running.add(controller));
    const before = this.#last.get(session.id) ?? Promise.resolve();
    const saving = before.then(() => this.#save(session, wish, client, controller.signal));
    // Whoever waits for it does not care how it ended.
    const ended = saving.then(
      () => undefined,
      () => undefined,
    );
    this.#last.set(session.id, ended);
    try {
      return await saving;
    } catch (error) {
      if (error instanceof Cancelled || controller.signal.aborted) return cancelled;
      if (error instanceof FaultError) return named(session.name, error.fault);
      throw error;
    } finally {
      running.delete(controller);
      if (running.size === 0) {
        this.#running.delete(session.id);
        this.#last.delete(session.id);
      }
    }
  }

  /** Stops the saves of a document; what was in the file before is still there. */
  cancel(id: DocumentId): void {
    for (const controller of this.#running.get(id) ?? []) controller.abort();
  }

  /** Stops everything, and waits until it has stopped. */
  async close(): Promise<void> {
    for (const id of this.#running.keys()) this.cancel(id);
    await Promise.all(this.#last.values());
  }

  async #save(
    session: DocumentSession,
    wish: Wish,
    client: Client,
    signal: AbortSignal,
  ): Promise<Result<Delivered>> {
    if (signal.aborted) return cancelled;
    const target = await this.#target(session, wish);
    if (target === null) return succeed(nothing);
    const { log } = session;
    const notice = new WorkNotice(session.id, `Saving ${target.name}`, client);
    notice.begin();
    try {
      const made = await this.#make(log, wish.small === true, notice, signal);
      if (signal.aborted) return cancelled;
      if (!made.ok) return named(target.name, made.fault);
      const delivered = await this.#deliver(target, made.value, signal);
      if (!delivered.ok || wish.small === true) return delivered;
      const { name, path } = target;
      // It may have been closed while the last bytes were written.
      if (!signal.aborted) session.saved(log, { name, path });
      this.#parts.saved(session, { name, path, bytes: made.value });
      return delivered;
    } finally {
      notice.end();
    }
  }

  /** Where to; null where the user thought better of it. */
  async #target(session: DocumentSession, { as, small = false }: Wish): Promise<Target | null> {
    const { project, name } = session;
    const { dialogs } = this.#parts;
    const wanted = small ? `${plainName(name)}-small${PROJECT_ENDING}` : suggested(project, name);
    if (dialogs === null) return { path: null, name: basename(wanted), overwrite: false };
    const known = as || small ? null : (project?.path ?? null);
    if (known !== null) return { path: known, name: basename(known), overwrite: true };
    const chosen = await dialogs.chooseProject(wanted);
    if (chosen === null) return null;
    // The dialog has asked about the name that was typed, not about the one with the ending.
    const isWhole = hasProjectEnding(chosen);
    const path = isWhole ? chosen : `${chosen}${PROJECT_ENDING}`;
    return { path, name: basename(path), overwrite: isWhole };
  }

  /** The bytes of the project file. */
  async #make(
    log: Log,
    small: boolean,
    notice: WorkNotice,
    signal: AbortSignal,
  ): Promise<Result<Uint8Array>> {
    const document = current(log);
    const content = await this.#content(log);
    if (!content.ok) return content;
    // Every layer, the picture and a small one are rendered and encoded.
    const most = 2 * (document.layers.length + 2);
    let done = 0;
    const step = (): void => notice.reach(Math.min(1, ++done / most));
    const rendered = small ? null : await renderParts(this.#renderer(step), document, signal);
    if (rendered?.ok === false) return rendered;
    return writeProject(content.value, rendered?.value ?? null, this.#pngEncoder(step, signal));
  }

  async #content(log: Log): Promise<Result<ProjectContent>> {
    const files = new Map<SourceId, SourceFile>();
    for (const [id, { name }] of sourcesOf(log)) {
      const bytes = await this.#parts.originals.read(id);
      if (!bytes.ok) return named(name, bytes.fault);
      files.set(id, { name, bytes: bytes.value });
    }
    return succeed({ log, files });
  }

  /** Pictures of equal pixels (the whole one and its only layer, most often) are one raster, so that it is encoded once. */
  #renderer(done: () => void): Render {
    const byKey = new Map<string, Rendered>();
    return async (request, signal) => {
      const rendered = await this.#parts.render(request, signal);
      if (!rendered.ok) return rendered;
      done();
      const known = byKey.get(rendered.value.key) ?? rendered.value;
      byKey.set(known.key, known);
      return succeed(known);
    };
  }

  #pngEncoder(done: () => void, signal: AbortSignal): EncodePng {
    const encodings = new Map<Raster, Promise<Result<Uint8Array>>>();
    const options = { format: 'png', metadata: 'none' } as const;
    return (raster) => {
      const encoding = encodings.get(raster) ?? this.#parts.encoder.encode(raster, null, options, signal);
      encodings.set(raster, encoding);
      return encoding.finally(done);
    };
  }

  async #deliver(
    { path, name, overwrite }: Target,
    bytes: Uint8Array,
    signal: AbortSignal,
  ): Promise<Result<Delivered>> {
    const size = bytes.byteLength;
    if (path === null) {
      const id = this.#parts.downloads.add({ name, type: MEDIA_TYPE, bytes });
      return succeed({ name, download: `downloads/${id}`, bytes: size });
    }
    const written = await writeAtomically(path, bytes, { overwrite, signal });
    return written.ok ? succeed({ name, download: null, bytes: size }) : named(name, written.fault);
  }
}

/** What a dialog offers: the file that it is already, else one of the picture's name. */
function suggested(project: ProjectPlace | null, name: string): string {
  if (project === null) return projectName(name);
  return project.path ?? (hasProjectEnding(project.name) ? project.name : projectName(project.name));
}

/** The fault with the name of the file concerned in front. */
function named(name: string, { code, message, remedy }: FaultError['fault']): Result<never> {
  return fail(code, message.startsWith(name) ? message : `${name}: ${message}`, remedy);
}
