/** Work that several workers may share: parts of one program, which they take one after the other until there are none left. */

import { withLooked, type Looked } from '../../plan/look';
import type { Node } from '../../plan/node';
import { FaultError } from '../../raster/fault';
import { Cancelled } from '../../raster/signal';
import type { FromWorker, Part, ToWorker } from './messages';
import type { SharedCells } from './shared-cells';

export interface Work {
  /** Programs are told apart by identity. */
  readonly root: Node;
  readonly flag: number;
  readonly parts: readonly Part[];
  /** Smaller is sooner. */
  readonly priority: number;
}

const MOST_CRASHES = 2;

/** One work on its way through the workers, `Holder` by `Holder`. */
export class Job<Holder> {
  readonly #counters: SharedCells;
  readonly #resolve: (looked: Looked | null) => void;
  readonly #reject: (error: Error) => void;
  readonly #holders = new Set<Holder>();
  #left: readonly Part[];
  #counter: number | null = null;
  /** Of `#left`, by index. */
  readonly #done = new Set<number>();
  #looked: Looked | null = null;
  #error: Error | null = null;
  #crashes = 0;
  #isOver = false;

  constructor(
    readonly id: number,
    readonly work: Work,
    counters: SharedCells,
    resolve: (looked: Looked | null) => void,
    reject: (error: Error) => void,
  ) {
    this.#left = work.parts;
    this.#counters = counters;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Whether there may be something to do for one more. */
  get isOpen(): boolean {
    if (this.#isOver || this.#error !== null || this.#holders.size >= this.#left.length) return false;
    if (this.#holders.size === 0) return true;
    return this.#counter !== null && this.#counters.load(this.#counter) < this.#left.length;
  }

  isHeldBy(holder: Holder): boolean {
    return this.#holders.has(holder);
  }

  /** One more holds it. What that one has to be told besides programs. */
  give(holder: Holder): Omit<Extract<ToWorker, { readonly type: 'job' }>, 'program' | 'root' | 'dropped'> {
    if (this.#holders.size === 0) {
      this.#left = this.#left.filter((_, index) => !this.#done.has(index));
      this.#done.clear();
      this.#counter = this.#left.length > 1 ? (this.#counter ?? this.#counters.take()) : this.#dropCounter();
      if (this.#counter !== null) this.#counters.store(this.#counter, 0);
    }
    this.#holders.add(holder);
    const { flag, priority } = this.work;
    return { type: 'job', job: this.id, flag, priority, counter: this.#counter, parts: this.#left };
  }

  /** Takes a holder's answer. True where whoever waits has been told: then nothing is left to do. */
  answer(holder: Holder, answer: FromWorker): boolean {
    if (answer.outcome === 'done') {
      for (const index of answer.done) this.#done.add(index);
      this.#looked = withLooked(this.#looked, answer.looked);
    } else if (answer.outcome === 'cancelled') this.#stop(new Cancelled());
    else this.#stop(new Error(`in a worker: ${answer.error}`));
    return this.#release(holder);
  }

  /** A holder is no more. It was at work on this, or had it only in its mailbox. The same answer. */
  lost(holder: Holder, atWork: boolean): boolean {
    if (atWork && ++this.#crashes >= MOST_CRASHES) {
      this.#stop(
        new FaultError({
          code: 'crashed',
          message: 'a worker stopped twice at the same piece of work',
          remedy: 'undo the last step, or try a smaller value',
        }),
      );
    }
    return this.#release(holder);
  }

  /** Whoever waits is told at once; what holders answer is of no more interest. */
  cancel(): void {
    this.#reject(new Cancelled());
  }

  /** Nobody takes another part; who waits is told when none is under way, because only then its memory and flag may be used again. */
  #stop(error: Error): void {
    this.#error ??= error;
    if (this.#counter !== null) this.#counters.store(this.#counter, this.#left.length);
  }

  #release(holder: Holder): boolean {
    this.#holders.delete(holder);
    const isLast = this.#holders.size === 0;
    if (!this.#isOver) {
      if (this.#error === null && this.#done.size === this.#left.length) {
        // Others may still have it in their mailboxes: they will find nothing left.
        this.#isOver = true;
        this.#resolve(this.#looked);
      } else if (this.#error !== null && isLast) {
        this.#isOver = true;
        this.#reject(this.#error);
      }
    }
    if (this.#isOver && isLast) this.#dropCounter();
    return this.#isOver;
  }

  #dropCounter(): null {
    if (this.#counter !== null) this.#counters.giveBack(this.#counter);
    this.#counter = null;
    return null;
  }
}
