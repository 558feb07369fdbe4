/**
 * The pool as one thread sees it. A memory that has grown gets a new buffer object, and the old ones are good still: so each that views
 * were made over is remembered, or kernels would take samples in the pool for samples elsewhere, and copy them.
 */

import type { Pool } from '../../kernels/wasm/fast-kernels';
import type { Memory } from './web-assembly';

export class ThreadPool implements Pool {
  readonly #buffers = new WeakSet<ArrayBufferLike>();

  constructor(private readonly memory: Memory) {}

  /** All of it, as far as this thread knows. */
  get buffer(): SharedArrayBuffer {
    const { buffer } = this.memory;
    this.#buffers.add(buffer);
    return buffer;
  }

  /** The same, at least up to `end`, which some thread has seen it reach. */
  to(end: number): SharedArrayBuffer {
    // A thread that grows the memory by nothing learns that another has made it larger.
    if (this.memory.buffer.byteLength < end) this.memory.grow(0);
    return this.buffer;
  }

  /** Whether a buffer is the pool's, now or before it grew, that this object gave out. */
  owns(buffer: ArrayBufferLike): boolean {
    return this.#buffers.has(buffer);
  }
}
