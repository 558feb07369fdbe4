/**
 * The fast kernels on their way to the threads: the main thread compiles the module once and makes the pool, every thread makes an
 * instance over it. Whatever is missing (the file, WebAssembly, SIMD, threads, address space), work goes on in plain TypeScript.
 */

import { readFileSync } from 'node:fs';
import type { Exports } from '../../kernels/wasm/exports';
import { useFastKernels } from '../../kernels/wasm/fast-kernels';
import { builtFile } from './built-file';
import { PoolMemory } from './pool-memory';
import { ThreadPool } from './thread-pool';
import { webAssembly, type Memory, type Module } from './web-assembly';

/** Scratch memory of a thread: the padded input of a large tile, and what a kernel remembers. Untouched pages cost nothing. */
const ARENA = 48 * 2 ** 20;

/** What a thread is given. */
export interface ThreadKernels {
  readonly module: Module;
  readonly memory: Memory;
  /** Its own part of the memory. */
  readonly arena: { readonly address: number; readonly length: number };
}

/** The compiled module, or null where this machine cannot run it. */
export function compileKernels(path?: string): Module | null {
  try {
    return new (webAssembly().Module)(readFileSync(path ?? builtFile('kernels.wasm', 'kernels')));
  } catch {
    return null;
  }
}

/** The pool, or null where so much address space cannot be had. */
export function startPool(): PoolMemory | null {
  try {
    return new PoolMemory();
  } catch {
    return null;
  }
}

/** What `count` threads are given; null for those for which there is nothing. */
export function kernelsFor(
  count: number,
  module: Module | null,
  pool: PoolMemory | null,
): (ThreadKernels | null)[] {
  return Array.from({ length: count }, () => {
    const address = module === null || pool === null ? null : pool.take(ARENA);
    if (module === null || pool === null || address === null) return null;
    return { module, memory: pool.memory, arena: { address, length: ARENA } };
  });
}

/** Has this thread use the fast kernels over the pool that it answers, or plain TypeScript where it is given none. */
export function startKernels(given: ThreadKernels | null): ThreadPool | null {
  if (given === null) {
    useFastKernels(null);
    return null;
  }
  const { module, memory, arena } = given;
  const { Instance } = webAssembly();
  const { exports } = new Instance(module, { env: { memory } });
  const pool = new ThreadPool(memory);
  useFastKernels({
    exports: exports as Exports,
    pool,
    arena: { buffer: pool.buffer, byteOffset: arena.address, length: arena.length },
  });
  return pool;
}
