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
import { defaultLimits } from '../codec/limits';
import type { PictureMetadata } from '../codec/picture';
import { documentOf } from '../jobs/edited';
import type { LayerTools } from '../project/layered-file';
import type { ProjectContent } from '../project/project-file';
import type { OpenPicture, Pictures } from '../jobs/pictures';
import { readerOver } from '../files/bytes-elsewhere';
import { LARGE_FILE } from '../files/open-file';
import { readOrPass } from '../files/read-file';
import { closeContent, contentOf, type InputContent, type Thresholds } from './input-content';
import type { Input } from './inputs';
import type { Terminal } from './terminal';

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

/** What opens pictures and layers, and where they come from. */
export interface InputTools extends Pick<LayerTools, 'engine'> {
  readonly codec: LayerTools['codec'] & Pick<Codec, 'encodeToFile' | 'keep'>;
  readonly pictures: Pictures;
  readonly terminal: Pick<Terminal, 'stdin'>;
  readonly signal: AbortSignal;
  readonly thresholds?: Thresholds;
}

export const PROJECT_FORMAT = 'Burnish project';

export const notAProject = fail(
  'unsupported',
  'is no Burnish project and no OpenRaster file',
  'burnish apply takes pictures',
);

/** With which archives begin. */
const ARCHIVE = 'PK';

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

async function isArchive(content: InputContent): Promise<boolean> {
  const read = content instanceof Uint8Array ? readerOver(content) : content.read;
  const first = await read(0, ARCHIVE.length);
  return first !== null && Buffer.from(first).toString('latin1') === ARCHIVE;
}

/** Projects and layered pictures are archives, and nothing else needs what reads archives; null for other files. */
async function openArchive(
  name: string,
  content: InputContent,
  tools: InputTools,
): Promise<Result<Base> | null> {
  const { pictures, signal } = tools;
  if (!(await isArchive(content))) return null;
  const { kindOf, readProject } = await import('../project/project-file');
  const kind = await kindOf(content);
  if (kind === null) return null;
  if (kind === 'project') return layeredBase(PROJECT_FORMAT, await readProject(content), pictures, signal);
  const [{ openLayered }, { FORMAT_NAME }] = await Promise.all([
    import('../project/layered-file'),
    import('../project/open-raster'),
  ]);
  const read = await openLayered(basename(name), content, { ...tools, newId: randomUUID });
  return layeredBase(FORMAT_NAME, read, pictures, signal);
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

/** An input that is there. Either `open` is called, once, or `close`. */
export interface FoundInput {
  /** Opens a picture, a project or a layered picture; where only projects will do, one of the last two. */
  open(onlyProject: boolean): Promise<Result<Base>>;
  close(): Promise<void>;
}

/** Looks for an input; what keeps it from being read is told before anything of it is decoded. The fault does not name it. */
export async function findInput({ name, path }: Input, tools: InputTools): Promise<Result<FoundInput>> {
  if (path !== null) return findFile(name, path, tools);
  const { codec, signal, terminal, thresholds } = tools;
  const came = await readOrPass(
    terminal.stdin,
    defaultLimits.fileBytes,
    thresholds?.largeBytes ?? LARGE_FILE,
    (pieces) => codec.keep(pieces, Infinity, signal),
  );
  if (!came.ok) return came;
  const content = came.value;
  if (content instanceof Uint8Array) return succeed(inputWith(name, content, tools));
  const found = await findFile(name, content.path, tools);
  if (found.ok) return succeed(untilClosed(found.value, () => content.close()));
  content.close();
  return found;
}

/** The same input of a file that nobody needs once the input is closed. */
function untilClosed(input: FoundInput, leave: () => void): FoundInput {
  return {
    open: async (onlyProject) => {
      const opened = await input.open(onlyProject);
      if (opened.ok) return succeed({ ...opened.value, close: () => opened.value.close().finally(leave) });
      leave();
      return opened;
    },
    close: () => input.close().finally(leave),
  };
}

async function findFile(name: string, path: string, tools: InputTools): Promise<Result<FoundInput>> {
  const { pictures, signal } = tools;
  const large = await pictures.openInFile(name, path, signal);
  if (!large.ok) return large;
  if (large.value !== null) {
    const base = pictureBase(large.value, pictures);
    const refuse = async (): Promise<Result<Base>> => base.close().then(() => notAProject);
    return succeed({
      open: (onlyProject) => (onlyProject ? refuse() : Promise.resolve(succeed(base))),
      close: () => base.close(),
    });
  }
  const found = await contentOf({ path }, tools.terminal, tools.thresholds);
  return found.ok ? succeed(inputWith(name, found.value, tools)) : found;
}

function inputWith(name: string, content: InputContent, tools: InputTools): FoundInput {
  const close = (): Promise<void> => closeContent(content);
  return { open: (onlyProject) => openContent(name, content, onlyProject, tools).finally(close), close };
}

async function openContent(
  name: string,
  content: InputContent,
  onlyProject: boolean,
  tools: InputTools,
): Promise<Result<Base>> {
  const { pictures, signal } = tools;
  const layered = await openArchive(name, content, tools);
  if (layered !== null) return layered;
  if (onlyProject) return notAProject;
  const opened = await pictures.open(name, content, signal);
  return opened.ok ? succeed(pictureBase(opened.value, pictures)) : opened;
}
