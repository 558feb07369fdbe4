/**
 * `burnish/sources/SHA256.EXT`: the original bytes of every picture that the history ever used, never encoded anew. A file is
 * named by the hash of its bytes, so that it can be checked, and a picture that is used twice is there once; what it was called is
 * in the history.
 */

import { createHash } from 'node:crypto';
import type { Source, SourceId } from '../../document/document';
import type { Log } from '../../document/log';
import { fail, FaultError, succeed, type Fault, type Result } from '../../raster/fault';
import { sameShape, type Shape } from '../../raster/raster';
import type { ReadFormat } from '../codec/format';
import { chunksOf, type BytesElsewhere } from '../files/bytes-elsewhere';
import type { Archive } from './archive-reading';
import type { ArchivePart } from './archive-writing';
import { shownName } from './archive-names';

/** An original where it lies: in memory or elsewhere. */
export interface OriginalFile {
  readonly name: string;
  readonly bytes: Uint8Array | BytesElsewhere;
}

/** An original in memory. */
export interface SourceFile extends OriginalFile {
  readonly bytes: Uint8Array;
}

const FOLDER = 'burnish/sources/';
const NAME = /^burnish\/sources\/([0-9a-f]{64})\.[a-z0-9]{1,8}$/;

const ENDINGS: Readonly<Record<ReadFormat, string>> = {
  JPEG: 'jpg',
  PNG: 'png',
  WebP: 'webp',
  TIFF: 'tif',
  AVIF: 'avif',
  GIF: 'gif',
  SVG: 'svg',
};

const endings: ReadonlyMap<string, string> = new Map(Object.entries(ENDINGS));

/** The name of a picture's file in the archive; its ending is that of its content, whatever the file was called. */
export function sourceEntry({ id, format }: Source): string {
  return `${FOLDER}${id}.${endings.get(format) ?? 'bin'}`;
}

/** Every picture that some entry of the log brought along, by the first that did. */
export function sourcesOf({ entries }: Log): ReadonlyMap<SourceId, Source> {
  const sources = new Map<SourceId, Source>();
  for (const { command } of entries) {
    const single = 'source' in command && command.source !== undefined ? [command.source] : [];
    const several = 'sources' in command ? command.sources : [];
    const opened = 'layered' in command ? (command.layered?.sources ?? []) : [];
    for (const source of [...single, ...several, ...opened]) {
      if (!sources.has(source.id)) sources.set(source.id, source);
    }
  }
  return sources;
}

async function hashOf(content: OriginalFile['bytes']): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(content)) hash.update(chunk);
  return hash.digest('hex');
}

function notAtHand(name: string): Result<never> {
  return fail('not-found', `the original file of ${name} is not at hand`, 'open it again');
}

/** The parts of all pictures of the log. The fault names a picture whose file is not at hand. */
export async function sourceParts(
  log: Log,
  files: ReadonlyMap<SourceId, OriginalFile>,
): Promise<Result<readonly ArchivePart[]>> {
  const parts: ArchivePart[] = [];
  for (const source of sourcesOf(log).values()) {
    const { id, name } = source;
    const file = files.get(id);
    if (file === undefined) return notAtHand(name);
    const hash = await hashOf(file.bytes).catch(() => null);
    if (hash === null) return notAtHand(name);
    if (hash !== id) throw new Error(`the bytes of ${name} are not those of ${id}`);
    parts.push({ name: sourceEntry(source), content: file.bytes });
  }
  // By name, so that the order in which pictures came does not matter.
  return succeed(parts.sort((a, b) => (a.name < b.name ? -1 : 1)));
}

/** Whether a picture, decoded, is what the history says of it: its steps were checked against that. The fault does not name it. */
export function checkPicture(source: Source, decoded: Shape): Result<void> {
  if (sameShape(source, decoded)) return succeed(undefined);
  const inWords = ({ width, height, channels, depth }: Shape): string =>
    `${width} × ${height}, ${channels} channels, ${depth} bit`;
  const message = `it is ${inWords(decoded)}, where the history says ${inWords(source)}`;
  return fail('damaged', message, 'take a copy that is whole');
}

/** The originals of a project, and the names of their files in the archive. */
export interface SourceFiles {
  readonly files: ReadonlyMap<SourceId, OriginalFile>;
  readonly entries: ReadonlyMap<SourceId, string>;
}

/** The same pieces, which are those of the picture that the history knows by this hash, or the last of them throws. */
export async function* checkedPieces(
  pieces: AsyncIterable<Uint8Array>,
  id: SourceId,
  damaged: Fault,
): AsyncGenerator<Uint8Array, void> {
  const hash = createHash('sha256');
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
  if (hash.digest('hex') !== id) throw new FaultError(damaged);
}

/**
 * The files of all pictures of the log, each checked against its name: at once where the archive is in memory, else while it is
 * read.
 */
export async function readSources(archive: Archive, log: Log, most: number): Promise<Result<SourceFiles>> {
  const entries = new Map<SourceId, string>();
  for (const name of archive.names) {
    const id = NAME.exec(name)?.[1];
    if (id === undefined) continue;
    if (entries.has(id)) return fail('refused', `${shownName(name)} is in the archive under two endings`);
    entries.set(id, name);
  }
  const files = new Map<SourceId, OriginalFile>();
  for (const { id, name } of sourcesOf(log).values()) {
    const entry = entries.get(id);
    if (entry === undefined) {
      return fail(
        'damaged',
        `the original of ${shownName(name)} is missing (${FOLDER}${id})`,
        'take a copy that is whole',
      );
    }
    const bytes = await archive.take(entry, most);
    if (!bytes.ok) return bytes;
    const damaged = fail(
      'damaged',
      `the original of ${shownName(name)} is not the file that was opened (${entry})`,
      'take a copy that is whole',
    );
    if (bytes.value instanceof Uint8Array) {
      if ((await hashOf(bytes.value)) !== id) return damaged;
      files.set(id, { name, bytes: bytes.value });
    } else {
      const { size, chunks } = bytes.value;
      files.set(id, { name, bytes: { size, chunks: () => checkedPieces(chunks(), id, damaged.fault) } });
    }
  }
  return succeed({ files, entries });
}
