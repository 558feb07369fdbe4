/**
 * One page edits, any further one looks on and is told why. When the editing page has been gone for a while, the one that
 * has waited longest takes over. A page that comes back within that time (a cut line, a reload) finds its seat kept.
 */

/** Milliseconds until another page takes over. */
export const GRACE = 2_000;

export interface Sitter {
  /** Whether its line is up now. */
  readonly present: boolean;
  /** Tells the page that it may edit now, or no longer. */
  tell(writable: boolean): void;
}

export class WriterSeat<S extends Sitter> {
  readonly #grace: number;
  readonly #waiting = new Set<S>();
  #holder: S | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(grace = GRACE) {
    this.#grace = grace;
  }

  holds(sitter: S): boolean {
    return this.#holder === sitter;
  }

  /** A page comes. It sits down where nobody holds the seat, also while others wait: it may be the holder's reload. */
  enter(sitter: S): void {
    if (this.#holder === null) this.#seat(sitter);
    else if (this.#isFree()) this.#change(sitter);
    else this.#waiting.add(sitter);
  }

  /** Its line is cut. */
  away(sitter: S): void {
    if (this.#holder === sitter) this.#pass();
  }

  /** Its line is up again. */
  back(sitter: S): void {
    if (this.#holder === sitter) this.#keep();
    else if (this.#isFree()) this.#change(sitter);
  }

  /** It is gone for good. */
  leave(sitter: S): void {
    this.#waiting.delete(sitter);
    if (this.#holder !== sitter) return;
    this.#holder = null;
    this.#pass();
  }

  close(): void {
    this.#keep();
  }

  /** Whether the grace is over and nobody was there to take over. */
  #isFree(): boolean {
    return this.#timer === null && this.#holder?.present !== true;
  }

  #keep(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #seat(sitter: S): void {
    this.#keep();
    this.#waiting.delete(sitter);
    this.#holder = sitter;
  }

  /** Gives the seat to the page that has waited longest, once the grace is over. */
  #pass(): void {
    this.#keep();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      const next = [...this.#waiting].find((sitter) => sitter.present);
      if (next !== undefined) this.#change(next);
    }, this.#grace);
    this.#timer.unref();
  }

  #change(next: S): void {
    const before = this.#holder;
    if (before === next) return;
    this.#seat(next);
    if (before !== null) {
      this.#waiting.add(before);
      before.tell(false);
    }
    next.tell(true);
  }
}
