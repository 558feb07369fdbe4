/**
 * `burnish apply` and `burnish render` from their first moment. Most of a short run goes by before the first pixel: the child that
 * decodes starts and loads libvips. So it is started first, and this process loads the operations meanwhile.
 */

import { availableParallelism } from 'node:os';
import { succeed, type Result } from '../../raster/fault';
import { createSharedRaster } from '../../raster/raster';
import { startCodec } from '../codec/codec';
import type { EarlyChild } from '../codec/early-child';
import type { ApplyMeans } from './apply';
import { wholeNumber } from './export-choices';
import { defaultJobs } from './lanes';
import type { ApplyOptions, PlannedCommand } from './plan';
import type { Terminal } from './terminal';

const MOST_JOBS = 256;

/**
 * Carries the command out, with the child that was started before, if one was. The fault is wrong usage, and then nothing has been
 * touched; else the status.
 */
export async function applyCommand(
  words: readonly string[],
  options: ApplyOptions,
  terminal: Terminal,
  command: PlannedCommand,
  early: EarlyChild | null,
): Promise<Result<number>> {
  const lanes =
    options.jobs === undefined ? succeed(defaultJobs()) : wholeNumber('--jobs', options.jobs, 1, MOST_JOBS);
  if (!lanes.ok) return lanes;
  let engine: Parameters<ApplyMeans['decodeFor']>[0] | null = null;
  const codec = startCodec({
    processes: Math.min(lanes.value, availableParallelism()),
    early,
    createRaster: (shape) => (engine === null ? createSharedRaster(shape) : engine.createPicture(shape)),
    begun: () => engine?.start(),
  });
  codec.prepare();
  const decodeFor: ApplyMeans['decodeFor'] = (given) => void (engine = given);
  try {
    const { apply } = await import('./apply');
    return await apply(words, options, terminal, command, { codec, decodeFor, lanes: lanes.value });
  } finally {
    await codec.close();
  }
}
