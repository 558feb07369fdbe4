import { expect, it } from 'vitest';
import { SharedGarbage, collectGarbage } from '../../../../core/node/engine/shared-garbage';

it('has everything collected each time that enough was shared', () => {
  let collections = 0;
  const garbage = new SharedGarbage(() => (collections += 1));
  const mebibyte = 2 ** 20;
  for (let shared = 0; shared < 71; shared++) garbage.share(mebibyte);
  expect(collections).toBe(0);
  garbage.share(mebibyte);
  expect(collections).toBe(1);
  garbage.share(1000 * mebibyte);
  expect(collections).toBe(2);
});

it('gives back shared memory that nobody refers to', async () => {
  const size = 16 * 2 ** 20;
  const resident = () => process.memoryUsage.rss();
  const share = () => new Uint8Array(new SharedArrayBuffer(size)).fill(1)[0];
  collectGarbage();
  const before = resident();
  for (let made = 0; made < 20; made++) {
    expect(share()).toBe(1);
    collectGarbage();
    await new Promise((later) => setImmediate(later));
  }
  // Of 320 MB only what V8 has not swept yet may be left.
  expect(resident() - before).toBeLessThan(5 * size);
});
