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

export class Inspection {
  /** Why the newest question has no answer, empty where it has. */
  problem = $state('');
  readonly #asked: Asked<Question, PixelStory>;
  #of: OpenDocument | null = null;

  constructor(connection: PageConnection) {
    this.#asked = new Asked(
      async ({ document, pixel: { x, y } }) => {
        const answer = await connection.call('pixel.explain', { document: document.id, x, y });
        this.problem = answer.ok ? '' : answer.fault.message;
        return answer.ok ? answer.value.story : null;
      },
      (question) => void told(question),
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
    this.#of = document;
    void this.#asked.about(document === null || pixel === null ? null : { document, pixel, since });
  }
}

/** Measures how long pointing took to become numbers in the panels: until they have been written to the page. */
async function told({ document, pixel, since }: Question): Promise<void> {
  if (since === null) return;
  await tick();
  measure('burnish:numbers', { at: since, operation: document.choice.step?.step.operation ?? null }, pixel);
}
