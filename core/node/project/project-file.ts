/**
 * The project file, `name.burnish`: an OpenRaster archive that other programs open as layers, and in it the whole history and the
 * original bytes of every picture. The document is the replay of its history, so the flat parts are for others and are never read
 * here; a project that was saved small leaves them out, and then Burnish alone can show it.
 *
 * Reading trusts nothing: what is refused is refused in one sentence, without the file's name, which whoever reports it puts
 * in front. Writing gives the same bytes for the same content.
 */

import { current, type Log } from '../../document/log';
import type { SourceId } from '../../document/document';
import { canvasShape } from '../../document/stack-check';
import { fail, FaultError, resultOf, succeed, unwrap, type Result } from '../../raster/fault';
import type { PartsElsewhere } from '../files/bytes-elsewhere';
import { openArchive, type Archive } from './archive-reading';
import { shownName } from './archive-names';
import { archiveChunks, type ArchivePart } from './archive-writing';
import { HISTORY, historyOf, linesFrom, logFrom } from './history';
import { jsonFrom, textOf } from './json-part';
import { defaultProjectLimits, type ProjectLimits } from './limits';
import { META, metaFrom, metaText, migrated } from './meta';
import { MIMETYPE, typePart } from './open-raster';
import { renderedParts, type Rendering } from './rendered-parts';
import { readSources, sourceParts, sourcesOf, type OriginalFile, type SourceFile } from './source-files';

export { checkPicture, sourcesOf } from './source-files';
export type { OriginalFile, SourceFile } from './source-files';
export { renderedCount, type EncodePng, type Render, type Rendering } from './rendered-parts';
export type { ProjectLimits } from './limits';

/** With each original where it lies, or, where nothing is large, in memory. */
export interface ProjectContent<File extends OriginalFile = OriginalFile> {
  readonly log: Log;
  /** The original of every picture that the history ever used. */
  readonly files: ReadonlyMap<SourceId, File>;
}

export interface ReadProject<File extends OriginalFile = OriginalFile> extends ProjectContent<File> {
  /** Where in the archive the originals lie. */
  readonly entries: ReadonlyMap<SourceId, string>;
  /** What the user ought to know, a sentence each. */
  readonly notices: readonly string[];
}

const MIMETYPE_ENTRY = typePart.name;
/** Of a local header, before the name. */
const HEADER = 30;

async function* partsOf(
  { log }: ProjectContent,
  sources: readonly ArchivePart[],
  rendering: Rendering | null,
): AsyncGenerator<ArchivePart, void, undefined> {
  const document = current(log);
  const { text, position } = historyOf(log);
  const { width, height } = unwrap(canvasShape(document));
  yield typePart;
  yield {
    name: META,
    content: metaText({ canvas: { width, height }, position, rendered: rendering !== null }),
  };
  yield { name: HISTORY, content: text };
  if (rendering !== null) yield* renderedParts(document, rendering);
  yield* sources;
}

/**
 * A project's bytes, in chunks, made while they are taken: a layer at a time. Without `rendering` it is saved small: its history and
 * originals alone. Faults: a picture whose original is not at hand. The chunks throw a `FaultError` with what rendering and
 * encoding answer.
 */
export async function writeProject(
  content: ProjectContent,
  rendering: Rendering | null,
): Promise<Result<AsyncIterable<Uint8Array>>> {
  const sources = await sourceParts(content.log, content.files);
  return sources.ok ? succeed(archiveChunks(partsOf(content, sources.value, rendering))) : sources;
}

/**
 * Throws a `FaultError` with these words where the archive does not begin as OpenRaster wants it. `endOfLine`: it may end its line,
 * as some programs do.
 */
export async function checkMimetype(
  archive: Archive,
  message: string,
  remedy: string,
  endOfLine = false,
): Promise<void> {
  const isFirst = archive.names[0] === MIMETYPE_ENTRY && archive.isStored(MIMETYPE_ENTRY);
  const type = isFirst ? unwrap(await archive.read(MIMETYPE_ENTRY, 256)) : new Uint8Array();
  const text = new TextDecoder().decode(type);
  if ((endOfLine ? text.trimEnd() : text) === MIMETYPE) return;
  throw new FaultError(fail('unsupported', message, remedy).fault);
}

async function textPart(archive: Archive, name: string, limits: ProjectLimits): Promise<string> {
  if (!archive.has(name)) {
    throw new FaultError(
      fail('damaged', `${name} is missing from the project`, 'take a copy that is whole').fault,
    );
  }
  return unwrap(textOf(name, unwrap(await archive.read(name, limits.jsonBytes))));
}

