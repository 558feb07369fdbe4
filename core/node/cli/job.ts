/**
 * One picture from file to file: read, decode, carry out the steps, encode, write. Pure in what it writes: the same input and
 * steps give the same bytes, so a job can be repeated. What goes wrong is the job's result, never an end of the others.
 */

import { openRasterLoss } from '../../derive/open-raster-loss';
import { reportedValues, type StepValues } from '../../derive/reported-values';
import type { Document, Step } from '../../document/document';
import { recipeSources } from '../../document/recipe';
import type { Reported } from '../../operation/operation';
import { succeed, type Fault, type Result } from '../../raster/fault';
import type { Shape } from '../../raster/raster';
import { writeLayered } from '../project/layered-writing';
import { defaultLimits } from '../codec/limits';
import { readStream, readWholeFile } from '../files/read-file';
import { openBase, type BaseTools } from './base';
import { deliver, refusal, type DeliveryOptions } from './delivery';
import { depthFault, encodeOptions, type ExportChoices } from './export-choices';
import { formatOf, shapeInFile, type WrittenFormat } from '../jobs/formats';
import type { Input } from './inputs';
import type { Target } from './outputs';
import type { Pictures } from '../jobs/pictures';
import type { Terminal } from './terminal';

export interface Job {
  readonly input: Input;
  readonly target: Target;
  /** Second pictures are absolute paths. */
  readonly steps: readonly Step[];
  /** Whether the input has to be a project. */
  readonly onlyProject?: true;
}

/** What all jobs of a command share. */
export interface Workshop extends DeliveryOptions {
  readonly codec: BaseTools['codec'];
  readonly engine: BaseTools['engine'];
  readonly pictures: Pictures;
  readonly choices: ExportChoices;
}

export interface StepReport {
  readonly id: string;
  readonly values?: StepValues;
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

/** The steps that made the picture: those of the layers from the bottom up, then those above them. */
function stepReports(
  { layers, canvas }: Document,
  reported: Readonly<Record<string, Reported>>,
): readonly StepReport[] {
  const shown = layers.filter((layer) => layer.visible);
  return [...shown.flatMap(({ stack }) => stack), ...canvas]
    .filter((step) => step.enabled)
    .map((step) => {
      const values = reportedValues(step, reported);
      return { id: step.operation, ...(Object.keys(values).length > 0 && { values }) };
    });
}

/** Rejects with the signal's reason or `Cancelled` where it was aborted. */
export async function runJob(job: Job, workshop: Workshop, advance: Advance): Promise<JobOutcome> {
  const { codec, engine, pictures, choices, signal } = workshop;
  const { input, target, steps, onlyProject = false } = job;
  const ms = { decode: 0, process: 0, encode: 0 };
  const timed = async <T>(stage: keyof Times, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    try {
      return await work();
    } finally {
      ms[stage] = Math.round((ms[stage] + performance.now() - began) * 10) / 10;
    }
  };
  const ended = (result: Result<JobDone>): JobOutcome => ({ result, blamesTarget: false, ms });
  const refused = (fault: Fault): JobOutcome => ({ result: { ok: false, fault }, blamesTarget: true, ms });

  const bytes = await timed('decode', () => readInput(input, workshop.terminal));
  if (!bytes.ok) return ended(bytes);
  const refusedTarget = await refusal(target, workshop);
  if (refusedTarget !== null) return refused(refusedTarget);
  const opened = await timed('decode', () =>
    openBase(input.name, bytes.value, onlyProject, workshop, signal),
  );
  if (!opened.ok) return ended(opened);
  advance(1 / 3);

  const base = opened.value;
  const format: WrittenFormat = target.format ?? formatOf(base.format.toLowerCase()) ?? 'png';
  const rendered = await timed('process', () =>
    pictures.withSecond(recipeSources({ operations: steps }), signal, async (seconds) => {
      const document = base.with(steps, seconds);
      const request = { document, level: 0, exact: true, region: null, format: 'export' } as const;
      const made = await engine.render(request, signal);
      if (!made.ok) return made;
      // Layers are rendered here, while their pictures are at hand.
      const layers = format === 'ora' ? await layersOf(document, workshop) : null;
      if (layers?.ok === false) return layers;
      return succeed({ ...made.value, document, layers: layers?.value ?? null });
    }),
  ).finally(() => base.close());
  if (!rendered.ok) return ended(rendered);
  advance(2 / 3);

  const pictureFormat = format === 'ora' ? 'png' : format;
  const { raster, reported, document, layers } = rendered.value;
  const deep = depthFault(target.name, format, choices.depth);
  if (!deep.ok) return ended(deep);
  const encoded = await timed('encode', async () =>
    layers !== null
      ? succeed(layers)
      : codec.encode(raster, base.metadata, encodeOptions(choices, pictureFormat), signal),
  );
  if (!encoded.ok) return ended(encoded);
  const delivered = await timed('encode', () => deliver(encoded.value, target, workshop));
  if (!delivered.ok) return refused(delivered.fault);
  const shape = shapeInFile(format, raster, choices.depth);
  const undoable = base.log === null ? 0 : base.log.line.length - 1;
  const loss = format === 'ora' ? openRasterLoss(document, undoable) : null;
  const notices = loss === null ? base.notices : [...base.notices, loss];
  return ended(succeed({ shape, steps: stepReports(document, reported), notices }));
}

/** An OpenRaster file's bytes. */
function layersOf(
  document: Document,
  { codec, engine, choices, signal }: Workshop,
): Promise<Result<Uint8Array>> {
  const options = { ...encodeOptions(choices, 'png'), metadata: 'none' } as const;
  return writeLayered(document, {
    render: (request) => engine.render(request, signal),
    encodePng: (picture) => codec.encode(picture, null, options, signal),
    signal,
  });
}
