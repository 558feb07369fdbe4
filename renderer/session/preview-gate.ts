/**
 * At most one preview is under way, and the latest value wins: while the picture of one value is on its way, newer values
 * replace each other here, and the newest is sent when that picture has been drawn. So a drag never piles up work, and
 * a slow operation still shows a picture now and then instead of aborting itself for ever.
 */

/** Milliseconds after which a newer value overtakes a picture that has not come. */
const PATIENCE = 1_000;

export class PreviewGate {
  #flying: number | null = null;
  #sentAt = 0;
  #waiting: (() => number) | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `send` sends the newest value and returns its generation; it is called now, later, or never if a newer one comes. */
  offer(send: () => number): void {
    if (this.#flying === null || performance.now() - this.#sentAt > PATIENCE) this.#send(send);
    else this.#waiting = send;
  }

  /** A frame that includes this generation was drawn, or the preview of this generation was refused. */
  landed(generation: number): void {
    if (this.#flying === null || generation < this.#flying) return;
    this.#flying = null;
    this.#next();
  }

  /** The gesture is over: what waits is not sent any more. */
  clear(): void {
    this.#waiting = null;
    this.#flying = null;
    clearTimeout(this.#timer);
  }

  #send(send: () => number): void {
    this.#waiting = null;
    this.#sentAt = performance.now();
    this.#flying = send();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#next(), PATIENCE);
  }

  #next(): void {
    if (this.#waiting) this.#send(this.#waiting);
  }
}
