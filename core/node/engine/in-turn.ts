/** Work on a row of things, a few of them under way at once, their results handed on in order. */

/**
 * Yields what `work` makes of every item, in the items' order. While one result is with the consumer, the next `ahead` are being
 * made. What fails is thrown in its turn; when the consumer stops or a failure is thrown, what is under way is waited for.
 */
export async function* inTurn<T, R>(
  items: readonly T[],
  ahead: number,
  work: (item: T, index: number) => Promise<R>,
): AsyncGenerator<R, void> {
  const running: Promise<R>[] = [];
  let begun = 0;
  const begin = (): void => {
    if (begun >= items.length) return;
    const result = work(items[begun], begun);
    begun += 1;
    // It is looked at in its turn.
    result.catch(() => undefined);
    running.push(result);
  };
  try {
    for (let index = 0; index < ahead; index++) begin();
    for (;;) {
      begin();
      const next = running.shift();
      if (next === undefined) return;
      yield await next;
    }
  } finally {
    await Promise.allSettled(running);
  }
}
