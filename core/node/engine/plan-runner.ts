/**
 * Carries plans out: tiles first, which may be there already, then the strips of the picture itself; each of these is one job, whose parts
 * workers share.
 */

import type { SourceId } from '../../document/document';
import { evaluate, type Leaves } from '../../plan/evaluate';
import { withLooked, type Looked } from '../../plan/look';
import { tileName, type Plan } from '../../plan/plan';
import { programsIn, type Program } from '../../plan/program';
import { visitLeaves } from '../../plan/regions';
import { byteLength, type Raster, type Region } from '../../raster/raster';
import { intersect, isEmpty, sameRectangle, type Rectangle } from '../../raster/rectangle';
import { Cancelled, neverAborted } from '../../raster/signal';
import type { Part, SharedRegion } from './messages';
import type { Errand } from './errand';
import type { SharedRasters } from './shared-rasters';
import type { StreamedTiles } from './streamed-tiles';
import type { TileCache } from './tile-cache';
import type { WorkerPool } from './worker-pool';

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

interface TileWork {
  readonly program: Program;
  readonly tiles: readonly Rectangle[];
  /** Of the programs beneath it. */
  readonly stored: ReadonlyMap<Program, readonly Region[]>;
  readonly errand: Errand;
}

interface Begun {
  readonly regions: readonly Region[];
  readonly made: Promise<unknown>;
}

/** A tile that a job under way makes for the cache. */
interface Making {
  readonly made: Begun['made'];
  readonly priority: number;
  readonly region: Region;
}

/** Of a picture that streams: as many as the workers of an ordinary machine have jobs. */
const STRIPS_AT_ONCE = 8;

export class PlanRunner {
  readonly #parts: RunnerParts;
  readonly #making = new Map<string, Making>();

  constructor(parts: RunnerParts) {
    this.#parts = parts;
  }

  /** Computes the tiles that a plan asks for, then its strips; the workers then forget its programs. */
  async each(...run: Parameters<PlanRunner['run']>): Promise<Looked | null> {
    try {
      return await this.run(...run);
    } finally {
      this.forget(run[0]);
    }
  }

  forget(top: Program): void {
    for (const { root } of programsIn(top)) this.#parts.pool.forget(root);
  }

