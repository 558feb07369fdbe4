import { expect, it } from 'vitest';
import { fastKernels, useFastKernels } from '../../../../core/kernels/wasm/fast-kernels';
import { compileKernels, startKernels } from '../../../../core/node/engine/kernel-module';
import { PoolMemory } from '../../../../core/node/engine/pool-memory';
import { PAGE } from '../../../../core/node/engine/web-assembly';

it('knows the address of samples over every buffer it gave out, however often the pool grew without a kernel being called', () => {
  const module = compileKernels();
  if (module === null) throw new Error('the kernels are not built: run "npm run build"');
  const pool = new PoolMemory();
  const address = pool.take(PAGE) ?? -1;
  const thread = startKernels({ module, memory: pool.memory, arena: { address, length: PAGE } });
  const fast = fastKernels();
  if (thread === null || fast === null) throw new Error('no kernels were started');
  const views = Array.from({ length: 4 }, () => {
    // More than the pool grows by at a time.
    const place = pool.take(2 ** 27) ?? -1;
    return new Uint8Array(thread.to(place + 2 ** 27), place, 100);
  });
  expect(new Set(views.map(({ buffer }) => buffer)).size).toBe(views.length);
  for (const view of views) expect(fast.addressOf(view)).toBe(view.byteOffset);
  expect(fast.addressOf(new Uint8Array(new SharedArrayBuffer(8)))).toBe(-1);
  useFastKernels(null);
});
