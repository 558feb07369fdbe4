/**
 * Pictures on their way from files into the engine. A job's own picture is there for that job alone. Second pictures, which
 * many jobs may share, are opened once and kept until too many others were used since; so are the originals of projects. Of one that is
 * very large there is a copy on the disk meanwhile, of which the engine reads parts: the project is not kept open for that.
 */

import type { Document, Source, SourceId } from '../../document/document';
import { fail, resultOf, succeed, type Fault, type Result } from '../../raster/fault';
import { byteLength, shapeOf } from '../../raster/raster';
import type { Codec, PictureFile } from '../codec/codec';
import { defaultLimits } from '../codec/limits';
import type { DecodedPicture } from '../codec/picture';
import type { Engine } from '../engine/engine';
import { chunksOf, wholeOf } from '../files/bytes-elsewhere';
import { LARGE_FILE, OpenFile, type FilePlace } from '../files/open-file';
import { readOrOpen } from '../files/read-file';
import type { OriginalFile } from '../project/project-file';
import { intoEngine, type OpeningMeans, type Place } from './into-engine';

/** Bytes of second pictures to keep beside those in use. */
const KEPT_BYTES = 256 * 2 ** 20;

/** What is known of a picture beside its pixels, which the engine has. */
export interface OpenPicture extends Omit<DecodedPicture, 'raster'> {
  readonly source: Source;
}

/** The pictures of a project, lent. */
export interface OpenOriginals extends Pick<DecodedPicture, 'metadata' | 'notices'> {
  close(): Promise<void>;
}

interface Shelved {
  readonly opening: Promise<Result<OpenPicture>>;
  users: number;
}

export class Pictures {
  /** By path, or for originals by the hash of the file. */
  private readonly shelf = new Map<string, Shelved>();
  private opened = 0;

  constructor(
    private readonly codec: OpeningMeans['codec'] & Pick<Codec, 'keep'>,
    private readonly engine: Pick<Engine, 'addSource' | 'addFile' | 'dropSource'>,
  ) {}

  /**
   * The picture of a file that is so large that it stays there, for the engine to read parts of it until `drop`; null where the file is
   * to be read and opened as any other. `path` is absolute.
   */
  async openInFile(name: string, path: string, signal: AbortSignal): Promise<Result<OpenPicture | null>> {
    const regions = await this.codec.regions(path, signal);
    if (!regions.ok) return regions;
    if (regions.value === null) return succeed(null);
    const { shape, info, metadata, notices } = regions.value;
    const id = `picture-${this.opened++}`;
    const { format, profile } = info;
    this.engine.addFile(id, regions.value);
    return succeed({ info, metadata, notices, source: { ...shape, id, name, format, profile } });
  }

  /** Decodes a file and hands the picture to the engine, until `drop`. */
  async open(name: string, file: PictureFile, signal: AbortSignal): Promise<Result<OpenPicture>> {
    // Not the hash of the bytes: within one run a number names the picture as well, and costs nothing.
    return this.openAs(`picture-${this.opened++}`, name, file, signal);
  }

  /** The picture of the file at an absolute path: there, where it is so large that it stays there, else decoded; until `drop`. */
  async openAt(name: string, path: string, signal: AbortSignal): Promise<Result<OpenPicture>> {
    const large = await this.openInFile(name, path, signal);
    if (!large.ok) return large;
    if (large.value !== null) return succeed(large.value);
    const content = await readOrOpen(path, defaultLimits.fileBytes, LARGE_FILE);
    if (!content.ok) return content;
    const file = content.value;
    return this.open(name, file, signal).finally(() => (file instanceof OpenFile ? file.close() : undefined));
  }

  private async openAs(
    id: SourceId,
    name: string,
    file: PictureFile,
    signal: AbortSignal,
  ): Promise<Result<OpenPicture>> {
    const decoded = await this.codec.decode(file, { signal });
    if (!decoded.ok) return decoded;
    const { raster, ...known } = decoded.value;
    const { format, profile } = known.info;
    this.engine.addSource(id, raster);
    return succeed({ ...known, source: { ...shapeOf(raster), id, name, format, profile } });
  }

  drop({ source }: OpenPicture): void {
    this.engine.dropSource(source.id);
  }

