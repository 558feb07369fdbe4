/**
 * Where results go. `-o` is a file for one input, a folder, a template, or `-` for standard output; from it and the inputs
 * every target is known before anything is read, so wrong usage touches nothing.
 *
 * A folder keeps each picture's name and format, mirroring the folders beneath a glob; where the format cannot be written
 * (GIF, SVG, unknown endings) it is PNG. Two inputs for one target, or a target that is also another's input, are refused:
 * the result would depend on which came first.
 */

import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { fail, succeed, type Result } from '../../raster/fault';
import { endingOf, formatOf, formatOfTarget, type WrittenFormat } from '../jobs/formats';
import { fillTemplate, templateFault, type FormatChoice, type NamedInput } from '../jobs/target-name';
import type { FoundInputs, Input } from './inputs';

export interface Target {
  /** As people name it, or `-`. */
  readonly name: string;
  /** Absolute; null for standard output. */
  readonly path: string | null;
  /** Null: the input's own format, PNG where that cannot be written. Only on standard output. */
  readonly format: WrittenFormat | null;
  /** Whether its folder is made where it is missing. */
  readonly makesFolder: boolean;
}

export interface Assignment {
  readonly input: Input;
  readonly target: Target;
}

type Destination =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file' }
  | { readonly kind: 'template'; readonly template: string };

async function destinationOf(output: string, found: FoundInputs): Promise<Result<Destination>> {
  const count = found.inputs.length;
  if (output === '')
    return fail('usage', '-o names no file', 'name a file, a folder, or - for standard output');
  if (output === '-') {
    if (!found.several || count <= 1) return succeed({ kind: 'stdout' });
    return fail('usage', `-o - takes one picture, not ${count}`, 'name a folder or a template');
  }
  if (/\{[^{}]*\}/.test(output)) {
    const fault = templateFault(output);
    return fault === null ? succeed({ kind: 'template', template: output }) : { ok: false, fault };
  }
  const inFolder: Destination = { kind: 'template', template: join(output, '{folder}', '{name}.{ext}') };
  if (output.endsWith('/') || output.endsWith(sep)) return succeed(inFolder);
  const known = formatOf(endingOf(output)) !== undefined;
  const entry = await stat(output).catch(() => null);
  // A folder called `picture.png` where a file is expected is more likely a mistake than a place.
  if (entry?.isDirectory() === true && (!known || found.several)) return succeed(inFolder);
  if (!found.several || (known && count <= 1)) return succeed({ kind: 'file' });
  if (!known && entry === null) return succeed(inFolder);
  return fail(
    'usage',
    `${output}: one file cannot hold several pictures`,
    'name a folder (out/) or a template (out/{name}.{ext})',
  );
}

function namedInput({ path, folder }: Input): NamedInput {
  return { name: path === null ? 'stdin' : basename(path), folder };
}

function targetOf(
  destination: Destination,
  output: string,
  input: Input,
  index: number,
  choice: FormatChoice | null,
): Result<Target> {
  if (destination.kind === 'stdout') {
    const own = input.path === null ? undefined : formatOf(endingOf(input.path));
    return succeed({ name: '-', path: null, format: choice?.format ?? own ?? null, makesFolder: false });
  }
  const name =
    destination.kind === 'file'
      ? output
      : fillTemplate(destination.template, namedInput(input), index, choice);
  const format = choice === null ? formatOfTarget(name) : succeed(choice.format);
  if (!format.ok) return fail('usage', `${name}: ${format.fault.message}`, format.fault.remedy);
  const path = resolve(name);
  return succeed({ name, path, format: format.value, makesFolder: destination.kind === 'template' });
}

/** Names files for comparison: links in the folder's path resolved, letter case aside where file systems do not tell it. */
class Places {
  private readonly folders = new Map<string, Promise<string>>();

  async keyOf(path: string): Promise<string> {
    const folder = dirname(path);
    const known = this.folders.get(folder) ?? realpath(folder).catch(() => folder);
    this.folders.set(folder, known);
    const key = join(await known, basename(path));
    return process.platform === 'darwin' || process.platform === 'win32' ? key.toLowerCase() : key;
  }
}

async function findConflict(assignments: readonly Assignment[]): Promise<Result<void>> {
  const places = new Places();
  const inputs = new Map<string, Input>();
  for (const { input } of assignments)
    if (input.path !== null) inputs.set(await places.keyOf(input.path), input);
  const writers = new Map<string, Input>();
  for (const { input, target } of assignments) {
    if (target.path === null) continue;
    const key = await places.keyOf(target.path);
    const other = writers.get(key);
    if (other !== undefined && other.path === input.path) {
      return fail('usage', `${input.name}: is named twice`, 'name it once');
    }
    if (other !== undefined) {
      const template = 'use a template that tells them apart, like out/{index}-{name}.{ext}';
      return fail(
        'usage',
        `${target.name}: both ${other.name} and ${input.name} would be written there`,
        template,
      );
    }
    writers.set(key, input);
    const read = inputs.get(key);
    if (read !== undefined && read !== input) {
      const message = `${target.name}: it is an input and would be replaced by the result of ${input.name}`;
      return fail('usage', message, 'choose another folder');
    }
  }
  return succeed(undefined);
}

/** Gives every input its target. Faults are wrong usage. */
export async function planTargets(
  found: FoundInputs,
  output: string,
  choice: FormatChoice | null,
): Promise<Result<readonly Assignment[]>> {
  const destination = await destinationOf(output, found);
  if (!destination.ok) return destination;
  if (found.inputs.length === 0) {
    // Even where no input was found, a target that could never be written is wrong usage.
    const nobody: Input = { name: 'input', path: resolve('input'), folder: '' };
    const target = targetOf(destination.value, output, nobody, 0, choice);
    return target.ok ? succeed([]) : target;
  }
  const assignments: Assignment[] = [];
  for (const [index, input] of found.inputs.entries()) {
    const target = targetOf(destination.value, output, input, index, choice);
    if (!target.ok) return target;
    assignments.push({ input, target: target.value });
  }
  const conflict = await findConflict(assignments);
  return conflict.ok ? succeed(assignments) : conflict;
}
