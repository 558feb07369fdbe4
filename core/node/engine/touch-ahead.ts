/**
 * A page of memory costs the first one who writes to it a trip to the system, and a render that meets many of them takes half as long again.
 * So while nobody waits, what will be wanted for the pictures that are open is touched beforehand: little at a time, because it is done
 * on the main thread, and not more than a frame and an export's strips need, because a touched page is memory in use.
 */

import type { PoolMemory } from './pool-memory';

/** Room that is kept ready at most: strips for eight workers, or a few frames of a large screen. */
const MOST = 16 * 2 ** 20;
/** Bytes at a time: a fifth of a millisecond to one. */
const PIECE = 2 ** 20;
/** Milliseconds in between. */
const PAUSE = 15;

export class TouchAhead {
  readonly #pool: Pick<PoolMemory, 'touchAhead'>;
  #wanted = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(pool: Pick<PoolMemory, 'touchAhead'>) {
    this.#pool = pool;
  }

  /** There is work on a picture of so many bytes to come. */
  expect(bytes: number): void {
    this.#wanted = Math.max(this.#wanted, Math.min(bytes, MOST));
    if (this.#timer === null) this.#later();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #later(): void {
    // Nothing has to go on for it.
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#pool.touchAhead(this.#wanted, PIECE)) this.#later();
    }, PAUSE).unref();
  }
}