  /** Lends the second pictures at these absolute paths to `use`. The fault names the file. */
  async withSecond<T>(
    paths: readonly string[],
    signal: AbortSignal,
    use: (sources: ReadonlyMap<string, Source>) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const taken = paths.map((path) => ({
      path,
      shelved: this.take(path, () => this.openAt(path, path, signal)),
    }));
    try {
      const sources = new Map<string, Source>();
      for (const { path, shelved } of taken) {
        const opened = await shelved.opening;
        if (!opened.ok) {
          const { code, message, remedy } = opened.fault;
          return fail(code, `second picture ${path}: ${message}`, remedy);
        }
        sources.set(path, opened.value.source);
      }
      return await use(sources);
    } finally {
      for (const { shelved } of taken) shelved.users -= 1;
      await this.clearShelf();
    }
  }

  /**
   * Lends the originals of a project that its document uses, which lie in the engine under their own ids, until `close`. The fault
   * names the picture.
   */
  async openOriginals(
    { sources, layers }: Document,
    files: ReadonlyMap<SourceId, OriginalFile>,
    signal: AbortSignal,
  ): Promise<Result<OpenOriginals>> {
    const taken: Shelved[] = [];
    const close = async (): Promise<void> => {
      for (const shelved of taken) shelved.users -= 1;
      await this.clearShelf();
    };
    const refuse = async ({ name }: Source, { code, message, remedy }: Fault): Promise<Result<never>> => {
      await close();
      return fail(code, `the original of ${name}: ${message}`, remedy);
    };
    const { checkPicture } = await import('../project/project-file');
    const open = new Map<SourceId, OpenPicture>();
    for (const source of Object.values(sources)) {
      const file = files.get(source.id);
      if (file === undefined) throw new Error(`the project has no file of ${source.id}`);
      const shelved = this.take(source.id, () => this.openOriginal(source.id, file, signal));
      taken.push(shelved);
      const opened = await shelved.opening;
      if (!opened.ok) return refuse(source, opened.fault);
      const checked = checkPicture(source, opened.value.source);
      if (!checked.ok) return refuse(source, checked.fault);
      open.set(source.id, opened.value);
    }
    const lowest = open.get(layers[0].source);
    return succeed({
      metadata: lowest?.metadata ?? {},
      notices: [...open.values()].flatMap(({ source, notices }) =>
        notices.map((each) => `${source.name}: ${each}`),
      ),
      close,
    });
  }

  private async openOriginal(
    id: SourceId,
    { name, bytes }: OriginalFile,
    signal: AbortSignal,
  ): Promise<Result<OpenPicture>> {
    const { codec, engine } = this;
    const inMemory = bytes instanceof Uint8Array;
    // What lies in the project is checked while it is copied out of it.
    const copy = inMemory ? succeed(null) : await this.copied(bytes, signal);
    if (!copy.ok) return copy;
    const content = copy.value === null ? await resultOf(() => wholeOf(bytes)) : succeed(copy.value);
    if (!content.ok) return content;
    const placed = async (): Promise<Result<Place | null>> => (inMemory ? this.copied(bytes, signal) : copy);
    const opened = await intoEngine(id, content.value, placed, { codec, engine, signal });
    if (!opened.ok) return opened;
    const { info, metadata, notices, shape } = opened.value;
    const { format, profile } = info;
    return succeed({ info, metadata, notices, source: { ...shape, id, name, format, profile } });
  }

  /** A file of ours with these bytes, to be read as they are; null where the disk has no room, so that memory may have. */
  private async copied(
    bytes: OriginalFile['bytes'],
    signal: AbortSignal,
  ): Promise<Result<(Place & FilePlace) | null>> {
    const kept = await this.codec.keep(chunksOf(bytes), Infinity, signal);
    if (!kept.ok) return kept.fault.code === 'no-space' ? succeed(null) : kept;
    const { path, size, close } = kept.value;
    return succeed({ path, size, leave: close });
  }

  private take(key: string, open: () => Promise<Result<OpenPicture>>): Shelved {
    const known = this.shelf.get(key);
    const shelved = known ?? { opening: open(), users: 0 };
    shelved.users += 1;
    // The last used are the last in the map.
    this.shelf.delete(key);
    this.shelf.set(key, shelved);
    return shelved;
  }

  /** Drops what is not in use, the least recently used first, until the rest is small enough. */
  private async clearShelf(): Promise<void> {
    let kept = 0;
    for (const [path, shelved] of [...this.shelf].reverse()) {
      if (shelved.users > 0) continue;
      const opened = await shelved.opening.catch(() => null);
      if (opened === null || !opened.ok) {
        this.shelf.delete(path);
        continue;
      }
      kept += byteLength(opened.value.source);
      if (kept <= KEPT_BYTES || shelved.users > 0) continue;
      this.shelf.delete(path);
      this.drop(opened.value);
    }
  }
}
