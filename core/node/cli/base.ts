/**
 * What the steps of a command are carried out on: a picture, or the document of a project, on whose canvas they come last. A
 * project gives what it shows, so `apply` takes it wherever it takes a picture.
 */

import type { Document, Source, Step } from '../../document/document';
import { current } from '../../document/log';
import { stepsFromRecipe } from '../../document/recipe';
import { fail, succeed, type Result } from '../../raster/fault';
import type { PictureMetadata } from '../codec/picture';
import { documentOf } from '../jobs/edited';
import type { Pictures } from '../jobs/pictures';

export interface Base {
  /** By the file's content, "PNG" or "Burnish project". */
  readonly format: string;
  /** What an export may carry on. */
  readonly metadata: PictureMetadata;
  readonly notices: readonly string[];
  /** The document with these steps on top; their second pictures are given by path. */
  with(steps: readonly Step[], seconds: ReadonlyMap<string, Source>): Document;
  /** Gives its pictures back. */
  close(): Promise<void>;
}

export const PROJECT_FORMAT = 'Burnish project';

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

/** A project is an archive, and nothing else needs what reads archives. */
async function projectBase(
  bytes: Uint8Array,
  pictures: Pictures,
  signal: AbortSignal,
): Promise<Result<Base> | null> {
  if (bytes[0] !== ARCHIVE[0] || bytes[1] !== ARCHIVE[1]) return null;
  const { isProject, readProject } = await import('../project/project-file');
  if (!isProject(bytes)) return null;
  const project = await readProject(bytes);
  if (!project.ok) return project;
  const document = current(project.value.log);
  const originals = await pictures.openOriginals(document, project.value.files, signal);
  if (!originals.ok) return originals;
  const { metadata, notices, close } = originals.value;
  return succeed({
    format: PROJECT_FORMAT,
    metadata,
    notices: [...project.value.notices, ...notices],
    with: (steps, seconds) => onCanvas(document, steps, seconds),
    close,
  });
}

/** Opens a picture or a project, or, where only projects will do, a project. */
export async function openBase(
  name: string,
  bytes: Uint8Array,
  onlyProject: boolean,
  pictures: Pictures,
  signal: AbortSignal,
): Promise<Result<Base>> {
  const project = await projectBase(bytes, pictures, signal);
  if (project !== null) return project;
  if (onlyProject) {
    return fail('unsupported', 'is not a Burnish project', 'burnish apply takes pictures');
  }
  const opened = await pictures.open(name, bytes, signal);
  if (!opened.ok) return opened;
  const { source, info, metadata, notices } = opened.value;
  return succeed({
    format: info.format,
    metadata,
    notices,
    with: (steps, seconds) => documentOf(source, steps, seconds),
    close: async () => pictures.drop(opened.value),
  });
}
