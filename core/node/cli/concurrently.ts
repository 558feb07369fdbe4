/** Work on many things, a few at a time: nothing is fetched before there is a free lane for it, so memory follows the lanes. */

async function* oneByOne<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* items;
}

/**
 * Calls `work` for every item, at most `lanes` at once, in the items' order of starting. Takes no further item once `signal`
 * is aborted. Rejects with the first error that `work` or the items throw, after the running ones have ended.
 */
export async function forEachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  lanes: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  // Calls of a generator's next() queue, so all lanes can draw from one.
  const queue = oneByOne(items);
  let failed = false;
  const lane = async (): Promise<void> => {
    try {
      while (!failed && !signal.aborted) {
        const next = await queue.next();
        if (next.done === true) return;
        await work(next.value);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  await queue.return();
  const first = ends.find((end) => end.status === 'rejected');
  if (first !== undefined) throw first.reason;
}

/** Hands on what comes in any order in the order of its numbers, 0, 1, 2, … */
export class InOrder<T> {
  private readonly waiting = new Map<number, T>();
  private next = 0;

  constructor(private readonly handOn: (item: T) => void) {}

  put(index: number, item: T): void {
    this.waiting.set(index, item);
    for (;;) {
      const ready = this.waiting.get(this.next);
      if (ready === undefined) return;
      this.waiting.delete(this.next);
      this.next += 1;
      this.handOn(ready);
    }
  }

  /** Hands on the rest in order, leaving out the numbers that never came. */
  flush(): void {
    for (const [, item] of [...this.waiting].sort(([a], [b]) => a - b)) this.handOn(item);
    this.waiting.clear();
  }
}
