/**
 * Tiles by name, within a budget of bytes; the one that was not asked for longest goes first. Names are hashes of everything the
 * pixels were made from, so nothing is ever invalidated: stale tiles simply stop being asked for.
 */

import { byteLength, type Raster, type Region } from '../../raster/raster';

export class TileCache {
  readonly #tiles = new Map<string, Region>();
  #bytes = 0;
  /** Of tiles that are being made. */
  #expected = 0;
  #hits = 0;
  #misses = 0;

  /** `keeps` is told of every tile that comes in, `drops` of every one that goes. */
  constructor(
    readonly budget: number,
    private readonly keeps: (raster: Raster) => void = () => undefined,
    private readonly drops: (raster: Raster) => void = () => undefined,
  ) {}

  get bytes(): number {
    return this.#bytes;
  }

  get statistics(): {
    readonly bytes: number;
    readonly tiles: number;
    readonly hits: number;
    readonly misses: number;
  } {
    return { bytes: this.#bytes, tiles: this.#tiles.size, hits: this.#hits, misses: this.#misses };
  }

  get(name: string): Region | undefined {
    const tile = this.#tiles.get(name);
    if (tile === undefined) {
      this.#misses++;
      return undefined;
    }
    this.#hits++;
    // A map keeps the order of insertion: the newest use moves to the end.
    this.#tiles.delete(name);
    this.#tiles.set(name, tile);
    return tile;
  }

  put(name: string, tile: Region): void {
    const size = byteLength(tile.raster);
    if (size > this.budget) return;
    this.keeps(tile.raster);
    this.#drop(name);
    this.#tiles.set(name, tile);
    this.#bytes += size;
    this.#fit();
  }

  /**
   * Makes room for a tile before it is made, so that the old and the new do not take memory at the same time. Call what it answers when
   * the tile is made, or cannot be.
   */
  expect(bytes: number): () => void {
    this.#expected += bytes;
    this.#fit();
    return () => (this.#expected -= bytes);
  }

  #fit(): void {
    for (const oldest of this.#tiles.keys()) {
      if (this.#bytes + this.#expected <= this.budget) break;
      this.#drop(oldest);
    }
  }

  clear(): void {
    for (const name of this.#tiles.keys()) this.#drop(name);
  }

  #drop(name: string): void {
    const tile = this.#tiles.get(name);
    if (tile === undefined) return;
    this.#tiles.delete(name);
    this.#bytes -= byteLength(tile.raster);
    this.drops(tile.raster);
  }
}
