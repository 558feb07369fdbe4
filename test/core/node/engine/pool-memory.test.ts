import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PoolMemory } from '../../../../core/node/engine/pool-memory';
import { SharedRasters } from '../../../../core/node/engine/shared-rasters';
import { collectGarbage } from '../../../../core/node/engine/shared-garbage';
import type { Shape } from '../../../../core/raster/raster';

const PAGE = 65_536;

it('gives out parts that do not overlap, inside the memory, whatever is taken and given back', () => {
  const sizes = fc.integer({ min: 1, max: 5000 });
  fc.assert(
    fc.property(fc.array(fc.record({ bytes: sizes, back: fc.option(fc.nat()) })), (actions) => {
      const pool = new PoolMemory(8);
      const parts: { address: number; bytes: number }[] = [];
      for (const { bytes, back } of actions) {
        if (back !== null && parts.length > 0) {
          pool.giveBack(parts.splice(back % parts.length, 1)[0].address);
        }
        const address = pool.take(bytes);
        if (address === null) continue;
        expect(address % 64).toBe(0);
        expect(address).toBeGreaterThan(0);
        expect(address + bytes).toBeLessThanOrEqual(pool.buffer.byteLength);
        for (const other of parts) {
          expect(address + bytes <= other.address || other.address + other.bytes <= address).toBe(true);
        }
        parts.push({ address, bytes });
      }
      for (const { address } of parts) pool.giveBack(address);
      expect(pool.used).toBe(0);
      // What was given back is one part again: the first address is free, with room for nearly everything.
      expect(pool.take(8 * PAGE - 64)).toBe(64);
    }),
  );
});

it('says so when it has no room left, and goes on after something was given back', () => {
  const pool = new PoolMemory(2);
  const first = pool.take(PAGE);
  expect(pool.take(PAGE)).toBeNull();
  expect(pool.take(PAGE / 2)).not.toBeNull();
  pool.giveBack(first ?? -1);
  expect(pool.take(PAGE)).toBe(first);
  expect(() => pool.giveBack(3)).toThrow('nothing was taken at 3');
});

it('knows its own buffers, also those from before it grew', () => {
  const pool = new PoolMemory(4);
  const before = pool.buffer;
  pool.take(2 * PAGE);
  expect(pool.buffer).not.toBe(before);
  expect(pool.owns(before)).toBe(true);
  expect(pool.owns(pool.buffer)).toBe(true);
  expect(pool.owns(new SharedArrayBuffer(8))).toBe(false);
});

const shape: Shape = { width: 100, height: 100, channels: 1, depth: 8 };

it('keeps a tile in the pool until the last holder lets go', () => {
  const pool = new PoolMemory(4);
  const rasters = new SharedRasters(pool, () => undefined);
  const tile = rasters.createTile(shape);
  expect(rasters.inPool(tile.data)).toBe(true);
  rasters.hold(tile);
  rasters.letGo(tile);
  expect(pool.used).toBeGreaterThanOrEqual(10_000);
  tile.data.fill(7);
  const outside = rasters.outside(tile);
  rasters.letGo(tile);
  expect(pool.used).toBe(0);
  // Its place is taken by another; the copy has nothing to do with that.
  rasters.createTile(shape).data.fill(9);
  expect(rasters.inPool(outside.data)).toBe(false);
  expect(outside.data.every((level) => level === 7)).toBe(true);
});

it('makes rasters elsewhere where the pool is full or there is none', () => {
  for (const pool of [new PoolMemory(1), null]) {
    const rasters = new SharedRasters(pool, () => undefined);
    const large: Shape = { ...shape, height: 1000 };
    for (const raster of [rasters.createTile(large), rasters.createPicture(large)]) {
      expect(rasters.inPool(raster.data)).toBe(false);
      expect(raster.data.buffer).toBeInstanceOf(SharedArrayBuffer);
      rasters.letGo(raster);
      expect(rasters.outside(raster)).toBe(raster);
    }
  }
});

it('takes the place of a picture back when nobody refers to its samples any more', async () => {
  const pool = new PoolMemory(4);
  const rasters = new SharedRasters(pool, collectGarbage);
  const used = (): number => {
    const picture = rasters.createPicture(shape);
    expect(rasters.inPool(picture.data)).toBe(true);
    return pool.used;
  };
  expect(used()).toBeGreaterThan(0);
  for (let turn = 0; turn < 50 && pool.used > 0; turn++) {
    collectGarbage();
    await new Promise((later) => setTimeout(later, 10));
  }
  expect(pool.used).toBe(0);
});
