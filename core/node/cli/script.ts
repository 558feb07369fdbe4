/**
 * `burnish script`: a recipe or a project as a Python file of its own. With a picture the edit is carried out once: so what cannot
 * work on it is refused here, and what steps measure of it can be told in the script. The script of a project reads the originals
 * out of the project.
 */

import { resolve } from 'node:path';
import { pythonScript, type ScriptOptions } from '../../derive/python/script';
import type { Document, Source, Step } from '../../document/document';
import { recipeSources } from '../../document/recipe';
import { fail, FaultError, succeed, type Fault, type Result } from '../../raster/fault';
import { startCodec } from '../codec/codec';
import { startEngine } from '../engine/engine';
import { writeAtomically } from '../files/atomic-write';
import { interruptible } from './interruption';
import { documentOf } from './base';
import { readInput } from './job';
import { Pictures } from './pictures';
import { preparedProject, readProjectAt } from './project-script';
import { stepsOf, withoutRecipe } from './steps';
import { faultLine, STATUS, write, type Terminal } from './terminal';

export interface ScriptCommandOptions {
  readonly input?: string;
  readonly output?: string;
  readonly overwrite?: true;
}

interface Prepared extends ScriptOptions {
  readonly document: Document;
}

/** Stands for the picture that is named when the script runs; nothing is known of it. */
const ANY_PICTURE: Source = {
  id: 'input',
  name: '',
  format: '',
  profile: null,
  width: 1,
  height: 1,
  channels: 3,
  depth: 8,
};

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new FaultError(result.fault);
  return result.value;
}

/** Opens the picture, carries the steps out, and keeps what they reported. Throws a `FaultError`. */
async function preparedOn(
  input: string,
  steps: readonly Step[],
  terminal: Terminal,
  signal: AbortSignal,
): Promise<Prepared> {
  const codec = startCodec();
  const engine = startEngine();
  const pictures = new Pictures(codec, engine);
  try {
    const path = resolve(input);
    const bytes = unwrap(await readInput({ name: input, path, folder: '' }, terminal));
    const { source } = unwrap(await pictures.open(input, bytes, signal));
    const prepared = await pictures.withSecond(
      recipeSources({ operations: steps }),
      signal,
      async (seconds) => {
        const document = documentOf(source, steps, seconds);
        const rendered = await engine.render(
          { document, level: 0, exact: true, region: null, format: 'export' },
          signal,
        );
        if (!rendered.ok) return rendered;
        const paths = [...seconds].map(([file, second]): readonly [string, string] => [second.id, file]);
        const inputs = { [source.id]: path, ...Object.fromEntries(paths) };
        return succeed({ document, inputs, reported: rendered.value.reported });
      },
    );
    return unwrap(prepared);
  } finally {
    await Promise.all([codec.close(), engine.close()]);
  }
}

function preparedForAny(steps: readonly Step[]): Prepared {
  return { document: documentOf(ANY_PICTURE, steps, new Map()), inputs: { [ANY_PICTURE.id]: null } };
}

async function writeScript(
  text: string,
  options: ScriptCommandOptions,
  terminal: Terminal,
): Promise<Fault | null> {
  const { output, overwrite } = options;
  if (output === undefined || output === '-') {
    await write(terminal.stdout, text);
    return null;
  }
  const written = await writeAtomically(resolve(output), new TextEncoder().encode(text), {
    overwrite: overwrite === true,
  });
  if (written.ok) return null;
  const { code, message, remedy } = written.fault;
  return {
    code,
    message: `${output}: ${message}`,
    remedy: code === 'exists' ? 'add --overwrite to replace it' : remedy,
  };
}

/** Writes the script that `make` gives. Faults of making it are told about a file; null: they name it. */
function carriedOut(
  options: ScriptCommandOptions,
  terminal: Terminal,
  about: string | null,
  make: (signal: AbortSignal) => Promise<string>,
): Promise<number> {
  return interruptible(async (signal) => {
    const complain = (file: string | null, fault: Fault): number => {
      terminal.stderr.write(`${faultLine(file, fault)}\n`);
      return STATUS.failed;
    };
    try {
      const fault = await writeScript(await make(signal), options, terminal);
      return fault === null ? STATUS.done : complain(null, fault);
    } catch (error) {
      if (error instanceof FaultError) return complain(about, error.fault);
      if (signal.aborted) return STATUS.interrupted;
      throw error;
    }
  });
}

/** Carries the command out. The fault is wrong usage; else the status. */
export async function script(
  words: readonly string[],
  options: ScriptCommandOptions,
  terminal: Terminal,
): Promise<Result<number>> {
  const split = withoutRecipe(words);
  if (!split.ok) return split;
  const { recipe, inputs } = split.value;
  const [first, second] = inputs;
  const project = first === undefined ? null : await readProjectAt(first);
  if (first !== undefined && project === null) {
    return fail(
      'usage',
      `"${first}" is neither a recipe (a .json file) nor a project (a .burnish file)`,
      'name the picture with --input',
    );
  }
  const more = second ?? (project === null ? null : recipe);
  if (more !== null) return fail('usage', `one recipe or project, not ${more} too`, 'name one');
  if (project !== null) {
    const made = carriedOut(options, terminal, null, async (signal) => {
      const prepared = await preparedProject(project, options.input, signal);
      return unwrap(pythonScript(prepared.document, prepared));
    });
    return succeed(await made);
  }
  if (recipe === null) return fail('usage', 'no recipe', 'name a .json or a .burnish file');
  const steps = await stepsOf(recipe, []);
  if (!steps.ok) return steps;
  // What cannot be written as Python is told before any picture is opened.
  const any = preparedForAny(steps.value);
  const general = pythonScript(any.document, any);
  if (!general.ok) return fail('usage', `${recipe}: ${general.fault.message}`, general.fault.remedy);
  const { input } = options;
  return succeed(
    await carriedOut(options, terminal, input ?? null, async (signal) => {
      if (input === undefined) return general.value;
      const prepared = await preparedOn(input, steps.value, terminal, signal);
      return unwrap(pythonScript(prepared.document, prepared));
    }),
  );
}
