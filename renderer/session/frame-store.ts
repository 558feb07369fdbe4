/**
 * Frames that were on the canvas lately, by key, ready to be drawn again. A key is the hash of everything the pixels were
 * made from, so nothing here is ever out of date: an undo finds its frame by name and needs no request. What was not used
 * for the longest time goes first.
 */

import type { Frame } from '../../core/protocol/contract';

/** Something that can be drawn and given back. */
export interface Picture {
  readonly image: CanvasImageSource;
  readonly bytes: number;
}

export interface DrawnFrame {
  readonly frame: Frame;
  readonly picture: Picture;
}

/** Two hundred frames of a small window, a dozen of a very large one. */
const BUDGET = 256 * 2 ** 20;

export class FrameStore {
  readonly #budget: number;
  // A Map keeps the order of insertion; what is used is taken out and put back at the end.
  readonly #pictures = new Map<string, Picture>();
  #bytes = 0;

  constructor(budget = BUDGET) {
    this.#budget = budget;
  }

  get(key: string): Picture | undefined {
    const picture = this.#pictures.get(key);
    if (picture) {
      this.#pictures.delete(key);
      this.#pictures.set(key, picture);
    }
    return picture;
  }

  put(key: string, picture: Picture): void {
    if (this.#pictures.has(key)) return;
    this.#pictures.set(key, picture);
    this.#bytes += picture.bytes;
    for (const [oldest, { bytes }] of this.#pictures) {
      if (this.#bytes <= this.#budget || oldest === key) break;
      this.#pictures.delete(oldest);
      this.#bytes -= bytes;
    }
  }
}
