/**
 * A document as the page holds it: what the main process last said of it, what was sent since, the gesture under way, and
 * where the user is looking. `document` is what the panels show: commands that were sent but not yet answered and the draft
 * are applied to it at once, by the same function as in the main process, so no control ever jumps back.
 */

import type { Document, DocumentId, StepId } from '../../core/document/document';
import type { Command } from '../../core/document/command';
import type { Pixel } from '../../core/derive/pixel-story';
import { reduce } from '../../core/document/reduce';
import type { DocumentState, Frame, Held, View } from '../../core/protocol/contract';
import type { Fault, Result } from '../../core/raster/fault';
import { Camera } from '../canvas/camera.svelte';
import { currentEntry, EntryFrames, neighbourEntry } from './entry-frames';
import type { MarkedLevels } from '../canvas/level-marks';
import { MeasuredLine } from './measured-line.svelte';
import { Selection } from './selection.svelte';
import { Choice } from './choice.svelte';
import { historyMark, markOf, timed, type Draft } from './draft';
import type { FrameLoader } from './frame-loader';
import type { DrawnFrame, FrameStore } from './frame-store';
import { Frames } from './frames.svelte';
import { HeldPicture } from './held-picture';
import type { Messages } from './messages.svelte';
import type { PageConnection } from './page-connection';
import { Pending } from './pending.svelte';
import { PreviewGate } from './preview-gate';
import { Timeline, type Generations, type Mark } from './timeline.svelte';

/** What a document needs of the page around it. */
export interface DocumentParts {
  readonly connection: PageConnection;
  readonly messages: Messages;
  readonly store: FrameStore;
  readonly loader: Pick<FrameLoader, 'load' | 'samples'>;
  readonly generations: Generations;
  /** The request to open a document, once: its first frames are what it asked for. */
  readonly takeRequest: (document: DocumentId) => readonly Mark[];
}

export class OpenDocument {
  readonly id: DocumentId;
  readonly timeline: Timeline;
  readonly frames: Frames;
  readonly camera: Camera;
  readonly choice: Choice;
  state: DocumentState;
  /** What the canvas shows. */
  show = $state<View['show']>('after');
  /** Where the divider of the split stands, 0 … 1 of the canvas's width. */
  split = $state(0.5);
  /** The pixel that the panels keep speaking of, wherever the pointer is. */
  pin = $state.raw<Pixel | null>(null);
  readonly selection = new Selection(() => this.state.size);
  readonly line = new MeasuredLine(() => this.state.size);
  /** The range of levels that is brushed on the histogram. */
  marked = $state.raw<MarkedLevels | null>(null);
  /** An export of it is under way. */
  exporting = $state(false);
  /** How many saves of it are under way. */
  saving = $state(0);
  /** The user stopped the work before the exact picture was there; the next change begins it anew. */
  stopped = $state(false);
  /** The newest state could not be computed; what is shown is an older one. */
  failed = $state(false);
  /** Set by the canvas while it shows this document: draws now. */
  draw: (() => void) | null = null;

  readonly #parts: DocumentParts;
  readonly #gate = new PreviewGate();
  readonly #pending = new Pending();
  readonly #held: HeldPicture;
  readonly #entryFrames = new EntryFrames();
  /** Events of the gesture whose values were not sent yet. */
  #unsent: Mark[] = [];
  #viewRequest = 0;
  /** What was shown before the untouched picture was. */
  #shownBefore: View['show'] = 'after';
  #previousEntry = $state<number | null>(null);

