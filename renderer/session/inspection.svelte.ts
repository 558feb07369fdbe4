/**
 * What the panels that show the mathematics speak of: how the pinned pixel came about, else the one under the pointer, else the one that
 * was last under it.
 */

import type { Pixel, PixelStory } from '../../core/derive/pixel-story';
import { Asked } from './asked.svelte';
import type { OpenDocument } from './open-document.svelte';
import type { PageConnection } from './page-connection';

interface Question {
  readonly document: OpenDocument;
  readonly pixel: Pixel;
}

export class Inspection {
  /** Why the newest question has no answer, empty where it has. */
  problem = $state('');
  readonly #asked: Asked<Question, PixelStory>;
  #of: OpenDocument | null = null;

  constructor(connection: PageConnection) {
    this.#asked = new Asked(async ({ document, pixel: { x, y } }) => {
      const answer = await connection.call('pixel.explain', { document: document.id, x, y });
      this.problem = answer.ok ? '' : answer.fault.message;
      return answer.ok ? answer.value.story : null;
    });
  }

  /** How the pixel came about, once known; of the last pixel until then. */
  get story(): PixelStory | null {
    return this.#asked.answer;
  }

  /** Asks how a pixel of a document came about; also again, where the picture has changed. Null: of none. */
  look(document: OpenDocument | null, pixel: Pixel | null): void {
    if (document !== this.#of) void this.#asked.about(null);
    this.#of = document;
    void this.#asked.about(document === null || pixel === null ? null : { document, pixel });
  }
}
