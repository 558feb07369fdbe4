/** Flags in shared memory, one a request under way: a worker deep in a loop sees there that its work is no longer wanted. */

const FLAGS = 1024;

export class AbortFlags {
  readonly buffer = new SharedArrayBuffer(FLAGS * Int32Array.BYTES_PER_ELEMENT);
  readonly #flags = new Int32Array(this.buffer);
  readonly #free = Array.from({ length: FLAGS }, (_, index) => FLAGS - 1 - index);

  /** A flag that is down. Give it back when no job carries it any more. */
  take(): number {
    const flag = this.#free.pop();
    if (flag === undefined) throw new Error(`more than ${FLAGS} requests at once`);
    Atomics.store(this.#flags, flag, 0);
    return flag;
  }

  raise(flag: number): void {
    Atomics.store(this.#flags, flag, 1);
  }

  giveBack(flag: number): void {
    this.#free.push(flag);
  }
}
