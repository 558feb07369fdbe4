/**
 * The script of a project: it reads the originals out of the project file itself, which is a zip archive, so the two together are
 * the whole edit. Another picture can take the place of the lowest layer's.
 */

import { resolve } from 'node:path';
import type { ScriptOptions } from '../../derive/python/script';
import type { Document, Source } from '../../document/document';
import { current } from '../../document/log';
import { fail, FaultError, type Result } from '../../raster/fault';
import type { Raster } from '../../raster/raster';
import { startCodec, type Codec } from '../codec/codec';
import { defaultLimits } from '../codec/limits';
import { startEngine } from '../engine/engine';
import { readWholeFile } from '../files/read-file';
import { isProject, readProject } from '../project/project-file';
import { Pictures } from '../jobs/pictures';

export interface ProjectAt {
  /** As the command names it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface PreparedProject extends ScriptOptions {
  readonly document: Document;
}

/** The value; throws a `FaultError` that begins with the file's name. */
function of<T>(file: string, result: Result<T>): T {
  if (result.ok) return result.value;
  const { code, message, remedy } = result.fault;
  throw new FaultError(fail(code, `${file}: ${message}`, remedy).fault);
}

/**
 * The project of that name; null where it is something else. Throws a `FaultError` where a file that must be one by its name
 * cannot be read.
 */
export async function readProjectAt(name: string): Promise<ProjectAt | null> {
  const read = await readWholeFile(resolve(name), defaultLimits.fileBytes);
  if (!read.ok) {
    if (!name.toLowerCase().endsWith('.burnish')) return null;
    of(name, read);
  }
  return read.ok && isProject(read.value) ? { name, bytes: read.value } : null;
}

/** The document with another picture in the lowest layer, and in every layer that shows the same. */
function withInput(document: Document, input: Source): Document {
  const replaced = document.layers[0].source;
  return {
    ...document,
    sources: { ...document.sources, [input.id]: input },
    layers: document.layers.map((layer) =>
      layer.source === replaced ? { ...layer, source: input.id } : layer,
    ),
  };
}

/**
 * Carries the edit out, keeps what its steps reported, and lends `use` that and the picture. Throws a `FaultError` that begins with
 * the file's name.
 */
export async function withProject<T>(
  { name, bytes }: ProjectAt,
  input: string | undefined,
  signal: AbortSignal,
  use: (prepared: PreparedProject, raster: Raster, codec: Codec) => Promise<T>,
): Promise<T> {
  const { log, files, entries } = of(name, await readProject(bytes));
  const engine = startEngine();
  const codec = startCodec({ createRaster: engine.createPicture });
  const pictures = new Pictures(codec, engine);
  try {
    let document = current(log);
    of(name, await pictures.openOriginals(document, files, signal));
    const archive = resolve(name);
    const inputs = Object.fromEntries(
      [...entries].map(([id, entry]): readonly [string, ScriptOptions['inputs'][string]] => [
        id,
        { archive, entry },
      ]),
    );
    if (input !== undefined) {
      const path = resolve(input);
      const read = of(input, await readWholeFile(path, defaultLimits.fileBytes));
      const { source } = of(input, await pictures.open(input, read, signal));
      document = withInput(document, source);
      inputs[source.id] = path;
    }
    const request = { document, level: 0, exact: true, region: null, format: 'export' } as const;
    const { raster, reported } = of(input ?? name, await engine.render(request, signal));
    return await use({ document, inputs, reported }, raster, codec);
  } finally {
    await Promise.all([codec.close(), engine.close()]);
  }
}
