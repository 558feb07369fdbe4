/**
 * The editor's main side, which knows no shell: documents, files, exports, and the pages that look at them. A shell gives it lines to
 * pages (`connect`), lets pages fetch what it has (`resources`), and tells it which files to open.
 */

import { createHash } from 'node:crypto';
import { basename, join } from 'node:path';
import type { SourceId } from '../../core/document/document';
import { dispatch, type Answer } from '../../core/protocol/gate';
import type { Event, Hello, OpeningFrame } from '../../core/protocol/contract';
import type { Codec } from '../../core/node/codec/codec';
import type { Engine } from '../../core/node/engine/engine';
import { findPython } from '../../core/node/python/find-python';
import { fail, FaultError, type Fault } from '../../core/raster/fault';
import { BatchDesk } from './batch-desk';
import { changingCalls, handlersOf } from './calls';
import type { Client, Connectable, Connected } from './client';
import type { NativeDialogs } from './dialogs';
import { Documents } from './documents';
import { Downloads } from './downloads';
import { ExportDesk } from './export-desk';
import { Exporter, type Encoder } from './exporter';
import { Files, type FileContent } from './files';
import { Originals } from './originals';
import { FrameShelf } from './frame-shelf';
import { ONLY_ONE_WRITES, Page } from './page';
import { LearningDesk } from './learning-desk';
import { ReadingDesk } from './reading-desk';
import { RecipeDesk } from './recipe-desk';
import { Recents, type RecentFile } from './recents';
import { resourcesOf, type Resources } from './resources';
import { programFolder } from './program';
import { ScriptDesk } from './script-desk';
import { SaveDesk } from './save-desk';
import { Sources, type Decoder } from './sources';
import { Samples } from './samples';
import { thumbnailOf } from './thumbnail';
import { WriterSeat } from './writer-seat';
import type { DocumentSession } from './document-session';

export interface HostParts {
  readonly engine: Pick<
    Engine,
    'render' | 'lend' | 'strips' | 'look' | 'seen' | 'beneath' | 'addSource' | 'addFile' | 'dropSource'
  >;
  readonly codec: Decoder & Encoder & Pick<Codec, 'info'>;
  /** Where recent files and uploads are kept. */
  readonly folder: string;
  readonly shell: Hello['shell'];
  readonly version: string;
  /** Null where files come and go through the page. */
  readonly dialogs: NativeDialogs | null;
  /** Finds a Python that can run scripts; by default one of this machine. */
  readonly findPython?: typeof findPython;
  /** Told of bugs. */
  readonly complain: (error: unknown) => void;
  /** Bytes of a file from which on it is not held in memory, on its way in or out. */
  readonly largeBytes?: number;
  /** Milliseconds until a waiting page takes over from one that is gone. */
  readonly grace?: number;
}

const FRAME_BYTES = 56 * 2 ** 20;

export interface Host extends Connectable {
  readonly resources: Resources;
  /** Opens files of the user's, one after the other, and tells the pages. */
  openFiles(paths: readonly string[]): Promise<void>;
  /** To every page. */
  broadcast(event: Event): void;
  close(): Promise<void>;
}

export async function startHost(parts: HostParts): Promise<Host> {
  const recents = await Recents.open(parts.folder);
  return new EditorHost(parts, recents);
}

class EditorHost implements Host {
  readonly resources: Resources;
  readonly #parts: HostParts;
  readonly #recents: Recents;
  readonly #files: Files;
  readonly #sources: Sources;
  readonly #originals: Originals;
  readonly #documents: Documents;
  readonly #batches: BatchDesk;
  readonly #scripts: ScriptDesk;
  readonly #saves: SaveDesk;
  readonly #exports: ExportDesk;
  readonly #handlers: ReturnType<typeof handlersOf>;
  readonly #pages = new Set<Page>();
  readonly #seat: WriterSeat<Page>;
  readonly #opening: string[] = [];
  /** Called when the document of a file is there that the pages know as being opened. */
  readonly #begun = new WeakMap<FileContent, () => void>();
  readonly #openingFrames: OpeningFrame[] = [];
  /** What nobody was there to hear, kept for the first page. */
  readonly #unheard: Event[] = [];
  readonly #closing = new AbortController();
  /** Work that nobody waits for, but the end of the program. */
  readonly #background = new Set<Promise<void>>();

