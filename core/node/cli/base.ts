/**
 * What the steps of a command are carried out on: a picture, or the document of a project, on whose canvas they come last. A
 * project gives what it shows, so `apply` takes it wherever it takes a picture.
 */

import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Document, Source, Step } from '../../document/document';
import { current, type Log } from '../../document/log';
import { stepsFromRecipe } from '../../document/recipe';
import { fail, succeed, type Result } from '../../raster/fault';
import type { Codec } from '../codec/codec';
import type { PictureMetadata } from '../codec/picture';
import { documentOf } from '../jobs/edited';
import type { LayerTools } from '../project/layered-file';
import type { ProjectContent } from '../project/project-file';
import type { OpenPicture, Pictures } from '../jobs/pictures';
import type { Input } from './inputs';

export interface Base {
  /** By the file's content, "PNG" or "Burnish project". */
  readonly format: string;
  /** What an export may carry on. */
  readonly metadata: PictureMetadata;
  readonly notices: readonly string[];
  /** Of a project or a layered picture; null for a plain picture. */
  readonly log: Log | null;
  /** The document with these steps on top; their second pictures are given by path. */
  with(steps: readonly Step[], seconds: ReadonlyMap<string, Source>): Document;
  /** Gives its pictures back. */
  close(): Promise<void>;
}

/** What opens pictures and layers. */
export interface BaseTools extends Pick<LayerTools, 'engine'> {
  readonly codec: LayerTools['codec'] & Pick<Codec, 'encodeToFile'>;
  readonly pictures: Pictures;
}

export const PROJECT_FORMAT = 'Burnish project';

export const notAProject = fail(
  'unsupported',
  'is no Burnish project and no OpenRaster file',
  'burnish apply takes pictures',
);

/** `PK`, with which archives begin. */
const ARCHIVE = [0x50, 0x4b];

function onCanvas(
  document: Document,
  steps: readonly Step[],
  seconds: ReadonlyMap<string, Source>,
): Document {
  const more = Object.fromEntries([...seconds.values()].map((each) => [each.id, each]));
  // No id in a document has a dot, so these are new there.
  const ids = steps.map((step) => `more.${step.id}`);
  const added = stepsFromRecipe({ operations: steps }, ids, (path) => seconds.get(path)?.id ?? path);
  const canvas = [...document.canvas, ...added];
  return { ...document, sources: { ...document.sources, ...more }, canvas };
}

async function layeredBase(
  format: string,
  read: Result<ProjectContent & { readonly notices: readonly string[] }>,
  pictures: Pictures,
  signal: AbortSignal,
): Promise<Result<Base>> {
  if (!read.ok) return read;
  const { log, files } = read.value;
  const document = current(log);
  const originals = await pictures.openOriginals(document, files, signal);
  if (!originals.ok) return originals;
  const { metadata, notices, close } = originals.value;
  return succeed({
    format,
    log,
    metadata,
    notices: [...read.value.notices, ...notices],
    with: (steps, seconds) => onCanvas(document, steps, seconds),
    close,
  });
}

/** Projects and layered pictures are archives, and nothing else needs what reads archives; null for other files. */
async function openArchive(
  name: string,
  bytes: Uint8Array,
  tools: BaseTools,
  signal: AbortSignal,
): Promise<Result<Base> | null> {
  if (bytes[0] !== ARCHIVE[0] || bytes[1] !== ARCHIVE[1]) return null;
  const { isOpenRaster, isProject, readProject } = await import('../project/project-file');
  if (isProject(bytes)) return layeredBase(PROJECT_FORMAT, await readProject(bytes), tools.pictures, signal);
  if (!isOpenRaster(bytes)) return null;
  const [{ openLayered }, { FORMAT_NAME }] = await Promise.all([
    import('../project/layered-file'),
    import('../project/open-raster'),
  ]);
  const read = await openLayered(basename(name), bytes, { ...tools, newId: randomUUID, signal });
  return layeredBase(FORMAT_NAME, read, tools.pictures, signal);
}

function pictureBase(picture: OpenPicture, pictures: Pictures): Base {
  const { source, info, metadata, notices } = picture;
  return {
    format: info.format,
    log: null,
    metadata,
    notices,
    with: (steps, seconds) => documentOf(source, steps, seconds),
    close: async () => pictures.drop(picture),
  };
}

/** Opens a picture that is so large that it stays in its file; null where the file has to be read. */
export async function openLargeBase(
  { name, path }: Input,
  pictures: Pictures,
  signal: AbortSignal,
): Promise<Result<Base | null>> {
  const opened = path === null ? succeed(null) : await pictures.openInFile(name, path, signal);
  if (!opened.ok) return opened;
  return succeed(opened.value === null ? null : pictureBase(opened.value, pictures));
}

/** Opens a picture, a project or a layered picture; where only projects will do, one of the last two. */
export async function openBase(
  name: string,
  bytes: Uint8Array,
  onlyProject: boolean,
  tools: BaseTools,
  signal: AbortSignal,
): Promise<Result<Base>> {
  const { pictures } = tools;
  const layered = await openArchive(name, bytes, tools, signal);
  if (layered !== null) return layered;
  if (onlyProject) return notAProject;
  const opened = await pictures.open(name, bytes, signal);
  return opened.ok ? succeed(pictureBase(opened.value, pictures)) : opened;
}
