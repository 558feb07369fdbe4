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
import type { EncodedFile } from '../codec/codec';
import type { Engine } from '../engine/engine';
import type { Rendering } from '../project/project-file';
import { findInput, type InputTools } from './base';
import { deliver, refusal, type DeliveryOptions } from './delivery';
import { encodeOptions, formatFault, type ExportChoices } from './export-choices';
import { formatOf, shapeInFile, type WrittenFormat } from '../jobs/formats';
import type { Input } from './inputs';
import type { Target } from './outputs';
import { StageTimes, type Times } from './stage-times';

export interface Job {
  readonly input: Input;
  readonly target: Target;
  /** Second pictures are absolute paths. */
  readonly steps: readonly Step[];
  /** Whether the input has to be a project. */
  readonly onlyProject?: true;
}

/** What all jobs of a command share. */
export interface Workshop extends Omit<InputTools, 'terminal'>, DeliveryOptions {
  readonly engine: InputTools['engine'] & Pick<Engine, 'render' | 'strips'>;
  readonly choices: ExportChoices;
}

export interface StepReport {
  readonly id: string;
  readonly values?: StepValues;
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
  const times = new StageTimes();
  const ended = (result: Result<JobDone>): JobOutcome => ({ result, blamesTarget: false, ms: times.ms });
  const refused = (fault: Fault): JobOutcome => ({
    result: { ok: false, fault },
    blamesTarget: true,
    ms: times.ms,
  });

  // First what has to be read, because a file that is not there is told before a target that is.
  const found = await times.during('decode', () => findInput(input, workshop));
  if (!found.ok) return ended(found);
  const refusedTarget = await refusal(target, workshop);
  if (refusedTarget !== null) {
    await found.value.close();
    return refused(refusedTarget);
  }
  const opened = await times.during('decode', () => found.value.open(onlyProject));
  if (!opened.ok) return ended(opened);
  advance(1 / 3);

  const base = opened.value;
  const format: WrittenFormat = target.format ?? formatOf(base.format.toLowerCase()) ?? 'png';
  const able = formatFault(target.name, format, choices);
  if (!able.ok) {
    await base.close();
    return ended(able);
  }
  const made = await pictures
    .withSecond(recipeSources({ operations: steps }), signal, async (seconds) => {
      const document = base.with(steps, seconds);
      const rendered = await times.during('process', () => engine.strips(document, signal));
      if (!rendered.ok) return rendered;
      const { reported, key: _key, ...picture } = rendered.value;
      const strips = times.waits('process', picture.strips);
      const encoded = await times.during('encode', (): Promise<Result<EncodedFile>> =>
        format === 'ora'
          ? layersOf(document, workshop)
          : codec.encodeToFile({ ...picture, strips }, base.metadata, encodeOptions(choices, format), signal),
      );
      return encoded.ok ? succeed({ file: encoded.value, picture, reported, document }) : encoded;
    })
    .finally(() => base.close());
  if (!made.ok) return ended(made);
  advance(2 / 3);

  const { file, picture, reported, document } = made.value;
  const delivered = await times
    .during('encode', () => deliver(file, target, workshop))
    .finally(() => file.close());
  if (!delivered.ok) return refused(delivered.fault);
  const shape = shapeInFile(format, picture, choices.depth);
  const undoable = base.log === null ? 0 : base.log.line.length - 1;
  const loss = format === 'ora' ? openRasterLoss(document, undoable) : null;
  const notices = loss === null ? base.notices : [...base.notices, loss];
  return ended(succeed({ shape, steps: stepReports(document, reported), notices }));
}

/** An OpenRaster file. */
async function layersOf(
  document: Document,
  { codec, engine, choices, signal }: Workshop,
): Promise<Result<EncodedFile>> {
  const { writeLayered } = await import('../project/layered-writing');
  const options = { ...encodeOptions(choices, 'png'), metadata: 'none' } as const;
  const rendering: Rendering = {
    render: (request) => engine.render(request, signal),
    strips: (layer) => engine.strips(layer, signal),
    encodePng: (picture) => codec.encodeToFile(picture, null, options, signal),
    signal,
  };
  return writeLayered(document, rendering, codec);
}
