/** What `apply` says of each picture: with `--json` a line on stdout, and of every failure a line on stderr. */

import type { Fault } from '../../raster/fault';
import type { JobDone, StepReport } from './job';
import type { Times } from './stage-times';
import { faultLine } from './terminal';

/** A finished or failed job, as its lines tell it. */
export interface Told {
  /** As the arguments or the jobs file name them; null where a line could not be read that far. */
  readonly input: string | null;
  readonly output: string | null;
  /** Of the jobs file; null elsewhere. */
  readonly line: number | null;
  readonly done: JobDone | null;
  readonly fault: Fault | null;
  /** Whether the fault names its file itself. */
  readonly named: boolean;
  readonly ms: Times;
}

interface JsonLine {
  readonly input: string | null;
  readonly output: string | null;
  readonly line?: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly channels: number | null;
  readonly depth: number | null;
  readonly steps: readonly StepReport[];
  readonly ms: Times;
  readonly notices?: readonly string[];
  readonly error?: Fault;
}

export const NO_TIME: Times = { decode: 0, process: 0, encode: 0 };

/** One compact JSON object, without the line's end. Fields are always there; what is not known is null. */
export function jsonLine({ input, output, line, done, fault, ms }: Told): string {
  const json: JsonLine = {
    input,
    output,
    ...(line === null ? {} : { line }),
    width: done?.shape.width ?? null,
    height: done?.shape.height ?? null,
    channels: done?.shape.channels ?? null,
    depth: done?.shape.depth ?? null,
    steps: done?.steps ?? [],
    ms,
    ...(done === null || done.notices.length === 0 ? {} : { notices: done.notices }),
    ...(fault === null ? {} : { error: fault }),
  };
  return JSON.stringify(json);
}

/** What stands in front of a fault: the input unless the fault names its file, and of a jobs file its name and line. */
function subject({ input, line, named }: Told, jobsFile: string | null): string | null {
  const file = named ? null : input === '-' ? 'standard input' : input;
  if (jobsFile === null || line === null) return file;
  return file === null ? `${jobsFile}:${line}` : `${jobsFile}:${line}: ${file}`;
}

/** The lines for stderr: the failure, or what one ought to know of a success. */
export function errorLines(told: Told, jobsFile: string | null): readonly string[] {
  const about = subject(told, jobsFile);
  if (told.fault !== null) return [faultLine(about, told.fault)];
  const notices = told.done?.notices ?? [];
  return notices.map((message) => faultLine(about, { code: 'damaged', message, remedy: '' }));
}
