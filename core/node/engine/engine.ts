/**
 * The engine renders documents: it builds the graph, takes the measurements that are missing, fuses, plans, and has the workers
 * compute what the cache does not hold. What it answers depends on the request alone, never on workers, tiles or order.
 */

import { availableParallelism, totalmem } from 'node:os';
import type { SourceId } from '../../document/document';
import { combineMeasured } from '../../operation/measure';
import { fuse } from '../../plan/fuse';
import { graphOf, type Graph } from '../../plan/graph';
import { keyOf, type Key } from '../../plan/key';
import { isStudy, type Look, type Looked } from '../../plan/look';
import { lookThrough } from '../../plan/look-through';
import type { Node } from '../../plan/node';
import { planOf, tileName } from '../../plan/plan';
import { programOf, type CutPolicy, type Program } from '../../plan/program';
import { visitLeaves } from '../../plan/regions';
import { halveNode } from '../../plan/source-node';
import { lookKey, type Missing } from '../../plan/step-node';
import { fail, FaultError, succeed, type Result } from '../../raster/fault';
import {
  channelsFor,
  colourChannelsOf,
  createSharedRaster,
  hasAlpha,
  shapeOf,
  type Raster,
  type Region,
  type Shape,
} from '../../raster/raster';
import {
  intersect,
  isEmpty,
  sameRectangle,
  wholeOf,
  type Rectangle,
  type Size,
} from '../../raster/rectangle';
import { Cancelled } from '../../raster/signal';
import type { Place, SharedRegion } from './messages';
import { SharedRasters } from './shared-rasters';
import type { Rendered, RenderRequest } from './render-request';
import { TileCache } from './tile-cache';
import { WorkerPool } from './worker-pool';
import { workerPath } from './built-file';
import { compileKernels, kernelsFor, startPool } from './kernel-module';

export interface EngineOptions {
  /** Worker threads; one a core by default, eight at most. */
  readonly workers?: number;
  /** Bytes of tiles to keep. */
  readonly memory?: number;
  /** Size of a tile in pixels. */
  readonly tile?: Size;
  /** The built worker file. */
  readonly workerPath?: string;
  /** The built module of fast kernels. Where there is none, work is done in plain TypeScript. */
  readonly kernelsPath?: string;
  /** False: adjacent tables are not joined. Only for tests, which compare both. */
  readonly fuse?: boolean;
}

const DEFAULT_TILE: Size = { width: 1024, height: 256 };
const MOST_LOOKED = 1024;

/** What one request carries through all its jobs. */
interface Errand {
  readonly flag: number;
  readonly priority: number;
  readonly signal: AbortSignal | undefined;
  readonly policy: CutPolicy;
  /** Rasters that its jobs may read or write: they stay until it is over, whatever becomes of pictures and cache. */
  readonly held: Raster[];
}

export class Engine {
  readonly #pool: WorkerPool;
  readonly #cache: TileCache;
  readonly #tile: Size;
  readonly #fuses: boolean;
  readonly #sources = new Map<SourceId, Raster>();
  readonly #looked = new Map<Key, Looked>();
  readonly #rasters: SharedRasters;

  constructor(options: EngineOptions) {
    const workers = options.workers ?? Math.min(8, availableParallelism());
    const started = startPool();
    const kernels = kernelsFor(workers, compileKernels(options.kernelsPath), started);
    // Where some thread has no kernels it has no pool either, and nothing may lie there.
    const memory = kernels.includes(null) ? null : started;
    this.#pool = new WorkerPool(kernels, options.workerPath ?? workerPath());
    const rasters = new SharedRasters(memory, () => this.#pool.collectGarbage());
    this.#rasters = rasters;
    this.#cache = new TileCache(
      options.memory ?? Math.min(768 * 2 ** 20, totalmem() / 4),
      (raster) => rasters.hold(raster),
      (raster) => rasters.letGo(raster),
    );
    this.#tile = options.tile ?? DEFAULT_TILE;
    this.#fuses = options.fuse ?? true;
  }

  /** A raster for a picture that is going to be opened, where the workers reach it soonest. Contents unknown. */
  readonly createPicture = (shape: Shape): Raster => this.#rasters.createPicture(shape);

  /** Makes an opened picture known; its samples lie in shared memory, best in what `createPicture` gave. */
  addSource(id: SourceId, raster: Raster): void {
    this.#sources.set(id, raster);
    this.#pool.addPicture(id, shapeOf(raster), this.#placeOf(raster));
  }

  hasSource(id: SourceId): boolean {
    return this.#sources.has(id);
  }

  dropSource(id: SourceId): void {
    this.#sources.delete(id);
    this.#pool.dropPicture(id);
  }

  statistics(): TileCache['statistics'] {
    return this.#cache.statistics;
  }

  /** Drops every kept tile and measurement; for benchmarks, which want to know what work costs. */
  forgetEverything(): void {
    this.#cache.clear();
    this.#looked.clear();
  }

