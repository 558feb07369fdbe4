/**
 * One open document: takes commands, keeps the log and the draft, tells every page what it is now, and has each page's frames
 * made. It only sequences reduce, append, tell and render; each of these lives elsewhere.
 */

import type { DocumentState, Event, View } from '../../core/protocol/contract';
import { changeTo } from '../../core/protocol/document-change';
import type { Command } from '../../core/document/command';
import type { Document, DocumentId, Source, SourceId, StepId } from '../../core/document/document';
import { draftOf, shown, type Draft } from '../../core/document/draft';
import * as history from '../../core/document/log';
import { canonical } from '../../core/plan/key';
import { sourcesOf } from '../../core/node/project/source-files';
import type { Engine } from '../../core/node/engine/engine';
import { succeed, type Result } from '../../core/raster/fault';
import type { Client } from './client';
import { documentState } from './document-state';
import type { FileStamp } from './file-stamp';
import { FrameScheduler } from './frame-scheduler';
import type { FrameShelf } from './frame-shelf';
import { withKnownSources } from './known-sources';
import { WorkNotice } from './work-notice';

/** The project file of a document. */
export interface ProjectPlace {
  readonly name: string;
  /** Null where it came from a page or went to one. */
  readonly path: string | null;
  /** What lies there as far as this document knows. */
  readonly stamp: FileStamp | null;
}

export interface SessionParts {
  readonly render: Engine['render'];
  readonly beneath: Engine['beneath'];
  readonly shelf: FrameShelf;
  /** Pictures that the host has opened. */
  readonly source: (id: SourceId) => Source | undefined;
  /** To every page. */
  readonly broadcast: (event: Event) => void;
  /** Takes what went wrong while rendering for a page, a fault or a bug. */
  readonly failed: (error: unknown, client: Client) => void;
}

type Nothing = Record<string, never>;
const nothing: Nothing = {};

export class DocumentSession {
  readonly id: DocumentId;
  readonly #parts: SessionParts;
  readonly #viewers = new Map<Client, FrameScheduler>();
  /** Histograms under way. */
  #log: history.Log;
  #draft: Draft | null = null;
  /** Whose gesture the draft is. */
  #drafter: Client | null = null;
  #project: ProjectPlace | null;
  /** What the project file holds; without one, the picture as it was opened. */
  #saved: history.Log;
  #reported: DocumentState['reported'] = {};
  #revision = 0;
  /** The history as the pages know it. */
  #told: DocumentState['history'];

  /** Of a history that has just begun, or comes from a project file. */
  constructor(log: history.Log, project: ProjectPlace | null, parts: SessionParts) {
    this.id = history.current(log).id;
    this.#parts = parts;
    this.#log = log;
    this.#project = project;
    this.#saved = log;
    this.#told = this.state.history;
  }