/** Files that Burnish did not write and will not keep. */
function strangers(archive: Archive, log: Log): readonly string[] {
  const ids = new Set(sourcesOf(log).keys());
  const ours =
    /^(mimetype|stack\.xml|mergedimage\.png|Thumbnails\/thumbnail\.png|data\/[^/]+\.png|burnish\/(meta\.json|history\.jsonl))$/;
  return archive.names.filter((name) => {
    const id = /^burnish\/sources\/([0-9a-f]{64})\./.exec(name)?.[1];
    return !(ours.test(name) || (id !== undefined && ids.has(id)));
  });
}

function noticesOf(archive: Archive, log: Log): readonly string[] {
  const [first, ...more] = strangers(archive, log);
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return [
    `the project holds files that Burnish does not know and will not keep: ${shownName(first)}${others}`,
  ];
}

/**
 * The project in these bytes, replayed and checked, or why it cannot be read. Where they lie elsewhere its originals do so too, and are
 * checked while they are read, for which the bytes have to stay readable.
 */
export function readProject(
  bytes: Uint8Array,
  limits?: ProjectLimits,
): Promise<Result<ReadProject<SourceFile>>>;
export function readProject(
  bytes: Uint8Array | PartsElsewhere,
  limits?: ProjectLimits,
): Promise<Result<ReadProject>>;
export async function readProject(
  bytes: Uint8Array | PartsElsewhere,
  limits: ProjectLimits = defaultProjectLimits,
): Promise<Result<ReadProject>> {
  return resultOf(async () => {
    const archive = unwrap(await openArchive(bytes, limits));
    await checkMimetype(archive, 'this is not a Burnish project', 'choose a .burnish file');
    const written = unwrap(jsonFrom(META, await textPart(archive, META, limits), limits));
    // The version first: lines of a newer format may be anything.
    unwrap(migrated(written, []));
    const lines = unwrap(linesFrom(await textPart(archive, HISTORY, limits), limits));
    const newest = unwrap(migrated(written, lines));
    const meta = unwrap(metaFrom(newest.meta));
    const log = unwrap(logFrom(newest.history, meta.position));
    const { files, entries } = unwrap(await readSources(archive, log, limits.entryBytes));
    return { log, files, entries, notices: noticesOf(archive, log) };
  });
}

/** What an archive is by its content, however damaged; null for any other file. */
export async function kindOf(content: Uint8Array | PartsElsewhere): Promise<'project' | 'layers' | null> {
  if (content instanceof Uint8Array) {
    if (isProject(content)) return 'project';
    return isOpenRaster(content) ? 'layers' : null;
  }
  const { size, read } = content;
  const first = await read(0, Math.min(size, LOOKED_AT));
  if (first === null || !isOpenRaster(first)) return null;
  // The directory, with all names, is at the end; where that is cut off, ours stand at the beginning too.
  const last = await read(Math.max(0, size - LOOKED_AT), Math.min(size, LOOKED_AT));
  const named = [first, last ?? first].some((part) => Buffer.from(part).includes(META, 0, 'latin1'));
  return named ? 'project' : 'layers';
}

/** Bytes at each end of an archive that lies elsewhere: more than its directory has with as many files as are read. */
const LOOKED_AT = 2 ** 21;

/** Whether these bytes are an OpenRaster file by their beginning: its type, stored. A project is one too. */
export function isOpenRaster(bytes: Uint8Array): boolean {
  const start = typeStart(bytes);
  if (start === null) return false;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.toString('latin1', start, start + MIMETYPE.length) === MIMETYPE;
}

/** Where the content of a stored `mimetype` begins that is the archive's first part; null where there is none. */
function typeStart(bytes: Uint8Array): number | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [method, name, extra] =
    buffer.length < HEADER ? [1, 0, 0] : [8, 26, 28].map((at) => buffer.readUInt16LE(at));
  if (buffer.toString('latin1', 0, 4) !== 'PK\u0003\u0004' || method !== 0) return null;
  if (buffer.toString('latin1', HEADER, HEADER + name) !== MIMETYPE_ENTRY) return null;
  return HEADER + name + extra;
}

/** Whether these bytes are a project by their content, however damaged; a plain OpenRaster file is none. */
export function isProject(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return isOpenRaster(bytes) && buffer.includes(META, typeStart(bytes) ?? 0, 'latin1');
}
