/**
 * What the panels that show the mathematics speak of: how the pinned pixel came about, else the one under the pointer, else the one that
 * was last under it.
 */

import { tick } from 'svelte';
import type { Pixel, PixelStory } from '../../core/derive/pixel-story';
import { Asked } from './asked.svelte';
import { measure } from './measures';
import type { OpenDocument } from './open-document.svelte';
import type { PageConnection } from './page-connection';

interface Question {
  readonly document: OpenDocument;
  readonly pixel: Pixel;
  /** When the input event was that pointed at it; null where it was not asked for by pointing. */
  readonly since: number | null;
}

/** A pixel that has been spoken of for so long, in ms, is worth the work of a large picture. */
const STAYED = 250;

export class Inspection {
  /** Why the newest question has no answer, empty where it has. */
  problem = $state('');
  readonly #connection: PageConnection;
  readonly #asked: Asked<Question, PixelStory>;
  #of: OpenDocument | null = null;
  /** The newest question, and the one whose answer is being made whole. */
  #newest: Question | null = null;
  #awaiting: Question | null = null;
  #stayed: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: PageConnection) {
    this.#connection = connection;
    this.#asked = new Asked(
      async ({ document, pixel: { x, y } }) => {
        const answer = await connection.call('pixel.explain', { document: document.id, x, y });
        this.problem = answer.ok ? '' : answer.fault.message;
        return answer.ok ? answer.value.story : null;
      },
      (question) => {
        void told(question);
        if (this.story?.awaited === true) this.#awaitIfItStays(question);
      },
    );
  }

  /** How the pixel came about, once known; of the last pixel until then. */
  get story(): PixelStory | null {
    return this.#asked.answer;
  }

  /**
   * Asks how a pixel of a document came about; also again, where the picture has changed. Null: of none. `since` is the moment of
   * the input event that pointed at it, where there was one.
   */
  look(document: OpenDocument | null, pixel: Pixel | null, since: number | null = null): void {
    if (document !== this.#of) void this.#asked.about(null);
    clearTimeout(this.#stayed);
    this.#of = document;
    this.#newest = document === null || pixel === null ? null : { document, pixel, since };
    void this.#asked.about(this.#newest);
  }

  /** What takes long is not worth asking for while the pointer moves on. */
  #awaitIfItStays(question: Question): void {
    clearTimeout(this.#stayed);
    this.#stayed = setTimeout(() => void this.#makeWhole(question), STAYED);
  }

  /** One at a time: what is made for one pixel mostly holds for those around it. Of the same pixel it is asked again only where the picture has changed. */
  async #makeWhole(question: Question): Promise<void> {
    if (this.#awaiting !== null && !isSamePlace(this.#awaiting, question)) return;
    this.#awaiting = question;
    const { x, y } = question.pixel;
    const answer = await this.#connection.call('pixel.await', { document: question.document.id, x, y });
    if (this.#awaiting !== question) return;
    this.#awaiting = null;
    if (answer.ok && this.#newest !== null && this.story?.awaited === true)
      void this.#asked.about({ ...this.#newest, since: null });
  }
}

function isSamePlace(one: Question, other: Question): boolean {
  return one.document === other.document && one.pixel.x === other.pixel.x && one.pixel.y === other.pixel.y;
}

/** Measures how long pointing took to become numbers in the panels: until they have been written to the page. */
async function told({ document, pixel, since }: Question): Promise<void> {
  if (since === null) return;
  await tick();
  measure('burnish:numbers', { at: since, operation: document.choice.step?.step.operation ?? null }, pixel);
}
