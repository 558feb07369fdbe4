/**
 * One lesson being read. Turning a page gives the document real commands, so that history, undo and every panel work as ever. A page that was
 * read before is gone back to in the history, as it was; what the reader tried in between lies with the discarded steps. Only the task is gone back
 * to as it was left: who looks something up on an earlier page has not given up.
 */

import {
  LESSON_PANELS,
  pagesOf,
  type Lesson,
  type LessonPage,
  type LessonPanel,
  type Look,
} from '../../core/derive/lesson/lesson';
import { movesBetween } from '../../core/derive/lesson/moves';
import type { Application } from '../../core/document/step-check';
import { wholeOf } from '../../core/raster/rectangle';
import type { CheckReport } from '../../core/protocol/learning-calls';
import type { HistoryEntry } from '../../core/protocol/contract';
import { currentEntry } from './entry-frames';
import { newId } from './new-id';
import type { OpenDocument } from './open-document.svelte';
import type { LessonPlace } from './preferences.svelte';
import type { Session } from './session.svelte';

export class LessonPlayer {
  readonly lesson: Lesson;
  readonly document: OpenDocument;
  readonly pages: readonly LessonPage[];
  at = $state(0);
  /** A page is being turned, or the solution shown. */
  busy = $state(false);
  /** What the last check found that the reader asked for; empty where none was asked for. */
  reports = $state.raw<readonly CheckReport[]>([]);
  /** The task is done, as the picture is now. */
  done = $state(false);
  /** The task was done by the program. */
  shown = $state(false);
  readonly page: LessonPage = $derived.by(() => this.pages[this.at]);
  readonly isTask: boolean = $derived.by(() => this.at === this.pages.length - 1);
  readonly #session: Session;
  /** The entry of the history at which each page was begun. */
  readonly #entries: (HistoryEntry['id'] | null)[] = [];
  /** Where the reader stood in the task when it was last left; null where there is nothing of the reader's. */
  #attempt: HistoryEntry['id'] | null = null;
  /** The panels that were open before. */
  readonly #openBefore: readonly LessonPanel[];
  /** Entries of the history that turning pages made. */
  #made: readonly HistoryEntry['id'][] = [];
  #checks = 0;

  /** `place`: where it goes on, if it was under way already. */
  constructor(session: Session, lesson: Lesson, document: OpenDocument, place: LessonPlace | null = null) {
    this.#session = session;
    this.lesson = lesson;
    this.document = document;
    this.pages = pagesOf(lesson);
    this.at = Math.min(place?.page ?? 0, this.pages.length - 1);
    this.#openBefore = place?.openBefore ?? session.preferences.openLessonPanels;
  }

