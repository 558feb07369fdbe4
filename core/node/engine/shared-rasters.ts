/**
 * The rasters that threads share. Those of the engine itself, tiles and pictures, lie in the pool while it has room; others have a
 * SharedArrayBuffer each, which lives as long as anybody refers to it.
 *
 * Memory of the pool is given back by count: whoever holds a tile says so, and when the last one lets go its place is free for
 * another. So only the engine may have pooled tiles; what it hands out never lies there. A picture is decoded by others before
 * the engine gets it, and may never reach it: it is given back when its samples have been collected as garbage, so whoever makes
 * another view of them must keep the raster as well.
 */

import {
  byteLength,
  createSharedRaster,
  sampleCount,
  samplesOver,
  shapeOf,
  type Raster,
  type Samples,
  type Shape,
} from '../../raster/raster';
import type { PoolMemory } from './pool-memory';
import { SharedGarbage } from './shared-garbage';

export class SharedRasters {
  readonly #garbage: SharedGarbage;
  readonly #counts = new WeakMap<Samples, { readonly address: number; holders: number }>();
  readonly #collected: FinalizationRegistry<number>;

  /** `collectAll` has every thread collect its garbage. */
  constructor(
    private readonly pool: PoolMemory | null,
    collectAll: () => void,
  ) {
    this.#garbage = new SharedGarbage(collectAll);
    this.#collected = new FinalizationRegistry((address) => pool?.giveBack(address));
  }

  /** A raster for somebody outside, with unknown contents where they are not black. */
  create(shape: Shape): Raster {
    this.#garbage.share(byteLength(shape));
    return createSharedRaster(shape);
  }

  /** A raster with unknown contents in the pool, or elsewhere where that is full. The caller holds it, and has to let go of it. */
  createTile(shape: Shape): Raster {
    const pooled = this.#take(shape);
    if (pooled === null) return this.create(shape);
    this.#counts.set(pooled.raster.data, { address: pooled.address, holders: 1 });
    return pooled.raster;
  }

  /** The same for a picture: it lives as long as its samples are referred to. */
  createPicture(shape: Shape): Raster {
    const pooled = this.#take(shape);
    if (pooled === null) return this.create(shape);
    this.#garbage.share(byteLength(shape));
    this.#collected.register(pooled.raster.data, pooled.address);
    return pooled.raster;
  }

  /** One more holds this tile. */
  hold({ data }: Raster): void {
    const count = this.#counts.get(data);
    if (count !== undefined) count.holders++;
  }

  /** One holds it no longer. */
  letGo({ data }: Raster): void {
    const count = this.#counts.get(data);
    if (count === undefined || --count.holders > 0) return;
    this.#counts.delete(data);
    this.pool?.giveBack(count.address);
  }

  /** The same samples where they stay as long as they are referred to. */
  outside(raster: Raster): Raster {
    if (!this.#counts.has(raster.data)) return raster;
    const copy = this.create(raster);
    copy.data.set(raster.data);
    return copy;
  }

  inPool({ buffer }: Samples): boolean {
    return this.pool !== null && this.pool.owns(buffer);
  }

  #take(shape: Shape): { readonly raster: Raster; readonly address: number } | null {
    const address = this.pool?.take(byteLength(shape)) ?? null;
    if (this.pool === null || address === null) return null;
    const data = samplesOver(this.pool.buffer, shape.depth, address, sampleCount(shape));
    return { raster: { ...shapeOf(shape), data }, address };
  }
}
