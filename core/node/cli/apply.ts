/**
 * `burnish apply`: many pictures through one list of steps, or the jobs of a file; and `burnish render`, which is the same for
 * projects and no further steps. First everything that can be wrong with the
 * command itself is found, and then nothing has been touched; after that each picture stands for itself.
 */

import { succeed, type Result } from '../../raster/fault';
import type { Codec } from '../codec/codec';
import { engineLater, type LaterEngine } from '../engine/later-engine';
import { forEachConcurrently, InOrder } from './concurrently';
import { exportChoices } from './export-choices';
import type { Thresholds } from './input-content';
import { runJob, type Workshop } from './job';
import { Pictures } from '../jobs/pictures';
import { planOf, type ApplyOptions, type Entry, type Plan, type PlannedCommand } from './plan';
import { startProgress } from './progress';
import { errorLines, jsonLine, NO_TIME, type Told } from './report';
import { STATUS, unexpectedFault, write, type Terminal } from './terminal';

/** Tiles of pictures that are done are of no use to the next one. */
const TILE_BYTES = 192 * 2 ** 20;

async function carryOut(entry: Entry, workshop: Workshop, advance: (share: number) => void): Promise<Told> {
  const told = { input: entry.input, output: entry.output, line: entry.line };
  if (!entry.job.ok) return { ...told, done: null, fault: entry.job.fault, named: entry.named, ms: NO_TIME };
  try {
    const { result, blamesTarget, ms } = await runJob(entry.job.value, workshop, advance);
    return {
      ...told,
      done: result.ok ? result.value : null,
      fault: result.ok ? null : result.fault,
      named: blamesTarget,
      ms,
    };
  } catch (error) {
    if (workshop.signal.aborted) throw error;
    return { ...told, done: null, fault: unexpectedFault(error), named: false, ms: NO_TIME };
  }
}

async function carryOutAll(
  plan: Plan,
  lanes: number,
  options: ApplyOptions,
  workshop: Workshop,
): Promise<number> {
  const { terminal, signal } = workshop;
  const { json, quiet, jobsFile } = options;
  const progress = startProgress(terminal, json !== true && quiet !== true, plan.total);
  let done = 0;
  let failed = 0;
  const inOrder = new InOrder<Told>((told) => {
    if (told.fault !== null) failed += 1;
    if (told.fault !== null || quiet !== true)
      for (const line of errorLines(told, jobsFile ?? null)) progress.say(line);
    if (json === true) void write(terminal.stdout, `${jsonLine(told)}\n`);
  });
  let next = 0;
  try {
    await forEachConcurrently(plan.entries, lanes, signal, async (entry) => {
      const index = next++;
      const told = await carryOut(entry, workshop, (share) => {
        if (plan.total === 1) progress.advance(share);
      });
      done += 1;
      progress.advance(done);
      inOrder.put(index, told);
    });
  } catch (error) {
    // What was given up because of Ctrl+C ends in many ways.
    if (!signal.aborted) throw error;
  } finally {
    inOrder.flush();
    progress.end();
  }
  if (signal.aborted)
    terminal.stderr.write(`burnish: stopped; ${done} of ${plan.total ?? 'the'} pictures are done\n`);
  return failed === 0 ? STATUS.done : STATUS.failed;
}

/** What a command works with. */
export interface ApplyMeans {
  readonly codec: Codec;
  /** Has pictures decoded into what this engine makes, and starts it as soon as the first of them is being decoded. */
  readonly decodeFor: (engine: Pick<LaterEngine, 'createPicture' | 'start'>) => void;
  /** Pictures in work at the same time. */
  readonly lanes: number;
  /** Has work under way given up, and none begun. */
  readonly signal: AbortSignal;
  readonly thresholds?: Thresholds;
}

/** Carries the command out. The fault is wrong usage; else the status. */
export async function apply(
  words: readonly string[],
  options: ApplyOptions,
  terminal: Terminal,
  command: PlannedCommand,
  { codec, decodeFor, lanes, signal, thresholds }: ApplyMeans,
): Promise<Result<number>> {
  const choices = exportChoices(options);
  if (!choices.ok) return choices;
  const plan = await planOf(words, options, choices.value, terminal, command);
  if (!plan.ok) return plan;

  const engine = engineLater({ memory: TILE_BYTES });
  decodeFor(engine);
  try {
    const workshop: Workshop = {
      codec,
      engine,
      pictures: new Pictures(codec, engine),
      terminal,
      choices: choices.value,
      overwrite: options.overwrite === true,
      signal,
      ...(thresholds !== undefined && { thresholds }),
    };
    return succeed(await carryOutAll(plan.value, lanes, options, workshop));
  } finally {
    // The child has much memory to give back, and does so meanwhile.
    await Promise.all([engine.close(), codec.close()]);
  }
}
