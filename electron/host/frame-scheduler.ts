/**
 * Decides which frames one page gets of one document, and when. Two rhythms:
 *
 * moving   While a control is dragged, or the view, only previews are made, one at a time, always of the newest state. One that is
 *          overtaken may still finish if it is quick, so that a fast hand sees something; a slow one is aborted. Where
 *          previews are slow they are made coarser, until they keep up. After the first of a control, what lies beneath its step is
 *          made ready, if there was no time before. When the hand rests, the exact frame follows.
 * resting  After every other change whatever is under way is aborted. What is on the shelf is sent at once; else a preview, where
 *          it is worth it, and then the exact frame.
 * idle     When the exact frame is there, what may be wanted next is made (idle-frames.ts), until something changes.
 *
 * Large previews are made at half the size. At level 0 a preview is no less work than the exact frame, so there is none.
 */

import type { Frame, View } from '../../core/protocol/contract';
import { withoutStacks, type Document, type StepId } from '../../core/document/document';
import { FaultError, type Result } from '../../core/raster/fault';
import { levelSize } from '../../core/raster/pyramid';
import { Cancelled } from '../../core/raster/signal';
import { sameRectangle, unite } from '../../core/raster/rectangle';
import type { Rendered, RenderRequest } from '../../core/node/engine/render-request';
import {
  idle,
  NOTHING_PREVIEWED,
  pictureOf,
  pixelsBeneath,
  sizeOf,
  type Asked,
  type Part,
  type Previewed,
} from './asked-frame';
import { growing } from './growing-frame';
import { lookOf, stateName, type Picture } from './frame-shelf';
import { isWhole, makeHeld, type HoldingParts } from './idle-frames';
import { aroundFor, coarserWhileMoving, seenBy, wantedFor, wholeFor, type Wanted } from './view';
import type { WorkNotice } from './work-notice';

/**
 * Milliseconds without a newer draft, or a newer view, until the exact frame is made. A hand that moves sends an event every 16; an exact
 * frame that is begun in a pause is given up within milliseconds of the next one.
 */
const REST = { draft: 80, view: 60 } as const;
type Moving = keyof typeof REST;
/** Milliseconds that an overtaken preview may have taken before it is aborted. */
const PATIENCE = 120;
/** A preview slower than this is made coarser next time, one faster than that finer again. */
const SLOW_PREVIEW = 30;
const FAST_PREVIEW = 8;
const MOST_COARSER = 2;
/** Milliseconds of rest after the exact frame until something is made that nobody has asked for. */
const IDLE_AFTER = 80;
/** The same until what lies beneath the step in hand is made ready: whoever has just chosen it will drag it next. */
const HELD_AFTER = 10;
/** An exact frame that is expected within this needs no preview before it. */
const QUICK_EXACT = 40;

export type Which = Frame['which'];

/** What is to be seen now. */
export interface Shown {
  readonly document: Document;
  readonly revision: number;
  /** The step that a draft changes, where there is one: nothing is fused across it. */
  readonly held: StepId | null;
}

export interface SchedulerParts extends HoldingParts {
  readonly render: (request: RenderRequest, signal: AbortSignal) => Promise<Result<Rendered>>;
  readonly shown: () => Shown;
  readonly send: (frame: Frame) => void;
  /** An exact frame of the edited picture was made or found. */
  readonly measured: (revision: number, reported: Picture['reported']) => void;
  /** Whatever went wrong, but cancelling. No frame comes for what was changed up to this generation. */
  readonly failed: (error: unknown, generation: number) => void;
  /** Told of exact work. */
  readonly notice: WorkNotice;
}