  readonly document: Document = $derived.by(() => this.#pending.applied(this.state.document));

  constructor(state: DocumentState, parts: DocumentParts) {
    this.state = $state.raw(state);
    this.id = state.document.id;
    this.#parts = parts;
    this.choice = new Choice(() => this.document);
    this.timeline = new Timeline(parts.generations);
    this.#held = new HeldPicture(parts.loader);
    this.camera = new Camera(state.size, () => this.#viewChanged());
    this.frames = new Frames(
      parts.store,
      parts.loader,
      (frame) => this.#drawn(frame),
      () => this.askForFrames(),
    );
  }

  /** What it is called, in the title and in messages. */
  get name(): string {
    return this.state.name;
  }

  /** The main process says what the document is now. */
  adopt(state: DocumentState): void {
    const before = currentEntry(this.state);
    if (before !== currentEntry(state)) this.#previousEntry = before;
    const { width, height } = this.state.size;
    this.state = state;
    this.camera.adopt(state.size);
    if (width !== state.size.width || height !== state.size.height) {
      this.selection.drop();
      this.line.drop();
    }
  }

  /**
   * Why a command would be refused, null where it would not: asked before a gesture sends what cannot be. It will meet what was
   * sent before it, told of already or not: a step may be changed as soon as it is shown.
   */
  refusal(draft: Draft): Fault | null {
    const next = reduce(this.#pending.sent(this.state.document), timed(draft));
    return next.ok ? null : next.fault;
  }

  /** Does a command for good: one step of the history. Resolves to the fault, or null where it was done. */
  async commit(draft: Draft, event?: Event): Promise<Fault | null> {
    const command = timed(draft);
    const mark = markOf(command, this.document, event);
    this.#endGesture();
    const end = this.#pending.begin(command);
    const done = this.#send(mark, (generation) =>
      this.#parts.connection.call('edit.commit', { document: this.id, generation, command }),
    );
    const drawn = this.#heldFrame();
    if (drawn !== null) this.#showHeld(drawn, this.timeline.newest);
    const fault = await done;
    end();
    return fault;
  }

  /** Shows what a command would do, until `commit` or `abandon`. */
  preview(draft: Draft, event?: Event): void {
    const command = timed(draft);
    if (this.#unsent.length === 0) this.timeline.expect('preview');
    this.#unsent.push(markOf(command, this.document, event));
    this.#pending.draft = command;
    if (this.#drawHeld(command)) return;
    this.#gate.offer(() => this.#sendPreview(command, false));
  }

  /** Draws the document as it is now from what the page has, where that is enough, and tells the main process. */
  #drawHeld(command: Command): boolean {
    const drawn = this.#heldFrame();
    if (drawn === null) return false;
    this.#gate.clear();
    this.#showHeld(drawn, this.#sendPreview(command, true));
    return true;
  }

  /** The document as it is now, made from what the page has; null where that is not enough. */
  #heldFrame(): DrawnFrame | null {
    if (this.show === 'before') return null;
    const stands = { document: this.id, generation: 0, revision: this.state.revision };
    return this.#held.frameOf(this.document, stands);
  }

  #showHeld(drawn: DrawnFrame, generation: number): void {
    this.frames.show({ ...drawn, frame: { ...drawn.frame, generation } });
  }

  /** Sends the newest value; `drawn`: it is on the canvas already. */
  #sendPreview(command: Command, drawn: boolean): number {
    const generation = this.timeline.next(this.#unsent);
    this.#unsent = [];
    this.timeline.arrive('preview');
    const preview = { document: this.id, generation, command, ...(drawn && { drawn }) };
    void this.#parts.connection.call('edit.preview', preview).then((answer) => {
      if (!answer.ok) this.#refused(generation);
    });
    return generation;
  }

  /** The controls of this step are on the page, or of none. */
  hold(step: StepId | null): void {
    void this.#parts.connection.call('edit.hold', { document: this.id, step });
  }

  /** What lies beneath that step is ready. */
  receiveHeld(held: Held): void {
    if (held.step === this.choice.step?.step.id) void this.#held.receive(held);
  }

  /** The gesture is taken back, as if it had never been. */
  abandon(event?: Event): void {
    const { draft } = this.#pending;
    if (draft === null) return;
    const mark = markOf(draft, this.document, event);
    this.#endGesture();
    void this.#send(mark, (generation) =>
      this.#parts.connection.call('edit.abandon', { document: this.id, generation }),
    );
  }

  /** Also while a command is on its way: it will be what is undone. */
  get canUndo(): boolean {
    return this.state.undo !== null || this.#pending.some;
  }

  get canRedo(): boolean {
    return this.state.redo !== null && !this.#pending.some;
  }

  undo(event?: Event): void {
    this.#endGesture();
    if (!this.canUndo) return;
    void this.#travel(event, neighbourEntry(this.state, -1), (generation) =>
      this.#parts.connection.call('history.undo', { document: this.id, generation }),
    );
  }

  redo(event?: Event): void {
    this.#endGesture();
    if (!this.canRedo) return;
    void this.#travel(event, neighbourEntry(this.state, 1), (generation) =>
      this.#parts.connection.call('history.redo', { document: this.id, generation }),
    );
  }

  goTo(entry: number, event?: Event): void {
    void this.visit(entry, event);
  }

  /** Goes to an entry. Resolves to whether it is there now; where it is not, an alert has said why. */
  visit(entry: number, event?: Event): Promise<boolean> {
    this.#endGesture();
    return this.#travel(event, entry, (generation) =>
      this.#parts.connection.call('history.goTo', { document: this.id, generation, entry }),
    );
  }

  get hasPrevious(): boolean {
    return this.#previousEntry !== null;
  }

  /** To the state that was shown before this one, to compare: back and forth. */
  goToPrevious(event?: Event): void {
    if (this.#previousEntry !== null) this.goTo(this.#previousEntry, event);
  }

  /** Moves the pin, as far as there is a picture. */
  movePin(dx: number, dy: number): void {
    if (this.pin === null) return;
    const { width, height } = this.state.size;
    const within = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));
    this.pin = { x: within(this.pin.x + dx, width), y: within(this.pin.y + dy, height) };
  }

  setShow(show: View['show']): void {
    if (this.show === show) return;
    this.show = show;
    this.#viewChanged();
    this.draw?.();
  }

  /** Shows the untouched picture while a key is held, then again what was shown before. */
  holdBefore(held: boolean): void {
    if (held && this.show !== 'before') this.#shownBefore = this.show;
    if (held || this.show === 'before') this.setShow(held ? 'before' : this.#shownBefore);
  }

  /** Asks for the frames of what is to be seen now. */
  askForFrames(): void {
    cancelAnimationFrame(this.#viewRequest);
    this.#viewRequest = 0;
    this.timeline.arrive('view');
    if (!this.camera.ready) return;
    const generation = this.timeline.next(this.#parts.takeRequest(this.id));
    const view: View = {
      document: this.id,
      generation,
      ...this.camera.canvas,
      ...this.camera.viewport,
      show: this.show,
    };
    void this.#parts.connection.call('view.set', view).then((answer) => {
      if (!answer.ok && generation === this.timeline.newest) this.timeline.giveUp();
    });
  }

  /** What was seen of the picture before it was there, until its own first frame is. */
  showFirst(first: DrawnFrame): void {
    const { revision } = this.state;
    this.frames.begin({ ...first, frame: { ...first.frame, revision } });
    this.draw?.();
  }

  receive(frame: Frame): void {
    void this.frames.receive(frame);
  }

  /** The main process gave up on what was changed up to this generation, and has said why. */
  giveUp(generation: number): void {
    this.timeline.fail(generation);
    this.#gate.landed(generation);
    this.failed = generation >= this.timeline.newest;
  }

  /** Stops the save or the export under way, else the picture that is being computed; what is shown stays. */
  cancelWork(): void {
    if (this.saving > 0) {
      void this.#parts.connection.call('document.cancelSave', { document: this.id });
      return;
    }
    if (this.exporting) {
      void this.#parts.connection.call('export.cancel', { document: this.id });
      return;
    }
    void this.#parts.connection.call('work.cancel', { document: this.id });
    this.#gate.clear();
    this.timeline.giveUp();
    this.stopped = true;
  }

  #drawn(frame: Frame): void {
    const { which, generation, level, exact, region } = frame;
    this.draw?.();
    // The rest of it is still to come.
    if (frame.growing) return;
    const isNewest = generation === this.timeline.newest && frame.revision === this.state.revision;
    if (which === 'after' && exact && isNewest && !this.#pending.some && this.#pending.draft === null)
      this.#entryFrames.remember(this.state, frame);
    if (which !== (this.show === 'before' ? 'before' : 'after')) return;
    if (exact) this.stopped = this.failed = false;
    this.timeline.drawn(generation, exact, { level, exact, width: region.width, height: region.height });
    this.#gate.landed(generation);
  }

  /** One message for all changes within one frame of the screen. */
  #viewChanged(): void {
    if (this.#viewRequest !== 0) return;
    this.#entryFrames.clear();
    this.timeline.expect('view');
    this.#viewRequest = requestAnimationFrame(() => this.askForFrames());
  }

  #endGesture(): void {
    this.#gate.clear();
    this.#pending.draft = null;
    if (this.#unsent.length > 0) this.timeline.arrive('preview');
    this.#unsent = [];
  }

  /** To another entry of the history: what was on the canvas there is drawn at once. */
  async #travel(
    event: Event | undefined,
    entry: number | null,
    call: (generation: number) => Promise<Result<unknown>>,
  ): Promise<boolean> {
    const frame = this.#pending.some || entry === null ? undefined : this.#entryFrames.find(entry);
    const picture = frame && this.show !== 'before' ? this.#parts.store.get(frame.key) : undefined;
    // The panels follow with the answer, so until then the document is not at rest, whatever the canvas shows.
    this.timeline.expect('answer');
    const done = this.#send(historyMark(event), call);
    if (frame && picture)
      this.frames.show({ frame: { ...frame, generation: this.timeline.newest }, picture });
    const fault = await done;
    this.timeline.arrive('answer');
    if (fault) this.#parts.messages.alert(fault);
    return fault === null;
  }

  async #send(mark: Mark, call: (generation: number) => Promise<Result<unknown>>): Promise<Fault | null> {
    const generation = this.timeline.next([mark]);
    const answer = await call(generation);
    if (answer.ok) return null;
    this.#refused(generation);
    return answer.fault;
  }

  /** A refused change leaves the picture as it was; its frame is asked for, so that it is known to be the newest. */
  #refused(generation: number): void {
    this.#gate.landed(generation);
    if (generation === this.timeline.newest) this.askForFrames();
  }
}
