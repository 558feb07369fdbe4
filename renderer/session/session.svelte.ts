/**
 * All that the page holds: the documents in their tabs, what is being opened, recent files, messages, progress, and whether the
 * line to the main process stands. It turns events into state and requests into calls; what there is to do with a document
 * lives in `OpenDocument`. Components get it by context, so a test gives them one of its own.
 */

import type { DocumentId, StepId } from '../../core/document/document';
import type { GivenValues } from '../../core/operation/parameter';
import type { DocumentState, Event, Events, Hello, Recent } from '../../core/protocol/contract';
import { changed, type DocumentChange } from '../../core/protocol/document-change';
import { ChangedQuestion, CloseQuestion } from './close-question.svelte';
import { FileChooser } from './file-chooser';
import { FrameLoader } from './frame-loader';
import { FrameStore } from './frame-store';
import { Learning } from './learning.svelte';
import { Messages } from './messages.svelte';
import { OpenDocument } from './open-document.svelte';
import { Openings, type Opening } from './openings.svelte';
import type { LineState, PageConnection } from './page-connection';
import { Preferences } from './preferences.svelte';
import { saveDocument } from './saving';
import { StepPictures } from './step-pictures';
import { Generations, type Mark } from './timeline.svelte';

export type Progress = Events['progress'];
export type DialogName =
  | 'palette'
  | 'export'
  | 'keys'
  | 'about'
  | 'lessons'
  | 'samples'
  | 'saveRecipe'
  | 'applyRecipe'
  | 'applyToFiles'
  | 'exportPython'
  | 'laboratory';
/** What the convolution laboratory shows. */
export type LaboratoryView = 'torch' | 'gallery' | 'response';
/** What a press on the canvas does. */
export type Tool = 'hand' | 'zoom' | 'rectangle' | 'ellipse' | 'line';

/** Whose levels stand in the cells of the pixel grid: all channels', one channel's, the rounded luma's. */
export const PIXEL_NUMBERS = ['All', 'R', 'G', 'B', 'Grey'] as const;
export type PixelNumbers = (typeof PIXEL_NUMBERS)[number];

export class Session {
  readonly connection: PageConnection;
  readonly messages = new Messages();
  readonly preferences: Preferences;
  readonly openings: Openings;
  readonly chooser: FileChooser;
  readonly learning: Learning;
  readonly stepPictures: StepPictures;
  line = $state.raw<LineState>({ kind: 'connecting' });
  /** False until the main process has said what is open. */
  greeted = $state(false);
  version = $state('');
  shell = $state<Hello['shell']>('browser');
  nativeDialogs = $state(false);
  documents = $state.raw<readonly OpenDocument[]>([]);
  recents = $state.raw<readonly Recent[]>([]);
  progress = $state.raw<Progress | null>(null);
  writable = $state(true);
  /** Why this window only looks on; empty while it may edit. */
  reason = $state('');
  dialog = $state<DialogName | null>(null);
  laboratory = $state<LaboratoryView>('torch');
  /** Asked about a document that is to be closed although its changes are in no file. */
  readonly closing = new CloseQuestion();
  readonly changed = new ChangedQuestion();
  tool = $state<Tool>('hand');
  /** Whether large pixels have lines between them, and larger ones their levels in them. */
  pixelGrid = $state(true);
  pixelNumbers = $state<PixelNumbers>('All');
  /** What "Repeat last operation" adds. */
  lastAdded = $state.raw<{ readonly operation: string; readonly params: GivenValues } | null>(null);
  /** The operation whose first parameter is to have the focus as soon as it is shown. */
  focusRequest = $state<StepId | null>(null);
  /** Pins the pixel under the pointer, or lets it go; set where the pointer is known. */
  turnPin: () => void = () => undefined;
  /** Runs a command that the native menu chose; set where the commands are made. */
  runCommand: (id: string) => void = () => undefined;

  readonly #store = new FrameStore();
  readonly #loader: FrameLoader;
  readonly #generations = new Generations();
  /** The id of a document or the key of an opening. */
  #shown = $state<string | null>(null);
  /** Documents that were told of while they are still in the tab of their opening, whose end is about to be told. */
  #early: readonly DocumentState[] = [];
  /** A change was told whose document does not stand here as it did before it. */
  #missed = false;
  #catching = false;
  /** The request of a document that was opened just now, for its first frame. */
  readonly #requests: Record<DocumentId, Mark | undefined> = {};

