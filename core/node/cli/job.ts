/**
 * One picture from file to file: read, decode, carry out the steps, encode, write. Pure in what it writes: the same input and
 * steps give the same bytes, so a job can be repeated. What goes wrong is the job's result, never an end of the others.
 */

import { mkdir, lstat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openDocument } from '../../document/commands/document';
import type { Document, Source, Step } from '../../document/document';
import { recipeSources, stepsFromRecipe } from '../../document/recipe';
import type { Reported } from '../../operation/operation';
import { fail, succeed, type Fault, type Result } from '../../raster/fault';
import type { Shape } from '../../raster/raster';
import type { Codec } from '../codec/codec';
import { defaultLimits } from '../codec/limits';
import type { ExportFormat } from '../codec/picture';
import type { Engine } from '../engine/engine';
import { writeAtomically } from '../files/atomic-write';
import { readStream, readWholeFile } from '../files/read-file';
import { existsFault, writingFault } from '../files/system-fault';
import { depthFault, encodeOptions, type ExportChoices } from './export-choices';
import { formatOf, shapeInFile } from './formats';
import type { Input } from './inputs';
import type { Target } from './outputs';
import type { Pictures } from './pictures';
import type { Terminal } from './terminal';

export interface Job {
  readonly input: Input;
  readonly target: Target;
  /** Second pictures are absolute paths. */
  readonly steps: readonly Step[];
}

/** What all jobs of a command share. */
export interface Workshop {
  readonly codec: Pick<Codec, 'encode'>;
  readonly engine: Pick<Engine, 'render'>;
  readonly pictures: Pictures;
  readonly terminal: Terminal;
  readonly choices: ExportChoices;
  readonly overwrite: boolean;
  readonly signal: AbortSignal;
}

export interface StepReport {
  readonly id: string;
  readonly values?: Reported;
}

/** Milliseconds: reading and decoding, carrying out the steps, encoding and writing. */
export interface Times {
  readonly decode: number;
  readonly process: number;
  readonly encode: number;
}

export interface JobDone {
  readonly shape: Shape;
  readonly steps: readonly StepReport[];
  readonly notices: readonly string[];
}

/** Called as the job enters its stages, with the share of the work that is behind it. */
export type Advance = (share: number) => void;

export interface JobOutcome {
  readonly result: Result<JobDone>;
  /** Whether a fault is the target's; its message then begins with the target's name. */
  readonly blamesTarget: boolean;
  /** Up to where it came. */
  readonly ms: Times;
}

/** The file's or standard input's bytes. */
export async function readInput({ path }: Input, terminal: Terminal): Promise<Result<Uint8Array>> {
  if (path === null) return readStream(terminal.stdin, defaultLimits.fileBytes);
  return readWholeFile(path, defaultLimits.fileBytes);
}

/** The document that the editor would have with this picture alone and these steps on it. */
export function documentOf(
  source: Source,
  steps: readonly Step[],
  seconds: ReadonlyMap<string, Source>,
): Document {
  const opened = openDocument({ document: 'picture', layer: 'layer', source, time: 0 });
  const idOf = (path: string): string => seconds.get(path)?.id ?? path;
  const ids = steps.map((step) => step.id);
  const stack = stepsFromRecipe({ operations: steps }, ids, idOf);
  const sources = Object.fromEntries([source, ...seconds.values()].map((each) => [each.id, each]));
  return { ...opened, sources, layers: opened.layers.map((layer) => ({ ...layer, stack })) };
}

async function isTaken(target: Target): Promise<boolean> {
  if (target.path === null) return false;
  const entry = await lstat(target.path).catch(() => null);
  return entry !== null && entry.isFile();
}

async function writeToStdout(bytes: Uint8Array, terminal: Terminal): Promise<Result<void>> {
  return new Promise((resolve) => {
    terminal.stdout.write(bytes, (error) => {
      resolve(error ? { ok: false, fault: writingFault(error) } : succeed(undefined));
    });
  });
}

