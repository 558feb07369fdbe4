/**
 * Carries plans out: tiles first, which may be there already, then the pieces of the picture itself, each a job of a worker.
 */

import type { SourceId } from '../../document/document';
import { evaluate, type Leaves } from '../../plan/evaluate';
import type { Look, Looked } from '../../plan/look';
import { tileName, type Plan } from '../../plan/plan';
import { programsIn, type Program } from '../../plan/program';
import { visitLeaves } from '../../plan/regions';
import { byteLength, type Raster, type Region } from '../../raster/raster';
import { intersect, isEmpty, sameRectangle, type Rectangle } from '../../raster/rectangle';
import { Cancelled, neverAborted } from '../../raster/signal';
import type { SharedRegion } from './messages';
import type { Errand } from './errand';
import type { SharedRasters } from './shared-rasters';
import type { StreamedTiles } from './streamed-tiles';
import type { TileCache } from './tile-cache';
import type { WorkerPool } from './worker-pool';

/** What a job does: write samples, or look at them. */
export type Output = SharedRegion | { readonly look: Look; readonly rectangle: Rectangle };

/** Tiles by name that are kept for as long as a picture's strips need them. */
export type HeldTiles = Map<string, Promise<Region>>;

export interface RunnerParts {
  readonly pool: Pick<WorkerPool, 'run' | 'forget'>;
  readonly cache: Pick<TileCache, 'get' | 'put' | 'expect'>;
  readonly rasters: Pick<SharedRasters, 'createTile' | 'hold' | 'letGo' | 'regionOf'>;
  /** An open picture. */
  readonly picture: (source: SourceId) => Raster;
  /** Tiles of what is made from pictures that stay in their files. */
  readonly streamed: (errand: Errand) => StreamedTiles;
}

/** Of a picture that streams: as many as the workers of an ordinary machine have jobs. */
const STRIPS_AT_ONCE = 8;

export class PlanRunner {
  readonly #parts: RunnerParts;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Computes the tiles that a plan asks for, then runs one job a strip of it; the workers then forget its programs. */
  async each(
    top: Program,
    plan: Plan,
    errand: Errand,
    outputOf: (strip: Rectangle) => Output,
    finished?: (strip: Rectangle, looked: Looked | null) => void,
  ): Promise<void> {
    try {
      await this.run(top, plan, errand, outputOf, finished);
    } finally {
      this.forget(top);
    }
  }

  forget(top: Program): void {
    for (const { root } of programsIn(top)) this.#parts.pool.forget(root);
  }