export class FrameScheduler {
  readonly #parts: SchedulerParts;
  #view: View | null = null;
  #generation = 0;
  #run: AbortController | null = null;
  /** A preview is under way; `overtaken` if there is a newer state. */
  #moving: { readonly began: number; overtaken: boolean } | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** What moved last. */
  #moved: Moving = 'draft';
  #viewSet = -Infinity;
  #coarser = 0;
  /** Milliseconds that a pixel beneath the last exact frame took. */
  #pace = Infinity;
  /** The step whose controls the page shows. */
  #held: StepId | null = null;
  /** What lies beneath it was made ready since anything but its draft changed. */
  #heldMade = false;
  /** The exact frame that is under way: settled when it is there or given up. */
  #resting: Promise<unknown> = Promise.resolve();
  /** The page has asked for the edited picture's histograms since the last exact frame was begun, so it will again. */
  #counts = false;
  /** Everything is made: what comes next is idle work. */
  #done = false;
  /** What was made last of the edited picture in this view. */
  #previewed: Previewed = NOTHING_PREVIEWED;
  /** The parts of the exact frames that the page has, of which later frames are made where that is enough. */
  readonly #there: Partial<Record<Which, Part>> = {};

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  /** The page looks elsewhere. */
  setView(view: View): void {
    const isMovement = performance.now() - this.#viewSet < REST.view;
    this.#viewSet = performance.now();
    this.#view = view;
    this.#heldMade = false;
    // What the page shows was made for another view: in this one it is no preview, however exact it was in that.
    this.#previewed = NOTHING_PREVIEWED;
    if (isMovement) this.#move(view.generation, 'view');
    else this.changed(view.generation);
  }

  /** A draft changed; null where it was not this page that changed it. */
  moved(generation: number | null): void {
    if (this.#view !== null) this.#move(generation, 'draft');
  }

  /** A draft changed that the page draws itself: nothing is made until it rests. */
  drawnByPage(generation: number): void {
    this.#generation = Math.max(this.#generation, generation);
    this.cancel();
    this.#previewed = { look: lookOf(this.#parts.shown().document), asked: null };
    if (this.#view !== null) this.#wait(REST.draft, () => this.#startResting());
  }

  /** The page shows the controls of this step, or of none. */
  hold(step: StepId | null): void {
    if (this.#held === step) return;
    this.#held = step;
    this.#heldMade = false;
    if (this.#done) this.#startIdle();
  }

  /** The page wants the edited picture's histograms: they are there, or soonest counted, when this is settled. */
  async counted(): Promise<void> {
    this.#counts = true;
    await this.#resting;
  }

  #move(generation: number | null, what: Moving): void {
    this.#generation = Math.max(this.#generation, generation ?? 0);
    this.#moved = what;
    if (this.#moving === null) return this.#startMoving();
    this.#moving.overtaken = true;
    this.#wait(PATIENCE - (performance.now() - this.#moving.began), () => this.#run?.abort());
  }

  /** Anything else changed; null where it was not this page that changed it. */
  changed(generation: number | null): void {
    this.#generation = Math.max(this.#generation, generation ?? 0);
    this.cancel();
    this.#coarser = 0;
    this.#heldMade = false;
    if (this.#view !== null) this.#startResting();
  }

  /** Stops what is under way, until the next change. */
  cancel(): void {
    this.#run?.abort();
    this.#run = null;
    this.#moving = null;
    this.#done = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(milliseconds: number, then: () => void): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(then, Math.max(0, milliseconds));
  }

  #startMoving(): void {
    this.cancel();
    const run = new AbortController();
    this.#run = run;
    const moving = { began: performance.now(), overtaken: false };
    this.#moving = moving;
    void this.#finish(run, this.#makeMoving(run.signal, moving.began)).then((outcome) => {
      if (this.#run !== run) return;
      this.#moving = null;
      if (moving.overtaken) this.#startMoving();
      else if (outcome !== 'failed') this.#wait(REST[this.#moved], () => this.#startResting());
    });
  }

  async #makeMoving(signal: AbortSignal, began: number): Promise<void> {
    try {
      await this.#makePreview(signal);
    } finally {
      if (this.#run?.signal === signal) this.#adapt(performance.now() - began);
    }
    if (this.#moved === 'draft' && !this.#heldMade) await this.#makeHeld(signal, false);
  }

  /** To how long a preview took, also one that was aborted. */
  #adapt(took: number): void {
    if (took > SLOW_PREVIEW) this.#coarser = Math.min(MOST_COARSER, this.#coarser + 1);
    else if (took < FAST_PREVIEW) this.#coarser = Math.max(0, this.#coarser - 1);
  }

  /** What lies beneath the step in hand, where there is one. */
  async #makeHeld(signal: AbortSignal, ahead: boolean): Promise<void> {
    if (this.#held === null) return;
    const { document } = this.#parts.shown();
    const view = this.#viewOrThrow();
    await makeHeld(this.#parts, this.#held, document, view, sizeOf(document), signal, ahead);
    this.#heldMade = true;
  }

  async #makePreview(signal: AbortSignal): Promise<void> {
    for (const which of this.#shownFrames()) {
      const exact = this.#ask(which, true, 0);
      const isThere = this.#parts.shelf.find(exact.state) !== undefined;
      await this.#make(
        isThere ? exact : this.#ask(which, false, this.#coarser, this.#moved === 'draft'),
        signal,
      );
    }
  }

  #shownFrames(): readonly Which[] {
    const show = this.#view?.show ?? 'after';
    return show === 'both' ? ['after', 'before'] : [show];
  }

  #startResting(): void {
    this.cancel();
    const run = new AbortController();
    this.#run = run;
    const finished = this.#finish(run, this.#makeAll(run.signal));
    this.#resting = finished;
    void finished.then((outcome) => {
      if (this.#run !== run || outcome !== 'done') return;
      this.#done = true;
      this.#startIdle();
    });
  }

  /** What moved is kept as it was shown: the preview of it stands for the new state too, until the exact frame is there. */
  #showAgain({ frame }: Asked): void {
    const { asked } = this.#previewed;
    const picture = asked === null ? undefined : this.#parts.shelf.find(asked.state);
    if (picture === undefined) return;
    const { key, level, region, whole, full, exact } = picture;
    this.#parts.send({ ...frame, key, level, region, whole, full, exact });
  }