  get state(): DocumentState {
    return documentState(this.#log, {
      name: this.name,
      dirty: this.#isDirty,
      reported: this.#reported,
      revision: this.#revision,
    });
  }

  /** As its project file is called, where it has one, else as its first picture. */
  get name(): string {
    return this.#project?.name ?? this.document.name;
  }

  get project(): ProjectPlace | null {
    return this.#project;
  }

  /** The path of its project file, where that holds the original of this picture; null where there is none. */
  projectWith(id: SourceId): string | null {
    return sourcesOf(this.#saved).has(id) ? (this.#project?.path ?? null) : null;
  }

  /** The history as it stands, without the draft. */
  get log(): history.Log {
    return this.#log;
  }

  /**
   * It stands elsewhere than its file says, or there are steps that the file lacks, if only discarded ones. A picture without
   * a project file that stands where it was opened has nothing to lose, whatever was tried on it.
   */
  get #isDirty(): boolean {
    const stands = history.currentEntry(this.#log).id === history.currentEntry(this.#saved).id;
    const lacks = this.#project !== null && this.#log.entries.length > this.#saved.entries.length;
    return !stands || lacks;
  }

  /** The document as the log has it, without the draft. */
  get document(): Document {
    return history.current(this.#log);
  }

  /** The document as pages show it, the gesture under way included. */
  get shown(): Document {
    return shown(this.#log, this.#draft);
  }

  commit(client: Client, generation: number, given: Command): Result<Nothing> {
    const command = withKnownSources(given, this.#parts.source);
    if (!command.ok) return command;
    const log = history.append(this.#log, command.value);
    // A refused command ends the gesture too: what is shown is the log's document again.
    return this.#stand(client, generation, log);
  }

  /** `drawn`: the page shows it without our help. */
  preview(client: Client, generation: number, given: Command, drawn = false): Result<Nothing> {
    const command = withKnownSources(given, this.#parts.source);
    if (!command.ok) return command;
    const draft = draftOf(this.#log, command.value);
    if (!draft.ok) return draft;
    this.#draft = draft.value;
    this.#drafter = client;
    for (const [viewer, scheduler] of this.#viewers) {
      if (viewer !== client) scheduler.moved(null);
      else if (drawn) scheduler.drawnByPage(generation);
      else scheduler.moved(generation);
    }
    return succeed(nothing);
  }

  /** This step's controls are on the page. */
  hold(client: Client, step: StepId | null): void {
    this.#scheduler(client).hold(step);
  }

  abandon(client: Client, generation: number): Result<Nothing> {
    return this.#stand(client, generation, succeed(this.#log));
  }

  undo(client: Client, generation: number): Result<Nothing> {
    return this.#stand(client, generation, succeed(history.undo(this.#log)));
  }

  redo(client: Client, generation: number): Result<Nothing> {
    return this.#stand(client, generation, succeed(history.redo(this.#log)));
  }

  goTo(client: Client, generation: number, entry: history.EntryId): Result<Nothing> {
    return this.#stand(client, generation, history.goTo(this.#log, entry));
  }

  /** Ends the draft, stands at the new log where there is one, tells and renders. */
  #stand(client: Client, generation: number, log: Result<history.Log>): Result<Nothing> {
    this.#draft = null;
    if (log.ok && log.value !== this.#log) {
      this.#log = log.value;
      this.#tell();
    }
    for (const [viewer, scheduler] of this.#viewers) scheduler.changed(viewer === client ? generation : null);
    return log.ok ? succeed(nothing) : log;
  }

  #tell(): void {
    this.#revision++;
    const { state } = this;
    this.#parts.broadcast({ event: 'document.edited', data: changeTo(state, this.#told) });
    this.#told = state.history;
  }

  /** A project file holds this much of the history now. */
  saved(log: history.Log, project: ProjectPlace): void {
    this.#saved = log;
    this.#project = project;
    this.#tell();
  }

  setView(client: Client, view: View): void {
    this.#scheduler(client).setView(view);
  }

  /** The page wants the picture's histograms: settled when its exact frame does not need the workers any more. */
  async counted(client: Client): Promise<void> {
    await this.#viewers.get(client)?.counted();
  }

  cancelWork(client: Client): void {
    this.#viewers.get(client)?.cancel();
  }

  #scheduler(client: Client): FrameScheduler {
    const known = this.#viewers.get(client);
    if (known !== undefined) return known;
    const notice = new WorkNotice(this.id, 'Computing the exact picture', client);
    const scheduler = new FrameScheduler({
      render: this.#parts.render,
      beneath: this.#parts.beneath,
      shelf: this.#parts.shelf,
      shown: () => ({
        document: this.shown,
        revision: this.#revision,
        held: this.#held(),
      }),
      send: (frame) => client.send({ event: 'frame.ready', data: frame }),
      sendHeld: (held) => client.send({ event: 'held.ready', data: held }),
      measured: (revision, reported) => this.#measured(revision, reported),
      failed: (error, at) => {
        this.#parts.failed(error, client);
        client.send({ event: 'frame.failed', data: { document: this.id, generation: at } });
      },
      notice,
    });
    this.#viewers.set(client, scheduler);
    return scheduler;
  }

  #held(): StepId | null {
    const command = this.#draft?.command;
    return command?.type === 'step.set' || command?.type === 'step.limit' ? command.step : null;
  }

  /** Steps measured something; the pages are told where it is news. */
  #measured(revision: number, reported: DocumentState['reported']): void {
    const isCurrent = revision === this.#revision && this.#draft === null;
    if (!isCurrent || canonical(reported) === canonical(this.#reported)) return;
    this.#reported = reported;
    this.#tell();
  }

  /** A page may not edit any more: what it was about to do is forgotten. */
  dropDraft(client: Client): void {
    if (this.#draft === null || this.#drafter !== client) return;
    this.#draft = null;
    for (const scheduler of this.#viewers.values()) scheduler.changed(null);
  }

  /** A page is gone. */
  leave(client: Client): void {
    this.cancelWork(client);
    this.#viewers.delete(client);
    this.dropDraft(client);
  }

  close(): void {
    for (const client of [...this.#viewers.keys()]) this.leave(client);
  }
}
