/**
 * A gesture on a number: it begins with the first new value, shows each as a preview, and ends by being kept (one step of
 * the history) or forgotten whole. Slider and field share it, so that both say the same meanwhile.
 */

export interface NumberListener {
  /** A value on the way. */
  preview(value: number, event: Event): void;
  /** The value that stays. */
  commit(value: number, event: Event): void;
  /** Back to how it was. */
  abandon(event: Event): void;
}

export class NumberGesture {
  /** The value on the way, null while there is none. */
  value = $state<number | null>(null);
  readonly #listener: NumberListener;
  readonly #settled: () => number;
  /** What stood when the gesture began. While it goes on, the settled value is the preview's, for the document shows the draft. */
  #before = 0;

  /** `settled` is the value that stands while no gesture is under way. */
  constructor(settled: () => number, listener: NumberListener) {
    this.#settled = settled;
    this.#listener = listener;
  }

  get shown(): number {
    return this.value ?? this.#settled();
  }

  move(value: number, event: Event): void {
    if (value === this.shown) return;
    if (this.value === null) this.#before = this.#settled();
    this.value = value;
    this.#listener.preview(value, event);
  }

  /** Keeps a value; one that stands already only ends the gesture. */
  keep(value: number, event: Event): void {
    const begun = this.value !== null;
    const before = begun ? this.#before : this.#settled();
    this.value = null;
    if (value !== before) this.#listener.commit(value, event);
    else if (begun) this.#listener.abandon(event);
  }

  /** Keeps what is on the way, if anything is. */
  end(event: Event): void {
    if (this.value !== null) this.keep(this.value, event);
  }

  /** True where there was something to forget. */
  forget(event: Event): boolean {
    if (this.value === null) return false;
    this.value = null;
    this.#listener.abandon(event);
    return true;
  }
}
