/** What there is to learn with, as the page has it: the samples and lessons, asked for once, and the lesson under way. */

import type { Lesson } from '../../core/derive/lesson/lesson';
import type { Sample } from '../../core/protocol/learning-calls';
import { LessonPlayer } from './lesson-player.svelte';
import { momentOf } from './measures';
import type { OpenDocument } from './open-document.svelte';
import type { Session } from './session.svelte';

export class Learning {
  samples = $state.raw<readonly Sample[]>([]);
  lessons = $state.raw<readonly Lesson[]>([]);
  /** A lesson's sample is being opened. */
  beginning = $state(false);
  #player = $state.raw<LessonPlayer | null>(null);
  #asked = false;
  readonly #session: Session;

  /** The lesson under way, while its picture is in front. */
  readonly current: LessonPlayer | null = $derived.by(() => {
    const player = this.#player;
    return player && player.document === this.#session.active ? player : null;
  });

  constructor(session: Session) {
    this.#session = session;
  }

  /** Asks what there is, unless it is known. */
  async load(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    const answer = await this.#session.connection.call('learning.list', {});
    if (answer.ok) {
      this.samples = answer.value.samples;
      this.lessons = answer.value.lessons;
    } else {
      this.#asked = false;
      this.#session.messages.alert(answer.fault);
    }
  }

  async openSample(sample: Sample, event?: Event): Promise<void> {
    await this.#session.openings.openSample(sample, momentOf(event));
  }

  /** The lesson after this one; null after the last. */
  after(lesson: Lesson): Lesson | null {
    return this.lessons[this.lessons.findIndex(({ id }) => id === lesson.id) + 1] ?? null;
  }

  /** Opens a lesson's sample in a document of its own and shows the first page. The lesson before ends. */
  async begin(lesson: Lesson, event?: Event): Promise<void> {
    const sample = this.samples.find(({ id }) => id === lesson.sample);
    if (!sample || this.beginning) return;
    this.beginning = true;
    try {
      const before = this.current;
      const id = await this.#session.openings.openSample(sample, momentOf(event));
      const document = this.#session.documents.find((each) => each.id === id);
      if (!document) return;
      this.end();
      if (before?.isUntouched) await this.#session.close(before.document);
      this.#player = new LessonPlayer(this.#session, lesson, document);
      this.#session.show(document.id);
      await this.#player.start(event);
    } finally {
      this.beginning = false;
    }
  }

  /** Goes on with the lesson that this window was at before it was loaded anew; where its picture is not open any more, that is left. */
  async resume(): Promise<void> {
    const place = this.#session.preferences.lessonPlace;
    const document = this.#session.documents.find(({ id }) => id === place?.document);
    if (place === null || this.#player !== null) return;
    if (document === undefined) {
      this.#session.preferences.leaveLesson();
      return;
    }
    await this.load();
    const lesson = this.lessons.find(({ id }) => id === place.lesson);
    if (lesson && this.#player === null)
      this.#player = new LessonPlayer(this.#session, lesson, document, place);
  }

  /** Whether a document holds the lesson under way and nothing else. */
  madeAllOf(document: OpenDocument): boolean {
    return this.#player?.document === document && this.#player.isUntouched;
  }

  /** Ends the lesson under way; its document stays. */
  end(): void {
    this.#player?.leave();
    this.#player = null;
  }
}
