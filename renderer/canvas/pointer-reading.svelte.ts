/**
 * What lies under the pointer: the picture's pixel and its stored value. One question is under way at a time, and while it
 * is, only the newest place is remembered; so a quick hand asks no more than can be answered.
 */

import { tick } from 'svelte';
import type { OpenDocument } from '../session/open-document.svelte';
import { momentOf } from '../session/measures';
import type { PageConnection } from '../session/page-connection';
import { pictureAt, type Point } from './viewport';

export interface Reading {
  readonly x: number;
  readonly y: number;
  readonly levels: readonly number[];
  readonly channels: number;
}

export class PointerReading {
  /** The pixel under the pointer, null outside the picture. */
  pixel = $state.raw<Point | null>(null);
  /** When the pointer came to it; null where the picture moved under the pointer. */
  since: number | null = null;
  /** Its stored value, once known; that of the last pixel until then, so that the numbers do not flicker. */
  value = $state.raw<Reading | null>(null);
  readonly #connection: PageConnection;
  #asking = false;
  #again: OpenDocument | null = null;

  constructor(connection: PageConnection) {
    this.#connection = connection;
  }

  /** The pointer is at this canvas point (device pixels) of a document; null: nowhere. */
  at(document: OpenDocument | null, point: Point | null, event?: Event): void {
    const pixel = document && point ? pixelUnder(document, point) : null;
    if (pixel?.x === this.pixel?.x && pixel?.y === this.pixel?.y) return;
    this.pixel = pixel;
    this.since = event ? momentOf(event) : null;
    if (pixel === null || document === null) {
      this.value = null;
      this.#again = null;
    } else void this.refresh(document);
  }

  /** Asks for the value under the pointer again, because the picture has changed. */
  async refresh(document: OpenDocument): Promise<void> {
    this.#again = document;
    if (this.#asking) return;
    this.#asking = true;
    try {
      // The panels ask how the pixel came about, which takes longer, so they go first.
      await tick();
      while (this.#again !== null && this.pixel !== null) {
        const { id } = this.#again;
        const { x, y } = this.pixel;
        this.#again = null;
        const answer = await this.#connection.call('pixel.read', { document: id, x, y });
        if (this.pixel === null) return;
        if (answer.ok && answer.value.levels !== null) {
          this.value = { x, y, levels: answer.value.levels, channels: answer.value.channels };
        }
      }
    } finally {
      this.#asking = false;
    }
  }
}

function pixelUnder({ camera, state }: OpenDocument, point: Point): Point | null {
  const { x, y } = pictureAt(camera.viewport, point);
  const pixel = { x: Math.floor(x), y: Math.floor(y) };
  const { width, height } = state.size;
  return pixel.x >= 0 && pixel.y >= 0 && pixel.x < width && pixel.y < height ? pixel : null;
}
