/**
 * The pool: one shared memory in which pictures, tiles and every thread's scratch memory lie, so that kernels read and write them
 * by address. The main thread alone gives out parts of it and takes them back. Of the free parts that are large enough the lowest is
 * taken: the pages that were used before, or touched beforehand (touch-ahead.ts), are used again, and the top of the pool stays
 * untouched, which costs nothing.
 */

import { PAGE, webAssembly, type Memory } from './web-assembly';

/** All that 32-bit addresses reach. */
const MOST_PAGES = 65_536;
/** Grows by as much at least, because a memory that grows gets a new buffer object. */
const GROW = 2 ** 26;
/** Parts begin at multiples of a cache line, so that no two threads write to the same one. */
const ALIGNMENT = 64;
/** What a system gives out at a time, at least. */
const SYSTEM_PAGE = 4096;

interface Part {
  readonly from: number;
  readonly to: number;
}

export class PoolMemory {
  readonly memory: Memory;
  /** Free parts from the bottom up, none touching the next. */
  readonly #free: Part[] = [];
  readonly #taken = new Map<number, number>();
  readonly #buffers = new WeakSet<ArrayBufferLike>();
  #end = ALIGNMENT;
  /** Up to here every page was given out or touched. */
  #touched = ALIGNMENT;

  /** Throws where so much address space cannot be had. */
  constructor(private readonly mostPages = MOST_PAGES) {
    const { Memory } = webAssembly();
    this.memory = new Memory({ initial: 1, maximum: mostPages, shared: true });
  }

  /** All of it as it is now. */
  get buffer(): SharedArrayBuffer {
    const { buffer } = this.memory;
    this.#buffers.add(buffer);
    return buffer;
  }

  /** Whether a buffer is the pool's, now or before it grew. */
  owns(buffer: ArrayBufferLike): boolean {
    return this.#buffers.has(buffer);
  }

  /** Bytes given out. */
  get used(): number {
    let sum = 0;
    for (const length of this.#taken.values()) sum += length;
    return sum;
  }

  /** The address of `bytes` bytes with unknown contents, or null where the pool has no room left. Never 0. */
  take(bytes: number): number | null {
    const length = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const index = this.#free.findIndex(({ from, to }) => to - from >= length);
    let address: number;
    if (index >= 0) {
      const { from, to } = this.#free[index];
      this.#free.splice(index, 1, ...(to - from > length ? [{ from: from + length, to }] : []));
      address = from;
    } else {
      // The last free part may end where the pool ends: then only the rest has to be added.
      const last = this.#free.at(-1);
      address = last?.to === this.#end ? last.from : this.#end;
      // Vectors read a little beyond what they are asked for, also at the end of the last part.
      if (!this.#reach(address + length + ALIGNMENT)) return null;
      if (address < this.#end) this.#free.pop();
      this.#end = address + length;
      this.#touched = Math.max(this.#touched, this.#end);
    }
    this.#taken.set(address, length);
    return address;
  }

  /** Takes back what `take` gave. */
  giveBack(address: number): void {
    const length = this.#taken.get(address);
    if (length === undefined) throw new Error(`nothing was taken at ${address}`);
    this.#taken.delete(address);
    let part: Part = { from: address, to: address + length };
    const next = this.#free.findIndex(({ from }) => from > address);
    const at = next < 0 ? this.#free.length : next;
    const after = this.#free[at];
    const before = this.#free[at - 1];
    const joinsAfter = after?.from === part.to;
    const joinsBefore = before?.to === part.from;
    if (joinsAfter) part = { from: part.from, to: after.to };
    if (joinsBefore) part = { from: before.from, to: part.to };
    this.#free.splice(at - Number(joinsBefore), Number(joinsBefore) + Number(joinsAfter), part);
  }

  /**
   * Touches up to `most` bytes of what nobody was given yet, where less than `bytes` are free that were given out or touched before. False
   * where as much is free, or the memory cannot reach that far: then asking again is of no use.
   */
  touchAhead(bytes: number, most: number): boolean {
    const ready = this.#free.reduce((sum, { from, to }) => sum + to - from, this.#touched - this.#end);
    const missing = Math.min(bytes - ready, most);
    const end = this.#touched + missing;
    if (missing <= 0 || !this.#reach(end)) return false;
    const words = new Int32Array(this.buffer);
    const first = Math.ceil(this.#touched / SYSTEM_PAGE) * SYSTEM_PAGE;
    for (let at = first; at < end; at += SYSTEM_PAGE) words[at / 4] = 0;
    this.#touched = end;
    return true;
  }

  /** Makes the memory reach to `end`; false where it cannot. */
  #reach(end: number): boolean {
    const has = this.memory.buffer.byteLength;
    if (end <= has) return true;
    const room = this.mostPages * PAGE - has;
    const needed = end - has;
    if (needed > room) return false;
    for (const bytes of [Math.min(room, Math.max(GROW, needed)), needed]) {
      try {
        this.memory.grow(Math.ceil(bytes / PAGE));
        return true;
      } catch {
        // The system has not so much; perhaps it has the least that is needed.
      }
    }
    return false;
  }
}
