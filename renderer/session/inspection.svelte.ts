/**
 * What the panels that show the mathematics speak of: how the pinned pixel came about, else the one under the pointer, else the one that
 * was last under it. One question is under way at a time, and while it is, only the newest place is remembered; so a quick hand
 * asks no more than can be answered.
 */

import type { Pixel, PixelStory } from '../../core/derive/pixel-story';
import type { OpenDocument } from './open-document.svelte';
import type { PageConnection } from './page-connection';

export class Inspection {
  /** How the pixel came about, once known; of the last pixel until then, so that the numbers do not flicker. */
  story = $state.raw<PixelStory | null>(null);
  /** Why the newest question has no answer, empty where it has. */
  problem = $state('');
  readonly #connection: PageConnection;
  #asking = false;
  #wanted: { readonly document: OpenDocument; readonly pixel: Pixel } | null = null;
  #of: OpenDocument | null = null;

  constructor(connection: PageConnection) {
    this.#connection = connection;
  }

  /** Asks how a pixel of a document came about; also again, where the picture has changed. Null: of none. */
  async look(document: OpenDocument | null, pixel: Pixel | null): Promise<void> {
    if (document !== this.#of) {
      this.story = null;
      this.#of = document;
    }
    if (document === null || pixel === null) {
      this.#wanted = null;
      return;
    }
    this.#wanted = { document, pixel };
    if (this.#asking) return;
    this.#asking = true;
    try {
      while (this.#wanted !== null) await this.#ask(this.#wanted);
    } finally {
      this.#asking = false;
    }
  }

  async #ask(wanted: { readonly document: OpenDocument; readonly pixel: Pixel }): Promise<void> {
    const { document, pixel } = wanted;
    const { x, y } = pixel;
    const answer = await this.#connection.call('pixel.explain', { document: document.id, x, y });
    if (this.#wanted === wanted) this.#wanted = null;
    if (document !== this.#of) return;
    this.problem = answer.ok ? '' : answer.fault.message;
    if (answer.ok) this.story = answer.value.story;
  }
}
