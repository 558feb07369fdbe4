/**
 * `burnish apply` and `burnish render` from their first moment. Most of a short run goes by before the first pixel: the child that
 * decodes starts and loads libvips. So it is started first, and this process loads the operations meanwhile.
 */

import { availableParallelism } from 'node:os';
import { succeed, type Result } from '../../raster/fault';
import { createSharedRaster } from '../../raster/raster';
import { startCodec } from '../codec/codec';
import { wholeNumber } from './export-choices';
import type { ApplyOptions, PlannedCommand } from './plan';
import type { Terminal } from './terminal';

const MOST_JOBS = 256;

/** One picture is decoded, one processed and one encoded at the same time, and on larger machines more. */
function defaultJobs(): number {
  return Math.min(8, Math.max(3, availableParallelism()));
}

/** Carries the command out. The fault is wrong usage, and then nothing has been touched; else the status. */
export async function applyCommand(
  words: readonly string[],
  options: ApplyOptions,
  terminal: Terminal,
  command: PlannedCommand,
): Promise<Result<number>> {
  const lanes =
    options.jobs === undefined ? succeed(defaultJobs()) : wholeNumber('--jobs', options.jobs, 1, MOST_JOBS);
  if (!lanes.ok) return lanes;
  let createPicture = createSharedRaster;
  const codec = startCodec({
    processes: Math.min(lanes.value, availableParallelism()),
    createRaster: (shape) => createPicture(shape),
  });
  codec.prepare();
  const decodeInto = (create: typeof createPicture): void => void (createPicture = create);
  try {
    const { apply } = await import('./apply');
    return await apply(words, options, terminal, command, { codec, decodeInto, lanes: lanes.value });
  } finally {
    await codec.close();
  }
}
