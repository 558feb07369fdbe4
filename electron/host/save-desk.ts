/**
 * Saves documents as project files: the log as it stands, the original files, and the rendered parts for other programs. With
 * native dialogs a document has a place on the disk, which is asked for once and then written to; without them it goes out as
 * a download every time. Two saves of one document follow each other, so the newer is the one that stays.
 */

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Delivered, Payload } from '../../core/protocol/contract';
import type { DocumentId, SourceId } from '../../core/document/document';
import { current, type Log } from '../../core/document/log';
import type { Engine } from '../../core/node/engine/engine';
import { writeAtomically } from '../../core/node/files/atomic-write';
import {
  renderedCount,
  sourcesOf,
  writeProject,
  type OriginalFile,
  type Rendering,
} from '../../core/node/project/project-file';
import { fail, FaultError, succeed, type Result } from '../../core/raster/fault';
import { Cancelled } from '../../core/raster/signal';
import type { Client } from './client';
import type { NativeDialogs } from './dialogs';
import { hasChanged, stampOf } from './file-stamp';
import type { DocumentSession, ProjectPlace } from './document-session';
import type { Downloads } from './downloads';
import type { Encoder } from './exporter';
import { hasProjectEnding, plainName, PROJECT_ENDING, projectName } from './file-names';
import { makeProcessFolder } from './data-folder';
import type { Originals } from './originals';
import type { KeptFile, RecentFile } from './recents';
import { WorkNotice } from './work-notice';

export interface SaveParts {
  readonly render: Engine['render'];
  readonly strips: Engine['strips'];
  readonly encoder: Encoder;
  readonly originals: Pick<Originals, 'find'>;
  readonly downloads: Downloads;
  readonly dialogs: NativeDialogs | null;
  /** Files that wait to be fetched go below it. */
  readonly folder: string;
  /** A document was saved as this file. */
  readonly saved: (session: DocumentSession, file: RecentFile) => void;
}

interface Saved {
  readonly delivered: Delivered;
  /** Where its bytes lie. */
  readonly file: KeptFile;
}

type Wish = Pick<Payload<'document.save'>, 'as' | 'small' | 'overwrite'>;

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
  readonly #folder: string;
  /** The saves of a document that are under way or wait for their turn. */
  readonly #running = new Map<DocumentId, Set<AbortController>>();
  readonly #last = new Map<DocumentId, Promise<unknown>>();

  constructor(parts: SaveParts) {
    this.#parts = parts;
    this.#folder = makeProcessFolder(join(parts.folder, 'saved'));
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
    await rm(this.#folder, { recursive: true, force: true });
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
    const changed = await this.#changed(session, wish);
    if (changed !== null) return changed;
    const { log } = session;
    const notice = new WorkNotice(session.id, `Saving ${target.name}`, client);
    notice.begin();
    try {
      const made = await this.#make(log, wish.small === true, notice, signal);
      if (signal.aborted) return cancelled;
      if (!made.ok) return named(target.name, made.fault);
      const saved = await this.#deliver(target, made.value, signal);
      if (!saved.ok) return saved;
      const { delivered, file } = saved.value;
      if (wish.small === true) return succeed(delivered);
      const { name, path } = target;
      // It may have been closed while the last bytes were written.
      const stamp = path === null ? null : await stampOf(path);
      if (!signal.aborted) session.saved(log, { name, path, stamp });
      this.#parts.saved(session, { name, path, bytes: file });
      return succeed(delivered);
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

  /** That somebody else has written the document's own file, which the user is to know before it is replaced. */
  async #changed({ project }: DocumentSession, wish: Wish): Promise<Result<never> | null> {
    if (wish.as || wish.small === true || wish.overwrite === true) return null;
    if (project === null || project.path === null || project.stamp === null) return null;
    if (!(await hasChanged(project.path, project.stamp))) return null;
    const remedy = 'save it under another name, or overwrite it';
    return fail('changed', `${project.name}: it has changed on the disk since it was opened`, remedy);
  }

  /** The bytes of the project file, made while they are taken. */
  async #make(
    log: Log,
    small: boolean,
    notice: WorkNotice,
    signal: AbortSignal,
  ): Promise<Result<AsyncIterable<Uint8Array>>> {
    const files = new Map<SourceId, OriginalFile>();
    for (const [id, { name }] of sourcesOf(log)) {
      const bytes = await this.#parts.originals.find(id);
      if (!bytes.ok) return named(name, bytes.fault);
      files.set(id, { name, bytes: bytes.value });
    }
    // Every layer, the picture and a small one are rendered and encoded.
    const most = 2 * renderedCount(current(log));
    let done = 0;
    const step = (): void => notice.reach(Math.min(1, ++done / most));
    return writeProject({ log, files }, small ? null : this.#rendering(step, signal));
  }

  #rendering(done: () => void, signal: AbortSignal): Rendering {
    const { render, strips, encoder } = this.#parts;
    const options = { format: 'png', metadata: 'none' } as const;
    return {
      render: (request) => render(request, signal).finally(done),
      strips: (document) => strips(document, signal).finally(done),
      encodePng: (picture) => encoder.encodeToFile(picture, null, options, signal).finally(done),
      signal,
    };
  }

  /** To its place, or, where there is none, into a file of ours that the page fetches. */
  async #deliver(
    { path, name, overwrite }: Target,
    chunks: AsyncIterable<Uint8Array>,
    signal: AbortSignal,
  ): Promise<Result<Saved>> {
    let size = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        size += chunk.byteLength;
        yield chunk;
      }
    };
    const file = path ?? join(this.#folder, randomBytes(12).toString('hex'));
    const written = await writeAtomically(file, counted(), { overwrite, signal });
    if (!written.ok) return named(name, written.fault);
    const id = path === null ? this.#parts.downloads.add({ name, type: MEDIA_TYPE, file, size }) : null;
    const delivered = { name, download: id === null ? null : `downloads/${id}`, bytes: size };
    return succeed({ delivered, file: { path: file, size } });
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
