/**
 * The fast kernels of this thread: one WebAssembly module (SIMD) over one shared memory, the *pool*, in which the engine keeps its
 * pictures and tiles. A kernel is called with addresses, so nothing is copied on the way. Where there is no module (a page, a
 * processor without SIMD, a test that does not ask for it) `fastKernels()` is null, and the plain TypeScript twin of the kernel
 * does the same work to the same bytes.
 *
 * Each thread has an *arena*, a part of the pool that no other thread touches. Scratch memory comes from there
 * (raster/scratch.ts), so padded inputs and tables of a kernel lie in the pool as well.
 */

import { lendFrom, type Arena } from '../../raster/scratch';
import type { Exports } from './exports';

/** What a thread needs of a WebAssembly.Memory; core knows no platform. */
export interface Pool {
  /** Whether views over this buffer are views of the pool: a memory that grows gets a new buffer over the same bytes. */
  owns(buffer: ArrayBufferLike): boolean;
}

export interface FastKernels extends Exports {
  /** The address of a view's first byte; −1 where it does not lie in the pool. */
  addressOf(view: ArrayBufferView): number;
}

let current: FastKernels | null = null;

/** To be called once a thread; null goes back to plain TypeScript. Scratch memory then comes from `arena`. */
export function useFastKernels(kernels: { exports: Exports; pool: Pool; arena: Arena } | null): void {
  if (kernels === null) {
    current = null;
    lendFrom(null);
    return;
  }
  const { exports, pool, arena } = kernels;
  let last = arena.buffer;
  const addressOf = ({ buffer, byteOffset }: ArrayBufferView): number => {
    if (buffer === last) return byteOffset;
    if (!pool.owns(buffer)) return -1;
    last = buffer;
    return byteOffset;
  };
  current = { ...exports, addressOf };
  lendFrom(arena);
}

/** The fast kernels, or null: then the plain ones have to do. */
export function fastKernels(): FastKernels | null {
  return current;
}