  async run(
    top: Program,
    plan: Plan,
    errand: Errand,
    outputOf: (strip: Rectangle) => Output,
    finished: (strip: Rectangle, looked: Looked | null) => void = () => undefined,
    held?: HeldTiles,
  ): Promise<void> {
    if (top.streams) return this.#stream(top, plan.strips, errand, outputOf, finished);
    const stored = await this.#stages(plan, errand, held);
    await this.#all(plan.strips, errand, async (strip) => {
      const looked = await this.#job(top, strip, outputOf(strip), stored, errand);
      finished(strip, looked);
    });
  }

  /**
   * Evaluates a part of a program on this thread, over tiles that it finds or has made. For what is done sooner than a thread is
   * woken: a pixel and what it depends on.
   */
  async here(top: Program, plan: Plan, errand: Errand, output: Region): Promise<void> {
    const evaluated = (stored: (slot: number) => readonly Region[]): void => {
      const leaves: Leaves = { picture: (source) => this.#parts.picture(source), stored };
      evaluate(top.root, output, leaves, errand.signal ?? neverAborted);
    };
    if (top.streams) {
      const tiles = this.#parts.streamed(errand);
      await tiles.gathered(top, output.rectangle, async (stored) => evaluated((slot) => stored[slot]));
    } else {
      const stored = await this.#stages(plan, errand);
      evaluated((slot) => stored.get(top.inputs[slot]) ?? []);
    }
    this.forget(top);
  }

  /** A few strips at a time, in their order, so that neighbours find what they share. */
  async #stream(
    top: Program,
    strips: readonly Rectangle[],
    errand: Errand,
    outputOf: (strip: Rectangle) => Output,
    finished: (strip: Rectangle, looked: Looked | null) => void,
  ): Promise<void> {
    const tiles = this.#parts.streamed(errand);
    const waiting = strips.values();
    let failed = false;
    const lane = async (): Promise<void> => {
      for (const strip of waiting) {
        if (failed || errand.signal?.aborted === true) return;
        try {
          finished(strip, await tiles.piece(top, strip, () => outputOf(strip)));
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    };
    await this.#all(Array.from({ length: STRIPS_AT_ONCE }), errand, lane);
  }

  async #stages(plan: Plan, errand: Errand, held?: HeldTiles): Promise<ReadonlyMap<Program, Region[]>> {
    const stored = new Map<Program, Region[]>();
    for (const { program, tiles } of plan.stages) {
      stored.set(program, await this.#tiles(program, tiles, stored, errand, held));
    }
    return stored;
  }

  async #tiles(
    program: Program,
    tiles: readonly Rectangle[],
    stored: ReadonlyMap<Program, readonly Region[]>,
    errand: Errand,
    held?: HeldTiles,
  ): Promise<Region[]> {
    const regions: Region[] = [];
    await this.#all(tiles, errand, async (tile) => {
      const name = tileName(program, tile);
      const making = held?.get(name);
      const known = making === undefined ? this.#parts.cache.get(name) : await making;
      if (known !== undefined) {
        this.#parts.rasters.hold(known.raster);
        errand.held.push(known.raster);
        regions.push(known);
        return;
      }
      const made = this.#newTile(program, tile, stored, errand, held !== undefined);
      // What strips hold is of no use to anybody else.
      held?.set(name, made);
      const region = await made;
      if (held === undefined) this.#parts.cache.put(name, region);
      regions.push(region);
    });
    return regions;
  }

  /** The errand holds the tile; where strips will share it, so do they. */
  async #newTile(
    program: Program,
    tile: Rectangle,
    stored: ReadonlyMap<Program, readonly Region[]>,
    errand: Errand,
    shared: boolean,
  ): Promise<Region> {
    const { rasters, cache } = this.#parts;
    const shape = { ...program.shape, width: tile.width, height: tile.height };
    const arrived = shared ? () => undefined : cache.expect(byteLength(shape));
    try {
      const raster = rasters.createTile(shape);
      errand.held.push(raster);
      const region: Region = { raster, rectangle: tile };
      await this.#job(program, tile, rasters.regionOf(region), stored, errand);
      if (shared) rasters.hold(raster);
      return region;
    } finally {
      arrived();
    }
  }

  /** Strips need these tiles no longer. */
  letGo(held: HeldTiles, names: Iterable<string>): void {
    for (const name of [...names]) {
      const tile = held.get(name);
      held.delete(name);
      // One that could not be made was never held.
      void tile?.then(({ raster }) => this.#parts.rasters.letGo(raster)).catch(() => undefined);
    }
  }

  /** Waits for all of them also where one fails, because their flag may only be reused when none is under way. */
  async #all<T>(items: readonly T[], errand: Errand, run: (item: T) => Promise<void>): Promise<void> {
    const outcomes = await Promise.allSettled(items.map(run));
    if (errand.signal?.aborted === true) throw new Cancelled();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  #job(
    program: Program,
    part: Rectangle,
    output: Output,
    stored: ReadonlyMap<Program, readonly Region[]>,
    errand: Errand,
  ): Promise<Looked | null> {
    const leaves: SharedRegion[][] = program.inputs.map(() => []);
    visitLeaves(program.root, part, (leaf, region) => {
      const list = leaves[leaf.slot];
      for (const tile of stored.get(program.inputs[leaf.slot]) ?? []) {
        if (isEmpty(intersect(tile.rectangle, region))) continue;
        if (list.some((known) => sameRectangle(known.rectangle, tile.rectangle))) continue;
        list.push(this.#parts.rasters.regionOf(tile));
      }
    });
    return this.#parts.pool.run({
      root: program.root,
      flag: errand.flag,
      output,
      leaves,
      priority: errand.priority,
    });
  }
}
