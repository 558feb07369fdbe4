/**
 * Decides which frames one page gets of one document, and when. Two rhythms:
 *
 * moving   While a control is dragged, or the view, only previews are made, one at a time, always of the newest state. One that is
 *          overtaken may still finish if it is quick, so that a fast hand sees something; a slow one is aborted. Where
 *          previews are slow they are made coarser, until they keep up. When the hand rests, the exact frame follows.
 * resting  After every other change whatever is under way is aborted. What is on the shelf is sent at once; else a preview, where
 *          it is worth it, and then the exact frame.
 *
 * At level 0 a preview is no less work than the exact frame, so there is none.
 */

import type { Frame, View } from '../../core/protocol/contract';
import { withoutStacks, type Document, type StepId } from '../../core/document/document';
import { canvasShape } from '../../core/document/stack-check';
import { FaultError, type Result } from '../../core/raster/fault';
import { Cancelled } from '../../core/raster/signal';
import type { Rectangle, Size } from '../../core/raster/rectangle';
import type { Rendered, RenderRequest } from '../../core/node/engine/render-request';
import { stateName, type FrameShelf, type Picture } from './frame-shelf';
import { wantedFor } from './view';
import type { WorkNotice } from './work-notice';

/** Milliseconds without a newer draft until the exact frame of the draft is made. */
const REST = 150;
/** The same for the view: views that follow each other faster than this are one movement. */
const VIEW_REST = 60;
/** Milliseconds that an overtaken preview may have taken before it is aborted. */
const PATIENCE = 120;
/** A preview slower than this is made coarser next time, one faster than that finer again. */
const SLOW_PREVIEW = 60;
const FAST_PREVIEW = 15;
const MOST_COARSER = 2;
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

export interface SchedulerParts {
  readonly render: (request: RenderRequest, signal: AbortSignal) => Promise<Result<Rendered>>;
  readonly shelf: FrameShelf;
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
  #rest = REST;
  #viewSet = -Infinity;
  #coarser = 0;
  #exactTook = Infinity;

  constructor(parts: SchedulerParts) {
    this.#parts = parts;
  }

  /** The page looks elsewhere. */
  setView(view: View): void {
    const isMovement = performance.now() - this.#viewSet < VIEW_REST;
    this.#viewSet = performance.now();
    this.#view = view;
    if (isMovement) this.#move(view.generation, VIEW_REST);
    else this.changed(view.generation);
  }

  /** A draft changed; null where it was not this page that changed it. */
  moved(generation: number | null): void {
    if (this.#view !== null) this.#move(generation, REST);
  }

  #move(generation: number | null, rest: number): void {
    this.#generation = Math.max(this.#generation, generation ?? 0);
    this.#rest = rest;
    if (this.#moving === null) return this.#startMoving();
    this.#moving.overtaken = true;
    this.#wait(PATIENCE - (performance.now() - this.#moving.began), () => this.#run?.abort());
  }

  /** Anything else changed; null where it was not this page that changed it. */
  changed(generation: number | null): void {
    this.#generation = Math.max(this.#generation, generation ?? 0);
    this.cancel();
    this.#coarser = 0;
    if (this.#view !== null) this.#startResting();
  }

  /** Stops what is under way, until the next change. */
  cancel(): void {
    this.#run?.abort();
    this.#run = null;
    this.#moving = null;
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
    void this.#finish(run, this.#makePreview(run.signal)).then((outcome) => {
      if (this.#run !== run) return;
      this.#moving = null;
      const took = performance.now() - moving.began;
      if (took > SLOW_PREVIEW) this.#coarser = Math.min(MOST_COARSER, this.#coarser + 1);
      else if (took < FAST_PREVIEW) this.#coarser = Math.max(0, this.#coarser - 1);
      if (moving.overtaken) this.#startMoving();
      else if (outcome !== 'failed') this.#wait(this.#rest, () => this.#startResting());
    });
  }

  async #makePreview(signal: AbortSignal): Promise<void> {
    for (const which of this.#shownFrames()) {
      const exact = this.#ask(which, true, 0);
      const isThere = this.#parts.shelf.find(exact.state) !== undefined;
      await this.#make(isThere ? exact : this.#ask(which, false, this.#coarser), signal);
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
    void this.#finish(run, this.#makeAll(run.signal));
  }

  async #makeAll(signal: AbortSignal): Promise<void> {
    for (const which of this.#shownFrames()) {
      const exact = this.#ask(which, true, 0);
      if (
        this.#exactTook > QUICK_EXACT &&
        exact.level > 0 &&
        this.#parts.shelf.find(exact.state) === undefined
      ) {
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
  #ask(which: Which, exact: boolean, coarser: number): Asked {
    const view = this.#view;
    if (view === null) throw new Error('nothing is made before the page has a view');
    const { document, revision, held } = this.#parts.shown();
    const subject = which === 'after' ? document : withoutStacks(document);
    const full = canvasShape(subject);
    if (!full.ok) throw new FaultError(full.fault);
    const { level, region } = wantedFor(view, full.value, coarser);
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
      full: { width: full.value.width, height: full.value.height },
    };
  }

  async #make(asked: Asked, signal: AbortSignal): Promise<void> {
    const picture = this.#parts.shelf.find(asked.state) ?? (await this.#render(asked, signal));
    const { key, level, region, whole, full, exact, reported } = picture;
    this.#parts.send({ ...asked.frame, key, level, region, whole, full, exact });
    if (exact && asked.frame.which === 'after') this.#parts.measured(asked.frame.revision, reported);
  }

  async #render({ request, state, full }: Asked, signal: AbortSignal): Promise<Picture> {
    const began = performance.now();
    const rendered = await this.#parts.render(request, signal);
    // What is overtaken while its answer is on the way is not shown either.
    if (signal.aborted) throw new Cancelled();
    if (!rendered.ok) throw new FaultError(rendered.fault);
    if (request.exact) this.#exactTook = performance.now() - began;
    const { key, raster, whole, reported } = rendered.value;
    const { x, y } = request.region;
    const picture: Picture = {
      key,
      level: request.level,
      region: { x, y, width: raster.width, height: raster.height },
      whole: { width: whole.width, height: whole.height },
      full,
      exact: request.exact,
      reported,
      pixels: raster.data,
    };
    this.#parts.shelf.put(state, picture);
    return picture;
  }
}

interface Asked {
  readonly request: RenderRequest & { readonly region: Rectangle };
  readonly state: string;
  readonly frame: Pick<Frame, 'which' | 'document' | 'generation' | 'revision'>;
  readonly level: number;
  readonly full: Size;
}
