/**
 * `burnish apply` and `burnish render` from their first moment. Most of a short run goes by before the first pixel: the child that
 * decodes starts and loads libvips. So it is started first and given the first picture, and this process loads the operations meanwhile.
 */

import { availableParallelism } from 'node:os';
import { succeed, type Result } from '../../raster/fault';
import { createSharedRaster } from '../../raster/raster';
import { startCodec } from '../codec/codec';
import type { EarlyChild } from '../codec/early-child';
import type { ApplyMeans } from './apply';
import { decodingAhead } from './decoding-ahead';
import { wholeNumber } from './export-choices';
import { interruptible } from './interruption';
import { defaultJobs } from './lanes';
import type { ApplyOptions, PlannedCommand } from './plan';
import type { Terminal } from './terminal';

const MOST_JOBS = 256;

type DecodingEngine = Parameters<ApplyMeans['decodeFor']>[0];

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
  // From here on pictures lie in a private folder, which goes with a command that is stopped.
  const ended = await interruptible((signal) =>
    carryOut(words, options, terminal, command, { early, lanes: lanes.value, signal }),
  );
  return typeof ended === 'number' ? succeed(ended) : ended;
}

interface Means extends Pick<ApplyMeans, 'lanes' | 'signal'> {
  readonly early: EarlyChild | null;
}

async function carryOut(
  words: readonly string[],
  options: ApplyOptions,
  terminal: Terminal,
  command: PlannedCommand,
  { early, lanes, signal }: Means,
): Promise<Result<number>> {
  let tell: (engine: DecodingEngine | null) => void = () => undefined;
  const engine = new Promise<DecodingEngine | null>((resolve) => (tell = resolve));
  let giveFirst: () => void = () => undefined;
  const given = new Promise<void>((resolve) => (giveFirst = resolve));
  const codec = startCodec({
    processes: Math.min(lanes, availableParallelism()),
    early,
    createRaster: async (shape) => (await engine)?.createPicture(shape) ?? createSharedRaster(shape),
    begun: () => {
      giveFirst();
      void engine.then((known) => known?.start());
    },
  });
  codec.prepare();
  const ahead = decodingAhead(codec, words, given);
  try {
    await ahead.begun;
    const { apply } = await import('./apply');
    const means: ApplyMeans = { codec: ahead.codec, decodeFor: tell, lanes, signal };
    return await apply(words, options, terminal, command, means);
  } finally {
    // A command that was refused has no engine, and what is being decoded for it goes nowhere.
    tell(null);
    await codec.close();
  }
}
