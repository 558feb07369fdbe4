/**
 * The engine renders documents: it builds the graph, takes the measurements that are missing, fuses, plans, and has the workers
 * compute what the cache does not hold. What it answers depends on the request alone, never on workers, tiles or order.
 */

import { availableParallelism, totalmem } from 'node:os';
import type { Document, SourceId } from '../../document/document';
import { fuse } from '../../plan/fuse';
import { graphOf, type Graph } from '../../plan/graph';
import { costOf } from '../../plan/cost';
import { beneath, over } from '../../plan/held';
import { keyOf, type Key } from '../../plan/key';
import { type Look, type Looked, needsWhole, partSeen } from '../../plan/look';
import type { Node } from '../../plan/node';
import { planOf, tileName } from '../../plan/plan';
import { programOf, throughTile, type CutPolicy, type Program } from '../../plan/program';
import { displayNode, halveNode } from '../../plan/source-node';
import { fail, succeed, type Result } from '../../raster/fault';
import {
  byteLength,
  channelsFor,
  colourChannelsOf,
  hasAlpha,
  shapeOf,
  type Raster,
  type Shape,
} from '../../raster/raster';
import { intersect, isEmpty, wholeOf, type Rectangle, type Size } from '../../raster/rectangle';
import type { EngineOptions } from './engine-options';
import { asErrand, NEXT, REST, VISIBLE, type Errand, type ErrandParts } from './errand';
import { rowsAbove } from './first-strips';
import { countsWanted, Looks } from './looks';
import { OpenFiles } from './open-files';
import { pictureStrips } from './picture-strips';
import { PlanRunner } from './plan-runner';
import { SharedRasters } from './shared-rasters';
import { StreamedTiles, type PictureInFile, type StreamParts } from './streamed-tiles';
import { nodeAs } from './node-as';
import type {
  Beneath,
  BeneathRequest,
  LookRequest,
  Rendered,
  RenderedStrips,
  RenderRequest,
} from './render-request';
import { TileCache } from './tile-cache';
import { TouchAhead } from './touch-ahead';
import { Turns } from './turns';
import { WorkerPool } from './worker-pool';
import { workerPath } from './built-file';
import { compileKernels, kernelsFor, startPool } from './kernel-module';

const DEFAULT_TILE: Size = { width: 1024, height: 256 };

/** Samples looked at on this thread: it takes about as long as waking another, which pixels that are pointed at need not wait for. */
const MOST_HERE = 2 ** 17;

const STRIP_BYTES = 2 ** 23;

/** Of reduced pictures of what stays in files: a picture of 500 megapixels, an eighth as wide and high, four times. */
const LASTING_BYTES = 2 ** 27;

function openOr<T>(id: SourceId, picture: T | undefined): T {
  if (picture === undefined) throw new Error(`picture ${id} is not open`);
  return picture;
}

export class Engine {
  readonly #pool: WorkerPool;
  readonly #cache: TileCache;
  readonly #lasting: TileCache;
  readonly #tile: Size;
  readonly #strip: number;
  readonly #fuses: boolean;
  readonly #sources = new Map<SourceId, Raster>();
  readonly #files = new OpenFiles((id) => this.#pool.dropPicture(id));
  readonly #looks = new Looks((node, look, errand) => this.#lookAt(node, look, errand));
  readonly #rasters: SharedRasters;
  readonly #runner: PlanRunner;
  readonly #parts: ErrandParts;
  readonly #ahead: TouchAhead | null;

