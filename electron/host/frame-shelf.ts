/**
 * Frames that were computed lately, so that an undo, a redo or a comparison answers at once, and so that the page can fetch
 * them by key. A frame is found in two ways: by what was asked for (which is known before anything is planned), and by the
 * key of its pixels (equal pixels of different states are kept once). Bounded in bytes; the longest unused goes first.
 */

import { canonical } from '../../core/plan/key';
import type { Document, StepId } from '../../core/document/document';
import type { Reported } from '../../core/operation/operation';
import type { Samples } from '../../core/raster/raster';
import type { Rectangle, Size } from '../../core/raster/rectangle';

export interface Picture {
  /** The hash of everything the pixels were made from. */
  readonly key: string;
  readonly level: number;
  readonly region: Rectangle;
  readonly whole: Size;
  readonly full: Size;
  readonly exact: boolean;
  readonly reported: Readonly<Record<StepId, Reported>>;
  /** RGBA, 8 bit, straight alpha, row by row; never changed any more. */
  readonly pixels: Samples;
}

/** A text that is equal for documents that look alike. Names do not show, so they are left out. */
export function lookOf({ depth, channels, frame, canvas, layers }: Document): string {
  return canonical({
    depth,
    channels,
    frame,
    canvas,
    layers: layers.map(({ name: _name, ...rest }) => rest),
  });
}

/** A text that is equal for requests with the same answer. */
export function stateName(document: Document, level: number, region: Rectangle, exact: boolean): string {
  return canonical({ look: lookOf(document), level, region, exact });
}

export class FrameShelf {
  readonly #most: number;
  readonly #byState = new Map<string, Picture>();
  readonly #byKey = new Map<string, Picture>();
  #bytes = 0;

  /** Keeps at most `most` bytes of pixels, but always the newest picture. */
  constructor(most: number) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  find(state: string): Picture | undefined {
    const picture = this.#byState.get(state);
    if (picture === undefined) return undefined;
    this.#touch(state, picture);
    return picture;
  }

  /** What a page fetches by this key. */
  pixels(key: string): Samples | undefined {
    return this.#byKey.get(key)?.pixels;
  }

  put(state: string, picture: Picture): void {
    const kept = this.#byKey.get(picture.key);
    if (kept === undefined) this.#bytes += picture.pixels.byteLength;
    this.#touch(state, kept === undefined ? picture : { ...picture, pixels: kept.pixels });
    this.#evict();
  }

  /** Makes it the last to go. */
  #touch(state: string, picture: Picture): void {
    this.#byState.delete(state);
    this.#byState.set(state, picture);
    this.#byKey.delete(picture.key);
    this.#byKey.set(picture.key, picture);
  }

  #evict(): void {
    while (this.#bytes > this.#most && this.#byKey.size > 1) {
      const [key, oldest] = [...this.#byKey][0];
      this.#byKey.delete(key);
      this.#bytes -= oldest.pixels.byteLength;
      for (const [state, picture] of this.#byState) if (picture.key === key) this.#byState.delete(state);
    }
  }
}
