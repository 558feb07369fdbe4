/** The torch's way: which cell it is at, and whether it goes on by itself. Cells are counted row by row from 0. */

/** Cells a second. */
export const SPEEDS = [1, 2, 5, 10, 25, 60] as const;
export type Speed = (typeof SPEEDS)[number];

export class TorchRun {
  speed = $state<Speed>(5);
  #at = $state(0);
  #playing = $state(false);
  readonly #size: () => { readonly width: number; readonly height: number };

  /** `size` is how many cells there are; none while nothing is known. */
  constructor(size: () => { readonly width: number; readonly height: number }) {
    this.#size = size;
  }

  get count(): number {
    const { width, height } = this.#size();
    return width * height;
  }

  /** The cell under the torch; all up to it are filled. */
  get at(): number {
    return Math.max(0, Math.min(this.#at, this.count - 1));
  }

  get column(): number {
    return this.at % Math.max(1, this.#size().width);
  }

  get row(): number {
    return Math.floor(this.at / Math.max(1, this.#size().width));
  }

  get playing(): boolean {
    return this.#playing;
  }

  get atEnd(): boolean {
    return this.at >= this.count - 1;
  }

  goTo(at: number): void {
    this.#at = Math.max(0, Math.min(at, this.count - 1));
  }

  step(by: number): void {
    this.goTo(this.at + by);
  }

  /** A row further, or back; nothing where there is none. */
  stepRows(by: number): void {
    const to = this.at + by * this.#size().width;
    if (to >= 0 && to < this.count) this.goTo(to);
  }

  /** Plays, from the start where it stands at the end; or stops. */
  toggle(): void {
    if (this.count === 0) return;
    if (!this.#playing && this.atEnd) this.goTo(0);
    this.#playing = !this.#playing;
  }

  pause(): void {
    this.#playing = false;
  }

  /** A moment of the play: a cell further, and an end to it at the last one. */
  tick(): void {
    this.step(1);
    if (this.atEnd) this.#playing = false;
  }
}
