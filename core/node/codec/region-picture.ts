/**
 * A picture that stays in its file, as this process knows it: what the header says, and a way to have any part of it decoded by a
 * child. The engine asks for parts as it needs them (core/node/engine), so nobody ever holds all of it.
 */

import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { FaultError, succeed, type Result } from '../../raster/fault';
import { byteLength, sameShape, type Raster, type Shape } from '../../raster/raster';
import type { Rectangle, Size } from '../../raster/rectangle';
import { systemCode } from '../files/system-fault';
import { checked, crashedFault, type Outcome } from './codec-process';
import { answerSchemas, cutBlocks, type FileStamp, type Job, type ReadLimits } from './messages';
import type { DecodedPicture } from './picture';
import { blocksOf } from './tiff-blocks';
import { readDirectory, readerOf, type ReadAt } from './tiff-directory';
import type { Workspace } from './workspace';

export interface RegionPicture extends Omit<DecodedPicture, 'raster'> {
  readonly shape: Shape;
  /** Bytes of the file. */
  readonly fileBytes: number;
  /** The size of the parts in which it is best read, side by side from the top left corner. */
  readonly part: Size;
  /**
   * Fills `raster` with the levels of `part`, which lies inside the picture and has the raster's size. Throws a `FaultError` where
   * the file has changed or is damaged there, and `Cancelled` where the signal aborts.
   */
  read(part: Rectangle, raster: Raster, signal?: AbortSignal): Promise<void>;
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

/** Null where the picture is smaller, or cannot be read a part at a time. */
export async function openRegions(
  path: string,
  means: RegionMeans,
  signal?: AbortSignal,
): Promise<Result<RegionPicture | null>> {
  const { workspace, limits, least, run, inWorkspace } = means;
  if (!(await fileMayStay(path, least))) return succeed(null);
  const pixels = `${workspace.name()}.v`;
  const blocks = workspace.name();
  return inWorkspace([pixels, blocks], async () => {
    await workspace.prepare(pixels);
    const outcome = await run({ kind: 'regions', path, least, pixels, blocks, limits }, signal);
    const answer = checked(answerSchemas.regions, outcome);
    if (!answer.ok) return answer;
    if (answer.value === null) return succeed(null);
    const { info, shape, part, stamp, lengths, notices } = answer.value;
    const metadata = {
      ...cutBlocks(await workspace.read(blocks), lengths),
      ...(info.density === undefined ? {} : { density: info.density }),
    };
    const read: RegionPicture['read'] = (wanted, raster, given) =>
      readPart({ path, stamp, part: wanted }, raster, means, given);
    return succeed({ info, shape, fileBytes: stamp.size, metadata, notices, part, read });
  });
}

/**
 * Whether a file says in its header that it holds a picture of at least so many pixels which can be read a part at a time; so no child
 * is asked of the many files that do not. Nothing but numbers is read here.
 */
export async function mayStay(read: ReadAt, fileBytes: number, least: number): Promise<boolean> {
  const directory = await readDirectory(read);
  const size = directory === null ? undefined : blocksOf(directory, fileBytes)?.size;
  return size !== undefined && size.width * size.height >= least;
}

/** What is not there, or no file, is for others to tell. */
async function fileMayStay(path: string, least: number): Promise<boolean> {
  try {
    // Not waiting for a writer is all that O_NONBLOCK does here.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const entry = await file.stat();
      return entry.isFile() && (await mayStay(readerOf(file, entry.size), entry.size, least));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
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
