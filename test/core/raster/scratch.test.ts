import { afterEach, expect, it } from 'vitest';
import { lendFrom, withArena, withScratch, withScratchSamples } from '../../../core/raster/scratch';

afterEach(() => lendFrom(null));

it('lends a block of at least the size asked for, and the same one again afterwards', () => {
  // Sizes that nothing else in this process leaves a block between.
  const first = withScratch(1_234_567, (block) => block);
  const second = withScratch(1_234_560, (block) => block);
  expect(first.byteLength).toBeGreaterThanOrEqual(1_234_567);
  expect(second.buffer).toBe(first.buffer);
});

it('lends different blocks to calls inside each other', () => {
  withScratch(10_000, (outer) => withScratch(10_000, (inner) => expect(inner.buffer).not.toBe(outer.buffer)));
});

it('takes a block back from a call that throws', () => {
  let lent: ArrayBufferLike | null = null;
  const fails = () =>
    withScratch(20_000, ({ buffer }) => {
      lent = buffer;
      throw new Error('stopped');
    });
  expect(fails).toThrow('stopped');
  expect(withScratch(20_000, ({ buffer }) => buffer)).toBe(lent);
});

it('lends parts of the arena, one behind the other, aligned, while there is room', () => {
  const buffer = new ArrayBuffer(400);
  lendFrom({ buffer, byteOffset: 32, length: 320 });
  withScratch(33, (outer) => {
    expect(outer).toMatchObject({ buffer, byteOffset: 32 });
    withScratchSamples(16, 10, (inner) => {
      expect(inner).toMatchObject({ buffer, byteOffset: 80, length: 10 });
      withScratch(300, (block) => expect(block.buffer).not.toBe(buffer));
      expect(withArena(300, () => true)).toBe(false);
    });
    withArena(100, ({ byteOffset }) => {
      expect(byteOffset).toBe(80);
      return true;
    });
  });
  expect(() =>
    withArena(16, () => {
      throw new Error('stopped');
    }),
  ).toThrow('stopped');
  expect(withScratch(320, ({ byteOffset }) => byteOffset)).toBe(32);
});

it('has no arena where none was given', () => {
  expect(withArena(16, () => true)).toBe(false);
});
