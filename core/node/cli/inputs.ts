/**
 * The pictures that a command's arguments name: files, folders (the pictures directly in them), globs, and `-` for standard
 * input. An argument that names nothing is a failed input, not a wrong command: the others are still done.
 */

import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fail, type Fault } from '../../raster/fault';
import { readingFault } from '../files/system-fault';
import { looksLikePicture } from '../jobs/formats';

export interface Input {
  /** As people name it: `photos/a.jpg`, or `-`. */
  readonly name: string;
  /** Absolute; null for standard input. */
  readonly path: string | null;
  /** The folder beneath the one that the argument names, with `/`; empty at its top. A folder of targets mirrors it. */
  readonly folder: string;
}

/** An argument that names no picture. */
export interface MissingInput {
  readonly name: string;
  readonly fault: Fault;
  /** How many inputs were named before it. */
  readonly after: number;
}

export interface FoundInputs {
  /** In the arguments' order; folders and globs sorted by name. */
  readonly inputs: readonly Input[];
  readonly missing: readonly MissingInput[];
  /** Whether the arguments could name several pictures; then a target without an ending is a folder. */
  readonly several: boolean;
}

export function byName(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

async function picturesIn(folder: string): Promise<readonly Input[] | Fault> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries
    .filter((entry) => !entry.isDirectory() && !entry.name.startsWith('.') && looksLikePicture(entry.name))
    .map((entry) => entry.name)
    .sort(byName);
  if (names.length === 0)
    return fail('not-found', 'holds no pictures', 'name another folder, or its files').fault;
  return names.map((name) => {
    const path = join(folder, name);
    return { name: path, path: resolve(path), folder: '' };
  });
}

async function inputsOf(argument: string): Promise<readonly Input[] | Fault> {
  if (argument === '-') return [{ name: '-', path: null, folder: '' }];
  try {
    const entry = await stat(argument);
    if (entry.isDirectory()) return await picturesIn(argument);
    return [{ name: argument, path: resolve(argument), folder: '' }];
  } catch (error) {
    // A file whose name looks like a pattern is still a file, so patterns come second.
    const { matchesOf } = await import('./input-pattern');
    return (await matchesOf(argument)) ?? readingFault(error);
  }
}

function isFault(found: readonly Input[] | Fault): found is Fault {
  return 'code' in found;
}

/** Everything that the arguments name. */
export async function findInputs(words: readonly string[]): Promise<FoundInputs> {
  const inputs: Input[] = [];
  const missing: MissingInput[] = [];
  let several = words.length > 1;
  for (const argument of words) {
    const found = await inputsOf(argument);
    if (isFault(found)) missing.push({ name: argument, fault: found, after: inputs.length });
    else {
      several ||= found.length > 1 || found[0].name !== argument;
      inputs.push(...found);
    }
  }
  return { inputs, missing, several };
}
