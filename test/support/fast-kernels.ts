/** The built fast kernels in the process of a test, so that they can be held against their plain twins there. */

import { afterAll, beforeAll, expect } from 'vitest';
import { fastKernels, useFastKernels, type FastKernels } from '../../core/kernels/wasm/fast-kernels';
import { compileKernels, startKernels } from '../../core/node/engine/kernel-module';
import { PoolMemory } from '../../core/node/engine/pool-memory';
import type { ThreadPool } from '../../core/node/engine/thread-pool';
import { withArena } from '../../core/raster/scratch';
import {
  byteLength,
  sampleCount,
  samplesOver,
  shapeOf,
  type Raster,
  type Shape,
} from '../../core/raster/raster';

const ARENA = 2 ** 24;

let pool: PoolMemory | null = null;
/** The same as the kernels see it. */
let thread: ThreadPool | null = null;
let arenaLength = 0;

/** To be called in a test file: its tests run with the fast kernels, and fail where these are not built. */
export function withFastKernels(arena = ARENA): void {
  beforeAll(() => {
    const module = compileKernels();
    if (module === null) throw new Error('the kernels are not built: run "npm run build"');
    pool = new PoolMemory();
    const address = pool.take(arena);
    if (address === null) throw new Error('the pool has no room for an arena');
    arenaLength = arena;
    thread = startKernels({ module, memory: pool.memory, arena: { address, length: arena } });
  });
  afterAll(() => useFastKernels(null));
}

/** The kernels of this process, for tests that call one by its name. */
export function kernels(): FastKernels {
  const fast = fastKernels();
  if (fast === null) throw new Error('withFastKernels() was not called');
  return fast;
}

/** A raster in the pool, with the samples of `from` where it has any. It is never given back. */
export function pooled(from: Shape | Raster): Raster {
  const address = pool?.take(byteLength(from) + 1) ?? null;
  if (thread === null || address === null) throw new Error('the pool has no room');
  const data = samplesOver(thread.buffer, from.depth, address, sampleCount(from));
  if ('data' in from) data.set(from.data);
  else data.fill(0);
  return { ...shapeOf(from), data };
}

/** Runs `work` where the arena is full, as what needs scratch memory there then runs: on the plain kernels. */
export function withFullArena<T>(work: () => T): T {
  const found: T[] = [];
  const lent = withArena(arenaLength, () => {
    found.push(work());
    return true;
  });
  if (!lent) throw new Error('the arena was in use');
  return found[0];
}

/** Runs `work` on the fast kernels and says that it was they who did it: a kernel that fell back would be compared with itself. */
export function expectFast(names: readonly (keyof FastKernels)[], work: () => void): void {
  const fast = kernels();
  const called = new Set<string>();
  const watched = Object.fromEntries(
    Object.entries(fast).map(([name, call]: [string, unknown]) => [
      name,
      (...words: unknown[]): unknown => {
        called.add(name);
        return typeof call === 'function' ? Reflect.apply(call, fast, words) : undefined;
      },
    ]),
  );
  const original = { ...fast };
  Object.assign(fast, watched);
  try {
    work();
  } finally {
    Object.assign(fast, original);
  }
  for (const name of names) expect(called, `the fast kernel ${name} was not called`).toContain(name);
}
