/**
 * OpenRaster files of other programs (Krita, GIMP, MyPaint) as documents: every layer with its picture as it lies in the file, its
 * place, name, visibility, opacity and blend mode. Burnish has no groups. One that only gathers layers is opened as these; one that
 * is composed apart is merged into a layer, so that the picture stays what it was. What could not be kept is told in one sentence.
 */

import type { OpenedLayers, Opening } from '../../document/command';
import { openDocument, openingProblem } from '../../document/commands/document';
import type { Document, DocumentId, Layer, Source, SourceId } from '../../document/document';
import { openLog } from '../../document/log';
import { inOneLine, uniqueName } from '../../document/naming';
import { fail, FaultError, succeed, type Result } from '../../raster/fault';
import { withAlpha } from '../../raster/convert';
import { byteLength, hasAlpha, shapeOf, type Raster } from '../../raster/raster';
import type { Codec, DecodedPicture } from '../codec/codec';
import { defaultLimits } from '../codec/limits';
import type { Engine } from '../engine/engine';
import { wholeOf, type PartsElsewhere } from '../files/bytes-elsewhere';
import { openArchive, type Archive } from './archive-reading';
import { nameProblem, shownName } from './archive-names';
import { textOf } from './json-part';
import { placingSteps } from './layer-placing';
import { defaultProjectLimits, type ProjectLimits } from './limits';
import { FORMAT_NAME, MIMETYPE, STACK } from './open-raster';
import { checkMimetype, type ProjectContent } from './project-file';
import { lookedAt } from './layer-picture';
import type { OriginalFile } from './source-files';
import { readStack, type GroupNode, type LayerNode, type LayerStack, type StackNode } from './stack-reading';

const MOST_XML = 8 * 2 ** 20;
const LIMITS = { nodes: 2_000, depth: 64, pixels: defaultLimits.pixels };

/** What decodes, composes and encodes for it. */
export interface LayerTools {
  readonly codec: Pick<Codec, 'info' | 'decode' | 'encode'>;
  readonly engine: Pick<Engine, 'addSource' | 'dropSource' | 'lend'>;
  readonly newId: () => string;
  readonly signal?: AbortSignal;
}

export interface LayeredFile extends ProjectContent {
  /** What the user ought to know, a sentence each. */
  readonly notices: readonly string[];
}

function unwrap<T>(result: Result<T>, about = ''): T {
  if (result.ok) return result.value;
  const { code, message, remedy } = result.fault;
  throw new FaultError(fail(code, `${about}${message}`, remedy).fault);
}

export interface LayeredStack extends LayerStack {
  readonly archive: Archive;
}

/** The tree of layers, before any picture is decoded. Throws a `FaultError`. */
async function openStack(bytes: Uint8Array | PartsElsewhere, limits: ProjectLimits): Promise<LayeredStack> {
  const archive = unwrap(await openArchive(bytes, limits));
  await checkMimetype(archive, 'this is no OpenRaster file', `its first part has to say ${MIMETYPE}`, true);
  if (!archive.has(STACK)) {
    throw new FaultError(fail('damaged', `${STACK} is missing`, 'take a copy that is whole').fault);
  }
  const text = unwrap(textOf(STACK, unwrap(await archive.read(STACK, MOST_XML))));
  return { ...unwrap(readStack(text, LIMITS)), archive };
}

/** The tree of layers as it stands in the file. */
export async function readLayerStack(
  bytes: Uint8Array | PartsElsewhere,
  limits: ProjectLimits = defaultProjectLimits,
): Promise<Result<LayeredStack>> {
  try {
    return succeed(await openStack(bytes, limits));
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  }
}

/** Whether composing its layers straight onto what lies beneath gives the same picture. */
function onlyGathers({ opacity, mode, isolated, nodes }: GroupNode): boolean {
  if (opacity !== 1 || mode !== 'normal') return false;
  return !isolated || nodes.filter((node) => node.visible).every((node) => node.mode === 'normal');
}

/** Whether anything of it is to be seen where it is itself. */
function shows(node: StackNode): boolean {
  return node.visible && (node.kind === 'layer' || node.nodes.some(shows));
}

class LayeredOpening {
  readonly #stack: LayeredStack;
  readonly #tools: LayerTools;
  readonly #files = new Map<SourceId, OriginalFile>();
  readonly #sources = new Map<SourceId, Source>();
  /** By the name in the archive. */
  readonly #known = new Map<string, Source>();
  readonly #dissolved: string[] = [];
  readonly #merged: string[] = [];
  readonly #plain: string[] = [];
  #bytes = 0;

  constructor(stack: LayeredStack, tools: LayerTools) {
    this.#stack = stack;
    this.#tools = tools;
  }