  close(): Promise<void> {
    return this.#pool.close();
  }

  /**
   * Computes a document's picture. A fault is something the user can mend (sizes that do not fit, a source that is not open);
   * an aborted request rejects with `Cancelled`.
   */
  async render(request: RenderRequest, signal?: AbortSignal): Promise<Result<Rendered>> {
    const held: Raster[] = [];
    for (const layer of request.document.layers) {
      const picture = this.#sources.get(layer.source);
      if (picture !== undefined) held.push(picture);
      else {
        return fail('not-found', `the picture of layer "${layer.name}" is not open`, 'open it again');
      }
    }
    const flag = this.#pool.flags.take();
    const raise = (): void => this.#pool.flags.raise(flag);
    signal?.addEventListener('abort', raise);
    try {
      if (signal?.aborted === true) throw new Cancelled();
      const display = request.format === 'display';
      return await this.#render(request, {
        flag,
        priority: display ? 0 : 1,
        signal,
        held,
        policy: { held: request.held ?? null, keep: display },
      });
    } catch (error) {
      if (error instanceof FaultError) return { ok: false, fault: error.fault };
      throw error;
    } finally {
      signal?.removeEventListener('abort', raise);
      for (const raster of held) this.#rasters.letGo(raster);
      this.#pool.flags.giveBack(flag);
    }
  }

  async #render(request: RenderRequest, errand: Errand): Promise<Result<Rendered>> {
    const graph = await this.#graph(request, errand);
    if (graph.kind === 'fault') return { ok: false, fault: graph.fault };
    const picture = request.exact ? halveNode(graph.full, request.level) : graph.root;
    const root =
      request.format === 'display' ? displayNode(picture) : await this.#exportNode(picture, request, errand);
    const region = intersect(request.region ?? wholeOf(root.shape), wholeOf(root.shape));
    if (isEmpty(region)) {
      return fail('empty-result', 'the wanted part lies outside the picture', 'choose a part inside it');
    }
    const rendered = (raster: Raster): Result<Rendered> =>
      succeed({ raster, key: keyOf(root.key, region), whole: root.shape, reported: graph.reported });
    const top = this.#program(root, errand.policy);
    const name = tileName(top, region);
    const known = errand.policy.keep ? this.#cache.get(name) : undefined;
    if (known !== undefined) return rendered(this.#rasters.outside(known.raster));
    const raster = await this.#compute(top, region, errand);
    if (errand.policy.keep) this.#cache.put(name, { raster, rectangle: region });
    return rendered(raster);
  }

  /** The graph, once everything it has to know has been measured. */
  async #graph(
    { document, level, exact }: RenderRequest,
    errand: Errand,
  ): Promise<Exclude<Graph, { readonly kind: 'missing' }>> {
    for (;;) {
      const graph = graphOf({ document, level: exact ? 0 : level, known: this.#looked });
      if (graph.kind !== 'missing') return graph;
      for (const missing of graph.missing) await this.#look(missing, errand);
    }
  }

  /** Alpha is kept only where the first picture had it or some pixel of the result is not opaque (OPERATIONS.md 11.1). */
  async #exportNode(picture: Node, { document }: RenderRequest, errand: Errand): Promise<Node> {
    if (!hasAlpha(picture.shape) || hasAlpha(document)) return picture;
    const looked = await this.#look({ node: picture, look: 'opaque' }, errand);
    if (looked.kind !== 'opaque' || !looked.opaque) return picture;
    const shape: Shape = { ...picture.shape, channels: channelsFor(colourChannelsOf(picture.shape), false) };
    return { kind: 'opaque', key: keyOf('opaque', picture.key), shape, step: null, input: picture };
  }

  #program(root: Node, policy: CutPolicy): Program {
    return programOf(this.#fuses ? fuse(root, policy.held) : root, policy);
  }

  /** What is seen by looking at the whole of a node; remembered by its name. */
  async #look({ node, look }: Missing, errand: Errand): Promise<Looked> {
    const name = lookKey(node, look);
    const known = this.#looked.get(name);
    if (known !== undefined) return known;
    const through = lookThrough(node, look);
    if (through !== null) return this.#remember(name, through.follow(await this.#look(through, errand)));
    const top = this.#program(node, errand.policy);
    const parts: Looked[] = [];
    await this.#each(
      top,
      wholeOf(node.shape),
      errand,
      (strip) => ({ look, rectangle: strip }),
      (_, looked) => {
        if (looked !== null) parts.push(looked);
      },
      isStudy(look),
    );
    return this.#remember(name, parts.reduce(combine));
  }

  #remember(name: Key, looked: Looked): Looked {
    this.#looked.set(name, looked);
    const [oldest] = this.#looked.keys();
    if (this.#looked.size > MOST_LOOKED) this.#looked.delete(oldest);
    return looked;
  }

  /** The samples of `region` of a program, in shared memory. */
  async #compute(top: Program, region: Rectangle, errand: Errand): Promise<Raster> {
    const raster = this.#rasters.create({ ...top.shape, width: region.width, height: region.height });
    const { buffer, byteOffset } = this.#placeOf(raster);
    const row = region.width * raster.channels * raster.data.BYTES_PER_ELEMENT;
    await this.#each(top, region, errand, (strip) => ({
      rectangle: strip,
      shape: { ...shapeOf(raster), height: strip.height },
      place: { buffer, byteOffset: byteOffset + (strip.y - region.y) * row },
    }));
    return raster;
  }

  /** Computes the tiles that `region` of a program needs, then runs one job a strip of it. */
  async #each(
    top: Program,
    region: Rectangle,
    errand: Errand,
    outputOf: (strip: Rectangle) => SharedRegion | { readonly look: Look; readonly rectangle: Rectangle },
    finished: (strip: Rectangle, looked: Looked | null) => void = () => undefined,
    undivided = false,
  ): Promise<void> {
    const plan = planOf(top, region, this.#tile);
    const stored = new Map<Program, Region[]>();
    const programs = [...plan.stages.map((stage) => stage.program), top];
    try {
      for (const { program, tiles } of plan.stages) {
        stored.set(program, await this.#tiles(program, tiles, stored, errand));
      }
      await this.#all(undivided ? [region] : plan.strips, errand, async (strip) => {
        const looked = await this.#job(top, strip, outputOf(strip), stored, errand);
        finished(strip, looked);
      });
    } finally {
      for (const program of programs) this.#pool.forget(program.root);
    }
  }

  async #tiles(
    program: Program,
    tiles: readonly Rectangle[],
    stored: ReadonlyMap<Program, readonly Region[]>,
    errand: Errand,
  ): Promise<Region[]> {
    const regions: Region[] = [];
    await this.#all(tiles, errand, async (tile) => {
      const name = tileName(program, tile);
      const known = this.#cache.get(name);
      if (known !== undefined) {
        this.#rasters.hold(known.raster);
        errand.held.push(known.raster);
        regions.push(known);
        return;
      }
      const raster = this.#rasters.createTile({ ...program.shape, width: tile.width, height: tile.height });
      errand.held.push(raster);
      const region: Region = { raster, rectangle: tile };
      await this.#job(program, tile, this.#sharedRegion(region), stored, errand);
      this.#cache.put(name, region);
      regions.push(region);
    });
    return regions;
  }

  #placeOf({ data }: Raster): Place {
    const { buffer, byteOffset } = data;
    if (this.#rasters.inPool(data)) return { buffer: null, byteOffset };
    if (!(buffer instanceof SharedArrayBuffer)) throw new Error('threads share no such memory');
    return { buffer, byteOffset };
  }

  #sharedRegion({ raster, rectangle }: Region): SharedRegion {
    return { rectangle, shape: shapeOf(raster), place: this.#placeOf(raster) };
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
    output: SharedRegion | { readonly look: Look; readonly rectangle: Rectangle },
    stored: ReadonlyMap<Program, readonly Region[]>,
    errand: Errand,
  ): Promise<Looked | null> {
    const leaves: SharedRegion[][] = program.inputs.map(() => []);
    visitLeaves(program.root, part, (leaf, region) => {
      const list = leaves[leaf.slot];
      for (const tile of stored.get(program.inputs[leaf.slot]) ?? []) {
        if (isEmpty(intersect(tile.rectangle, region))) continue;
        if (list.some((known) => sameRectangle(known.rectangle, tile.rectangle))) continue;
        list.push(this.#sharedRegion(tile));
      }
    });
    return this.#pool.run({
      root: program.root,
      flag: errand.flag,
      output,
      leaves,
      priority: errand.priority,
    });
  }
}

function combine(a: Looked, b: Looked): Looked {
  if (a.kind === 'opaque' || b.kind === 'opaque') {
    return { kind: 'opaque', opaque: a.kind === 'opaque' && b.kind === 'opaque' && a.opaque && b.opaque };
  }
  if (a.kind === 'study' || b.kind === 'study') throw new Error('a study is of the whole picture');
  return combineMeasured(a, b);
}

function displayNode(picture: Node): Node {
  const shape: Shape = { ...picture.shape, channels: 4, depth: 8 };
  return { kind: 'display', key: keyOf('display', picture.key), shape, step: null, input: picture };
}

/** Starts worker threads; `close` ends them. */
export function startEngine(options: EngineOptions = {}): Engine {
  return new Engine(options);
}

/** A raster copied into shared memory, where `addSource` needs it. */
export function shared(raster: Raster): Raster {
  if (raster.data.buffer instanceof SharedArrayBuffer) return raster;
  const copy = createSharedRaster(raster);
  copy.data.set(raster.data);
  return copy;
}