  constructor(parts: HostParts, recents: Recents) {
    this.#parts = parts;
    this.#recents = recents;
    this.#seat = new WriterSeat(parts.grace);
    const shelf = new FrameShelf(FRAME_BYTES);
    const downloads = new Downloads();
    const render: Engine['render'] = (request, signal) => parts.engine.render(request, signal);
    this.#files = new Files(parts.folder, parts.largeBytes === undefined ? {} : { large: parts.largeBytes });
    this.#originals = new Originals(parts.folder);
    this.#sources = new Sources(parts.codec, parts.engine, this.#originals);
    this.#documents = new Documents({
      render,
      beneath: (request, signal) => parts.engine.beneath(request, signal),
      shelf,
      sources: this.#sources,
      codec: parts.codec,
      engine: parts.engine,
      complain: (error) => {
        if (!this.#closing.signal.aborted) parts.complain(error);
      },
      broadcast: (event) => this.broadcast(event),
      failed: (error, client) => this.#tellFailure(error, client),
      opened: (session, file, picture) => {
        this.#begun.get(file)?.();
        if (!file.sample) this.#inBackground(this.#noteRecent(session, file, picture));
      },
    });
    const strips: Engine['strips'] = (document, signal) => parts.engine.strips(document, signal);
    const exporter = new Exporter({ render, strips, encoder: parts.codec }, parts.largeBytes);
    const { dialogs, engine, codec } = parts;
    const shared = { sources: this.#sources, files: this.#files, downloads, dialogs, engine, codec };
    this.#batches = new BatchDesk({ ...shared, folder: parts.folder });
    this.#scripts = new ScriptDesk({
      ...shared,
      originals: this.#originals,
      findPython: parts.findPython ?? findPython,
    });
    this.#exports = new ExportDesk({
      exporter,
      sources: this.#sources,
      downloads,
      dialogs,
      folder: parts.folder,
    });
    this.#saves = new SaveDesk({
      render,
      strips,
      encoder: parts.codec,
      originals: this.#originals,
      downloads,
      dialogs,
      folder: parts.folder,
      saved: (session, file) => this.#inBackground(this.#noteRecent(session, file, null)),
    });
    const samples = new Samples(join(programFolder(), 'out', 'samples'));
    const lessons = join(programFolder(), 'lessons');
    this.#handlers = handlersOf({
      documents: this.#documents,
      sources: this.#sources,
      files: this.#files,
      recents,
      saves: this.#saves,
      learning: new LearningDesk({ engine, samples, folder: lessons, complain: parts.complain }),
      reading: new ReadingDesk(engine, shelf),
      desk: this.#exports,
      recipes: new RecipeDesk(shared),
      batches: this.#batches,
      scripts: this.#scripts,
      dialogs,
      hello: (page) => this.#hello(page),
    });
    this.resources = resourcesOf({
      shelf,
      files: this.#files,
      downloads,
      thumbnail: (id) => recents.thumbnail(id),
      sample: (id) => samples.thumbnail(id),
    });
  }

  connect(client: Client): Connected {
    const page = new Page(client, (lost) => this.#documents.dropDrafts(lost));
    this.#pages.add(page);
    this.#seat.enter(page);
    for (const event of this.#unheard.splice(0)) page.send(event);
    return {
      handle: (call, payload) => this.#handle(page, call, payload),
      away: () => {
        page.present = false;
        this.#seat.away(page);
      },
      back: () => {
        page.present = true;
        this.#seat.back(page);
      },
      close: () => {
        page.present = false;
        this.#pages.delete(page);
        this.#seat.leave(page);
        this.#documents.leave(page);
        this.#inBackground(this.#batches.leave(page));
      },
    };
  }

  async #handle(page: Page, call: unknown, payload: unknown): Promise<Answer> {
    if (isChanging(call) && !this.#seat.holds(page)) return fail('refused', ONLY_ONE_WRITES);
    return dispatch(this.#handlers, page, call, payload, (error) => this.#parts.complain(error));
  }

  broadcast(event: Event): void {
    for (const page of this.#pages) page.send(event);
  }

  async openFiles(paths: readonly string[]): Promise<void> {
    const names = paths.map((path) => basename(path));
    this.#opening.push(...names);
    for (const [index, path] of paths.entries()) {
      if (this.#closing.signal.aborted) return;
      const name = names[index];
      this.broadcast({ event: 'document.opening', data: { name } });
      let isOpening = true;
      const ended = (): void => {
        if (isOpening) this.#opening.splice(this.#opening.indexOf(name), 1);
        isOpening = false;
        this.#openingFrames.length = 0;
      };
      const document = await this.#openFile(path, ended);
      ended();
      this.broadcast({ event: 'document.opened', data: { name, document } });
    }
  }

  /** `begun`: a page that comes from then on finds the document, and needs to know of no opening. */
  async #openFile(path: string, begun: () => void): Promise<string | null> {
    const opened = await this.#files.using(this.#files.register(path), (content) => {
      this.#begun.set(content, begun);
      return this.#documents.open(content, (frame) => this.#seeFirst(frame));
    });
    if (!opened.ok) {
      this.#say({ event: 'alert', data: { message: opened.fault.message, remedy: opened.fault.remedy } });
      return null;
    }
    for (const message of opened.value.notices) this.#say({ event: 'notice', data: { message } });
    return opened.value.session.id;
  }

  /** Pages that come while the file is still being opened see it too. */
  #seeFirst(frame: OpeningFrame): void {
    this.#openingFrames.push(frame);
    this.broadcast({ event: 'opening.frame', data: frame });
  }

  /** To every page, or to the first one that comes. */
  #say(event: Event): void {
    if (this.#pages.size === 0) this.#unheard.push(event);
    else this.broadcast(event);
  }

  #hello(page: Page): Hello {
    const writable = this.#seat.holds(page);
    return {
      shell: this.#parts.shell,
      version: this.#parts.version,
      nativeDialogs: this.#parts.dialogs !== null,
      writable,
      reason: writable ? '' : ONLY_ONE_WRITES,
      documents: this.#documents.states,
      recents: this.#recents.list(),
      opening: [...this.#opening],
      openingFrames: [...this.#openingFrames],
    };
  }

  /** Rendering for a page went wrong: it is told, and editing goes on. */
  #tellFailure(error: unknown, client: Client): void {
    if (!(error instanceof FaultError)) this.#parts.complain(error);
    const { message, remedy } = error instanceof FaultError ? error.fault : unforeseen;
    client.send({ event: 'alert', data: { message, remedy } });
  }

  #inBackground(work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => {
        if (!this.#closing.signal.aborted) this.#parts.complain(error);
      })
      .finally(() => this.#background.delete(done));
    this.#background.add(done);
  }

  /**
   * Puts the file on the list of recent ones; `picture` is the hash of its bytes where it is a picture. Failing at it is no reason to
   * bother anyone.
   */
  async #noteRecent(
    session: DocumentSession,
    { name, path, bytes }: RecentFile,
    picture: SourceId | null,
  ): Promise<void> {
    const { engine, codec } = this.#parts;
    const { document, project } = session;
    const { width, height } = session.state.size;
    const render: Engine['render'] = (request, signal) => engine.render(request, signal);
    const thumbnail = await thumbnailOf(document, { width, height }, render, codec, this.#closing.signal);
    if (!thumbnail.ok || this.#closing.signal.aborted) return;
    // A picture is known by its content; a project's content is another with every save, and it stays the same project.
    const layered = bytes instanceof Uint8Array && project === null ? sha256(bytes) : null;
    const id = picture ?? layered ?? projectId(path ?? document.id);
    await this.#recents.add({ id, name, width, height, path, bytes, thumbnail: thumbnail.value });
    this.broadcast({ event: 'recents.changed', data: this.#recents.list() });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#seat.close();
    await this.#saves.close();
    this.#documents.closeAll();
    this.#scripts.close();
    await this.#batches.close();
    await Promise.all(this.#background);
    await Promise.all([this.#files.close(), this.#originals.close(), this.#exports.close()]);
  }
}

const unforeseen: Fault = {
  code: 'crashed',
  message: 'Burnish made a mistake and could not compute the picture',
  remedy: 'undo the last step, or try a smaller value',
};

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function projectId(place: string): string {
  return sha256(`project ${place}`);
}

function isChanging(call: unknown): boolean {
  return typeof call === 'string' && changingCalls.has(call);
}
