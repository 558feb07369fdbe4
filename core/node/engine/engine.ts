/**
 * The engine renders documents: it builds the graph, takes the measurements that are missing, fuses, plans, and has the workers
 * compute what the cache does not hold. What it answers depends on the request alone, never on workers, tiles or order.
 */

import { availableParallelism, totalmem } from 'node:os';
import type { Document, SourceId } from '../../document/document';
import { combineMeasured } from '../../operation/measure';
import { fuse } from '../../plan/fuse';
import { graphOf, type Graph } from '../../plan/graph';
import { keyOf, type Key } from '../../plan/key';
import { isStudy, type Looked } from '../../plan/look';
import type { Node } from '../../plan/node';
import { planOf, tileName } from '../../plan/plan';
import { programOf, type CutPolicy, type Program } from '../../plan/program';
import { scheduleStrips, type ScheduledStrip } from '../../plan/strips';
import { halveNode } from '../../plan/source-node';
import { lookKey, type Missing } from '../../plan/step-node';
import { fail, FaultError, succeed, type Result } from '../../raster/fault';
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
  type Samples,
  type Shape,
} from '../../raster/raster';
import { intersect, isEmpty, wholeOf, type Rectangle, type Size } from '../../raster/rectangle';
import { Cancelled } from '../../raster/signal';
import { inTurn } from './in-turn';
import { PlanRunner, type Errand, type HeldTiles } from './plan-runner';
import { SharedGarbage } from './shared-garbage';
import { firstRows, rowsOf, sharedBuffer } from './shared-regions';
import type { Rendered, RenderedStrips, RenderRequest } from './render-request';
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
  /** Bytes of a strip of a picture that is exported; by default enough work for every worker. */
  readonly strip?: number;
  /** The built worker file. */
  readonly workerPath?: string;
  /** False: adjacent tables are not joined. Only for tests, which compare both. */
  readonly fuse?: boolean;
}

const DEFAULT_TILE: Size = { width: 1024, height: 256 };
const MOST_LOOKED = 1024;
const STRIP_BYTES = 2 ** 23;
/** Strips under way while one is being written. */
const STRIPS_AHEAD = 2;

export class Engine {
  readonly #pool: WorkerPool;
  readonly #cache: TileCache;
  readonly #tile: Size;
  readonly #strip: number;
  readonly #fuses: boolean;
  readonly #sources = new Map<SourceId, Shape>();
  readonly #runner: PlanRunner;
  readonly #looked = new Map<Key, Looked>();
  readonly #garbage = new SharedGarbage(() => this.#pool.collectGarbage());