  /** The picture in front that is still being opened. */
  readonly opening: Opening | null = $derived.by(
    () => this.openings.list.find(({ key }) => key === this.#shown) ?? null,
  );
  /** The document in front; null in the empty state and while another picture is being opened in front. */
  readonly active: OpenDocument | null = $derived.by(() => {
    if (this.opening) return null;
    // What was in front may be gone: a picture that could not be opened, say.
    return this.documents.find(({ id }) => id === this.#shown) ?? this.documents.at(-1) ?? null;
  });
  readonly editable: boolean = $derived.by(
    () => this.writable && this.line.kind === 'open' && this.active !== null,
  );

  constructor(connection: PageConnection, preferences = new Preferences(null)) {
    this.connection = connection;
    this.preferences = preferences;
    this.#loader = new FrameLoader((path) => connection.resource(path));
    this.stepPictures = new StepPictures(connection, this.#loader);
    this.openings = new Openings({
      connection,
      messages: this.messages,
      loader: this.#loader,
      begun: (opening) => (this.#shown = opening.key),
      opened: (opening, document) => this.#opened(opening, document),
      seen: (id, first) => this.documents.find((document) => document.id === id)?.showFirst(first),
      ended: () => this.#adoptEarly(),
    });
    this.chooser = new FileChooser(
      connection,
      () => this.nativeDialogs,
      ({ files, at }) => void this.openings.open(files, at),
      (fault) => this.messages.alert(fault),
    );
    this.learning = new Learning(this);
    connection.listen((event) => this.#handle(event));
    connection.watch((line) => (this.line = line));
    void this.#greet();
  }

  /** Brings a document or an opening to the front. */
  show(key: string): void {
    this.#shown = key;
  }

  /** What stands in the tabs, in order. */
  get tabs(): readonly (OpenDocument | Opening)[] {
    return [...this.documents, ...this.openings.list];
  }

  /** Brings the next tab to the front, or the one before. */
  turn(direction: 1 | -1): void {
    const keys = this.tabs.map(keyOf);
    const at = keys.indexOf(this.opening?.key ?? this.active?.id ?? '');
    if (keys.length > 1) this.#shown = keys[(at + direction + keys.length) % keys.length];
  }

  /** Closes a document, after a question where something would be lost. Resolves to whether it is closed. */
  async askToClose(document: OpenDocument): Promise<boolean> {
    if (this.#wouldLose(document)) {
      const choice = await this.closing.ask(document);
      if (choice === 'cancel') return false;
      if (choice === 'save' && !(await saveDocument(this, document, { as: false }))) return false;
    }
    return this.close(document);
  }

  /** Whether something would be lost with this window. */
  get hasUnsaved(): boolean {
    return this.writable && this.line.kind === 'open' && this.documents.some((each) => this.#wouldLose(each));
  }

  /** Closes whatever is unsaved, with a question each. Resolves to whether nothing is left that would be lost. */
  async leave(): Promise<boolean> {
    if (this.closing.document) return false;
    for (const document of this.documents.filter((each) => this.#wouldLose(each))) {
      this.show(document.id);
      if (!(await this.askToClose(document))) return false;
    }
    return true;
  }

  /** A lesson can be had again: what it did to its picture is nobody's work. */
  #wouldLose(document: OpenDocument): boolean {
    return document.state.dirty && !this.learning.madeAllOf(document);
  }

  async close(document: OpenDocument): Promise<boolean> {
    const answer = await this.connection.call('document.close', { document: document.id });
    if (answer.ok) this.#remove(document.id);
    else this.messages.alert(answer.fault, document.name);
    return answer.ok;
  }

  async #greet(): Promise<void> {
    const answer = await this.connection.call('app.hello', {});
    if (!answer.ok) {
      this.messages.alert(answer.fault);
      return;
    }
    const hello = answer.value;
    this.version = hello.version;
    this.shell = hello.shell;
    this.nativeDialogs = hello.nativeDialogs;
    this.writable = hello.writable;
    this.reason = hello.reason;
    this.recents = hello.recents;
    for (const name of hello.opening) this.openings.announced(name);
    for (const frame of hello.openingFrames) void this.openings.receive(frame);
    for (const state of hello.documents) {
      // What the program was started with counts from when the page was asked for.
      this.#requests[state.document.id] = { at: 0, kind: 'open', operation: null };
      this.#adopt(state);
    }
    this.greeted = true;
    void this.learning.resume();
  }

  #handle(event: Event): void {
    switch (event.event) {
      case 'document.changed':
        return this.#adopt(event.data);
      case 'document.edited':
        return this.#edited(event.data);
      case 'document.opening':
        return this.openings.announced(event.data.name);
      case 'opening.frame':
        void this.openings.receive(event.data);
        return;
      case 'document.opened':
        return this.openings.finished(event.data.name, event.data.document);
      case 'document.closed':
        return this.#remove(event.data.document);
      case 'frame.ready': {
        const document = this.documents.find(({ id }) => id === event.data.document);
        if (document && document === this.active) document.receive(event.data);
        return;
      }
      case 'held.ready':
        this.documents.find(({ id }) => id === event.data.document)?.receiveHeld(event.data);
        return;
      case 'frame.failed':
        this.documents.find(({ id }) => id === event.data.document)?.giveUp(event.data.generation);
        return;
      case 'recents.changed':
        this.recents = event.data;
        return;
      case 'progress':
        this.progress = event.data.label === '' ? null : event.data;
        return;
      case 'alert':
        return this.messages.alert(event.data);
      case 'notice':
        return this.messages.notice(event.data.message);
      case 'menu.command':
        return this.runCommand(event.data.id);
      case 'writable':
        this.writable = event.data.writable;
        this.reason = event.data.reason;
    }
  }

  #edited(change: DocumentChange): void {
    const { id } = change.document;
    const stood =
      this.documents.find((document) => document.id === id)?.state ??
      this.#early.find(({ document }) => document.id === id);
    const state = stood && changed(stood, change);
    if (state) this.#adopt(state);
    // What it follows is not known here, or not yet.
    else if (stood === undefined || stood.revision < change.revision) void this.#catchUp();
  }

  /** Asks how all documents stand; once more where something was missed meanwhile. */
  async #catchUp(): Promise<void> {
    this.#missed = true;
    if (this.#catching) return;
    this.#catching = true;
    try {
      while (this.#missed) {
        this.#missed = false;
        const answer = await this.connection.call('app.hello', {});
        if (answer.ok) for (const state of answer.value.documents) this.#adopt(state);
      }
    } finally {
      this.#catching = false;
    }
  }

  #adopt(state: DocumentState): void {
    const known = this.documents.find(({ id }) => id === state.document.id);
    if (known) {
      // An answer to `app.hello` may be older than an event that overtook it.
      if (state.revision >= known.state.revision) known.adopt(state);
      return;
    }
    if (this.openings.list.some(({ name }) => name === state.name)) {
      const early = this.#takeEarly(state.document.id);
      this.#early = [...this.#early, early && early.revision > state.revision ? early : state];
      return;
    }
    this.#begin(state);
  }

  /** What no opening stands for any more has a tab of its own. */
  #adoptEarly(): void {
    const over = this.#early.filter((state) => this.openings.list.every(({ name }) => name !== state.name));
    this.#early = this.#early.filter((state) => !over.includes(state));
    for (const state of over) this.#begin(state);
  }

  #takeEarly(id: DocumentId): DocumentState | undefined {
    const early = this.#early.find((state) => state.document.id === id);
    this.#early = this.#early.filter((state) => state !== early);
    return early;
  }

