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
import { LARGE_FILE } from '../files/open-file';
import { readOrOpen } from '../files/read-file';
import { kindOf, readProject } from '../project/project-file';
import { Pictures } from '../jobs/pictures';
import { carriedOut } from './carried-out';
import { closeContent, codecLimits, type InputContent, type Thresholds } from './input-content';

export interface ProjectAt {
  /** As the command names it. */
  readonly name: string;
  /** Whoever looked for it closes it. */
  readonly content: InputContent;
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
export async function findProjectAt(
  name: string,
  { largeBytes = LARGE_FILE }: Thresholds,
): Promise<ProjectAt | null> {
  const found = await readOrOpen(resolve(name), defaultLimits.fileBytes, largeBytes);
  if (!found.ok) {
    if (!name.toLowerCase().endsWith('.burnish')) return null;
    return of(name, found);
  }
  const content = found.value;
  if ((await kindOf(content)) === 'project') return { name, content };
  await closeContent(content);
  return null;
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

export interface ProjectWish {
  /** The picture that takes the place of the lowest layer's. */
  readonly input: string | undefined;
  /** Whether the picture itself is wanted, to hold the script against it. */
  readonly verify: boolean;
  readonly signal: AbortSignal;
  readonly thresholds: Thresholds;
}

/**
 * Carries the edit out, keeps what its steps reported, and lends `use` that and, where it is wanted, the picture. Throws a
 * `FaultError` that begins with the file's name.
 */
export async function withProject<T>(
  { name, content }: ProjectAt,
  { input, verify, signal, thresholds }: ProjectWish,
  use: (prepared: PreparedProject, raster: Raster | null, codec: Codec) => Promise<T>,
): Promise<T> {
  const { log, files, entries } = of(name, await readProject(content));
  const engine = startEngine();
  const codec = startCodec({ createRaster: engine.createPicture, limits: codecLimits(thresholds) });
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
      const { source } = of(input, await pictures.openAt(input, path, signal));
      document = withInput(document, source);
      inputs[source.id] = path;
    }
    const { raster, reported } = of(input ?? name, await carriedOut(engine, document, verify, signal));
    return await use({ document, inputs, reported }, raster, codec);
  } finally {
    await Promise.all([codec.close(), engine.close()]);
  }
}