  async opened(name: string, id: DocumentId): Promise<LayeredFile> {
    const { canvas, nodes } = this.#stack;
    const flat = nodes.flatMap((node) => this.#flattened(node, true));
    if (flat.length === 0) {
      throw new FaultError(fail('empty-result', 'it holds no layers', 'draw one in the other program').fault);
    }
    const layers: Layer[] = [];
    for (const { node, visible } of flat) {
      layers.push(await this.#layer(node, { visible, only: flat.length === 1 }, layers));
    }
    const used = new Set(layers.map((layer) => layer.source));
    const sources = [...this.#sources.values()].filter((source) => used.has(source.id));
    const [lowest] = layers;
    const source = this.#sourceOf(lowest.source);
    const depth = sources.some((each) => each.depth === 16) ? 16 : 8;
    const layered: OpenedLayers = { name, frame: canvas, depth, layers, sources };
    const opening: Opening = {
      type: 'document.open',
      time: Date.now(),
      document: id,
      layer: lowest.id,
      source,
      layered,
    };
    const problem = openingProblem(opening, openDocument(opening));
    if (problem !== null) throw new FaultError(fail('unsupported', problem).fault);
    const files = new Map([...this.#files].filter(([each]) => used.has(each)));
    return { log: openLog(opening), files, notices: this.#notices() };
  }

  #sourceOf(id: SourceId): Source {
    const source = this.#sources.get(id);
    if (source === undefined) throw new Error(`the picture ${id} was not read`);
    return source;
  }

  /** The tree without the groups that only gather. */
  #flattened(node: StackNode, visible: boolean): { readonly node: StackNode; readonly visible: boolean }[] {
    const shown = visible && node.visible;
    if (node.kind === 'layer') return [{ node, visible: shown }];
    if (!onlyGathers(node) && node.nodes.some(shows)) return [{ node, visible: shown }];
    this.#dissolved.push(node.name);
    return node.nodes.flatMap((each) => this.#flattened(each, shown));
  }

  async #layer(
    node: StackNode,
    { visible, only }: { readonly visible: boolean; readonly only: boolean },
    below: readonly Layer[],
  ): Promise<Layer> {
    const { canvas } = this.#stack;
    const id = this.#tools.newId();
    const taken = below.map((layer) => layer.name);
    const wished = inOneLine(node.name) || (node.kind === 'layer' ? 'Layer' : 'Group');
    const { opacity, mode } = node;
    if (node.unknownMode !== null) this.#plain.push(`${shownName(node.name)} (${node.unknownMode})`);
    const facts = { id, name: uniqueName(taken, wished), visible, opacity, mode };
    if (node.kind === 'group') {
      const source = await this.#mergedGroup(node);
      const at = { canvas, layer: source, x: 0, y: 0, only };
      return { ...facts, source: source.id, stack: placingSteps(at, () => this.#tools.newId()) };
    }
    return { ...facts, ...(await this.#placed(node, only)) };
  }

  /** A layer's picture in its place. A margin is transparent only where the picture can be. */
  async #placed(node: LayerNode, only: boolean): Promise<Pick<Layer, 'source' | 'stack'>> {
    const { canvas } = this.#stack;
    const found = await this.#picture(node);
    const at = { canvas, layer: found, x: node.x, y: node.y, only };
    const stack = placingSteps(at, () => this.#tools.newId());
    const source = stack.length === 0 || hasAlpha(found) ? found : await this.#withAlpha(found);
    return { source: source.id, stack };
  }

  /** The picture of a layer, by its header alone. */
  async #picture({ name, picture }: LayerNode): Promise<Source> {
    const known = this.#known.get(picture);
    if (known !== undefined) return known;
    const who = `the layer ${shownName(name)}: `;
    const problem = nameProblem(picture);
    if (problem !== null) {
      throw new FaultError(fail('refused', `${who}the name of its picture ${problem}`).fault);
    }
    const { archive } = this.#stack;
    if (!archive.has(picture)) {
      const missing = `${who}its picture ${shownName(picture)} is missing`;
      throw new FaultError(fail('damaged', missing, 'take a copy that is whole').fault);
    }
    const taken = unwrap(await archive.take(picture, defaultLimits.fileBytes), who);
    const { id, first, content } = unwrap(await lookedAt(taken), who);
    const info = unwrap(await this.#tools.codec.info(first, this.#tools.signal), who);
    const source = this.#keep(picture.split('/').at(-1) ?? picture, id, content, {
      ...shapeOf(info),
      format: info.format,
      profile: info.profile,
    });
    this.#bytes += byteLength(source);
    if (this.#bytes > defaultProjectLimits.totalBytes) {
      const message = 'its layers have more samples than Burnish takes on';
      throw new FaultError(fail('too-large', message, 'merge some of them in the other program').fault);
    }
    this.#known.set(picture, source);
    return source;
  }

  #keep(
    name: string,
    id: SourceId,
    bytes: OriginalFile['bytes'],
    facts: Omit<Source, 'id' | 'name'>,
  ): Source {
    const shown = inOneLine(name).slice(0, 255) || 'layer.png';
    const source: Source = { ...facts, id, name: shown };
    this.#sources.set(id, source);
    this.#files.set(id, { name: shown, bytes });
    return source;
  }

  /** The same picture with alpha. */
  async #withAlpha(source: Source): Promise<Source> {
    const { raster } = await this.#decoded(source.id);
    return this.#encoded(source.name, withAlpha(raster));
  }

  async #decoded(id: SourceId): Promise<DecodedPicture> {
    const { codec, signal } = this.#tools;
    const { bytes } = this.#fileOf(id);
    return unwrap(await codec.decode(await wholeOf(bytes), signal === undefined ? {} : { signal }));
  }

  /** Keeps a picture of our own as a PNG. */
  async #encoded(name: string, raster: Raster): Promise<Source> {
    const { codec, signal } = this.#tools;
    const options = { format: 'png', metadata: 'none', profile: 'none' } as const;
    const png = unwrap(await codec.encode(raster, null, options, signal));
    const { id, content } = unwrap(await lookedAt(png));
    return this.#keep(name, id, content, { ...shapeOf(raster), format: 'PNG', profile: null });
  }

  /** What a group shows, as a picture of the canvas's size. */
  async #mergedGroup(group: GroupNode): Promise<Source> {
    this.#merged.push(group.name);
    const layers: Layer[] = [];
    for (const node of group.nodes.flatMap((each) => this.#flattened(each, true))) {
      if (node.visible) layers.push(await this.#layer(node.node, { visible: true, only: false }, layers));
    }
    const name = `${inOneLine(group.name).slice(0, 200) || 'group'}.png`;
    return this.#composed(name, layers);
  }

  /** Renders these layers on a canvas by themselves and keeps the result. */
  async #composed(name: string, layers: readonly Layer[]): Promise<Source> {
    const { engine, signal } = this.#tools;
    // Under names of their own: the same pictures may be open already, and must then stay.
    const mark = `${this.#tools.newId()}.`;
    const sources: Record<SourceId, Source> = {};
    try {
      for (const id of new Set(layers.map((layer) => layer.source))) {
        const { raster } = await this.#decoded(id);
        engine.addSource(mark + id, raster);
        sources[mark + id] = { ...this.#sourceOf(id), id: mark + id };
      }
      const depth = Object.values(sources).some((each) => each.depth === 16) ? 16 : 8;
      const document: Document = {
        id: mark,
        name,
        depth,
        channels: 4,
        sources,
        frame: this.#stack.canvas,
        layers: layers.map((layer) => ({ ...layer, source: mark + layer.source })),
        canvas: [],
      };
      const request = { document, level: 0, exact: true, region: null, format: 'export' } as const;
      return unwrap(
        await engine.lend(request, ({ raster }) => this.#encoded(name, withAlpha(raster)), signal),
      );
    } finally {
      for (const id of Object.keys(sources)) engine.dropSource(id);
    }
  }

  #fileOf(id: SourceId): OriginalFile {
    const file = this.#files.get(id);
    if (file === undefined) throw new Error(`the picture ${id} was not read`);
    return file;
  }

  /** One sentence with everything that is not as it was. */
  #notices(): readonly string[] {
    const list = (names: readonly string[]): string => {
      const shown = names.slice(0, 5).map((name) => shownName(name || 'Group'));
      return shown.join(', ') + (names.length > 5 ? ` and ${names.length - 5} more` : '');
    };
    const groups = (names: readonly string[]): string =>
      `${names.length === 1 ? 'the group' : 'the groups'} `;
    const parts: string[] = [];
    if (this.#dissolved.length > 0) {
      parts.push(`${groups(this.#dissolved)}${list(this.#dissolved)} opened as single layers`);
    }
    if (this.#merged.length > 0) {
      parts.push(`${groups(this.#merged)}${list(this.#merged)} merged into one layer each`);
    }
    if (this.#plain.length > 0)
      parts.push(`blend modes shown as normal: ${this.#plain.slice(0, 5).join(', ')}`);
    const { others } = this.#stack;
    if (others.length > 0) parts.push(`left out: ${others.slice(0, 5).map(shownName).join(', ')}`);
    return parts.length === 0
      ? []
      : [`not everything of the ${FORMAT_NAME} file was kept: ${parts.join('; ')}`];
  }
}

/**
 * The document that an OpenRaster file opens as, with the files of its layers, or why it cannot be read; the fault leaves out the
 * file's name. Where its bytes lie elsewhere the layers' do so too, for which they have to stay readable; only what has to be changed
 * (a group that is merged, a layer that needs alpha) is decoded here. Rejects with `Cancelled` where the signal was aborted.
 */
export async function openLayered(
  name: string,
  bytes: Uint8Array | PartsElsewhere,
  tools: LayerTools,
  limits: ProjectLimits = defaultProjectLimits,
): Promise<Result<LayeredFile>> {
  try {
    const stack = await openStack(bytes, limits);
    return succeed(await new LayeredOpening(stack, tools).opened(name, tools.newId()));
  } catch (error) {
    if (error instanceof FaultError) return { ok: false, fault: error.fault };
    throw error;
  }
}
