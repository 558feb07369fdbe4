/**
 * What `apply` is going to do: every job with its input, its target and its steps, or what keeps it from being one. Faults are
 * wrong usage; making a plan writes, decodes and starts nothing.
 */

import { stat } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { fail, succeed, type Result } from '../../raster/fault';
import { readingFault } from '../files/system-fault';
import { formatFault, type ExportChoices, type GivenExportChoices } from './export-choices';
import { findInputs } from './inputs';
import type { Job } from './job';
import { jobsOf, linesOf, type JobLine } from './jobs-file';
import { planTargets } from './outputs';
import type { Told } from './report';
import { stepsOf, withoutRecipe } from './steps';
import type { Terminal } from './terminal';

/** As the words stand on the command line. */
export interface ApplyOptions extends GivenExportChoices {
  readonly output?: string;
  readonly op?: readonly string[];
  readonly jobs?: string;
  readonly jobsFile?: string;
  readonly overwrite?: true;
  readonly json?: true;
  readonly quiet?: true;
}

/** A job, or the fault that keeps it from being one, with what its report says. */
export interface Entry extends Pick<Told, 'input' | 'output' | 'line' | 'named'> {
  readonly job: Result<Job>;
}

export interface Plan {
  readonly entries: Iterable<Entry> | AsyncIterable<Entry>;
  /** Null: not counted. */
  readonly total: number | null;
}

/** `render` takes projects as they are, where `apply` takes anything and a recipe. */
export type PlannedCommand = 'apply' | 'render';

async function planFromWords(
  words: readonly string[],
  options: ApplyOptions,
  choices: ExportChoices,
  command: PlannedCommand,
): Promise<Result<Plan>> {
  const split = command === 'render' ? succeed({ recipe: null, inputs: words }) : withoutRecipe(words);
  if (!split.ok) return split;
  const { recipe, inputs } = split.value;
  if (inputs.length === 0 && command === 'render')
    return fail('usage', 'no project', 'name a .burnish or .ora file, or - for standard input');
  if (inputs.length === 0)
    return fail('usage', 'no input', 'name a picture, a folder, a glob, or - for standard input');
  if (inputs.filter((input) => input === '-').length > 1)
    return fail('usage', 'standard input can be read once', 'give - once');
  if (options.output === undefined)
    return fail('usage', 'no output', 'add -o FILE, FOLDER/, TEMPLATE, or -o -');
  const steps = await stepsOf(recipe, options.op ?? []);
  if (!steps.ok) return steps;
  const found = await findInputs(inputs);
  const assignments = await planTargets(found, options.output, choices.format);
  if (!assignments.ok) return assignments;
  for (const { target } of assignments.value) {
    const able = formatFault(target.name, target.format, choices);
    if (!able.ok) return able;
  }
  const nothing = { line: null, named: false };
  const entries = assignments.value.map(({ input, target }): Entry => {
    const onlyProject = command === 'render' && ({ onlyProject: true } as const);
    const job: Job = { input, target, steps: steps.value, ...onlyProject };
    return { ...nothing, input: input.name, output: target.name, job: succeed(job) };
  });
  for (const { name, fault, after } of found.missing.toReversed()) {
    entries.splice(after, 0, { ...nothing, input: name, output: null, job: { ok: false, fault } });
  }
  return succeed({ entries, total: entries.length });
}

/** The file's jobs; of several for one target, all but the first are refused. */
async function* entriesOf(lines: AsyncIterable<JobLine>): AsyncGenerator<Entry> {
  const writers = new Map<string, number>();
  for await (const { number, input, output, job, named } of lines) {
    const told = { input, output, line: number };
    const path = job.ok ? job.value.target.path : null;
    const earlier = path === null ? undefined : writers.get(path);
    if (earlier === undefined) {
      if (path !== null) writers.set(path, number);
      yield { ...told, named, job };
    } else {
      const twice = fail('refused', `${output}: line ${earlier} writes there already`, 'name another file');
      yield { ...told, named: true, job: twice };
    }
  }
}

/** For the progress bar alone; what comes through a pipe cannot be read twice. */
async function countLines(path: string, terminal: Terminal): Promise<number | null> {
  const entry = await stat(path);
  if (terminal.stderr.isTTY !== true || !entry.isFile()) return null;
  let count = 0;
  const lines = linesOf(createReadStream(path));
  while ((await lines.next()).done !== true) count += 1;
  return count;
}

async function planFromFile(
  path: string,
  words: readonly string[],
  options: ApplyOptions,
  choices: ExportChoices,
  terminal: Terminal,
): Promise<Result<Plan>> {
  const option = options.output !== undefined ? '-o' : options.op !== undefined ? '--op' : undefined;
  const more = words[0] ?? option;
  if (more !== undefined) {
    return fail(
      'usage',
      `${more} cannot be given with --jobs-file`,
      'its lines name inputs, outputs and operations',
    );
  }
  try {
    return succeed({ entries: entriesOf(jobsOf(path, choices)), total: await countLines(path, terminal) });
  } catch (error) {
    const fault = readingFault(error);
    return fail('usage', `${path}: ${fault.message}`, fault.remedy);
  }
}

/** Plans the command's words and options. */
export async function planOf(
  words: readonly string[],
  options: ApplyOptions,
  choices: ExportChoices,
  terminal: Terminal,
  command: PlannedCommand = 'apply',
): Promise<Result<Plan>> {
  const { jobsFile, output, json } = options;
  if (output === '-' && json === true) {
    return fail('usage', '--json and -o - both write to standard output', 'leave one out');
  }
  if (output === '-' && terminal.stdout.isTTY === true) {
    return fail('usage', '-o - would write a picture to the terminal', 'redirect standard output');
  }
  return jobsFile === undefined
    ? planFromWords(words, options, choices, command)
    : planFromFile(jobsFile, words, options, choices, terminal);
}