  /** Nothing but the lesson was done in the document, so that nothing is lost with it. */
  get isUntouched(): boolean {
    const entries = this.document.state.history;
    return this.done || entries.every(({ id }) => id === entries[0].id || this.#made.includes(id));
  }
  canTurn(by: 1 | -1): boolean {
    const to = this.at + by;
    return !this.busy && this.#session.editable && to >= 0 && to < this.pages.length;
  }

  /** With the hand, because what belongs to another tool may lie over the picture. */
  start(event?: Event): Promise<void> {
    this.#session.tool = 'hand';
    return this.#open(0, event);
  }

  async turn(by: 1 | -1, event?: Event): Promise<void> {
    if (!this.canTurn(by)) return;
    if (this.isTask) this.#attempt = this.shown ? null : currentEntry(this.document.state);
    await this.#open(this.at + by, event);
  }

  /** The task again from where it began. */
  async again(event?: Event): Promise<void> {
    if (this.busy) return;
    this.#attempt = null;
    await this.#open(this.pages.length - 1, event);
  }

  async #open(at: number, event?: Event): Promise<void> {
    this.busy = true;
    this.#forget();
    this.shown = false;
    this.at = at;
    const { lesson, document } = this;
    const openBefore = this.#openBefore;
    this.#session.preferences.setLessonPlace({
      lesson: lesson.id,
      document: document.id,
      page: at,
      openBefore,
    });
    const { look, stack } = this.pages[at];
    try {
      if (!(await this.#resume(at, event)) && (await this.#stand(at, event))) {
        await this.#become(stack, event);
        this.#entries[at] = currentEntry(this.document.state);
      }
    } finally {
      this.busy = false;
    }
    this.#lookAt(look);
  }

  /** Goes to where the task was left, if that is what is opened and the history still has it. */
  async #resume(at: number, event?: Event): Promise<boolean> {
    const attempt = at === this.pages.length - 1 ? this.#attempt : null;
    if (attempt === null || !this.document.state.history.some(({ id }) => id === attempt)) return false;
    return attempt === currentEntry(this.document.state) || this.document.visit(attempt, event);
  }

  /** Goes to where this page was begun, else to the nearest page before it, else to the picture as it was opened. */
  async #stand(at: number, event?: Event): Promise<boolean> {
    const { history } = this.document.state;
    const listed = this.#entries
      .slice(0, at + 1)
      .filter((entry) => entry !== null && history.some(({ id }) => id === entry));
    const wanted = listed.at(-1) ?? history[0].id;
    return wanted === currentEntry(this.document.state) || this.document.visit(wanted, event);
  }

  /** Brings the lowest layer's stack to what is wanted. */
  async #become(wanted: readonly Application[], event?: Event): Promise<void> {
    const [{ id, stack }] = this.document.document.layers;
    for (const move of movesBetween(id, stack, wanted, newId)) {
      const fault = await this.document.commit(move, event);
      if (fault) {
        this.#session.messages.alert(fault);
        return;
      }
      const entry = currentEntry(this.document.state);
      if (entry !== null) this.#made = [...this.#made, entry];
    }
  }

  #lookAt({ panels, area, zoom, pin, show, step }: Look): void {
    const { document } = this;
    const { preferences } = this.#session;
    if (panels !== null) {
      for (const name of LESSON_PANELS) preferences.setPanel(name, { open: panels.includes(name) });
    }
    document.camera.frame(area ?? wholeOf(document.state.size), zoom);
    document.pin = pin;
    document.setShow(show);
    const [layer] = document.document.layers;
    const chosen = step === null ? layer.stack.at(-1) : layer.stack[step - 1];
    if (chosen) document.choice.chooseStep(layer.id, chosen.id);
    else document.choice.chooseLayer(layer.id);
  }

  /** Whether the task is done. `aloud`: the reader asked, and wants to know what is missing. */
  async check(aloud: boolean): Promise<void> {
    if (!this.isTask || this.busy) return;
    const asked = ++this.#checks;
    const payload = { document: this.document.id, lesson: this.lesson.id };
    const answer = await this.#session.connection.call('lesson.check', payload);
    // Another question, or another page, is newer.
    if (asked !== this.#checks) return;
    if (!answer.ok) {
      if (aloud) this.#session.messages.alert(answer.fault);
      return;
    }
    const { reports } = answer.value;
    this.done = reports.every(({ met }) => met);
    if (aloud || this.reports.length > 0) this.reports = this.done ? [] : reports;
    if (this.done && !this.shown) this.#session.preferences.setLessonDone(this.lesson.id);
  }

  /** Does the task. */
  async showHow(event?: Event): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.#forget();
    const { task } = this.lesson;
    try {
      if (await this.#stand(this.at, event)) {
        this.shown = true;
        await this.#become(task.solution, event);
      }
    } finally {
      this.busy = false;
    }
    this.#lookAt({ ...task.look, step: null });
    await this.check(false);
  }

  /** The reader goes on to something else: the panels are as they were before. */
  leave(): void {
    this.#forget();
    this.#session.preferences.leaveLesson();
  }

  #forget(): void {
    this.#checks++;
    this.reports = [];
    this.done = false;
  }
}
