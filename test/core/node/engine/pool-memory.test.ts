import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PoolMemory } from '../../../../core/node/engine/pool-memory';
import { SharedRasters } from '../../../../core/node/engine/shared-rasters';
import { collectGarbage } from '../../../../core/node/engine/shared-garbage';
import type { Raster, Shape } from '../../../../core/raster/raster';

const PAGE = 65_536;

const inPool = (rasters: SharedRasters, raster: Raster): boolean => rasters.placeOf(raster).buffer === null;

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
        // Vectors may read a cache line beyond a part.
        expect(address + bytes + 64).toBeLessThanOrEqual(pool.buffer.byteLength);
        for (const other of parts) {
          expect(address + bytes <= other.address || other.address + other.bytes <= address).toBe(true);
        }
        parts.push({ address, bytes });
      }
      for (const { address } of parts) pool.giveBack(address);
      expect(pool.used).toBe(0);
      // What was given back is one part again: the first address is free, with room for nearly everything.
      expect(pool.take(8 * PAGE - 128)).toBe(64);
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
  expect(inPool(rasters, tile)).toBe(true);
  rasters.hold(tile);
  rasters.letGo(tile);
  expect(pool.used).toBeGreaterThanOrEqual(10_000);
  tile.data.fill(7);
  const outside = rasters.outside(tile);
  rasters.letGo(tile);
  expect(pool.used).toBe(0);
  // Its place is taken by another; the copy has nothing to do with that.
  rasters.createTile(shape).data.fill(9);
  expect(inPool(rasters, outside)).toBe(false);
  expect(outside.data.every((level) => level === 7)).toBe(true);
});

it('makes rasters elsewhere where the pool is full or there is none', () => {
  for (const pool of [new PoolMemory(1), null]) {
    const rasters = new SharedRasters(pool, () => undefined);
    const large: Shape = { ...shape, height: 1000 };
    for (const raster of [rasters.createTile(large), rasters.createPicture(large)]) {
      expect(inPool(rasters, raster)).toBe(false);
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
    expect(inPool(rasters, picture)).toBe(true);
    return pool.used;
  };
  expect(used()).toBeGreaterThan(0);
  for (let turn = 0; turn < 50 && pool.used > 0; turn++) {
    collectGarbage();
    await new Promise((later) => setTimeout(later, 10));
  }
  expect(pool.used).toBe(0);
});

it('touches what nobody was given yet, and nothing that is in use', () => {
  const sizes = fc.integer({ min: 1, max: 3 * PAGE });
  fc.assert(
    fc.property(fc.array(sizes, { maxLength: 6 }), sizes, sizes, (taken, bytes, most) => {
      const pool = new PoolMemory(64);
      const parts = taken.flatMap((length) => {
        const address = pool.take(length);
        return address === null ? [] : [{ address, length }];
      });
      for (const { address, length } of parts) new Uint8Array(pool.buffer, address, length).fill(7);
      if (parts.length > 1) pool.giveBack(parts.shift()?.address ?? -1);
      let times = 0;
      while (pool.touchAhead(bytes, most)) times++;
      expect(times).toBeLessThanOrEqual(Math.ceil(bytes / most));
      for (const { address, length } of parts)
        expect(new Uint8Array(pool.buffer, address, length).every((byte) => byte === 7)).toBe(true);
      // What is ready is used before more is touched, whoever took it in between.
      const own = pool.take(bytes);
      expect(own).not.toBeNull();
      pool.giveBack(own ?? -1);
      expect(pool.touchAhead(bytes, most)).toBe(false);
    }),
  );
});

it('touches nothing where the pool has no room left', () => {
  const pool = new PoolMemory(2);
  expect(pool.take(PAGE)).not.toBeNull();
  expect(pool.touchAhead(2 * PAGE, PAGE)).toBe(false);
});

it.runIf(process.platform === 'linux')('has what it touched in memory from then on', () => {
  const pool = new PoolMemory(2048);
  const before = process.memoryUsage.rss();
  for (let times = 0; times < 64; times++) expect(pool.touchAhead(2 ** 26, 2 ** 20)).toBe(true);
  expect(pool.touchAhead(2 ** 26, 2 ** 20)).toBe(false);
  expect(process.memoryUsage.rss() - before).toBeGreaterThan(2 ** 25);
});
