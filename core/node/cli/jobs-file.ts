/**
 * Jobs from a file, one a line: `{"input":"a.png","output":"out/a.png","operations":[…]}`, paths relative to the file. It is
 * read as it is worked off, so it may have any number of lines; a line that is wrong is a failed job and stops no other.
 */

import { createReadStream } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { isPlainObject } from '../../document/json';
import { operationsFromJson } from '../../document/recipe-reading';
import { nearestName } from '../../operation/nearest-name';
import { fail, FaultError, succeed, type Result } from '../../raster/fault';
import { readingFault } from '../files/system-fault';
import { formatFault, type ExportChoices } from './export-choices';
import { formatOfTarget, type WrittenFormat } from '../jobs/formats';
import type { Job } from './job';
import { stepsIn } from './steps';

const LONGEST_LINE = 16 * 2 ** 20;
const FIELDS = ['input', 'output', 'operations'] as const;

export interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: Result<string>;
}

/** A line of a jobs file: the job, or what is wrong; with the paths as they stand there, as far as they could be read. */
export interface JobLine {
  readonly number: number;
  readonly input: string | null;
  readonly output: string | null;
  readonly job: Result<Job>;
  /** Whether a fault names the file that it is about, or is about the line as such. */
  readonly named: boolean;
}

/** The lines of a stream of bytes that are not blank. One that is too long is left out of memory and told. */
export async function* linesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Line> {
  const decoder = new TextDecoder();
  let number = 1;
  let text = '';
  let tooLong = false;
  const line = (): Line | null => {
    const whole: Line = {
      number,
      text: tooLong
        ? fail('too-large', `is longer than ${LONGEST_LINE} characters`, 'shorten it')
        : succeed(text),
    };
    const blank = !tooLong && text.trim() === '';
    number += 1;
    text = '';
    tooLong = false;
    return blank ? null : whole;
  };
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a stream of bytes is expected');
    const parts = decoder.decode(chunk, { stream: true }).split('\n');
    for (const [at, part] of parts.entries()) {
      if (at > 0) {
        const whole = line();
        if (whole !== null) yield whole;
      }
      tooLong ||= text.length + part.length > LONGEST_LINE;
      text = tooLong ? '' : text + part;
    }
  }
  const last = line();
  if (last !== null) yield last;
}

/** The lines of a file. Rejects with a `FaultError` where it cannot be read. */
export async function* linesOfFile(path: string): AsyncGenerator<Line> {
  try {
    yield* linesOf(createReadStream(path));
  } catch (error) {
    throw new FaultError(readingFault(error));
  }
}

function textField(value: Readonly<Record<string, unknown>>, name: string): Result<string> {
  const text = Object.hasOwn(value, name) ? value[name] : undefined;
  if (typeof text === 'string' && text !== '' && text !== '-') return succeed(text);
  const wanted = `${name}: expected the path of a file`;
  return fail('bad-recipe', text === undefined ? `${wanted}, but it is missing` : wanted);
}

function fieldsOf(text: string): Result<Readonly<Record<string, unknown>>> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return fail('bad-recipe', `not valid JSON (${error instanceof Error ? error.message : 'unreadable'})`);
  }
  if (!isPlainObject(value)) {
    return fail('bad-recipe', 'a job is an object', 'write {"input":…,"output":…,"operations":[…]}');
  }
  const unknown = Object.keys(value).find((name) => !FIELDS.some((field) => field === name));
  if (unknown === undefined) return succeed(value);
  const nearest = nearestName(unknown, FIELDS);
  const remedy = nearest === null ? `a job has ${FIELDS.join(', ')}` : `did you mean "${nearest}"?`;
  return fail('bad-recipe', `${unknown.slice(0, 60)}: unknown field`, remedy);
}

function targetFormat(output: string, choices: ExportChoices): Result<WrittenFormat> {
  const format = choices.format === null ? formatOfTarget(output) : succeed(choices.format.format);
  if (!format.ok) return fail('usage', `${output}: ${format.fault.message}`, format.fault.remedy);
  const able = formatFault(output, format.value, choices);
  return able.ok ? format : able;
}

/** `folder` is the jobs file's, to which paths are relative. */
export function jobFromLine(line: Line, folder: string, choices: ExportChoices): JobLine {
  const { number } = line;
  const nothing = { number, input: null, output: null, named: true };
  const fields = line.text.ok ? fieldsOf(line.text.value) : line.text;
  if (!fields.ok) return { ...nothing, job: fields };
  const input = textField(fields.value, 'input');
  const output = textField(fields.value, 'output');
  const known = { ...nothing, input: input.ok ? input.value : null, output: output.ok ? output.value : null };
  if (!input.ok) return { ...known, job: input };
  if (!output.ok) return { ...known, job: output };
  const operations = operationsFromJson(fields.value['operations'], 'operations');
  if (!operations.ok) return { ...known, job: operations };
  const format = targetFormat(output.value, choices);
  if (!format.ok) return { ...known, job: format };
  const job: Job = {
    input: { name: input.value, path: resolve(folder, input.value), folder: '' },
    target: {
      name: output.value,
      path: resolve(folder, output.value),
      format: format.value,
      makesFolder: false,
    },
    steps: stepsIn(folder, operations.value),
  };
  return { ...known, named: false, job: succeed(job) };
}

/** Every job of a file, as far as its lines can be read. Rejects with a `FaultError` where the file itself cannot. */
export async function* jobsOf(path: string, choices: ExportChoices): AsyncGenerator<JobLine> {
  const folder = dirname(resolve(path));
  for await (const line of linesOfFile(path)) yield jobFromLine(line, folder, choices);
}
