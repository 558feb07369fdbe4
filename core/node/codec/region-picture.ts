/**
 * A picture that stays in a file, as this process knows it: what the header says, and a way to have any part of it. The engine asks
 * for parts as it needs them (core/node/engine), so nobody ever holds all of it. Where the file's form allows for it the
 * parts are decoded out of the file itself; the pictures of all others are decoded once, from end to end, into a file of plain
 * rows on the disk.
 */

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { FaultError, succeed, type Result } from '../../raster/fault';
import { byteLength, sameShape, type Raster, type Shape } from '../../raster/raster';
import type { Rectangle, Size } from '../../raster/rectangle';
import type { ReadAt } from '../files/bytes-elsewhere';
import { readerOf } from '../files/open-file';
import { isInherited } from '../files/read-file';
import { systemCode } from '../files/system-fault';
import { checked, crashedFault, type Outcome } from './codec-process';
import { headerSize } from './header-size';
import {
  answerSchemas,
  cutBlocks,
  type BlockLengths,
  type FileStamp,
  type Job,
  type ReadLimits,
} from './messages';
import type { DecodedPicture, PictureInfo, PictureMetadata } from './picture';
import type { Workspace } from './workspace';

/** Levels as plain rows in a file, in the machine's byte order. */
export interface PlainRows {
  readonly path: string;
  /** Bytes before the first. */
  readonly offset: number;
}

/**
 * Fills `raster` with the levels of `part`, which lies inside the picture and has the raster's size. Throws a `FaultError` where
 * the file has changed or is damaged there, and `Cancelled` where the signal aborts.
 */
export type ReadPart = (part: Rectangle, raster: Raster, signal?: AbortSignal) => Promise<void>;

export interface RegionPicture extends Omit<DecodedPicture, 'raster'> {
  readonly shape: Shape;
  /** Bytes of the file. */
  readonly fileBytes: number;
  /** The size of the parts in which it is best read, side by side from the top left corner. */
  readonly part: Size;
  readonly levels: ReadPart | PlainRows;
  /** Nobody needs it any more. */
  close(): void;
}

export interface RegionMeans {
  readonly workspace: Workspace;
  readonly limits: ReadLimits;
  /** Pixels from which on a picture stays in its file. */
  readonly least: number;
  readonly run: (job: Job, signal?: AbortSignal) => Promise<Outcome>;
  /** Does something with files of these names and removes them afterwards. */
  readonly inWorkspace: <T>(files: readonly string[], work: () => Promise<Result<T>>) => Promise<Result<T>>;
}

/** Null where the picture is smaller, or has to be decoded into memory. */
export async function openRegions(
  path: string,
  means: RegionMeans,
  signal?: AbortSignal,
): Promise<Result<RegionPicture | null>> {
  if (!(await fileMayStay(path, means.least))) return succeed(null);
  const inFile = await openInFile(path, means, signal);
  return !inFile.ok || inFile.value !== null ? inFile : openSpooled(path, means, signal);
}

/** Whether a file says that it holds a picture of at least so many pixels; so no child is asked of the many that do not. */
export async function mayStay(read: ReadAt, least: number): Promise<boolean> {
  const size = await headerSize(read);
  return size !== null && size.width * size.height >= least;
}

/** What is not there, or no file, is for others to tell; what a child would not find by its path it is not asked about. */
async function fileMayStay(path: string, least: number): Promise<boolean> {
  if (isInherited(path)) return false;
  try {
    // Not waiting for a writer is all that O_NONBLOCK does here.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const entry = await file.stat();
      return entry.isFile() && (await mayStay(readerOf(file, entry.size), least));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

async function metadataFrom(
  workspace: Workspace,
  blocks: string,
  lengths: BlockLengths,
  { density }: PictureInfo,
): Promise<PictureMetadata> {
  const cut = cutBlocks(await workspace.read(blocks), lengths);
  return { ...cut, ...(density === undefined ? {} : { density }) };
}

/** A picture whose parts are decoded out of the file; null where its form does not allow for that. */
async function openInFile(
  path: string,
  means: RegionMeans,
  signal?: AbortSignal,
): Promise<Result<RegionPicture | null>> {
  const { workspace, limits, least, run, inWorkspace } = means;
  const pixels = `${workspace.name()}.v`;
  const blocks = workspace.name();
  return inWorkspace([pixels, blocks], async () => {
    await workspace.prepare(pixels);
    const outcome = await run({ kind: 'regions', path, least, pixels, blocks, limits }, signal);
    const answer = checked(answerSchemas.regions, outcome);
    if (!answer.ok) return answer;
    if (answer.value === null) return succeed(null);
    const { info, shape, part, stamp, lengths, notices } = answer.value;
    const metadata = await metadataFrom(workspace, blocks, lengths, info);
    const levels: ReadPart = (wanted, raster, given) =>
      readPart({ path, stamp, part: wanted }, raster, means, given);
    const close = (): void => undefined;
    return succeed({ info, shape, fileBytes: stamp.size, metadata, notices, part, levels, close });
  });
}

interface PartOfFile {
  readonly path: string;
  readonly stamp: FileStamp;
  readonly part: Rectangle;
}

async function readPart(
  { path, stamp, part }: PartOfFile,
  raster: Raster,
  { workspace, limits, run, inWorkspace }: RegionMeans,
  signal?: AbortSignal,
): Promise<void> {
  const pixels = `${workspace.name()}.v`;
  const done = await inWorkspace([pixels], async () => {
    const outcome = await run({ kind: 'region', path, stamp, part: { ...part }, pixels, limits }, signal);
    const answer = checked(answerSchemas.region, outcome);
    if (!answer.ok) return answer;
    const { shape, offset } = answer.value;
    if (!sameShape(shape, raster) || byteLength(raster) === 0) return { ok: false, fault: crashedFault };
    return succeed(await workspace.readRaster(pixels, offset, raster));
  });
  if (!done.ok) throw new FaultError(done.fault);
}

/** Of plain rows: a few long pieces of rows are read as fast as whole ones, and a column of parts is not the whole picture. */
const SPOOLED_PART: Size = { width: 2048, height: 256 };

/**
 * Decodes a picture once, from end to end, into plain rows on the disk; null where the disk has no room, so that memory may
 * have.
 */
async function openSpooled(
  path: string,
  { workspace, limits, run, inWorkspace }: RegionMeans,
  signal?: AbortSignal,
): Promise<Result<RegionPicture | null>> {
  const [input, blocks] = [workspace.name(), workspace.name()];
  const pixels = `${workspace.name()}.v`;
  const close = (): void => void workspace.remove([pixels]);
  const opened = await inWorkspace([input, blocks], async () => {
    await workspace.link(input, path);
    const { size } = await workspace.stat(input);
    await workspace.prepare(pixels, Infinity);
    const outcome = await run({ kind: 'decode', input, pixels, blocks, limits }, signal);
    const answer = checked(answerSchemas.decode, outcome);
    if (!answer.ok) return answer;
    const { info, shape, offset, lengths, notices } = answer.value;
    const metadata = await metadataFrom(workspace, blocks, lengths, info);
    const levels: PlainRows = { path: workspace.pathOf(pixels), offset };
    const part: Size = {
      width: Math.min(shape.width, SPOOLED_PART.width),
      height: Math.min(shape.height, SPOOLED_PART.height),
    };
    return succeed({ info, shape, fileBytes: size, metadata, notices, part, levels, close });
  }).catch((error: unknown) => {
    close();
    throw error;
  });
  if (opened.ok) return opened;
  close();
  return opened.fault.code === 'no-space' ? succeed(null) : opened;
}
