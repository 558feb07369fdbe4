/**
 * Pictures on their way from files into the engine. A job's own picture is there for that job alone. Second pictures, which
 * many jobs may share, are opened once and kept until too many others were used since.
 */

import type { Source, SourceId } from '../../document/document';
import { fail, succeed, type Result } from '../../raster/fault';
import { byteLength, shapeOf } from '../../raster/raster';
import type { Codec } from '../codec/codec';
import { defaultLimits } from '../codec/limits';
import type { DecodedPicture } from '../codec/picture';
import type { Engine } from '../engine/engine';
import { readWholeFile } from '../files/read-file';

/** Bytes of second pictures to keep beside those in use. */
const KEPT_BYTES = 256 * 2 ** 20;

/** What is known of a picture beside its pixels, which the engine has. */
export interface OpenPicture extends Omit<DecodedPicture, 'raster'> {
  readonly source: Source;
}

interface Shelved {
  readonly opening: Promise<Result<OpenPicture>>;
  users: number;
}

export class Pictures {
  private readonly shelf = new Map<string, Shelved>();
  private opened = 0;

  constructor(
    private readonly codec: Pick<Codec, 'decode'>,
    private readonly engine: Pick<Engine, 'addSource' | 'dropSource'>,
  ) {}

  /** Decodes a file's bytes and hands the picture to the engine, until `drop`. */
  async open(name: string, bytes: Uint8Array, signal: AbortSignal): Promise<Result<OpenPicture>> {
    const decoded = await this.codec.decode(bytes, { signal });
    if (!decoded.ok) return decoded;
    const { raster, ...known } = decoded.value;
    const { format, profile } = known.info;
    // Not the hash of the bytes: within one run a number names the picture as well, and costs nothing.
    const id: SourceId = `picture-${this.opened++}`;
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
    const taken = paths.map((path) => ({ path, shelved: this.take(path, signal) }));
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

  private take(path: string, signal: AbortSignal): Shelved {
    const known = this.shelf.get(path);
    const shelved = known ?? { opening: this.read(path, signal), users: 0 };
    shelved.users += 1;
    // The last used are the last in the map.
    this.shelf.delete(path);
    this.shelf.set(path, shelved);
    return shelved;
  }

  private async read(path: string, signal: AbortSignal): Promise<Result<OpenPicture>> {
    const bytes = await readWholeFile(path, defaultLimits.fileBytes);
    return bytes.ok ? this.open(path, bytes.value, signal) : bytes;
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
