/**
 * Carries plans out: tiles first, which may be there already, then the pieces of the picture itself, each a job of a worker.
 */

import type { Look, Looked } from '../../plan/look';
import { tileName, type Plan } from '../../plan/plan';
import type { CutPolicy, Program } from '../../plan/program';
import { visitLeaves } from '../../plan/regions';
import type { Raster, Region, Shape } from '../../raster/raster';
import { intersect, isEmpty, sameRectangle, type Rectangle } from '../../raster/rectangle';
import { Cancelled } from '../../raster/signal';
import type { SharedRegion } from './messages';
import { sharedRegion } from './shared-regions';
import type { TileCache } from './tile-cache';
import type { WorkerPool } from './worker-pool';

/** What one request carries through all its jobs. */
export interface Errand {
  readonly flag: number;
  readonly priority: number;
  readonly signal: AbortSignal | undefined;
  readonly policy: CutPolicy;
}

/** What a job does: write samples, or look at them. */
export type Output = SharedRegion | { readonly look: Look; readonly rectangle: Rectangle };

/** Tiles by name that are kept for as long as a picture's strips need them. */
export type HeldTiles = Map<string, Promise<Region>>;

export interface RunnerParts {
  readonly pool: Pick<WorkerPool, 'run' | 'forget'>;
  readonly cache: Pick<TileCache, 'get' | 'put'>;
  /** A new raster in shared memory. */
  readonly share: (shape: Shape) => Raster;
}

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
      this.forget(top, [plan]);
    }
  }

  forget(top: Program, plans: readonly Plan[]): void {
    const programs = plans.flatMap(({ stages }) => stages.map(({ program }) => program));
    for (const { root } of new Set([...programs, top])) this.#parts.pool.forget(root);
  }

  async run(
    top: Program,
    plan: Plan,
    errand: Errand,
    outputOf: (strip: Rectangle) => Output,
    finished: (strip: Rectangle, looked: Looked | null) => void = () => undefined,
    held?: HeldTiles,
  ): Promise<void> {
    const stored = new Map<Program, Region[]>();
    for (const { program, tiles } of plan.stages) {
      stored.set(program, await this.#tiles(program, tiles, stored, errand, held));
    }
    await this.#all(plan.strips, errand, async (strip) => {
      const looked = await this.#job(top, strip, outputOf(strip), stored, errand);
      finished(strip, looked);
    });
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
      const known = held?.get(name) ?? this.#parts.cache.get(name);
      if (known !== undefined) {
        regions.push(await known);
        return;
      }
      const making = this.#newTile(program, tile, stored, errand);
      // What strips hold is of no use to anybody else.
      held?.set(name, making);
      const region = await making;
      if (held === undefined) this.#parts.cache.put(name, region);
      regions.push(region);
    });
    return regions;
  }

  async #newTile(
    program: Program,
    tile: Rectangle,
    stored: ReadonlyMap<Program, readonly Region[]>,
    errand: Errand,
  ): Promise<Region> {
    const raster = this.#parts.share({ ...program.shape, width: tile.width, height: tile.height });
    const region: Region = { raster, rectangle: tile };
    await this.#job(program, tile, sharedRegion(region), stored, errand);
    return region;
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
        list.push(sharedRegion(tile));
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