async function makeFolder(folder: string): Promise<Fault | null> {
  try {
    await mkdir(folder, { recursive: true });
    return null;
  } catch (error) {
    const fault = writingFault(error);
    return fault.code === 'exists'
      ? fail('unwritable', 'its folder is a file', 'choose another one').fault
      : fault;
  }
}

async function writeResult(bytes: Uint8Array, target: Target, workshop: Workshop): Promise<Result<void>> {
  if (target.path === null) return writeToStdout(bytes, workshop.terminal);
  const failed = target.makesFolder ? await makeFolder(dirname(target.path)) : null;
  if (failed !== null) return { ok: false, fault: failed };
  const { overwrite, signal } = workshop;
  return writeAtomically(target.path, bytes, { overwrite, signal });
}

function aboutTarget(target: Target, fault: Fault): Fault {
  const name = target.path === null ? 'standard output' : target.name;
  const remedy = fault.code === 'exists' ? 'add --overwrite to replace it' : fault.remedy;
  return { code: fault.code, message: `${name}: ${fault.message}`, remedy };
}

function stepReports(
  steps: readonly Step[],
  reported: Readonly<Record<string, Reported>>,
): readonly StepReport[] {
  return steps
    .filter((step) => step.enabled)
    .map(({ id, operation }) => {
      const values = Object.hasOwn(reported, id) ? reported[id] : {};
      return Object.keys(values).length === 0 ? { id: operation } : { id: operation, values };
    });
}

/** Rejects with the signal's reason or `Cancelled` where it was aborted. */
export async function runJob(job: Job, workshop: Workshop, advance: Advance): Promise<JobOutcome> {
  const { codec, engine, pictures, choices, signal } = workshop;
  const ms = { decode: 0, process: 0, encode: 0 };
  const timed = async <T>(stage: keyof Times, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      ms[stage] = Math.round((performance.now() - began) * 10) / 10;
    }
  };
  let blamesTarget = false;
  const ended = (result: Result<JobDone>): JobOutcome => ({ result, blamesTarget, ms });
  const refuseTarget = (fault: Fault): { readonly ok: false; readonly fault: Fault } => {
    blamesTarget = true;
    return { ok: false, fault: aboutTarget(job.target, fault) };
  };

  const opened = await timed('decode', async () => {
    const bytes = await readInput(job.input, workshop.terminal);
    if (!bytes.ok) return bytes;
    if (!workshop.overwrite && (await isTaken(job.target))) {
      return refuseTarget(existsFault);
    }
    return pictures.open(job.input.name, bytes.value, signal);
  });
  if (!opened.ok) return ended(opened);
  advance(1 / 3);
  const picture = opened.value;
  const rendered = await timed('process', () =>
    pictures.withSecond(recipeSources({ operations: job.steps }), signal, (seconds) =>
      engine.render(
        {
          document: documentOf(picture.source, job.steps, seconds),
          level: 0,
          exact: true,
          region: null,
          format: 'export',
        },
        signal,
      ),
    ),
  ).finally(() => pictures.drop(picture));
  if (!rendered.ok) return ended(rendered);
  advance(2 / 3);
  const { raster, reported } = rendered.value;
  const format: ExportFormat = job.target.format ?? formatOf(picture.info.format.toLowerCase()) ?? 'png';
  const deep = depthFault(job.target.name, format, choices.depth);
  if (!deep.ok) return ended(deep);
  const written = await timed('encode', async () => {
    const bytes = await codec.encode(raster, picture.metadata, encodeOptions(choices, format), signal);
    if (!bytes.ok) return bytes;
    const end = await writeResult(bytes.value, job.target, workshop);
    return end.ok ? end : refuseTarget(end.fault);
  });
  if (!written.ok) return ended(written);
  const shape = shapeInFile(format, raster, choices.depth);
  return ended(succeed({ shape, steps: stepReports(job.steps, reported), notices: picture.notices }));
}