  /** What was seen in all strips, where they look. `finished` is told of each strip of a picture that streams. */
  async run(
    top: Program,
    plan: Plan,
    errand: Errand,
    outputOf: (strip: Rectangle) => Part['output'],
    finished: (strip: Rectangle) => void = () => undefined,
    held?: HeldTiles,
  ): Promise<Looked | null> {
    if (top.streams) return this.#stream(top, plan.strips, errand, outputOf, finished);
    const stored = await this.#stages(plan, errand, held);
    const parts = plan.strips.map((strip) => this.#part(top, strip, outputOf(strip), stored));
    return this.#job(top, parts, errand);
  }

  /**
   * Evaluates a part of a program on this thread, over tiles that it finds or has made. For what is done sooner than a thread is
   * woken: a pixel and what it depends on.
   */
  async here(top: Program, plan: Plan, errand: Errand, output: Region): Promise<void> {
    const evaluated = (stored: (slot: number) => readonly Region[]): void => {
      const leaves: Leaves = {
        picture: (source) => this.#parts.picture(source),
        stored,
        saw: (measured) => errand.saw?.(measured),
      };
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
    outputOf: (strip: Rectangle) => Part['output'],
    finished: (strip: Rectangle) => void,
  ): Promise<Looked | null> {
    const tiles = this.#parts.streamed(errand);
    let seen: Looked | null = null;
    const waiting = strips.values();
    let failed = false;
    const lane = async (): Promise<void> => {
      for (const strip of waiting) {
        if (failed || errand.signal?.aborted === true) return;
        try {
          const looked = await tiles.piece(top, strip, () => outputOf(strip));
          seen = withLooked(seen, looked);
          finished(strip);
        } catch (error) {
          failed = true;
          throw error;
        }
      }
    };
    await this.#all(Array.from({ length: STRIPS_AT_ONCE }, lane), errand);
    return seen;
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
    const { rasters, cache } = this.#parts;
    const regions: Region[] = [];
    const missing: Rectangle[] = [];
    const taken = (region: Region): void => {
      rasters.hold(region.raster);
      errand.held.push(region.raster);
      regions.push(region);
    };
    const arriving: Promise<void>[] = [];
    const others = new Map<Making['made'], Region[]>();
    for (const tile of tiles) {
      const name = tileName(program, tile);
      const expected = held?.get(name);
      const known = expected === undefined ? cache.get(name) : undefined;
      const making = held === undefined ? this.#making.get(name) : undefined;
      if (expected !== undefined) arriving.push(expected.then(taken));
      else if (known !== undefined) taken(known);
      else if (making !== undefined && making.priority <= errand.priority) {
        const { made, region } = making;
        rasters.hold(region.raster);
        errand.held.push(region.raster);
        const shared = others.get(made) ?? [];
        others.set(made, shared);
        shared.push(region);
      } else missing.push(tile);
    }
    const toRegions = (all: readonly Region[]): void => void regions.push(...all);
    if (missing.length > 0) {
      const work: TileWork = { program, tiles: missing, stored, errand };
      const made = held === undefined ? this.#forAll(work) : this.#forStrips(work, held);
      arriving.push(made.then(toRegions));
    }
    for (const [made, shared] of others) {
      const shares = orAborted(made, errand.signal).then(
        () => toRegions(shared),
        async (error: unknown) => {
          if (!(error instanceof Cancelled) || errand.signal?.aborted === true) throw error;
          // The other errand was given up. The next one makes them, and those after it wait for that.
          const again = shared.map(({ rectangle }) => rectangle);
          toRegions(await this.#tiles(program, again, stored, errand));
        },
      );
      arriving.push(shares);
    }
    await this.#all(arriving, errand);
    return regions;
  }

  /** Has tiles made; the errand holds them. */
  #begin({ program, tiles, stored, errand }: TileWork): Begun {
    const { rasters } = this.#parts;
    const regions = tiles.map((tile): Region => {
      const raster = rasters.createTile({ ...program.shape, width: tile.width, height: tile.height });
      errand.held.push(raster);
      return { raster, rectangle: tile };
    });
    const parts = regions.map((region) =>
      this.#part(program, region.rectangle, rasters.regionOf(region), stored),
    );
    return { regions, made: this.#job(program, parts, errand) };
  }

  /** Makes tiles for the cache. Until they are there, others may wait for them too. */
  async #forAll(work: TileWork): Promise<readonly Region[]> {
    const { program, tiles, errand } = work;
    const { cache } = this.#parts;
    const arrived = cache.expect(
      tiles.reduce((sum, tile) => sum + byteLength({ ...program.shape, ...tile }), 0),
    );
    const names = tiles.map((tile) => tileName(program, tile));
    const { regions, made } = this.#begin(work);
    names.forEach((name, at) => {
      this.#making.set(name, { made, priority: errand.priority, region: regions[at] });
    });
    try {
      await made;
    } finally {
      for (const name of names) if (this.#making.get(name)?.made === made) this.#making.delete(name);
      arrived();
    }
    names.forEach((name, at) => cache.put(name, regions[at]));
    return regions;
  }

  /** Makes tiles for the strips of one export: `held` keeps each until its last strip is done, and the cache does not get them. */
  async #forStrips(work: TileWork, held: HeldTiles): Promise<readonly Region[]> {
    const { regions, made } = this.#begin(work);
    for (const region of regions) {
      const shared = made.then(() => {
        this.#parts.rasters.hold(region.raster);
        return region;
      });
      // Whoever asks for it will be told, and perhaps nobody does.
      shared.catch(() => undefined);
      held.set(tileName(work.program, region.rectangle), shared);
    }
    await made;
    return regions;
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
  async #all(work: readonly Promise<void>[], errand: Errand): Promise<void> {
    const outcomes = await Promise.allSettled(work);
    if (errand.signal?.aborted === true) throw new Cancelled();
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  }

  #part(
    program: Program,
    part: Rectangle,
    output: Part['output'],
    stored: ReadonlyMap<Program, readonly Region[]>,
  ): Part {
    const leaves: SharedRegion[][] = program.inputs.map(() => []);
    visitLeaves(program.root, part, (leaf, region) => {
      const list = leaves[leaf.slot];
      for (const tile of stored.get(program.inputs[leaf.slot]) ?? []) {
        if (isEmpty(intersect(tile.rectangle, region))) continue;
        if (list.some((known) => sameRectangle(known.rectangle, tile.rectangle))) continue;
        list.push(this.#parts.rasters.regionOf(tile));
      }
    });
    return { output, leaves };
  }

  async #job(program: Program, parts: readonly Part[], errand: Errand): Promise<Looked | null> {
    const looked = await this.#parts.pool.run({
      root: program.root,
      flag: errand.flag,
      parts,
      priority: errand.priority,
    });
    if (errand.signal?.aborted === true) throw new Cancelled();
    if (looked !== null) errand.saw?.(looked);
    return looked;
  }
}

/** Whatever comes of it, unless the signal aborts first: then it rejects. */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  const aborted = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(new Cancelled());
    signal.addEventListener('abort', onAbort, { signal: aborted.signal });
    if (signal.aborted) onAbort();
    void work.then(resolve, reject).finally(() => aborted.abort());
  });
}
