import { expect, it } from 'vitest';
import { withScratch } from '../../../core/raster/scratch';

it('lends a block of at least the size asked for, and the same one again afterwards', () => {
  const first = withScratch(10_000, (block) => block);
  const second = withScratch(9000, (block) => block);
  expect(first.byteLength).toBeGreaterThanOrEqual(10_000);
  expect(second).toBe(first);
});

it('lends different blocks to calls inside each other', () => {
  withScratch(10_000, (outer) => withScratch(10_000, (inner) => expect(inner).not.toBe(outer)));
});

it('takes a block back from a call that throws', () => {
  let lent: ArrayBuffer | null = null;
  const fails = () =>
    withScratch(20_000, (block) => {
      lent = block;
      throw new Error('stopped');
    });
  expect(fails).toThrow('stopped');
  expect(withScratch(20_000, (block) => block)).toBe(lent);
});
