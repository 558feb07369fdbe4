/**
 * The engine renders documents: it builds the graph, takes the measurements that are missing, fuses, plans, and has the workers
 * compute what the cache does not hold. What it answers depends on the request alone, never on workers, tiles or order.
 */

import { availableParallelism, totalmem } from 'node:os';
import type { Document, SourceId } from '../../document/document';
import { fuse } from '../../plan/fuse';
import { graphOf, type Graph } from '../../plan/graph';
import { beneath, over } from '../../plan/held';
import { keyOf, type Key } from '../../plan/key';
import { asHistogram, combineLooked, isStudy, type Look, type Looked } from '../../plan/look';
import type { Node } from '../../plan/node';
import { planOf, tileName } from '../../plan/plan';
import { programOf, type CutPolicy, type Program } from '../../plan/program';
import { visitLeaves } from '../../plan/regions';
import { displayNode, halveNode } from '../../plan/source-node';
import { lookKey, type Missing } from '../../plan/step-node';
import { fail, succeed, type Result } from '../../raster/fault';
import { throughTables } from '../../raster/histogram';
import {
  byteLength,
  channelsFor,
  colourChannelsOf,
  createSharedRaster,
  hasAlpha,
  sampleCount,
  samplesOver,
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
import { asErrand, REST, VISIBLE, type Errand, type ErrandParts } from './errand';
import type { SharedRegion } from './messages';
import { SharedGarbage } from './shared-garbage';
import type { Beneath, BeneathRequest, PictureHistogram, Rendered, RenderRequest } from './render-request';
import { TileCache } from './tile-cache';
import { WorkerPool } from './worker-pool';
import { workerPath } from './worker-path';

export interface EngineOptions {
  /** Worker threads; one a core by default, eight at most. */
  readonly workers?: number;
  /** Bytes of tiles to keep. */
  readonly memory?: number;
  /** Size of a tile in pixels. */
  readonly tile?: Size;
  /** The built worker file. */
  readonly workerPath?: string;
  /** False: adjacent tables are not joined. Only for tests, which compare both. */
  readonly fuse?: boolean;
}

const DEFAULT_TILE: Size = { width: 1024, height: 256 };
const MOST_LOOKED = 1024;

export class Engine {
  readonly #pool: WorkerPool;
  readonly #cache: TileCache;
  readonly #tile: Size;
  readonly #fuses: boolean;
  readonly #sources = new Map<SourceId, Shape>();
  readonly #looked = new Map<Key, Looked>();
  readonly #garbage = new SharedGarbage(() => this.#pool.collectGarbage());
  readonly #parts: ErrandParts;

  constructor(options: EngineOptions) {
    const workers = options.workers ?? Math.min(8, availableParallelism());
    this.#pool = new WorkerPool(workers, options.workerPath ?? workerPath());
    this.#cache = new TileCache(options.memory ?? Math.min(768 * 2 ** 20, totalmem() / 4));
    this.#tile = options.tile ?? DEFAULT_TILE;
    this.#fuses = options.fuse ?? true;
    this.#parts = { flags: this.#pool.flags, hasSource: (id) => this.hasSource(id) };
  }

  /** Makes an opened picture known; its samples must lie in shared memory, from the buffer's start. */
  addSource(id: SourceId, raster: Raster): void {
    this.#garbage.share(byteLength(raster));
    this.#sources.set(id, shapeOf(raster));
    this.#pool.addPicture(id, raster);
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
  render(request: RenderRequest, signal?: AbortSignal): Promise<Result<Rendered>> {
    const display = request.format === 'display';
    const policy = { held: request.held ?? null, keep: display };
    return asErrand(this.#parts, request, display ? VISIBLE : REST, policy, signal, (errand) =>
      this.#render(request, errand),
    );
  }

  /**
   * Computes what lies beneath a step at a reduced level; null where the step is not made from one picture alone. Faults and
   * cancelling as in `render`.
   */
  beneath(request: BeneathRequest, signal?: AbortSignal): Promise<Result<Beneath | null>> {
    return asErrand(this.#parts, request, VISIBLE, { held: request.step, keep: true }, signal, (errand) =>
      this.#beneath(request, errand),
    );
  }

  /** The exact histograms of the document's picture at full resolution. Faults and cancelling as in `render`. */
  histogram(document: Document, signal?: AbortSignal): Promise<Result<PictureHistogram>> {
    const policy = { held: null, keep: true };
    return asErrand(this.#parts, { document }, REST, policy, signal, async (errand) => {
      const graph = await this.#graph({ document, level: 0, exact: true }, errand);
      if (graph.kind === 'fault') return { ok: false, fault: graph.fault };
      const channels = asHistogram(
        await this.#look({ node: graph.full, look: 'histogramWithAlpha' }, errand),
      );
      const luma = asHistogram(await this.#look({ node: graph.full, look: 'lumaHistogram' }, errand));
      return succeed({ shape: graph.full.shape, channels, luma });
    });
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
    if (known !== undefined) return rendered(known.raster);
    const raster = await this.#compute(top, region, errand);
    if (errand.policy.keep) this.#cache.put(name, { raster, rectangle: region });
    return rendered(raster);
  }

  async #beneath(
    { document, level, region: wanted, step }: BeneathRequest,
    errand: Errand,
  ): Promise<Result<Beneath | null>> {
    const looked = new Map<Key, Looked>();
    const graph = await this.#graph({ document, level, exact: level === 0 }, errand, looked);
    if (graph.kind === 'fault') return { ok: false, fault: graph.fault };
    const node = beneath(graph.root, step);
    if (node === null) return succeed(null);
    const region = intersect(wanted, wholeOf(node.shape));
    if (isEmpty(region)) return succeed(null);
    const top = this.#program(node, errand.policy);
    const name = tileName(top, region);
    const raster = this.#cache.get(name)?.raster ?? (await this.#compute(top, region, errand));
    this.#cache.put(name, { raster, rectangle: region });
    const light = over(graph.root, node.key) !== null;
    return succeed({ raster, node: node.key, whole: graph.root.shape, light, looked });
  }

  /** The graph, once everything it has to know has been measured. What it was made with is noted in `used`. */
  async #graph(
    { document, level, exact }: Pick<RenderRequest, 'document' | 'level' | 'exact'>,
    errand: Errand,
    used = new Map<Key, Looked>(),
  ): Promise<Exclude<Graph, { readonly kind: 'missing' }>> {
    const known = {
      get: (name: Key): Looked | undefined => {
        const looked = this.#looked.get(name);
        if (looked !== undefined) used.set(name, looked);
        return looked;
      },
    };
    for (;;) {
      const graph = graphOf({ document, level: exact ? 0 : level, known });
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
    const whole = (await this.#lookThrough(node, look, errand)) ?? (await this.#lookAt(node, look, errand));
    this.#looked.set(name, whole);
    const [oldest] = this.#looked.keys();
    if (this.#looked.size > MOST_LOOKED) this.#looked.delete(oldest);
    return whole;
  }

  /** A histogram beneath a table says what it is above; so a table that is being dragged costs no pass over the picture. */
  async #lookThrough(node: Node, look: Look, errand: Errand): Promise<Looked | null> {
    if (node.kind !== 'point' || node.program.kind !== 'table') return null;
    if (look !== 'histogram' && look !== 'histogramWithAlpha') return null;
    const histogram = asHistogram(await this.#look({ node: node.input, look }, errand));
    return { kind: 'histogram', histogram: throughTables(histogram, node.program.tables) };
  }

  async #lookAt(node: Node, look: Look, errand: Errand): Promise<Looked> {
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
    return parts.reduce(combineLooked);
  }

  /** The samples of `region` of a program, in shared memory. */
  async #compute(top: Program, region: Rectangle, errand: Errand): Promise<Raster> {
    const raster = this.#share({ ...top.shape, width: region.width, height: region.height });
    const row = region.width * raster.channels * raster.data.BYTES_PER_ELEMENT;
    await this.#each(top, region, errand, (strip) => ({
      rectangle: strip,
      shape: { ...shapeOf(raster), height: strip.height },
      buffer: sharedBuffer(raster),
      byteOffset: (strip.y - region.y) * row,
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
        regions.push(known);
        return;
      }
      const raster = this.#share({ ...program.shape, width: tile.width, height: tile.height });
      const region: Region = { raster, rectangle: tile };
      await this.#job(program, tile, sharedRegion(region), stored, errand);
      this.#cache.put(name, region);
      regions.push(region);
    });
    return regions;
  }

  #share(shape: Shape): Raster {
    this.#garbage.share(byteLength(shape));
    return createSharedRaster(shape);
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
        list.push(sharedRegion(tile));
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

function sharedBuffer(raster: Raster): SharedArrayBuffer {
  const { buffer } = raster.data;
  if (!(buffer instanceof SharedArrayBuffer)) throw new Error('tiles lie in shared memory');
  return buffer;
}

function sharedRegion({ raster, rectangle }: Region): SharedRegion {
  return {
    rectangle,
    shape: shapeOf(raster),
    buffer: sharedBuffer(raster),
    byteOffset: raster.data.byteOffset,
  };
}

/** Starts worker threads; `close` ends them. */
export function startEngine(options: EngineOptions = {}): Engine {
  return new Engine(options);
}

/** A raster copied into shared memory, where `addSource` needs it. */
export function shared(raster: Raster): Raster {
  if (raster.data.buffer instanceof SharedArrayBuffer && raster.data.byteOffset === 0) return raster;
  const copy = createSharedRaster(raster);
  samplesOver(sharedBuffer(copy), copy.depth, 0, sampleCount(copy)).set(raster.data);
  return copy;
}
