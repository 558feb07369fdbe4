/**
 * `burnish script`: a recipe or a project as a Python file of its own. With a picture the edit is carried out once: so what cannot
 * work on it is refused here, what steps measure of it can be told in the script, and the script can be held against it. The script
 * of a project reads the originals out of the project.
 */

import { resolve } from 'node:path';
import { pythonScript, type ScriptOptions } from '../../derive/python/script';
import type { Document, Source, Step } from '../../document/document';
import { recipeSources } from '../../document/recipe';
import { fail, FaultError, succeed, unwrap, type Fault, type Result } from '../../raster/fault';
import { startCodec } from '../codec/codec';
import { startEngine } from '../engine/engine';
import { writeAtomically } from '../files/atomic-write';
import { carriedOut } from './carried-out';
import { closeContent, codecLimits, type Thresholds } from './input-content';
import { interruptible } from './interruption';
import { documentOf } from '../jobs/edited';
import { Pictures } from '../jobs/pictures';
import { findProjectAt, withProject, type ProjectAt } from './project-script';
import { stepsOf, withoutRecipe } from './steps';
import { faultLine, STATUS, write, type Terminal } from './terminal';
import { verification, verificationLine, verificationStatus, type Verification } from './verify';

export interface ScriptCommandOptions {
  readonly input?: string;
  readonly output?: string;
  readonly overwrite?: true;
  readonly verify?: true;
  readonly json?: true;
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

interface Written {
  readonly text: string;
  readonly verified: Verification | null;
}

/** Opens the picture, carries the steps out, tells in the script what they reported, and runs it. Throws a `FaultError`. */
async function writtenOn(
  input: string,
  steps: readonly Step[],
  verify: boolean,
  signal: AbortSignal,
  thresholds: Thresholds,
): Promise<Written> {
  const engine = startEngine();
  const codec = startCodec({ createRaster: engine.createPicture, limits: codecLimits(thresholds) });
  const pictures = new Pictures(codec, engine);
  try {
    const path = resolve(input);
    const { source } = unwrap(await pictures.openAt(input, path, signal));
    const written = await pictures.withSecond(
      recipeSources({ operations: steps }),
      signal,
      async (seconds): Promise<Result<Written>> => {
        const document = documentOf(source, steps, seconds);
        const done = await carriedOut(engine, document, verify, signal);
        if (!done.ok) return done;
        const paths = [...seconds].map(([file, second]): readonly [string, string] => [second.id, file]);
        const inputs = { [source.id]: path, ...Object.fromEntries(paths) };
        const { raster, reported } = done.value;
        const text = unwrap(pythonScript(document, { inputs, reported }));
        const verified = raster === null ? null : await verification(text, raster, codec, signal);
        return succeed({ text, verified });
      },
    );
    return unwrap(written);
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
  const { output, overwrite, verify } = options;
  if (output === undefined && verify === true) return null;
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

/** Writes the script that `make` gives, and what running it showed. Faults of making it are told about a file; null: they name it. */
function written(
  options: ScriptCommandOptions,
  terminal: Terminal,
  about: string | null,
  make: (signal: AbortSignal) => Promise<Written>,
): Promise<number> {
  return interruptible(async (signal) => {
    const complain = (file: string | null, fault: Fault): number => {
      terminal.stderr.write(`${faultLine(file, fault)}\n`);
      return STATUS.failed;
    };
    try {
      const { text, verified } = await make(signal);
      const fault = await writeScript(text, options, terminal);
      if (fault !== null) return complain(null, fault);
      if (verified === null) return STATUS.done;
      // Standard output is the script's where that goes there.
      const stream = options.output === '-' ? terminal.stderr : terminal.stdout;
      await write(stream, verificationLine(verified, options.json === true));
      return verificationStatus(verified);
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
  thresholds: Thresholds = {},
): Promise<Result<number>> {
  const split = withoutRecipe(words);
  if (!split.ok) return split;
  const { recipe, inputs } = split.value;
  const [first] = inputs;
  const project = first === undefined ? null : await findProjectAt(first, thresholds);
  try {
    return await scriptOf(recipe, inputs, project, options, terminal, thresholds);
  } finally {
    if (project !== null) await closeContent(project.content);
  }
}

async function scriptOf(
  recipe: string | null,
  [first, second]: readonly string[],
  project: ProjectAt | null,
  options: ScriptCommandOptions,
  terminal: Terminal,
  thresholds: Thresholds,
): Promise<Result<number>> {
  if (first !== undefined && project === null) {
    return fail(
      'usage',
      `"${first}" is neither a recipe (a .json file) nor a project (a .burnish file)`,
      'name the picture with --input',
    );
  }
  const more = second ?? (project === null ? null : recipe);
  if (more !== null) return fail('usage', `one recipe or project, not ${more} too`, 'name one');
  const { input } = options;
  const verify = options.verify === true;
  if (project !== null) {
    const made = written(options, terminal, null, (signal) =>
      withProject(project, { input, verify, signal, thresholds }, async (prepared, raster, codec) => {
        const text = unwrap(pythonScript(prepared.document, prepared));
        const verified = raster === null ? null : await verification(text, raster, codec, signal);
        return { text, verified };
      }),
    );
    return succeed(await made);
  }
  if (recipe === null) return fail('usage', 'no recipe', 'name a .json or a .burnish file');
  const steps = await stepsOf(recipe, []);
  if (!steps.ok) return steps;
  // What cannot be written as Python is told before any picture is opened.
  const any = preparedForAny(steps.value);
  const general = pythonScript(any.document, any);
  if (!general.ok) return fail('usage', `${recipe}: ${general.fault.message}`, general.fault.remedy);
  if (verify && input === undefined) return fail('usage', '--verify needs a picture', 'name it with --input');
  return succeed(
    await written(options, terminal, input ?? null, async (signal) =>
      input === undefined
        ? { text: general.value, verified: null }
        : writtenOn(input, steps.value, verify, signal, thresholds),
    ),
  );
}