  constructor(options: EngineOptions) {
    const workers = options.workers ?? Math.min(8, availableParallelism());
    const started = startPool();
    const kernels = kernelsFor(workers, compileKernels(options.kernelsPath), started);
    // Where some thread has no kernels it has no pool either, and nothing may lie there.
    const memory = kernels.includes(null) ? null : started;
    this.#ahead = memory !== null && options.touchesAhead === true ? new TouchAhead(memory) : null;
    this.#pool = new WorkerPool(kernels, options.workerPath ?? workerPath());
    const rasters = new SharedRasters(memory, () => this.#pool.collectGarbage());
    this.#rasters = rasters;
    const tilesWithin = (budget: number): TileCache =>
      new TileCache(
        budget,
        (raster) => rasters.hold(raster),
        (raster) => rasters.letGo(raster),
      );
    const budget = options.memory ?? Math.min(80 * 2 ** 20, totalmem() / 8);
    this.#cache = tilesWithin(budget);
    this.#lasting = tilesWithin(Math.max(budget, LASTING_BYTES));
    this.#tile = options.tile ?? DEFAULT_TILE;
    this.#strip = options.strip ?? STRIP_BYTES;
    this.#fuses = options.fuse ?? true;
    const shared = { pool: this.#pool, cache: this.#cache, rasters };
    const stream: StreamParts = {
      ...shared,
      lasting: this.#lasting,
      file: (id) => openOr(id, this.#files.find(id)),
      tile: this.#tile,
      turns: new Turns(workers + 1),
      making: new Map(),
    };
    this.#runner = new PlanRunner({
      ...shared,
      picture: (id) => openOr(id, this.#sources.get(id)),
      streamed: (errand) => new StreamedTiles(stream, errand),
    });
    this.#parts = {
      flags: this.#pool.flags,
      picture: (id) => (this.#files.has(id) ? null : this.#sources.get(id)),
      letGo: (raster) => rasters.letGo(raster),
      files: this.#files,
    };
  }

  /** A raster for a picture that is going to be opened, where the workers reach it soonest. Contents unknown. */
  readonly createPicture = (shape: Shape): Raster => this.#rasters.createPicture(shape);

  /** Makes an opened picture known; its samples lie in shared memory, best in what `createPicture` gave. */
  addSource(id: SourceId, raster: Raster): void {
    this.#sources.set(id, raster);
    this.#pool.addPicture(id, shapeOf(raster), this.#rasters.placeOf(raster));
    this.#ahead?.expect(byteLength(raster));
  }

  /** Makes a picture known that stays in its file: parts of it are read as they are needed. */
  addFile(id: SourceId, picture: PictureInFile): void {
    this.#files.add(id, picture);
    if (typeof picture.levels !== 'function') this.#pool.addRows(id, picture.shape, picture.levels);
  }

  hasSource(id: SourceId): boolean {
    return this.#sources.has(id) || this.#files.has(id);
  }

  dropSource(id: SourceId): void {
    this.#files.drop(id);
    if (this.#sources.delete(id)) this.#pool.dropPicture(id);
  }

  statistics(): TileCache['statistics'] {
    return this.#cache.statistics;
  }

  /** Drops every kept tile and measurement; for benchmarks, which want to know what work costs. */
  forgetEverything(): void {
    this.#cache.clear();
    this.#lasting.clear();
    this.#looks.clear();
  }

  /** Worker threads. */
  get workers(): number {
    return this.#pool.size;
  }

  close(): Promise<void> {
    this.#ahead?.stop();
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
      this.#render(request, errand, 'given'),
    );
  }

  /**
   * The same for who needs the picture only for a while: what `use` is given is good until its promise is settled, and the memory
   * then serves the next request, which is a great deal faster than memory that is new each time. Answers what `use` answers.
   */
  lend<T>(
    request: RenderRequest,
    use: (rendered: Rendered) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<Result<T>> {
    const policy = { held: request.held ?? null, keep: false };
    return asErrand(this.#parts, request, REST, policy, signal, async (errand) => {
      const rendered = await this.#render(request, errand, 'lent');
      return rendered.ok ? succeed(await use(rendered.value)) : rendered;
    });
  }

  /** Looks at the whole of a document's exact picture. What was seen is remembered by the picture's name. */
  look({ document, look, as, idle = false }: LookRequest, signal?: AbortSignal): Promise<Result<Looked>> {
    const policy = { held: null, keep: false };
    return asErrand(this.#parts, { document, idle }, REST, policy, signal, async (errand) => {
      const graph = await this.#graph({ document, level: 0, exact: true }, errand);
      if (graph.kind === 'fault') return { ok: false, fault: graph.fault };
      return succeed(await this.#looks.look({ node: nodeAs(graph.full, as), look }, errand));
    });
  }

  /** What a look has seen already; null where it is still to be looked for. */
  seen({ document, look, as }: LookRequest, signal?: AbortSignal): Promise<Result<Looked | null>> {
    const policy = { held: null, keep: false };
    return asErrand(this.#parts, { document }, REST, policy, signal, async (errand) => {
      const graph = await this.#graph({ document, level: 0, exact: true }, errand);
      if (graph.kind === 'fault') return { ok: false, fault: graph.fault };
      return succeed(this.#looks.find(nodeAs(graph.full, as), look) ?? null);
    });
  }

  /**
   * The picture of an export, as `render` gives it, in strips from the top down: the whole picture is nowhere. Faults and
   * cancelling as in `render`; what goes wrong later is thrown by the strips, a fault as a `FaultError`.
   */
  strips(document: Document, signal?: AbortSignal): Promise<Result<RenderedStrips>> {
    const request: RenderRequest = { document, level: 0, exact: true, region: null, format: 'export' };
    const policy = { held: null, keep: false };
    return asErrand(this.#parts, request, REST, policy, signal, async (errand) => {
      const graph = await this.#graph(request, errand);
      if (graph.kind === 'fault') return { ok: false, fault: graph.fault };
      const root = await this.#exportNode(graph.full, request, errand);
      const strips = pictureStrips(this.#program(root, policy), {
        runner: this.#runner,
        rasters: this.#rasters,
        tile: this.#tile,
        bytes: this.#strip,
        errand: (work) => asErrand(this.#parts, request, REST, policy, signal, work),
      });
      return succeed({ ...shapeOf(root.shape), key: root.key, reported: graph.reported, strips });
    });
  }

  /**
   * Computes what lies beneath a step at a reduced level; null where the step is not made from one picture alone. Faults and
   * cancelling as in `render`.
   */
  beneath(request: BeneathRequest, signal?: AbortSignal): Promise<Result<Beneath | null>> {
    const { document, step, ahead = false } = request;
    const policy = { held: step, keep: true };
    return asErrand(this.#parts, { document }, ahead ? NEXT : VISIBLE, policy, signal, (errand) =>
      this.#beneath(request, errand),
    );
  }

  async #render(request: RenderRequest, errand: Errand, as: 'given' | 'lent'): Promise<Result<Rendered>> {
    const graph = await this.#graph(request, errand);
    if (graph.kind === 'fault') return { ok: false, fault: graph.fault };
    const picture = request.exact ? halveNode(graph.full, request.level) : graph.root;
    const root = await this.#formatted(picture, request, errand);
    const region = intersect(request.region ?? wholeOf(root.shape), wholeOf(root.shape));
    if (isEmpty(region)) {
      return fail('empty-result', 'the wanted part lies outside the picture', 'choose a part inside it');
    }
    const top = throughTile(this.#program(root, errand.policy));
    const counting = countsWanted(request, top, region) && this.#looks.missingCounts(graph.full);
    const raster = counting
      ? await this.#looks.counting(graph.full, counting, (picture, saw) => {
          const counted = this.#program(displayNode(halveNode(picture, request.level)), errand.policy);
          return this.#compute(counted, region, { ...errand, saw }, as);
        })
      : await this.#compute(top, region, errand, as, request.grown);
    return succeed({ raster, key: keyOf(root.key, region), whole: root.shape, reported: graph.reported });
  }

  #formatted(picture: Node, request: RenderRequest, errand: Errand): Node | Promise<Node> {
    switch (request.format) {
      case 'levels':
        return picture;
      case 'export':
        return this.#exportNode(picture, request, errand);
      case 'display':
        return displayNode(picture);
    }
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
    const known = this.#cache.get(name)?.raster;
    const raster =
      known === undefined ? await this.#compute(top, region, errand, 'given') : this.#rasters.outside(known);
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
    const known = this.#looks.notedIn(used);
    for (;;) {
      const graph = graphOf({ document, level: exact ? 0 : level, known });
      if (graph.kind !== 'missing') return graph;
      for (const missing of graph.missing) await this.#looks.look(missing, errand);
    }
  }

  /** Alpha is kept only where the first picture had it or some pixel of the result is not opaque (OPERATIONS.md 11.1). */
  async #exportNode(picture: Node, { document }: RenderRequest, errand: Errand): Promise<Node> {
    if (!hasAlpha(picture.shape) || hasAlpha(document)) return picture;
    const looked = await this.#looks.look({ node: picture, look: 'opaque' }, errand);
    if (looked.kind !== 'opaque' || !looked.opaque) return picture;
    const shape: Shape = { ...picture.shape, channels: channelsFor(colourChannelsOf(picture.shape), false) };
    return { kind: 'opaque', key: keyOf('opaque', picture.key), shape, step: null, input: picture };
  }

  #program(root: Node, policy: CutPolicy): Program {
    const partsOf = (id: SourceId): Size | null => this.#files.find(id)?.part ?? null;
    const program = programOf(this.#fuses ? fuse(root, policy.held) : root, policy, partsOf);
    // What is read is no work for a worker.
    return program.part === null ? program : throughTile(program);
  }

  /** Makes the whole of a node, or as much as is looked at, and looks at that. */
  async #lookAt(node: Node, look: Look, errand: Errand): Promise<Looked> {
    const top = throughTile(this.#program(node, errand.policy));
    const part = partSeen(look, node.shape);
    const plan = planOf(top, part, this.#tile);
    const looked = await this.#runner.each(
      top,
      needsWhole(look) ? { ...plan, strips: [part] } : plan,
      errand,
      (strip) => ({ look, rectangle: strip }),
    );
    if (looked === null) throw new Error('a look saw nothing');
    return looked;
  }

  /** The samples of `region` of a program, in shared memory: to keep, or until the errand is over. */
  async #compute(
    top: Program,
    region: Rectangle,
    errand: Errand,
    as: 'given' | 'lent',
    grown?: RenderRequest['grown'],
  ): Promise<Raster> {
    const shape = { ...top.shape, width: region.width, height: region.height };
    const raster = as === 'given' ? this.#rasters.create(shape) : this.#rasters.createTile(shape);
    if (as === 'lent') errand.held.push(raster);
    const plan = planOf(top, region, this.#tile);
    if (costOf(top.root, region) <= MOST_HERE)
      await this.#runner.here(top, plan, errand, { raster, rectangle: region });
    else {
      const finished =
        top.streams && grown !== undefined
          ? rowsAbove(plan.strips, (rows) => grown(raster, rows))
          : undefined;
      await this.#runner.each(top, plan, errand, this.#rasters.rowsOf(raster, region), finished);
    }
    return raster;
  }
}

/** Starts worker threads; `close` ends them. */
export function startEngine(options: EngineOptions = {}): Engine {
  return new Engine(options);
}
