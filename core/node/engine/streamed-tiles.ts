/**
 * Pictures too large to be there as a whole: tiles are made when somebody asks for them, from tiles that are asked for in turn, down
 * to the parts of a file. What is made lies in the cache, within its budget, for whoever needs it next, and is made anew where it had to
 * go; only a few pieces of work have what they read in their hands at a time. So a pass over a picture of any size takes the
 * same memory.
 */

import type { SourceId } from '../../document/document';
import type { Looked } from '../../plan/look';
import { tileName, tilesOver } from '../../plan/plan';
import type { Program } from '../../plan/program';
import { visitLeaves } from '../../plan/regions';
import type { Raster, Region, Shape } from '../../raster/raster';
import { isEmpty, type Rectangle, type Size } from '../../raster/rectangle';
import { Cancelled } from '../../raster/signal';
import type { Errand } from './errand';
import type { Part } from './messages';
import type { SharedRasters } from './shared-rasters';
import type { TileCache } from './tile-cache';
import type { Turns } from './turns';
import type { WorkerPool } from './worker-pool';

/** A picture that stays in its file. */
export interface PictureInFile {
  readonly shape: Shape;
  /** The size of the parts in which it is best read, side by side from the top left corner. */
  readonly part: Size;
  /**
   * Fills the raster with a part: throws a `FaultError` where the file does not give it, `Cancelled` where the signal aborts. Or where
   * the levels lie as plain rows, which workers read themselves.
   */
  readonly levels: ((part: Rectangle, raster: Raster, signal?: AbortSignal) => Promise<void>) | PlainRows;
  /** The engine needs it no longer. */
  close(): void;
}

/** Levels in the machine's byte order, row by row. */
export interface PlainRows {
  readonly path: string;
  /** Bytes before the first. */
  readonly offset: number;
}

export interface StreamParts {
  readonly pool: Pick<WorkerPool, 'run'>;
  readonly cache: Pick<TileCache, 'get' | 'put'>;
  /** For reduced pictures that took a reading of the whole file. */
  readonly lasting: Pick<TileCache, 'get' | 'put'>;
  readonly rasters: Pick<SharedRasters, 'createTile' | 'hold' | 'letGo' | 'regionOf'>;
  readonly file: (source: SourceId) => PictureInFile;
  readonly tile: Size;
  /** Pieces of work that may have parts of files in their hands. */
  readonly turns: Turns;
  /** What is under way for any errand, by name. */
  readonly making: Map<string, Making>;
}

/** A tile of what is read through a slot of a program. */
interface Wanted {
  readonly slot: number;
  readonly input: Program;
  readonly tile: Rectangle;
}

/** A tile under way, for so many who wait for it. */
export interface Making {
  waiting: number;
  readonly region: Promise<Region>;
}

/** The tiles of one errand. */
export class StreamedTiles {
  readonly #parts: StreamParts;
  readonly #errand: Errand;

  constructor(parts: StreamParts, errand: Errand) {
    this.#parts = parts;
    this.#errand = errand;
  }

  /** Has a worker write or look at a part of a program, once what it reads is there; only then `outputOf` is asked what to do. */
  piece(program: Program, part: Rectangle, outputOf: () => Part['output']): Promise<Looked | null> {
    return this.gathered(program, part, (stored) => {
      const { pool, rasters } = this.#parts;
      return pool.run({
        root: program.root,
        flag: this.#errand.flag,
        parts: [
          {
            output: outputOf(),
            leaves: stored.map((regions) => regions.map((region) => rasters.regionOf(region))),
          },
        ],
        priority: this.#errand.priority,
      });
    });
  }

  /** Lends `use` the tiles that a part of a program reads, by slot. */
  async gathered<T>(
    program: Program,
    part: Rectangle,
    use: (stored: readonly (readonly Region[])[]) => Promise<T>,
  ): Promise<T> {
    const stored: Region[][] = program.inputs.map(() => []);
    const wanted = this.#tilesFor(program, part);
    const made = wanted.filter(({ input }) => input.part === null);
    const read = wanted.filter(({ input }) => input.part !== null);
    const gather = (tiles: readonly Wanted[]): Promise<void> =>
      all(tiles, async ({ slot, input, tile }) => void stored[slot].push(await this.#take(input, tile)));
    try {
      // Before it is its turn, because what is made takes turns of its own.
      await gather(made);
      if (read.length === 0) return await use(stored);
      return await this.#parts.turns.take(async () => {
        await gather(read);
        return use(stored);
      });
    } finally {
      for (const { raster } of stored.flat()) this.#parts.rasters.letGo(raster);
    }
  }

  #tilesFor(program: Program, part: Rectangle): readonly Wanted[] {
    const names = new Set<string>();
    const tiles: Wanted[] = [];
    visitLeaves(program.root, part, ({ slot }, region) => {
      const input = program.inputs[slot];
      if (isEmpty(region)) return;
      for (const tile of tilesOver(input, region, this.#parts.tile)) {
        const name = `${slot} ${tileName(input, tile)}`;
        if (names.has(name)) continue;
        names.add(name);
        tiles.push({ slot, input, tile });
      }
    });
    return tiles;
  }

  /** A tile, from the cache or made: whoever takes it holds it, and has to let go of it. */
  async #take(program: Program, tile: Rectangle): Promise<Region> {
    for (;;) {
      try {
        return await this.#takeOnce(program, tile);
      } catch (error) {
        // It was made for somebody else who has given up.
        if (!(error instanceof Cancelled) || this.#isAborted()) throw error;
      }
    }
  }

  #takeOnce(program: Program, tile: Rectangle): Promise<Region> {
    const { cache, lasting, making, rasters } = this.#parts;
    const name = tileName(program, tile);
    const shelf = program.lasting ? lasting : cache;
    const under = making.get(name);
    if (under !== undefined) {
      under.waiting++;
      return under.region;
    }
    const known = shelf.get(name);
    if (known !== undefined) {
      rasters.hold(known.raster);
      return Promise.resolve(known);
    }
    const begun: Making = {
      waiting: 1,
      region: this.#make(program, tile).then(
        (region) => {
          making.delete(name);
          // Each of those who wait has to let go of it; the first is who made it.
          for (let more = begun.waiting; more > 1; more--) rasters.hold(region.raster);
          shelf.put(name, region);
          return region;
        },
        (error: unknown) => {
          making.delete(name);
          throw error;
        },
      ),
    };
    making.set(name, begun);
    return begun.region;
  }

  #isAborted(): boolean {
    return this.#errand.signal?.aborted === true;
  }

  async #make(program: Program, tile: Rectangle): Promise<Region> {
    if (this.#isAborted()) throw new Cancelled();
    const { rasters } = this.#parts;
    const { root, part } = program;
    const made: Region[] = [];
    const newTile = (): Region => {
      const { width, height } = tile;
      const region = { raster: rasters.createTile({ ...program.shape, width, height }), rectangle: tile };
      made.push(region);
      return region;
    };
    try {
      const levels = part !== null && root.kind === 'picture' ? this.#parts.file(root.source).levels : null;
      if (typeof levels === 'function') await levels(tile, newTile().raster, this.#errand.signal);
      else await this.piece(program, tile, () => rasters.regionOf(newTile()));
      return made[0];
    } catch (error) {
      for (const { raster } of made) rasters.letGo(raster);
      throw error;
    }
  }
}

/** Waits for all of them also where one fails, because what they write to is given back then. */
async function all<T>(items: readonly T[], run: (item: T) => Promise<void>): Promise<void> {
  const outcomes = await Promise.allSettled(items.map(run));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}