  #startIdle(): void {
    this.#run?.abort();
    const run = new AbortController();
    this.#run = run;
    const { signal } = run;
    this.#wait(HELD_AFTER, () => {
      const held = this.#view === null ? Promise.resolve() : this.#makeHeld(signal, true);
      void this.#idly(held, signal).then(() => {
        if (!signal.aborted) this.#wait(IDLE_AFTER, () => void this.#idly(this.#makeIdle(signal), signal));
      });
    });
  }

  /** Nobody has asked for it: what cannot be made is told when somebody does. Bugs are told now. */
  async #idly(work: Promise<void>, signal: AbortSignal): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof Cancelled || error instanceof FaultError || signal.aborted))
        this.#parts.failed(error, 0);
    }
  }

  async #makeIdle(signal: AbortSignal): Promise<void> {
    const view = this.#view;
    if (view === null) return;
    const full = sizeOf(this.#parts.shown().document);
    if (view.show !== 'after' || isWhole(this.#ask('after', true, 0))) return;
    const around = idle(this.#askFor('after', true, aroundFor(view, full)));
    if (!isWhole(around)) await this.#make(idle(this.#askFor('after', false, wholeFor(view, full))), signal);
    await this.#make(around, signal);
  }

  async #makeAll(signal: AbortSignal): Promise<void> {
    for (const which of this.#shownFrames()) {
      const exact = this.#ask(which, true, 0);
      const isThere = this.#parts.shelf.find(exact.state) !== undefined;
      if (which === 'after' && this.#previewed.look === lookOf(exact.request.document)) {
        if (!isThere) this.#showAgain(exact);
      } else if (this.#pace * pixelsBeneath(exact) > QUICK_EXACT && exact.level > 0 && !isThere) {
        await this.#make(this.#ask(which, false, 0), signal);
      }
      this.#parts.notice.begin();
      try {
        await this.#make(exact, signal);
      } finally {
        this.#parts.notice.end();
      }
    }
  }

  async #finish(run: AbortController, work: Promise<void>): Promise<'done' | 'cancelled' | 'failed'> {
    // What changes meanwhile is for the next run to make, or to fail at.
    const generation = this.#generation;
    try {
      await work;
      return 'done';
    } catch (error) {
      if (error instanceof Cancelled || run.signal.aborted) return 'cancelled';
      this.#parts.failed(error, generation);
      return 'failed';
    }
  }

  /** Fixes what is to be made: later changes make no difference to it. Throws a `FaultError` where there is no picture. */
  #ask(which: Which, exact: boolean, coarser: number, moving = false): Asked {
    const view = this.#viewOrThrow();
    const full = sizeOf(this.#subject(which));
    const half = moving ? coarserWhileMoving(view, full) : 0;
    const wanted = wantedFor(view, full, exact ? 0 : coarser + half);
    return this.#askFor(which, exact, exact ? this.#sameAgain(which, wanted, seenBy(view, full)) : wanted);
  }

  /** The part that the page has, where it holds all that is to be seen: then nothing needs to be made or sent. */
  #sameAgain(which: Which, wanted: Wanted, seen: Wanted): Wanted {
    const there = this.#there[which];
    if (there === undefined || there.level !== seen.level) return wanted;
    const holds = sameRectangle(unite(there.region, seen.region), there.region);
    return holds && there.look === lookOf(this.#subject(which)) ? there : wanted;
  }

  #viewOrThrow(): View {
    if (this.#view === null) throw new Error('nothing is made before the page has a view');
    return this.#view;
  }

  #subject(which: Which): Document {
    const { document } = this.#parts.shown();
    return which === 'after' ? document : withoutStacks(document);
  }

  #askFor(which: Which, exact: boolean, { level, region }: Wanted): Asked {
    const { document, revision, held } = this.#parts.shown();
    const subject = this.#subject(which);
    const full = sizeOf(subject);
    const whole = exact || level === 0;
    return {
      request: {
        document: subject,
        level,
        region,
        exact: whole,
        format: 'display',
        ...(held !== null && { held }),
      },
      state: stateName(subject, level, region, whole),
      frame: { which, document: document.id, generation: this.#generation, revision },
      level,
      region,
      whole: levelSize(full, level),
      full,
    };
  }

  async #make(asked: Asked, signal: AbortSignal): Promise<void> {
    const picture = this.#parts.shelf.find(asked.state) ?? (await this.#render(asked, signal));
    const { key, level, region, whole, full, exact, reported } = picture;
    const { which } = asked.frame;
    this.#parts.send({ ...asked.frame, key, level, region, whole, full, exact });
    const look = lookOf(asked.request.document);
    if (exact) this.#there[which] = { look, level, region };
    if (which === 'after') this.#previewed = { look, asked };
    if (exact && which === 'after') this.#parts.measured(asked.frame.revision, reported);
  }

  async #render(asked: Asked, signal: AbortSignal): Promise<Picture> {
    const { request, state } = asked;
    const began = performance.now();
    const grown = growing(asked, this.#parts, signal);
    const counts = this.#counts && request.exact && request.idle !== true && asked.frame.which === 'after';
    if (counts) this.#counts = false;
    const rendered = await this.#parts.render({ ...request, counts, ...(grown && { grown }) }, signal);
    // What is overtaken while its answer is on the way is not shown either.
    if (signal.aborted) throw new Cancelled();
    if (!rendered.ok) throw new FaultError(rendered.fault);
    if (request.exact && request.idle !== true)
      this.#pace = (performance.now() - began) / pixelsBeneath(asked);
    const picture = pictureOf(asked, rendered.value);
    this.#parts.shelf.put(state, picture);
    return picture;
  }
}
