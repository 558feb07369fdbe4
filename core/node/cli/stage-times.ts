/** Where the time of a job goes. Its stages overlap: while a picture is encoded, strips of it may still be waited for. */

/** Milliseconds: reading and decoding, carrying out the steps, encoding and writing. */
export interface Times {
  readonly decode: number;
  readonly process: number;
  readonly encode: number;
}

export class StageTimes {
  readonly #spent = { decode: 0, process: 0, encode: 0 };

  /** In tenths, which is more than can be relied on. */
  get ms(): Times {
    const { decode, process, encode } = this.#spent;
    return { decode: tenths(decode), process: tenths(process), encode: tenths(encode) };
  }

  /** Counts the work's time as this stage's, but for what `waits` counts meanwhile. */
  async during<T>(stage: keyof Times, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const others = this.#allBut(stage);
    try {
      return await work();
    } finally {
      this.#spent[stage] += performance.now() - began - (this.#allBut(stage) - others);
    }
  }

  /** The same items; the time until each is there counts as this stage's. */
  async *waits<T>(stage: keyof Times, items: AsyncIterable<T>): AsyncGenerator<T, void> {
    let began = performance.now();
    for await (const item of items) {
      this.#spent[stage] += performance.now() - began;
      yield item;
      began = performance.now();
    }
  }

  #allBut(stage: keyof Times): number {
    const { decode, process, encode } = this.#spent;
    return decode + process + encode - this.#spent[stage];
  }
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}