  #begin(state: DocumentState): void {
    const document = new OpenDocument(state, {
      connection: this.connection,
      messages: this.messages,
      store: this.#store,
      loader: this.#loader,
      generations: this.#generations,
      takeRequest: (id) => this.#takeRequest(id),
    });
    this.documents = [...this.documents, document];
  }

  #opened(opening: Opening, document: DocumentId): void {
    const early = this.#takeEarly(document);
    if (early) this.#begin(early);
    const framed = this.openings.wasSeen(opening);
    this.#requests[document] = { at: opening.at, kind: 'open', operation: null, framed };
    const first = this.openings.first[opening.key];
    if (first) this.documents.find(({ id }) => id === document)?.showFirst(first);
    if (this.#shown === opening.key || this.#shown === null) this.#shown = document;
  }

  #takeRequest(document: DocumentId): readonly Mark[] {
    const mark = this.#requests[document];
    delete this.#requests[document];
    return mark ? [mark] : [];
  }

  #remove(id: DocumentId): void {
    this.#takeEarly(id);
    const at = this.documents.findIndex((document) => document.id === id);
    if (at < 0) return;
    this.documents = this.documents.filter((document) => document.id !== id);
    const rest = this.tabs;
    if (this.#shown === id) this.#shown = rest.length > 0 ? keyOf(rest[Math.min(at, rest.length - 1)]) : null;
  }
}

export function keyOf(tab: OpenDocument | Opening): string {
  return tab instanceof OpenDocument ? tab.id : tab.key;
}