  constructor(options: EngineOptions) {
    const workers = options.workers ?? Math.min(8, availableParallelism());
    this.#pool = new WorkerPool(workers, options.workerPath ?? workerPath());
    this.#cache = new TileCache(options.memory ?? Math.min(768 * 2 ** 20, totalmem() / 4));
    this.#runner = new PlanRunner({
      pool: this.#pool,
      cache: this.#cache,
      share: (shape) => this.#share(shape),
    });
    this.#tile = options.tile ?? DEFAULT_TILE;
    this.#strip = options.strip ?? STRIP_BYTES;
    this.#fuses = options.fuse ?? true;
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
    return this.#asErrand(request, display ? 0 : 1, policy, signal, (errand) =>
      this.#render(request, errand),
    );
  }

  /**
   * The picture of an export, as `render` gives it, in strips from the top down: the whole picture is nowhere. Faults and
   * cancelling as in `render`; what goes wrong later is thrown by the strips, a fault as a `FaultError`.
   */
  strips(document: Document, signal?: AbortSignal): Promise<Result<RenderedStrips>> {
    const request: RenderRequest = { document, level: 0, exact: true, region: null, format: 'export' };
    const policy = { held: null, keep: false };
    return this.#asErrand(request, 1, policy, signal, async (errand) => {
      const graph = await this.#graph(request, errand);
      if (graph.kind === 'fault') return { ok: false, fault: graph.fault };
      const root = await this.#exportNode(graph.full, request, errand);
      const top = this.#program(root, policy);
      const compute = (strip: ScheduledStrip, buffer: Raster, held: HeldTiles): Promise<Result<Samples>> =>
        this.#asErrand(request, 1, policy, signal, async (each) =>
          succeed(await this.#computeStrip(top, strip, buffer, held, each)),
        );
      return succeed({
        ...shapeOf(root.shape),
        reported: graph.reported,
        strips: this.#strips(top, compute),
      });
    });
  }

  /** What every request goes through: its pictures must be open, its flag is taken and given back, faults are values. */
  async #asErrand<T>(
    { document }: Pick<RenderRequest, 'document'>,
    priority: number,
    policy: CutPolicy,
    signal: AbortSignal | undefined,
    work: (errand: Errand) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    for (const layer of document.layers) {
      if (!this.#sources.has(layer.source)) {
        return fail('not-found', `the picture of layer "${layer.name}" is not open`, 'open it again');
      }
    }
    const flag = this.#pool.flags.take();
    const raise = (): void => this.#pool.flags.raise(flag);
    signal?.addEventListener('abort', raise);
    try {
      if (signal?.aborted === true) throw new Cancelled();
      return await work({ flag, priority, signal, policy });
    } catch (error) {
      if (error instanceof FaultError) return { ok: false, fault: error.fault };
      throw error;
    } finally {
      signal?.removeEventListener('abort', raise);
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
    if (known !== undefined) return rendered(known.raster);
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
    const top = this.#program(node, errand.policy);
    const parts: Looked[] = [];
    const plan = planOf(top, wholeOf(node.shape), this.#tile);
    await this.#runner.each(
      top,
      isStudy(look) ? { ...plan, strips: [wholeOf(node.shape)] } : plan,
      errand,
      (strip) => ({ look, rectangle: strip }),
      (_, looked) => {
        if (looked !== null) parts.push(looked);
      },
    );
    const whole = parts.reduce(combine);
    this.#looked.set(name, whole);
    const [oldest] = this.#looked.keys();
    if (this.#looked.size > MOST_LOOKED) this.#looked.delete(oldest);
    return whole;
  }

  /** The samples of `region` of a program, in shared memory. */
  async #compute(top: Program, region: Rectangle, errand: Errand): Promise<Raster> {
    const raster = this.#share({ ...top.shape, width: region.width, height: region.height });
    await this.#runner.each(top, planOf(top, region, this.#tile), errand, rowsOf(raster, region));
    return raster;
  }

  /** The strips of a program's picture, a few in work at a time, in buffers that are used again and again. */
  async *#strips(
    top: Program,
    compute: (strip: ScheduledStrip, buffer: Raster, held: HeldTiles) => Promise<Result<Samples>>,
  ): AsyncGenerator<Samples, void> {
    const schedule = scheduleStrips(top, this.#tile, this.#strip);
    const height = Math.max(...schedule.map(({ rectangle }) => rectangle.height));
    const buffers: Raster[] = [];
    const held: HeldTiles = new Map();
    const computed = inTurn(schedule, STRIPS_AHEAD, (strip, index) => {
      const buffer = (buffers[index % (STRIPS_AHEAD + 1)] ??= this.#share({ ...top.shape, height }));
      return compute(strip, buffer, held);
    });
    try {
      for await (const strip of computed) {
        if (!strip.ok) throw new FaultError(strip.fault);
        yield strip.value;
      }
    } finally {
      this.#runner.forget(
        top,
        schedule.map(({ plan }) => plan),
      );
    }
  }

  async #computeStrip(
    top: Program,
    { rectangle, plan, lastUsed }: ScheduledStrip,
    buffer: Raster,
    held: HeldTiles,
    errand: Errand,
  ): Promise<Samples> {
    const raster = firstRows(buffer, rectangle.height);
    await this.#runner.run(top, plan, errand, rowsOf(raster, rectangle), undefined, held);
    for (const name of lastUsed) held.delete(name);
    return raster.data;
  }

  #share(shape: Shape): Raster {
    this.#garbage.share(byteLength(shape));
    return createSharedRaster(shape);
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
  if (raster.data.buffer instanceof SharedArrayBuffer && raster.data.byteOffset === 0) return raster;
  const copy = createSharedRaster(raster);
  samplesOver(sharedBuffer(copy), copy.depth, 0, sampleCount(copy)).set(raster.data);
  return copy;
}
